"""A row of the timeline in words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from caseworker.casefile.asked_entries import ASKED_WORDS
from caseworker.casefile.milestone_entries import MILESTONE_WORDS
from caseworker.casefile.paper_entries import PAPER_WORDS
from caseworker.casefile.safety_entries import SAFETY_WORDS
from caseworker.casefile.undoing import move_address, undo_address
from caseworker.casefile.work_entries import WORK_WORDS
from caseworker.core.clock import now
from caseworker.core.codes import label
from caseworker.core.formatting import date_short, minutes, pounds, when
from caseworker.core.sealing import unseal
from caseworker.support.rules import how_much

# Where the sealed text of a row comes from: it opens only under its own table and column.
SEALED = {
    "contact": ("contact", "note_sealed"),
    "work": ("case_work", "note_sealed"),
    "appointment": ("appointment", "note_sealed"),
    "goal": ("goal", "words_sealed"),
    "support": ("support_given", "note_sealed"),
    "goal_closed": ("goal", "words_sealed"),
    "document": ("document", "note_sealed"),
    "referral": ("onward_referral", "words_sealed"),
    "statement": ("entry_statement", "words_sealed"),
}
NOBODY_NAMED = ""


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `text` may be long; `sensitive` text is folded on the page."""

    anchor: str
    title: str
    when: str
    machine_time: str
    by: str
    text: str = ""
    sensitive: bool = False
    tags: tuple[tuple[str, str], ...] = ()
    link: str = ""
    link_words: str = ""
    undo: str = ""
    move: str = ""
    facts: tuple[str, ...] = field(default=())


def entry(row: Any, enrolment_id: Any) -> Entry:
    """One row of `timeline.read_timeline` as the page shows it."""
    title, details = WORDS[row.kind](row, enrolment_id)
    text = details.pop("text", "") or _opened(row)
    return Entry(
        anchor=f"{row.kind}-{row.id}" if row.id else f"{row.kind}-{row.at:%Y%m%d}-{row.by_id or 'file'}",
        title=title,
        when=when(row.at) if row.timed else date_short(row.at),
        machine_time=row.at.isoformat() if row.timed else row.at.date().isoformat(),
        by=row.by or NOBODY_NAMED,
        text=text,
        undo=undo_address(row, enrolment_id),
        move=move_address(row, enrolment_id),
        **details,
    )


def _opened(row: Any) -> str:
    if row.sealed is None:
        return ""
    table, column = SEALED[row.kind]
    return unseal(row.sealed, table, row.id, column).decode()


Words = tuple[str, dict[str, Any]]


def _contact(row: Any, enrolment_id: Any) -> Words:
    title = f"{label('contact_channel', row.code)}: {label('contact_result', row.second).lower()}"
    facts = [_("they contacted us")] if row.third == "in" else []
    if row.number is not None:
        facts.append(minutes(row.number))
    tags = []
    corrected_why, missed_why, wording, themes = (row.words or "///").split("/")
    if missed_why:
        facts.append(label("not_attended_reason", missed_why).lower())
    if wording:
        facts.append(label("message_wording", wording).lower())
    if corrected_why:
        why = label("correction_reason", corrected_why)
        tags.append((_("Correction"), "info"))
        facts.append(why[:1].lower() + why[1:])
    if row.other_id:
        tags.append((_("Corrected: see the newer entry"), "warn"))
    details: dict[str, Any] = {"facts": tuple(facts), "tags": tuple(tags), "sensitive": bool(row.flag)}
    if themes:
        about = ", ".join(sorted(label("barrier_theme", theme) for theme in themes.split(",")))
        talked = _("Talked about: %(themes)s", themes=about)
        details["text"] = "\n".join(said for said in (_opened(row), talked) if said)
    if not row.other_id:
        details["link"] = url_for("contacts.correct", enrolment_id=enrolment_id, contact_id=row.id)
        details["link_words"] = _("Correct")
    return title, details


def _work(row: Any, _enrolment_id: Any) -> Words:
    return label("case_work_kind", row.code), {"facts": (minutes(row.number),)}


def _appointment(row: Any, _enrolment_id: Any) -> Words:
    title = _("Appointment: %(how)s", how=label("contact_channel", row.code).lower())
    if row.second:
        tags = ((label("contact_result", row.second), "neutral"),)
    else:
        tags = ((_("To come"), "info"),) if row.at > now() else ((_("Not written up"), "warn"),)
    link = url_for("appointments.change", appointment_id=row.id)
    return title, {"facts": (minutes(row.number),), "tags": tags, "link": link, "link_words": _("Open")}


