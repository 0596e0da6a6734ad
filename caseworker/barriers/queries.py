"""What was said to stand in the way of somebody."""

from sqlalchemy import select

from caseworker.barriers.models import BarrierAssessment
from caseworker.core.db import db
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
