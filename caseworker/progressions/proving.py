"""Evidence of a step as it comes in: the level rises with it, and what was known before is kept."""

from datetime import date, datetime
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.progressions.models import Progression, ProgressionEvidence
from caseworker.progressions.queries import evidence_rank
from caseworker.progressions.services import settle_outcomes


def add_evidence(
    step: Progression, *, level: str, seen_on: date, file_id: UUID | None, added_by: User, today: date
) -> ProgressionEvidence:
    """Keep evidence of a step and raise its level where this is better. Raises RuleBroken for a day ahead
    or before the step."""
    if seen_on > today:
        raise RuleBroken("The day must be today or earlier", "seen_on")
    if seen_on < step.started_on:
        raise RuleBroken("The day must be on or after the day it began", "seen_on")
    proof = ProgressionEvidence(
        enrolment=step.enrolment,
        progression_id=step.id,
        seen_on=seen_on,
        evidence_level=level,
        level_before=step.evidence_level,
        file_id=file_id,
        entered_by_id=added_by.id,
    )
    step.proofs.append(proof)
    _settle_level(step)
    return proof


def take_back_evidence(step: Progression, proof: ProgressionEvidence, *, by: User, now: datetime) -> None:
    """Undo of evidence: the level is that of the rest. Raises RuleBroken as `take_back`."""
    take_back(proof, by.id, now)
    _settle_level(step)


def _settle_level(step: Progression) -> None:
    """The best of what was known at first and of all that stands since."""
    first = min(step.proofs, key=lambda proof: proof.id)
    levels = [first.level_before, *(each.evidence_level for each in step.proofs if each.voided_at is None)]
    best = max(levels, key=evidence_rank)
    if step.evidence_level != best:
        step.evidence_level = best
    settle_outcomes(step.enrolment)
