"""Somebody's answers, oldest first, and the words they may be asked in."""

import json
from collections import defaultdict
from uuid import UUID

from sqlalchemy import select

from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.instruments import OPEN, SWEMWBS, Instrument, licensed
from caseworker.wellbeing.models import ONS4 as MEASURES
from caseworker.wellbeing.models import InstrumentWording, WellbeingAssessment


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


def sittings_of(enrolment: Enrolment) -> dict[str, list[WellbeingAssessment]]:
    """Every sitting that stands, by instrument, in one query."""
    found: dict[str, list[WellbeingAssessment]] = defaultdict(list)
    rows = db.session.scalars(
        select(WellbeingAssessment)
        .where(WellbeingAssessment.enrolment_id == enrolment.id, WellbeingAssessment.voided_at.is_(None))
        .order_by(WellbeingAssessment.assessed_on, WellbeingAssessment.id)
    )
    for row in rows:
        found[row.instrument].append(row)
    return found


def answers_of(assessment: WellbeingAssessment) -> dict[str, int | None]:
    """The answers of a sitting by question, sealed or not."""
    if assessment.answers is None:
        return {measure: getattr(assessment, measure) for measure in MEASURES}
    found: dict[str, int | None] = json.loads(assessment.answers)
    return found


def wording_of(organisation_id: UUID) -> InstrumentWording | None:
    """The licensed words an organisation has loaded."""
    return db.session.scalar(
        select(InstrumentWording).where(
            InstrumentWording.organisation_id == organisation_id,
            InstrumentWording.instrument == SWEMWBS,
            InstrumentWording.voided_at.is_(None),
        )
    )


def find_instrument(enrolment: Enrolment, code: str) -> Instrument | None:
    """What may be asked on a programme; None for one whose words are not loaded, or an unknown one."""
    if code == SWEMWBS:
        wording = wording_of(enrolment.programme.organisation_id)
        return licensed(wording) if wording else None
    return OPEN.get(code)


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