def _barrier(row: Any, _enrolment_id: Any) -> Words:
    found = sorted(part.split("/") for part in (row.words or "").split(",") if part)
    said = [
        f"{label('barrier_code', code) if code else label('barrier_theme', theme)}: "
        f"{label('barrier_severity', severity).lower()}"
        for theme, code, severity in sorted(found, key=lambda part: (-int(part[2]), part))
    ]
    facts = (_("%(count)s themes looked at", count=row.number),) if row.number > 1 else ()
    return _("Barriers talked about"), {
        "text": "\n".join(said) or _("Nothing in the way"),
        "facts": facts,
        "sensitive": bool(said),
    }


def _goal(row: Any, _enrolment_id: Any) -> Words:
    aim = _("%(horizon)s goal, by %(day)s", horizon=label("goal_horizon", row.code), day=date_short(row.day))
    return _("Goal added"), {"facts": (aim,)}


def _goal_closed(row: Any, _enrolment_id: Any) -> Words:
    if row.second == "done":
        return _("Goal reached"), {"tags": ((_("Done"), "ok"),)}
    return _("Goal closed"), {"tags": ((label("goal_state", row.second), "neutral"),)}


def _agreement(row: Any, enrolment_id: Any) -> Words:
    facts = [label("agreed_how", row.code)]
    if row.second:
        facts.append(_("copy: %(how)s", how=label("copy_how", row.second).lower()))
    link = url_for("plans.version", enrolment_id=enrolment_id, version_id=row.id)
    title = _("Plan agreed") if row.number == 1 else _("Plan agreed anew")
    return title, {"facts": tuple(facts), "link": link, "link_words": _("As agreed")}


def _pause(row: Any, _enrolment_id: Any) -> Words:
    until = _("until %(day)s", day=date_short(row.day)) if row.day else _("still lasting")
    return _("Clock paused: %(why)s", why=label("pause_reason", row.code).lower()), {"facts": (until,)}


def _wellbeing(row: Any, _enrolment_id: Any) -> Words:
    if row.code != "ons4":
        wheel = row.code == "wheel"
        title = _("Work-readiness wheel") if wheel else _("Seven statements on wellbeing")
        score = "" if row.number is None else _("Score %(score)s of 7 to 35", score=f"{row.number / 100:.2f}")
        facts = (label("wellbeing_stage", row.second),)
        return title, {"text": score, "facts": facts, "sensitive": True}
    asked = (
        (_("Satisfied with life"), row.one),
        (_("Things are worthwhile"), row.two),
        (_("Happy yesterday"), row.three),
        (_("Anxious yesterday"), row.four),
    )
    said = [f"{words} {_('not answered') if score is None else score}" for words, score in asked]
    facts = (label("wellbeing_stage", row.second),)
    return _("Wellbeing questions"), {"text": " · ".join(said), "facts": facts, "sensitive": True}


SUPPORT_STATES = {
    "asked": (lazy_gettext("Waits for a lead"), "warn"),
    "approved": (lazy_gettext("Agreed, not given yet"), "info"),
    "refused": (lazy_gettext("Refused"), "neutral"),
}


def _support(row: Any, _enrolment_id: Any) -> Words:
    facts = [] if row.one is None else [pounds(row.one)]
    if row.number is not None:
        facts.append(how_much(row.code, row.number))
    if row.third:
        facts.append(_("for %(theme)s", theme=label("barrier_theme", row.third).lower()))
    tags = (SUPPORT_STATES[row.second],) if row.second in SUPPORT_STATES else ()
    title = _("Support: %(what)s", what=label("support_kind", row.code).lower())
    return title, {"facts": tuple(facts), "tags": tags}


def _learning(row: Any, _enrolment_id: Any) -> Words:
    facts = [_("achieved %(day)s", day=date_short(row.day))] if row.day else []
    if row.second:
        facts.append(row.second)
    return _("Course completed: %(title)s", title=row.words), {"facts": tuple(facts)}


def _progression(row: Any, _enrolment_id: Any) -> Words:
    facts = [row.words] if row.words else []
    if row.number:
        facts.append(_("%(time)s a week", time=minutes(row.number)))
    if row.one is not None and row.third:
        facts.append(f"{pounds(row.one)} {label('pay_period', row.third).lower()}")
    if row.day:
        facts.append(_("ended %(day)s", day=date_short(row.day)))
    tags = ((label("evidence_level", row.second), "neutral"),)
    return label("progression_kind", row.code), {"facts": tuple(facts), "tags": tags}


WORDS: dict[str, Callable[[Any, Any], Words]] = {
    "contact": _contact,
    "work": _work,
    "appointment": _appointment,
    "barrier": _barrier,
    "goal": _goal,
    "goal_closed": _goal_closed,
    "agreement": _agreement,
    "pause": _pause,
    "wellbeing": _wellbeing,
    "support": _support,
    "learning": _learning,
    "progression": _progression,
    **WORK_WORDS,
    **MILESTONE_WORDS,
    **ASKED_WORDS,
    **PAPER_WORDS,
    **SAFETY_WORDS,
}
