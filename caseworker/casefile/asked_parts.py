"""What was asked of somebody: agreements and their withdrawal, eligibility, work and benefits."""

from typing import Any

from sqlalchemy import literal, select

from caseworker.casefile.noon import noon
from caseworker.casefile.shape import Part, Whose, part
from caseworker.enrolments.models import Enrolment
from caseworker.intake.models import EligibilityCheck
from caseworker.lawful.models import ContactStop
from caseworker.participants.models import Agreement, StatusHistory


def agreed(enrolment_id: Whose) -> Part:
    return _agreement("agreed", enrolment_id, Agreement.given_on)


def withdrawn(enrolment_id: Whose) -> Part:
    return _agreement("withdrawn", enrolment_id, Agreement.withdrawn_on)


def _agreement(kind: str, enrolment_id: Whose, day: Any) -> Part:
    row = Agreement
    return part(
        kind,
        at=noon(day),
        timed=literal(False),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.purpose,
        second=row.answer,
        third=row.how,
        words=row.agency,
    ).where(row.participant_id == _whose(enrolment_id), row.voided_at.is_(None), day.is_not(None))


def stopped(enrolment_id: Whose) -> Part:
    row = ContactStop
    return part(
        "stopped",
        at=noon(row.from_on),
        timed=literal(False),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.kind,
        day=row.ended_on,
    ).where(row.participant_id == _whose(enrolment_id), row.voided_at.is_(None))


def checked(enrolment_id: Whose) -> Part:
    row = EligibilityCheck
    return part(
        "eligible",
        at=row.entered_at,
        timed=literal(True),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.criterion,
        second=row.answer,
        third=row.evidence,
        day=row.valid_until_on,
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))


def statuses(enrolment_id: Whose) -> Part:
    row = StatusHistory
    return part(
        "status",
        at=noon(row.from_on),
        timed=literal(False),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.economic_status,
        second=row.benefit,
    ).where(row.participant_id == _whose(enrolment_id), row.voided_at.is_(None))


def _whose(enrolment_id: Whose) -> Any:
    return select(Enrolment.participant_id).where(Enrolment.id == enrolment_id).scalar_subquery()


ASKED_PARTS = (agreed, withdrawn, stopped, checked, statuses)
