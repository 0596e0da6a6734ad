"""Steps forward of an enrolment, and the facts its rules read."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from caseworker.core.codes import code, codes
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.rules import DueKind
from caseworker.enrolments.services import follow_up_stopped_on
from caseworker.participants.agreed import CONTACT_AFTER, refused_on
from caseworker.progressions.jobs import Break, Check, Job, Journey, Step, Terms
from caseworker.progressions.models import (
    OutcomeState,
    Progression,
    ProgressionEvidence,
    ProgressionTerms,
    SustainmentCheck,
    WorkBreak,
)

Row = TypeVar("Row", ProgressionTerms, WorkBreak)
SELF_EMPLOYMENT = "self_employment"


def work_kinds() -> frozenset[str]:
    """Kinds of step that count as coming into work."""
    return frozenset(each.code for each in codes("progression_kind") if each.flag("into_work"))


def progressions_of(enrolment: Enrolment) -> list[Progression]:
    """Every step of an enrolment with its checks, the newest first."""
    return list(
        db.session.scalars(
            select(Progression)
            .where(Progression.enrolment_id == enrolment.id, Progression.voided_at.is_(None))
            .options(
                joinedload(Progression.evidence_file),
                selectinload(Progression.proofs).joinedload(ProgressionEvidence.file),
                *with_facts(),
            )
            .order_by(Progression.started_on.desc(), Progression.id.desc())
        )
    )


def get_progression(enrolment: Enrolment, progression_id: UUID) -> Progression:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = db.session.scalar(
        select(Progression).where(
            Progression.id == progression_id,
            Progression.enrolment_id == enrolment.id,
            Progression.voided_at.is_(None),
        )
    )
    if found is None:
        raise NotVisible
    return found


def get_terms(step: Progression, terms_id: UUID) -> ProgressionTerms:
    """Raises NotVisible when it is missing, taken back or another step's."""
    return _standing(step.terms, terms_id)


def get_break(step: Progression, break_id: UUID) -> WorkBreak:
    """Raises NotVisible when it is missing, taken back or another step's."""
    return _standing(step.breaks, break_id)


def _standing(rows: Iterable[Row], key: UUID) -> Row:
    for row in rows:
        if row.id == key and row.voided_at is None:
            return row
    raise NotVisible


def get_proof(enrolment: Enrolment, proof_id: UUID) -> ProgressionEvidence:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = db.session.scalar(
        select(ProgressionEvidence).where(
            ProgressionEvidence.id == proof_id,
            ProgressionEvidence.enrolment_id == enrolment.id,
            ProgressionEvidence.voided_at.is_(None),
        )
    )
    if found is None:
        raise NotVisible
    return found


def outcome_states(enrolment: Enrolment) -> dict[str, OutcomeState]:
    rows = db.session.scalars(select(OutcomeState).where(OutcomeState.enrolment_id == enrolment.id))
    return {row.rule: row for row in rows}


def sustainment_dues(enrolment: Enrolment) -> list[DueItem]:
    """What is to be asked, or was, of an enrolment: one for each rule of lasting work."""
    return list(
        db.session.scalars(
            select(DueItem).where(DueItem.enrolment_id == enrolment.id, DueItem.kind == DueKind.SUSTAINMENT)
        )
    )


def get_check(enrolment: Enrolment, check_id: UUID) -> SustainmentCheck:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = db.session.scalar(
        select(SustainmentCheck).where(
            SustainmentCheck.id == check_id,
            SustainmentCheck.enrolment_id == enrolment.id,
            SustainmentCheck.voided_at.is_(None),
        )
    )
    if found is None:
        raise NotVisible
    return found


def journey_of(enrolment: Enrolment) -> Journey:
    """The facts of an enrolment that its rules of work read."""
    person = enrolment.participant_id
    no_since = refused_on(CONTACT_AFTER, [person]).get(person) if enrolment.exited_on else None
    return journey_with(enrolment, progressions_of(enrolment), no_since)


def journey_with(enrolment: Enrolment, steps: Sequence[Progression], no_since: date | None) -> Journey:
    """The same from steps already read, with what `with_facts` adds to them. `no_since` is the day from
    which their last word on contact after leaving is no."""
    work = work_kinds()
    jobs = tuple(job_of(step) for step in steps if step.kind in work)
    stopped_on = follow_up_stopped_on(enrolment.exited_on, enrolment.exit_reason, no_since)
    return Journey(
        started_on=enrolment.started_on,
        status_at_start=enrolment.status_at_start,
        jobs=jobs,
        asked_on=asked_days(jobs),
        follow_up_stopped_on=stopped_on,
        exited_on=enrolment.exited_on,
        steps=tuple(_step(step) for step in steps),
    )


def with_facts() -> tuple[Any, ...]:
    """Loads of what the rules read beside a step."""
    return tuple(selectinload(facts) for facts in (Progression.checks, Progression.terms, Progression.breaks))


def asked_days(jobs: tuple[Job, ...]) -> tuple[date, ...]:
    return tuple(sorted(check.on for job in jobs for check in job.checks))


def job_of(step: Progression) -> Job:
    first = Terms(step.started_on, step.weekly_minutes, step.pay_pence, step.pay_period)
    changed = [
        Terms(terms.from_on, terms.weekly_minutes, terms.pay_pence, terms.pay_period)
        for terms in sorted(step.terms, key=lambda terms: (terms.from_on, terms.id))
        if terms.voided_at is None
    ]
    return Job(
        id=step.id,
        started_on=step.started_on,
        ended_on=step.ended_on,
        evidence_rank=evidence_rank(step.evidence_level),
        checks=tuple(_check(check) for check in step.checks if check.voided_at is None),
        self_employed=step.kind == SELF_EMPLOYMENT,
        terms=(first, *changed),
        breaks=tuple(Break(gap.from_on, gap.until_on) for gap in step.breaks if gap.voided_at is None),
    )


def _step(step: Progression) -> Step:
    group = code("progression_kind", step.kind).extras["group"]
    rank = evidence_rank(step.evidence_level)
    return Step(step.id, step.kind, group, step.started_on, step.ended_on, rank)


def _check(check: SustainmentCheck) -> Check:
    return Check(check.checked_on, check.result, evidence_rank(check.evidence_level))


def evidence_rank(level: str) -> int:
    return code("evidence_level", level).number("rank") or 0


def evidence_level(rank: int | None) -> str | None:
    """The code of a rank; None for none."""
    return next((each.code for each in codes("evidence_level") if each.number("rank") == rank), None)
