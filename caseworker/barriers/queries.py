"""What was said to stand in the way of somebody."""

from uuid import UUID

from sqlalchemy import select

from caseworker.barriers.models import BarrierAssessment, Strength
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment


def history_of(enrolment: Enrolment) -> list[BarrierAssessment]:
    """Every assessment, in the order of time."""
    return list(
        db.session.scalars(
            select(BarrierAssessment)
            .where(BarrierAssessment.enrolment_id == enrolment.id, BarrierAssessment.voided_at.is_(None))
            .order_by(BarrierAssessment.assessed_on, BarrierAssessment.id)
        )
    )


def strengths_of(enrolment: Enrolment) -> list[Strength]:
    """What they have going for them, in the order it was said."""
    return list(
        db.session.scalars(
            select(Strength)
            .where(Strength.enrolment_id == enrolment.id, Strength.voided_at.is_(None))
            .order_by(Strength.noted_on, Strength.id)
        )
    )


def get_strength(enrolment: Enrolment, strength_id: UUID) -> Strength:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = next((each for each in strengths_of(enrolment) if each.id == strength_id), None)
    if found is None:
        raise NotVisible
    return found
