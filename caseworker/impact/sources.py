"""From journeys to quantities: the sources that outcome maps may name, each one select over the records."""

from types import MappingProxyType

from sqlalchemy import Integer, func, literal, or_
from sqlalchemy.orm import aliased

from caseworker.core.sql import days_between, earlier
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
from caseworker.outcomes.subjects import Subject
from caseworker.outcomes.wellbeing import first_and_latest
from caseworker.progressions.models import OutcomeState, Progression
from caseworker.progressions.rules import IN_WORK_AT_START
from caseworker.valuation import OutcomeLine
from caseworker.wellbeing.models import WellbeingAssessment


def sustained(subject: Subject, line: OutcomeLine) -> Facts:
    """Starts that met a sustained rule by the date, dated by the first day of the work that lasted."""
    state, job = aliased(OutcomeState), aliased(Progression)
    weeks = int(str(line.source.parameters["rule"]).removesuffix("-week"))
    rule = f"sustained_{weeks}_weeks"
    minutes = job.weekly_minutes
    by_hours = line.source.count == "fte_years"
    amount = capped(minutes) if by_hours else literal(1, Integer)
    rows = (
        starts_of(subject)
        .join(state, (state.enrolment_id == Enrolment.id) & (state.rule == rule))
        .outerjoin(job, job.id == state.progression_id)
        .where(state.achieved_on <= subject.as_at, Enrolment.status_at_start != IN_WORK_AT_START)
    )
    return Facts(
        select=rows,
        on_date=state.achieved_on,
        amount=func.coalesce(amount, 0),
        evidence=evidence_rank(state.evidence_level),
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
    amount: Column = literal(1, Integer)
    divisor, lacking = 1, None
    if count == "fte_years":
        amount, divisor = days * capped(step.weekly_minutes), FULL_WEEK * DAYS_A_YEAR
        lacking = or_(step.ended_on.is_(None), step.weekly_minutes.is_(None))
    elif count in ("person_years", "weeks"):
        amount, divisor = days, DAYS_A_YEAR if count == "person_years" else 7
        lacking = step.ended_on.is_(None)
    rows = starts_of(subject).join(step, step.enrolment_id == Enrolment.id)
    return Facts(
        select=rows.where(step.kind.in_(kinds), step.voided_at.is_(None), step.started_on <= subject.as_at),
        on_date=step.started_on,
        amount=func.coalesce(amount, 0),
        evidence=evidence_rank(step.evidence_level),
        progression_id=step.id,
        weekly_minutes=step.weekly_minutes,
        divisor=divisor,
        lacking=lacking,
    )


def hours_volunteered(subject: Subject, line: OutcomeLine) -> Facts:
    """Hours of volunteering: usual week times the days held, in whole minute-days."""
    step = aliased(Progression)
    days = days_between(step.started_on, earlier(step.ended_on, subject.as_at)) + 1
    rows = starts_of(subject).join(step, step.enrolment_id == Enrolment.id)
    return Facts(
        select=rows.where(
            step.kind == "volunteering", step.voided_at.is_(None), step.started_on <= subject.as_at
        ),
        on_date=step.started_on,
        amount=func.coalesce(days * step.weekly_minutes, 0),
        evidence=evidence_rank(step.evidence_level),
        progression_id=step.id,
        weekly_minutes=step.weekly_minutes,
        divisor=7 * 60,
        lacking=or_(step.ended_on.is_(None), step.weekly_minutes.is_(None)),
    )


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
    scores = first_and_latest(subject, measure)
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
    }
)
"""The sources counted so far; a map that names another is refused before anything is counted."""
