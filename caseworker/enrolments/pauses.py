"""Pausing the review clock: the days of a pause do not count, and what is due waits."""

from datetime import date, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from caseworker.accounts.models import User
from caseworker.core.db import db, refused_as
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment, ReviewPause

PAUSED_ALREADY = "They are paused already at that time. End that pause, or choose other days"


def pauses_of(enrolment_id: UUID) -> list[ReviewPause]:
    """Pauses of the review clock, the oldest first."""
    return list(db.session.scalars(_pauses(), {"enrolment_id": enrolment_id}))


@cache
def _pauses() -> Select[ReviewPause]:
    """Built once: every contact asks it."""
    return (
        select(ReviewPause)
        .where(ReviewPause.enrolment_id == bindparam("enrolment_id"), ReviewPause.voided_at.is_(None))
        .order_by(ReviewPause.from_on, ReviewPause.id)
    )


def get_pause(enrolment: Enrolment, pause_id: UUID) -> ReviewPause:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = next((each for each in pauses_of(enrolment.id) if each.id == pause_id), None)
    if found is None:
        raise NotVisible
    return found


def record_pause(
    enrolment: Enrolment, reason: str, from_on: date, until_on: date | None, *, recorded_by: User, today: date
) -> ReviewPause:
    """Pause the clock: `reason` of pause_reason; no last day while it lasts. What is due is settled by the
    caller, who knows the plan and the contacts.

    Raises RuleBroken for days out of order, a start ahead or before the referral, and a second pause on
    the same days.
    """
    if from_on > today:
        raise RuleBroken("The first day must be today or earlier", "from_on")
    if from_on < enrolment.referred_on:
        raise RuleBroken("The first day must be on or after the day they were referred", "from_on")
    _in_order(from_on, until_on)
    last = until_on or date.max
    if any(
        each.from_on <= last and from_on <= (each.until_on or date.max) for each in pauses_of(enrolment.id)
    ):
        raise RuleBroken(PAUSED_ALREADY, "from_on")
    pause = ReviewPause(
        enrolment=enrolment, reason=reason, from_on=from_on, until_on=until_on, entered_by_id=recorded_by.id
    )
    with refused_as(uq_review_pause_one_open=RuleBroken(PAUSED_ALREADY, "from_on")):
        db.session.add(pause)
    return pause


def end_pause(pause: ReviewPause, until_on: date) -> None:
    """Its last day. Raises RuleBroken when it has ended, or for a day before it began."""
    if pause.until_on is not None:
        raise RuleBroken("This pause has ended already")
    _in_order(pause.from_on, until_on)
    pause.until_on = until_on


def resume_pause(pause: ReviewPause) -> None:
    """Undo of its end: it lasts again. Raises RuleBroken when another pause began since."""
    if any(each.from_on > pause.from_on for each in pauses_of(pause.enrolment_id)):
        raise RuleBroken("Another pause began since. End that one, or record the days anew")
    pause.until_on = None


def take_back_pause(pause: ReviewPause, *, by: User, now: datetime) -> None:
    """Undo of recording it. Raises RuleBroken as `take_back`."""
    take_back(pause, by.id, now)


def _in_order(from_on: date, until_on: date | None) -> None:
    if until_on is not None and until_on < from_on:
        raise RuleBroken("The last day must be on or after the first", "until_on")
