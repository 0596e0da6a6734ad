"""Somebody's scores, oldest first."""

from sqlalchemy import select

from caseworker.core.db import db
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
