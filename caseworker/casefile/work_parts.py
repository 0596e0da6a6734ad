"""On the way into work and after: applications, readiness, changes, breaks, evidence, checks."""

from typing import Any

from sqlalchemy import func, literal, select

from caseworker.casefile.noon import noon
from caseworker.casefile.shape import Part, Whose, part
from caseworker.employers.models import Application, ApplicationStage, Employer, Vacancy
from caseworker.progressions.models import (
    Progression,
    ProgressionEvidence,
    ProgressionTerms,
    ReadinessItem,
    SustainmentCheck,
    WorkBreak,
)


def checks(enrolment_id: Whose) -> Part:
    row = SustainmentCheck
    return _of_a_step(
        "work_check", row, enrolment_id, at=row.checked_on, code=row.result, second=row.evidence_level
    )


def proofs(enrolment_id: Whose) -> Part:
    row = ProgressionEvidence
    return _of_a_step("work_proof", row, enrolment_id, at=row.seen_on, code=row.evidence_level)


def terms(enrolment_id: Whose) -> Part:
    row = ProgressionTerms
    return _of_a_step(
        "work_terms", row, enrolment_id, at=row.from_on, third=row.pay_period, number=row.weekly_minutes,
        one=row.pay_pence,
    )  # fmt: skip


def breaks(enrolment_id: Whose) -> Part:
    row = WorkBreak
    return _of_a_step("work_break", row, enrolment_id, at=row.from_on, day=row.until_on)


def _of_a_step(kind: str, row: Any, enrolment_id: Whose, *, at: Any, **columns: Any) -> Part:
    """Of steps that stand; what was taken back with its step is gone with it."""
    return (
        part(
            kind,
            at=noon(at),
            timed=literal(False),
            by_id=row.entered_by_id,
            entered_at=row.entered_at,
            id=row.id,
            words=func.coalesce(Progression.employer, ""),
            **columns,
        )
        .join_from(row, Progression, Progression.id == row.progression_id)
        .where(
            Progression.enrolment_id == enrolment_id, Progression.voided_at.is_(None), row.voided_at.is_(None)
        )
    )


def readiness(enrolment_id: Whose) -> Part:
    """What was noted on one day is one entry: `words` holds item/state, by commas."""
    row = ReadinessItem
    return (
        part(
            "readiness",
            at=noon(row.noted_on),
            timed=literal(False),
            by_id=row.entered_by_id,
            words=func.aggregate_strings(row.item + "/" + row.state, ","),
        )
        .where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))
        .group_by(row.noted_on, row.entered_by_id)
    )


def applications(enrolment_id: Whose) -> Part:
    """`words` holds for what and with whom."""
    row = ApplicationStage
    ours = (
        select(Vacancy.title + ", " + Employer.name)
        .join(Employer, Employer.id == Vacancy.employer_id)
        .where(Vacancy.id == Application.vacancy_id)
        .scalar_subquery()
    )
    found = func.coalesce(Application.job_title + ", ", "") + func.coalesce(Application.employer_words, "")
    return (
        part(
            "application",
            at=noon(row.reached_on),
            timed=literal(False),
            by_id=row.entered_by_id,
            entered_at=row.entered_at,
            id=row.id,
            code=row.stage,
            words=func.coalesce(ours, found),
        )
        .join_from(row, Application, Application.id == row.application_id)
        .where(
            Application.enrolment_id == enrolment_id, Application.voided_at.is_(None), row.voided_at.is_(None)
        )
    )
