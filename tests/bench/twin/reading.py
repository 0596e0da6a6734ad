"""What the pages read: the cases one may open, a caseload, and what happened in a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)

from caseworker.contacts.rules import (
    QUIET_DAYS,
    Climb,
    Reached,
    attempts_since,
    climb,
    is_attempt,
    read_ladder,
)
from caseworker.core.calendar import at_uk, uk_time
from caseworker.core.codes import codes
from caseworker.enrolments.rules import edition_on
from caseworker.participants.rules import reach
from tests.bench.twin import models as m

ROLES_WITH_CASES = ("keyworker", "lead")
AT_WORK, AT_SCHOOL = (
    [each.code for each in codes("progression_kind") if each.extras["group"] in groups]
    for groups in (("work", "in_work"), ("education",))
)


def lasting(today: date) -> Q:
    return Q(from_on__lte=today) & (Q(until_on=None) | Q(until_on__gte=today))


def readable(request: Any, today: date) -> QuerySet:
    """Cases open to this user: on a programme of theirs, through an access row that lasts."""
    rows = m.Access.objects.filter(lasting(today), participant=OuterRef("participant"), scope="case")
    named = rows.filter(user=request.user)
    led = [grant.programme_id for grant in request.grants if grant.role == "lead"]
    mine = rows.filter(Q(user=request.user) | Q(programme__in=led)) if led else named
    programmes = [grant.programme_id for grant in request.grants if grant.role in ROLES_WITH_CASES]
    return m.Enrolment.objects.filter(
        Exists(mine),
        Q(participant__restricted=False) | Exists(named),
        voided_at=None,
        participant__voided_at=None,
        programme__in=programmes,
    ).select_related("participant", "programme", "keyworker")


def counting() -> QuerySet:
    """Contacts that stand: neither taken back nor corrected."""
    later = m.Contact.objects.filter(corrects=OuterRef("pk"), voided_at=None)
    return m.Contact.objects.filter(~Exists(later), voided_at=None)


def with_standing(cases: QuerySet, today: date) -> QuerySet:
    """Each case with what its status follows from, the last contact and attempt, and the next step."""
    of_case = {"enrolment": OuterRef("pk")}
    due = m.DueItem.objects.filter(**of_case, closed_on=None).order_by("due_on", "kind")
    last = counting().filter(**of_case).values("enrolment").annotate(at=Max("happened_at")).values("at")
    left = m.Check.objects.filter(progression=OuterRef("pk"), result="left", voided_at=None)
    steps = m.Progression.objects.filter(
        ~Exists(left),
        Q(ended_on=None) | Q(ended_on__gte=today),
        **of_case,
        started_on__lte=today,
        voided_at=None,
    )
    course = m.CoursePlace.objects.filter(
        **of_case, joined_on__lte=today, left_on=None, completed_on=None, ends_on__gte=today, voided_at=None
    )
    lasted = m.OutcomeState.objects.filter(
        **of_case, achieved_on__lte=today, rule__kind="sustained", rule__programme=OuterRef("programme")
    )
    return cases.annotate(
        lasted=Exists(lasted),
        works=Exists(steps.filter(kind__in=AT_WORK)),
        learns=Exists(steps.filter(kind__in=AT_SCHOOL)),
        trains=Exists(course),
        last_at=Subquery(last.filter(two_way=True)),
        tried_at=Subquery(last.filter(two_way=False)),
        due_kind=Subquery(due.values("kind")[:1]),
        due_on=Subquery(due.values("due_on")[:1]),
    )


def is_quiet(case: Any, today: date) -> bool:
    """On the programme, and not spoken with for too long."""
    since = today - timedelta(days=QUIET_DAYS)
    if case.exited_on or case.started_on is None or case.started_on >= since:
        return False
    return case.last_at is None or case.last_at < at_uk(since, time(0))


def status_of(case: Any, today: date) -> str:
    """Where somebody has come to, from facts alone, the furthest first."""
    if case.exited_on:
        return "left"
    if case.started_on is None or case.started_on > today:
        return "referred"
    if case.lasted or case.works:
        return "sustained" if case.lasted else "in_work"
    if is_quiet(case, today):
        return "out_of_touch"
    return "in_training" if case.learns or case.trains else "on_programme"


def own(request: Any, today: date) -> QuerySet:
    handed = m.HandedCase.objects.filter(lasting(today), to=request.user, voided_at=None)
    mine = Q(keyworker=request.user) | Q(pk__in=handed.values("enrolment"))
    return readable(request, today).filter(mine)


@dataclass(frozen=True)
class Happened:
    """What happened in a case, kind by kind: each read once, for the timeline and for the cards."""

    contacts: list[m.Contact]
    work: list[m.CaseWork]
    appointments: list[m.Appointment]
    barriers: list[m.Barrier]
    goals: list[m.Goal]
    agreed: list[m.PlanAgreed]
    pauses: list[m.Pause]
    wellbeing: list[m.Wellbeing]
    courses: list[m.CoursePlace]
    support: list[m.Support]
    progressions: list[m.Progression]
    checks: list[m.Check]


def happened_in(case: m.Enrolment) -> Happened:
    """Everything that was not taken back, the oldest of each kind first."""

    def of(kind: Any, day: str) -> QuerySet:
        rows = kind.objects.filter(enrolment=case, voided_at=None)
        return rows.annotate(by=F("entered_by__first_name")).order_by(day, "pk")

    later = m.Contact.objects.filter(corrects=OuterRef("pk"), voided_at=None)
    actions = m.Action.objects.filter(done_on=None, voided_at=None).order_by("due_on", "pk")
    return Happened(
        contacts=list(of(m.Contact, "happened_at").annotate(corrected=Exists(later))),
        work=list(of(m.CaseWork, "done_on")),
        appointments=list(of(m.Appointment, "starts_at").filter(contact=None).select_related("who")),
        barriers=list(of(m.Barrier, "assessed_on")),
        goals=list(of(m.Goal, "target_on").prefetch_related(Prefetch("actions", actions))),
        agreed=list(of(m.PlanAgreed, "agreed_on")),
        pauses=list(of(m.Pause, "from_on")),
        wellbeing=list(of(m.Wellbeing, "assessed_on")),
        courses=list(of(m.CoursePlace, "joined_on")),
        support=list(of(m.Support, "given_on")),
        progressions=list(of(m.Progression, "started_on")),
        checks=list(of(m.Check, "checked_on")),
    )


def rules_of(case: m.Enrolment) -> dict[str, list[m.ProgrammeRule]]:
    """Every rule of a programme that stands, by kind, the oldest first: in one query."""
    found: dict[str, list[m.ProgrammeRule]] = {}
    for rule in m.ProgrammeRule.objects.filter(programme=case.programme_id, voided_at=None).order_by(
        "from_on", "code"
    ):
        found.setdefault(rule.kind, []).append(rule)
    return found


def reached_by(at: datetime, channel: str, two_way: bool, result: str, direction: str) -> Reached:
    return Reached(uk_time(at).date(), channel, two_way, is_attempt(result, direction))


def history_of(case: m.Enrolment) -> list[Reached]:
    """Contacts and attempts that stand, the oldest first."""
    rows = counting().filter(enrolment=case).order_by("happened_at", "pk")
    columns = ("happened_at", "channel", "two_way", "result", "direction")
    return [reached_by(*row) for row in rows.values_list(*columns)]


def climb_of(
    case: m.Enrolment, history: list[Reached], ladders: Iterable[m.ProgrammeRule]
) -> tuple[Climb, str] | None:
    """Where somebody stands on the ladder of attempts, and the code of its rule."""
    attempts = attempts_since(history)
    rule = edition_on(list(ladders), attempts[0].on) if attempts else None
    if rule is None:
        return None
    closed = {
        each.code for each in codes("contact_channel") if not reach(case.participant, each.code).allowed
    }
    return climb(read_ladder(rule.settings), attempts, closed), rule.code


def readers_of(case: m.Enrolment, today: date) -> QuerySet:
    rows = m.Access.objects.filter(lasting(today), participant=case.participant_id)
    return rows.select_related("user", "programme").order_by("-from_on")


def looks_at(case: m.Enrolment, most: int = 10) -> QuerySet:
    looked = m.AuditRow.objects.filter(participant_id=case.participant_id, action="looked")
    return (
        looked.values("user__first_name").annotate(last=Max("at"), times=Count("pk")).order_by("-last")[:most]
    )
