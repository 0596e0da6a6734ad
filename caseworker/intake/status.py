"""Work and benefits, dated. What is learnt of the first day reaches what reports ask of it."""

from datetime import date, datetime

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.intake.services import NOT_KNOWN
from caseworker.participants.models import StatusHistory
from caseworker.progressions.services import settle_outcomes


def statuses_of(enrolment: Enrolment) -> list[StatusHistory]:
    """Every row, the newest first."""
    row = StatusHistory
    return list(
        db.session.scalars(
            select(row)
            .where(row.participant_id == enrolment.participant_id, row.voided_at.is_(None))
            .order_by(row.from_on.desc(), row.id.desc())
        )
    )


def record_status(
    enrolment: Enrolment,
    *,
    from_on: date,
    economic_status: str,
    required_to_look: bool | None,
    benefit: str | None,
    recorded_by: User,
    today: date,
) -> StatusHistory:
    """How things stand from a day on. When how they stood at the start was not known and this tells, it is
    written there too, and what the programme counts is worked out again. Raises RuleBroken for a day ahead.
    """
    if from_on > today:
        raise RuleBroken("The day must be today or earlier", "from_on")
    status = StatusHistory(
        participant_id=enrolment.participant_id,
        from_on=from_on,
        economic_status=economic_status,
        required_to_look=required_to_look,
        benefit=benefit,
        entered_by_id=recorded_by.id,
    )
    db.session.add(status)
    first_day = enrolment.started_on or enrolment.referred_on
    if enrolment.status_at_start == NOT_KNOWN and from_on <= first_day and economic_status != NOT_KNOWN:
        enrolment.status_at_start = economic_status
        enrolment.required_to_look_at_start = required_to_look
        enrolment.benefit_at_start = benefit
        settle_outcomes(enrolment)
    return status


def take_back_status(status: StatusHistory, *, by: User, now: datetime) -> None:
    """Undo of an entry. What it told of the first day stays, and is put right by another entry."""
    take_back(status, by.id, now)
