"""From journeys to quantities: each source of an outcome map as rows of the records, for SQL to sum.

A source gives one row per start (or fact) that reached the outcome: whose it is, on which day, and how
much as a whole number. Sums of whole numbers are the same on every database; `divisor` turns them into
the line's unit afterwards. The same rows, not summed, are the trace.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, func, literal, null, or_, select
from sqlalchemy.orm import aliased

from caseworker.barriers.models import BarrierAssessment
from caseworker.core.codes import codes
from caseworker.core.sql import days_between, earlier
from caseworker.core.types import Key
from caseworker.courses.models import Completion, CourseEnrolment
from caseworker.enrolments.models import Enrolment
from caseworker.outcomes.subjects import Subject
from caseworker.outcomes.wellbeing import first_and_latest
from caseworker.participants.models import PersonLink
from caseworker.progressions.models import OutcomeState, Progression
from caseworker.valuation import OutcomeLine
from caseworker.wellbeing.models import WellbeingAssessment

# A full-time week, in minutes: 35 hours, as the maps count `fte_years`.
FULL_WEEK = 35 * 60
DAYS_A_YEAR = 52 * 7

# A column of a table or an expression over some.
Column: TypeAlias = Any


@dataclass(frozen=True)
class Facts:
    """Rows that reached an outcome, joined to their `Enrolment`.

    The outcome began on `on_date` less `shift_days`. `amount` is a whole number, `divisor` of which are
    one unit of the line. `lacking` are rows that reached it but whose amount is not known.
    """

    select: Select[Any]
    on_date: Column
    amount: Column
    evidence: Column
    progression_id: Column
    weekly_minutes: Column
    divisor: int = 1
    shift_days: int = 0
    lacking: ColumnElement[bool] | None = None


Source = Callable[[Subject, OutcomeLine], Facts]


def human_key() -> ColumnElement[Any]:
    """One key for one human being, however many controllers know them."""
    return func.coalesce(PersonLink.human_id, Enrolment.participant_id)


def _over(subject: Subject) -> Select[Any]:
    return (
        select()
        .select_from(Enrolment)
        .outerjoin(
            PersonLink,
            and_(PersonLink.participant_id == Enrolment.participant_id, PersonLink.voided_at.is_(None)),
        )
        .where(subject.started())
    )


def capped(minutes: Any) -> ColumnElement[Any]:
    """Minutes a week, at most a full-time week."""
    return case((minutes > FULL_WEEK, FULL_WEEK), else_=minutes)


def _rank(level: Any) -> ColumnElement[int]:
    ranks = {each.code: each.number("rank") or 0 for each in codes("evidence_level")}
    return case(ranks, value=level, else_=0)


def sustained(subject: Subject, line: OutcomeLine) -> Facts:
    """Starts that met a sustained rule by the date, dated by the first day of the work that lasted."""
    state, job = aliased(OutcomeState), aliased(Progression)
    weeks = int(str(line.source.parameters["rule"]).removesuffix("-week"))
    rule = f"sustained_{weeks}_weeks"
    minutes = job.weekly_minutes
    by_hours = line.source.count == "fte_years"
    amount = capped(minutes) if by_hours else literal(1, Integer)
    rows = (
        _over(subject)
        .join(state, and_(state.enrolment_id == Enrolment.id, state.rule == rule))
        .outerjoin(job, job.id == state.progression_id)
        .where(state.achieved_on <= subject.as_at, Enrolment.status_at_start != "10")
    )
    return Facts(
        select=rows,
        on_date=state.achieved_on,
        amount=func.coalesce(amount, 0),
        evidence=_rank(state.evidence_level),
        progression_id=state.progression_id,
        weekly_minutes=minutes,
        divisor=FULL_WEEK if by_hours else 1,
        shift_days=weeks * 7,
        lacking=minutes.is_(None) if by_hours else None,
    )


def progression(subject: Subject, line: OutcomeLine) -> Facts:
    """Steps forward of these kinds. Years are of time held, never of mere starts."""
    step = aliased(Progression)
    kinds = tuple(line.source.parameters["kinds"])
    days = days_between(step.started_on, earlier(step.ended_on, subject.as_at)) + 1
    count = line.source.count
    rows = (
        _over(subject)
        .join(step, step.enrolment_id == Enrolment.id)
        .where(step.kind.in_(kinds), step.voided_at.is_(None), step.started_on <= subject.as_at)
    )
    amount: Column = literal(1, Integer)
    divisor, lacking = 1, None
    if count == "fte_years":
        amount, divisor = days * capped(step.weekly_minutes), FULL_WEEK * DAYS_A_YEAR
        lacking = or_(step.ended_on.is_(None), step.weekly_minutes.is_(None))
    elif count in ("person_years", "weeks"):
        amount, divisor = days, DAYS_A_YEAR if count == "person_years" else 7
        lacking = step.ended_on.is_(None)
    return Facts(
        select=rows,
        on_date=step.started_on,
        amount=func.coalesce(amount, 0),
        evidence=_rank(step.evidence_level),
        progression_id=step.id,
        weekly_minutes=step.weekly_minutes,
        divisor=divisor,
        lacking=lacking,
    )


def hours_volunteered(subject: Subject, line: OutcomeLine) -> Facts:
    """Hours of volunteering: usual week times the days held, in whole minute-days."""
    step = aliased(Progression)
    days = days_between(step.started_on, earlier(step.ended_on, subject.as_at)) + 1
    rows = (
        _over(subject)
        .join(step, step.enrolment_id == Enrolment.id)
        .where(step.kind == "volunteering", step.voided_at.is_(None), step.started_on <= subject.as_at)
    )
    return Facts(
        select=rows,
        on_date=step.started_on,
        amount=func.coalesce(days * step.weekly_minutes, 0),
        evidence=_rank(step.evidence_level),
        progression_id=step.id,
        weekly_minutes=step.weekly_minutes,
        divisor=7 * 60,
        lacking=or_(step.ended_on.is_(None), step.weekly_minutes.is_(None)),
    )


def completion(subject: Subject, line: OutcomeLine) -> Facts:
    """Completed courses, each once however it was entered."""
    rows = (
        _over(subject)
        .join(CourseEnrolment, CourseEnrolment.enrolment_id == Enrolment.id)
        .join(Completion, Completion.place_id == CourseEnrolment.id)
        .where(
            CourseEnrolment.voided_at.is_(None),
            Completion.voided_at.is_(None),
            Completion.completed_on <= subject.as_at,
        )
    )
    return _plain(rows, Completion.completed_on)


def wellbeing_change(subject: Subject, line: OutcomeLine) -> Facts:
    """Latest less first score of each pair, falls included, dated by the start of support."""
    measure = getattr(WellbeingAssessment, str(line.source.parameters["measure"]))
    scores = first_and_latest(subject, measure)
    rows = _over(subject).join(scores, scores.c.enrolment_id == Enrolment.id).where(scores.c.sittings >= 2)
    return _plain(rows, Enrolment.started_on, scores.c.latest - scores.c.first)


def barrier_reduced(subject: Subject, line: OutcomeLine) -> Facts:
    """Barriers once at `from_severity` or worse whose latest assessment is at `to_severity` or better."""
    asked = line.source.parameters
    wanted = [BarrierAssessment.theme == asked["theme"]]
    if asked.get("codes"):
        wanted.append(BarrierAssessment.barrier.in_(asked["codes"]))
    history = (
        select(
            BarrierAssessment.enrolment_id,
            BarrierAssessment.severity,
            BarrierAssessment.assessed_on,
            func.max(BarrierAssessment.severity)
            .over(partition_by=(BarrierAssessment.enrolment_id, BarrierAssessment.barrier))
            .label("worst"),
            func.row_number()
            .over(
                partition_by=(BarrierAssessment.enrolment_id, BarrierAssessment.barrier),
                order_by=(BarrierAssessment.assessed_on.desc(), BarrierAssessment.id.desc()),
            )
            .label("from_end"),
        )
        .join(Enrolment, Enrolment.id == BarrierAssessment.enrolment_id)
        .where(
            subject.started(),
            *wanted,
            BarrierAssessment.state == "something",
            BarrierAssessment.voided_at.is_(None),
            BarrierAssessment.assessed_on <= subject.as_at,
        )
        .subquery()
    )
    eased = (
        select(history.c.enrolment_id, func.min(history.c.assessed_on).label("on_date"))
        .where(
            history.c.from_end == 1,
            history.c.worst >= int(asked["from_severity"]),
            history.c.severity <= int(asked["to_severity"]),
        )
        .group_by(history.c.enrolment_id)
        .subquery()
    )
    rows = _over(subject).join(eased, eased.c.enrolment_id == Enrolment.id)
    return _plain(rows, eased.c.on_date)


def _plain(rows: Select[Any], on_date: Any, amount: Any = None) -> Facts:
    return Facts(
        select=rows,
        on_date=on_date,
        amount=literal(1, Integer) if amount is None else amount,
        evidence=literal(0, Integer),
        progression_id=cast(null(), Key),
        weekly_minutes=cast(null(), Integer),
    )


SOURCES: MappingProxyType[str, Source] = MappingProxyType(
    {
        "sustained": sustained,
        "progression": progression,
        "completion": completion,
        "barrier_reduced": barrier_reduced,
        "wellbeing_change": wellbeing_change,
        "hours_volunteered": hours_volunteered,
    }
)
"""The sources counted so far; a map that names another is refused before anything is counted."""
