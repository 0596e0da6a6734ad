"""Risks written down, looked at again and ended, and visits to somebody."""

from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import aliased

from caseworker.casefile.noon import noon
from caseworker.casefile.shape import Part, Whose, part
from caseworker.enrolments.models import Enrolment
from caseworker.risks.models import RiskFlag, RiskReview
from caseworker.visits.models import Visit

# Made once: an alias copies every column of its table.
_FLAG = aliased(RiskFlag)


def risks(enrolment_id: Whose) -> Part:
    row = RiskFlag
    return part(
        "risk",
        at=row.entered_at,
        timed=literal(True),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.what_to_do,
        day=row.review_on,
    ).where(row.participant_id == _whose(enrolment_id), row.voided_at.is_(None))


def risk_reviews(enrolment_id: Whose) -> Part:
    row = RiskReview
    return (
        part(
            "risk_review",
            at=noon(row.reviewed_on),
            timed=literal(False),
            by_id=row.entered_by_id,
            entered_at=row.entered_at,
            id=row.id,
            code=_FLAG.what_to_do,
            day=row.next_on,
        )
        .join_from(row, _FLAG, _FLAG.id == row.flag_id)
        .where(
            _FLAG.participant_id == _whose(enrolment_id), row.voided_at.is_(None), _FLAG.voided_at.is_(None)
        )
    )


def visits(enrolment_id: Whose) -> Part:
    row = Visit
    return part(
        "visit",
        at=row.out_at,
        timed=literal(True),
        by_id=row.visitor_id,
        entered_at=row.entered_at,
        id=row.id,
        flag=row.back_at.is_not(None),
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))


def _whose(enrolment_id: Whose) -> Any:
    return select(Enrolment.participant_id).where(Enrolment.id == enrolment_id).scalar_subquery()


SAFETY_PARTS = (risks, risk_reviews, visits)
