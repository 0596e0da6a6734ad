"""Everything the case page shows."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseworker.core.calendar import age_on
from caseworker.core.codes import label
from caseworker.enrolments.rules import standing
from tests.bench.twin import models as m
from tests.bench.twin.reading import (
    Happened,
    climb_of,
    happened_in,
    looks_at,
    reached_by,
    readers_of,
    rules_of,
    status_of,
)

RECENT = 12
PURPOSES = ("notice", "take_part", "share", "photo", "contact_after")
STATUS = {
    "referred": (gettext_lazy("Referred"), "warn"),
    "on_programme": (gettext_lazy("On programme"), "brand"),
    "in_training": (gettext_lazy("In training"), "info"),
    "in_work": (gettext_lazy("In work"), "ok"),
    "sustained": (gettext_lazy("Work has lasted"), "ok"),
    "out_of_touch": (gettext_lazy("Out of touch"), "danger"),
    "left": (gettext_lazy("Left"), "neutral"),
}
DUE = {
    "contact": gettext_lazy("Contact"),
    "plan": gettext_lazy("Agree the plan"),
    "review": gettext_lazy("Plan review"),
    "sustainment": gettext_lazy("Still in work?"),
}
STANDING = {
    "overdue": gettext_lazy("overdue"),
    "today": gettext_lazy("today"),
    "coming": gettext_lazy("next 7 days"),
    "later": gettext_lazy("later"),
}
REASONS = {"keyworker": gettext_lazy("Keyworker"), "enrolment": gettext_lazy("Programme")}
# Each kind of entry: its day, words, and the code list of what the words name.
ENTRIES = {
    "work": ("done_on", "%s", "kind", "case_work_kind"),
    "appointments": ("starts_at", gettext_lazy("Appointment: %s"), "channel", "contact_channel"),
    "barriers": ("assessed_on", gettext_lazy("Barriers talked about: %s"), "theme", "barrier_theme"),
    "goals": ("agreed_on", gettext_lazy("Goal added: %s"), "horizon", "goal_horizon"),
    "agreed": ("agreed_on", gettext_lazy("Plan agreed: %s"), "how", "agreed_how"),
    "pauses": ("from_on", gettext_lazy("Clock paused: %s"), "reason", "pause_reason"),
    "wellbeing": ("assessed_on", gettext_lazy("Wellbeing questions: %s"), "stage", "wellbeing_stage"),
    "courses": ("completed_on", gettext_lazy("Course completed: %s"), "title", ""),
    "support": ("given_on", gettext_lazy("Support: %s"), "kind", "support_kind"),
    "progressions": ("started_on", "%s", "kind", "progression_kind"),
    "checks": ("checked_on", gettext_lazy("Checked: %s"), "result", "sustainment_result"),
}
_NOON = time(12)


def recent_entries(found: m.Enrolment, happened: Happened) -> tuple[list[dict[str, Any]], int]:
    """The newest entries in words, and how many there are in all."""
    rows = [(each.happened_at, "contacts", each) for each in happened.contacts]
    for kind, (day, *_words) in ENTRIES.items():
        rows += [(_instant(getattr(each, day)), kind, each) for each in getattr(happened, kind)]
    for kind, on in (("start", found.started_on), ("exit", found.exited_on)):
        if on is not None:
            rows.append((_instant(on), kind, found))
    newest = sorted(rows, key=lambda row: (row[0], row[2].pk), reverse=True)[:RECENT]
    return [_entry(*row) for row in newest], len(rows)


def _instant(day: date | datetime | None) -> datetime:
    if day is None or isinstance(day, datetime):
        return day or timezone.now()
    return timezone.make_aware(datetime.combine(day, _NOON))


def _entry(at: datetime, kind: str, row: Any) -> dict[str, Any]:
    said = {"at": at, "kind": kind, "key": row.pk, "by": getattr(row, "by", "")}
    if kind == "contacts":
        facts = [_("they contacted us")] if row.direction == "in" else []
        if row.minutes is not None:
            facts.append(_("%(count)s minutes") % {"count": row.minutes})
        if row.not_attended_reason:
            facts.append(label("not_attended_reason", row.not_attended_reason).lower())
        title = f"{label('contact_channel', row.channel)}: {label('contact_result', row.result).lower()}"
        more = {"text": row.note, "sensitive": row.sensitive, "corrected": row.corrected}
        return said | more | {"title": title, "facts": facts}
    if kind in ("start", "exit"):
        return said | {"title": _("Support started") if kind == "start" else _("Left the programme")}
    _day, words, column, name = ENTRIES[kind]
    code = getattr(row, column)
    return said | {
        "title": str(words) % (label(name, code) if name else code),
        "text": getattr(row, "note", ""),
    }


def flags_of(person: m.Participant) -> list[str]:
    said = (
        (person.restricted, _("Restricted record")),
        (person.no_voicemail, _("No voicemail")),
        (person.no_texts, _("No texts")),
        (person.no_letters, _("No letters")),
        (person.no_emails, _("No e-mails")),
        (person.safe_times, _("Call only: %(times)s") % {"times": person.safe_times}),
    )
    return [words for holds, words in said if holds]


def days_ago(at: Any, today: date) -> str:
    if at is None:
        return ""
    days = (today - timezone.localdate(at)).days
    return _("Today") if days == 0 else _("Yesterday") if days == 1 else _("%(n)s days ago") % {"n": days}


def case_page(request: Any, every: list[m.Enrolment], found: Any, today: date) -> dict[str, Any]:
    """`every`: the cases of the person that this user may read, with its standing; `found` is one."""
    person = found.participant
    rules, happened = rules_of(found), happened_in(found)
    tried = found.tried_at is not None and (found.last_at is None or found.tried_at > found.last_at)
    climbed = _climb(found, happened.contacts, rules) if tried else None
    entries, many = recent_entries(found, happened)
    due = m.DueItem.objects.filter(enrolment=found, closed_on=None).order_by("due_on", "kind")
    return {
        "enrolment": found,
        "person": person,
        "age": age_on(person.born_on, today) if person.born_on else _("age not known"),
        "status": STATUS[status_of(found, today)],
        "flags": flags_of(person),
        "climb": climbed[0] if climbed else None,
        "entries": entries,
        "happened": many,
        "last": days_ago(found.last_at, today),
        "tried": days_ago(found.tried_at, today) if tried else "",
        "due": [(DUE[each.kind], each.due_on, STANDING[standing(each.due_on, None, today)]) for each in due],
        "booked": [each for each in happened.appointments if each.result is None],
        "goals": [goal for goal in happened.goals if goal.closed_on is None],
        "barriers": _in_the_way(happened.barriers),
        "wellbeing": happened.wellbeing[-1] if happened.wellbeing else None,
        "progressions": happened.progressions[::-1],
        "others": [(case, STATUS[status_of(case, today)]) for case in every if case.pk != found.pk],
        "readers": [
            (
                REASONS.get(row.why, row.why),
                row.user.first_name if row.user else row.programme.name,
                row.from_on,
            )
            for row in readers_of(found, today)
        ],
        "looks": list(looks_at(found)),
        "today": today,
        "may_merge": "person:merge" in request.permissions,
    } | _asked(found, rules, today)


def _climb(found: m.Enrolment, contacts: list[Any], rules: dict[str, Any]) -> Any:
    history = [
        reached_by(each.happened_at, each.channel, each.two_way, each.result, each.direction)
        for each in contacts
        if not each.corrected
    ]
    return climb_of(found, history, rules.get("contact_ladder", []))


def _in_the_way(rows: list[m.Barrier]) -> list[m.Barrier]:
    """The latest word on each barrier, where it still gets in the way, the most serious first."""
    latest = {(row.theme, row.barrier): row for row in rows}
    return sorted(
        (row for row in latest.values() if row.state == "something"), key=lambda row: -(row.severity or 0)
    )


def _asked(found: m.Enrolment, rules: dict[str, list[m.ProgrammeRule]], today: date) -> dict[str, Any]:
    """What was asked and what was not yet, part by part."""
    person = found.participant
    agreed = list(m.Agreement.objects.filter(participant=person, voided_at=None).order_by("given_on", "pk"))
    said = set(
        m.EqualityAnswer.objects.filter(participant=person, voided_at=None).values_list("question", flat=True)
    )
    checks = {
        each.criterion: each
        for each in m.EligibilityCheck.objects.filter(enrolment=found, voided_at=None).order_by(
            "seen_on", "pk"
        )
    }
    criteria = [
        rule
        for rule in rules.get("eligibility", [])
        if rule.from_on <= today and (rule.until_on is None or rule.until_on >= today)
    ]
    met = sum(1 for rule in criteria if rule.code in checks and checks[rule.code].answer == "met")
    reached = (person.phone, person.email, person.postcode, person.address, person.ni_number)
    questions = ("sex", "ethnicity", "disability", "caring", "lone_parent", "care_leaver", "armed_forces")
    missing = [
        (
            _("Ask how to reach them safely"),
            [] if person.safety_asked_on else [_("voicemail, texts, letters")],
        ),
        (_("Fill in their details"), [_("telephone, e-mail, address")] if not all(reached) else []),
        (
            _("Ask what they agree to"),
            [each for each in PURPOSES if each not in {row.purpose for row in agreed}],
        ),
        (_("Check who may take part"), [rule.label for rule in criteria if rule.code not in checks]),
        (_("Ask the equality questions"), [each for each in questions if each not in said]),
    ]
    return {
        "agreements": agreed,
        "eligibility": _("%(met)s of %(every)s met") % {"met": met, "every": len(criteria)},
        "missing": [(words, ", ".join(what)) for words, what in missing if what],
    }
