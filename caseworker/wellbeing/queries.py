"""Somebody's scores, oldest first."""

from uuid import UUID

from sqlalchemy import select

from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.models import WellbeingAssessment


def assessments_of(enrolment: Enrolment, instrument: str = "ons4") -> list[WellbeingAssessment]:
    return list(
        db.session.scalars(
            select(WellbeingAssessment)
            .where(
                WellbeingAssessment.enrolment_id == enrolment.id,
                WellbeingAssessment.instrument == instrument,
                WellbeingAssessment.voided_at.is_(None),
            )
            .order_by(WellbeingAssessment.assessed_on, WellbeingAssessment.id)
        )
    )


def get_assessment(enrolment: Enrolment, assessment_id: UUID) -> WellbeingAssessment:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = db.session.scalar(
        select(WellbeingAssessment).where(
            WellbeingAssessment.id == assessment_id,
            WellbeingAssessment.enrolment_id == enrolment.id,
            WellbeingAssessment.voided_at.is_(None),
        )
    )
    if found is None:
        raise NotVisible
    return found
