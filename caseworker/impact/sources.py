"""From journeys to quantities: the sources that outcome maps may name, each one select over the records."""

from types import MappingProxyType
from typing import Any

from sqlalchemy import Integer, func, literal, or_, select

from caseworker.core.sql import days_between, earlier, worked_out_once
from caseworker.courses.models import Completion, CourseEnrolment
from caseworker.enrolments.models import Enrolment
from caseworker.impact.barriers import barrier_reduced
from caseworker.impact.facts import (
    DAYS_A_YEAR,
    FULL_WEEK,
    Column,
    Facts,
    Source,
    capped,
    evidence_rank,
    plain_facts,
    starts_of,
)
from caseworker.impact.support import support_given
from caseworker.outcomes.subjects import Subject
from caseworker.outcomes.wellbeing import first_and_latest
from caseworker.progressions.models import OutcomeState, Progression
from caseworker.progressions.rules import IN_WORK_AT_START
from caseworker.valuation import OutcomeLine
from caseworker.wellbeing.models import WellbeingAssessment


def sustained(subject: Subject, line: OutcomeLine) -> Facts:
    """Starts that met a sustained rule by the date, dated by the first day of the work that lasted."""
    weeks = int(str(line.source.parameters["rule"]).removesuffix("-week"))
    rule = f"sustained_{weeks}_weeks"
    minutes = Progression.weekly_minutes
    by_hours = line.source.count == "fte_years"
    amount = capped(minutes) if by_hours else literal(1, Integer)
    rows = (
        starts_of(subject)
        .join(OutcomeState, (OutcomeState.enrolment_id == Enrolment.id) & (OutcomeState.rule == rule))
        .outerjoin(Progression, Progression.id == OutcomeState.progression_id)
        .where(OutcomeState.achieved_on <= subject.as_at, Enrolment.status_at_start != IN_WORK_AT_START)
    )
    return Facts(
        select=rows,
        on_date=OutcomeState.achieved_on,
        amount=func.coalesce(amount, 0),
        evidence=evidence_rank(OutcomeState.evidence_level),
        progression_id=OutcomeState.progression_id,
        weekly_minutes=minutes,
        divisor=FULL_WEEK if by_hours else 1,
        shift_days=weeks * 7,
        lacking=minutes.is_(None) if by_hours else None,
    )


def _steps(subject: Subject, kinds: tuple[str, ...], count: Column, **about: Any) -> Facts:
    """Steps of these kinds begun by the date, dated by their first day."""
    rows = starts_of(subject).join(Progression, Progression.enrolment_id == Enrolment.id)
    begun = Progression.started_on <= subject.as_at
    return Facts(
        select=rows.where(Progression.kind.in_(kinds), Progression.voided_at.is_(None), begun),
        on_date=Progression.started_on,
        amount=func.coalesce(count, 0),
        evidence=evidence_rank(Progression.evidence_level),
        progression_id=Progression.id,
        weekly_minutes=Progression.weekly_minutes,
        **about,
    )


def _days(subject: Subject) -> Column:
    """Days a step was held, first and last included, up to the date of the figures."""
    return days_between(Progression.started_on, earlier(Progression.ended_on, subject.as_at)) + 1


def progression(subject: Subject, line: OutcomeLine) -> Facts:
    """Steps forward of these kinds. Years are of time held, never of mere starts."""
    kinds, count = tuple(line.source.parameters["kinds"]), line.source.count
    open_end, minutes = Progression.ended_on.is_(None), Progression.weekly_minutes
    if count == "fte_years":
        held, year = _days(subject) * capped(minutes), FULL_WEEK * DAYS_A_YEAR
        return _steps(subject, kinds, held, divisor=year, lacking=or_(open_end, minutes.is_(None)))
    if count in ("person_years", "weeks"):
        divisor = DAYS_A_YEAR if count == "person_years" else 7
        return _steps(subject, kinds, _days(subject), divisor=divisor, lacking=open_end)
    return _steps(subject, kinds, literal(1, Integer))


def hours_volunteered(subject: Subject, line: OutcomeLine) -> Facts:
    """Hours of volunteering: usual week times the days held, in whole minute-days."""
    minutes = Progression.weekly_minutes
    lacking = or_(Progression.ended_on.is_(None), minutes.is_(None))
    return _steps(subject, ("volunteering",), _days(subject) * minutes, divisor=7 * 60, lacking=lacking)


def completion(subject: Subject, line: OutcomeLine) -> Facts:
    """Completed courses, each once however it was entered."""
    rows = (
        starts_of(subject)
        .join(CourseEnrolment, CourseEnrolment.enrolment_id == Enrolment.id)
        .join(Completion, Completion.place_id == CourseEnrolment.id)
        .where(
            CourseEnrolment.voided_at.is_(None),
            Completion.voided_at.is_(None),
            Completion.completed_on <= subject.as_at,
        )
    )
    return plain_facts(rows, Completion.completed_on)


def wellbeing_change(subject: Subject, line: OutcomeLine) -> Facts:
    """Latest less first score of each pair, falls included, dated by the start of support."""
    measure = getattr(WellbeingAssessment, str(line.source.parameters["measure"]))
    scores = worked_out_once(select(first_and_latest(subject, measure)), f"scores_{line.code}")
    rows = (
        starts_of(subject).join(scores, scores.c.enrolment_id == Enrolment.id).where(scores.c.sittings >= 2)
    )
    return plain_facts(rows, Enrolment.started_on, scores.c.latest - scores.c.first)


SOURCES: MappingProxyType[str, Source] = MappingProxyType(
    {
        "sustained": sustained,
        "progression": progression,
        "completion": completion,
        "barrier_reduced": barrier_reduced,
        "wellbeing_change": wellbeing_change,
        "hours_volunteered": hours_volunteered,
        "support_given": support_given,
    }
)
"""The sources counted so far; a map that names another is refused before anything is counted."""
