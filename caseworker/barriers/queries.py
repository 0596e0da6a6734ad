"""What stands in the way of somebody, as it is now and as it was."""

from sqlalchemy import func, select

from caseworker.barriers.models import BarrierAssessment
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment


def latest_by_theme(enrolment: Enrolment) -> dict[str, BarrierAssessment]:
    """The newest assessment of each theme that has one."""
    place = (
        func.row_number()
        .over(
            partition_by=BarrierAssessment.theme,
            order_by=(BarrierAssessment.assessed_on.desc(), BarrierAssessment.id.desc()),
        )
        .label("place")
    )
    newest = (
        select(BarrierAssessment.id, place)
        .where(BarrierAssessment.enrolment_id == enrolment.id, BarrierAssessment.voided_at.is_(None))
        .subquery()
    )
    rows = db.session.scalars(
        select(BarrierAssessment).join(newest, newest.c.id == BarrierAssessment.id).where(newest.c.place == 1)
    )
    return {row.theme: row for row in rows}


def history_of(enrolment: Enrolment) -> list[BarrierAssessment]:
    """Every assessment, the newest first."""
    return list(
        db.session.scalars(
            select(BarrierAssessment)
            .where(BarrierAssessment.enrolment_id == enrolment.id, BarrierAssessment.voided_at.is_(None))
            .order_by(BarrierAssessment.assessed_on.desc(), BarrierAssessment.id.desc())
        )
    )
