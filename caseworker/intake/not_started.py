"""A referral that never began: closed with a coded reason. It was never a start, so it is never a leaver."""

from datetime import date, datetime

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import UNDOABLE
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.services import exit_enrolment
from caseworker.intake.stopping import stop_contact, undo_stop_of_exit

DID_NOT_START, DIED = "did_not_start", "died"


def record_non_start(
    enrolment: Enrolment, *, reason: str, closed_on: date, recorded_by: User, now: datetime, today: date
) -> None:
    """Close a referral, with a reason of non_start_reason.

    Raises RuleBroken for one that began, that is closed already, or for a day out of order.
    """
    if enrolment.started_on is not None:
        raise RuleBroken("They started. Record that they left instead")
    if closed_on < enrolment.referred_on:
        raise RuleBroken("The day must be on or after the day they were referred", "closed_on")
    if closed_on > today:
        raise RuleBroken("The day must be today or earlier", "closed_on")
    why = DIED if reason == DIED else DID_NOT_START
    exit_enrolment(enrolment, exited_on=closed_on, exit_reason=why, today=today)
    enrolment.non_start_reason = reason
    if reason == DIED and not enrolment.participant.stopped:
        stop_contact(
            enrolment.participant, kind=DIED, by=recorded_by, now=now, today=today, because_id=enrolment.id
        )


def take_back_non_start(enrolment: Enrolment, *, by: User, now: datetime, today: date) -> None:
    """Undo: the referral waits again, with what was due on it. Raises RuleBroken after 30 days."""
    if enrolment.non_start_reason is None or enrolment.exited_on is None:
        return
    if today - enrolment.exited_on > UNDOABLE:
        raise RuleBroken("This can be undone for 30 days. Record a new referral instead")
    closed_on = enrolment.exited_on
    enrolment.exited_on = enrolment.exit_reason = enrolment.non_start_reason = None
    for item in db.session.scalars(
        select(DueItem).where(DueItem.enrolment_id == enrolment.id, DueItem.closed_on == closed_on)
    ):
        item.closed_on = None
    undo_stop_of_exit(enrolment, by=by, now=now)
