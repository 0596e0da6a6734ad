"""Setting out, staying longer, being back, and answering for a colleague who is not."""

from datetime import datetime
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.visits.models import Visit
from caseworker.visits.rules import EXTENSION, LONGEST_OUT, VisitDetails, is_late

OUT_ALREADY = "You are out on a visit already. Say that you are back from it first"
BACK_ALREADY = "They are back already"


def set_out(
    visitor: User,
    details: VisitDetails,
    *,
    enrolment: Enrolment | None,
    appointment_id: UUID | None,
    now: datetime,
) -> Visit:
    """Check out. Raises RuleBroken for a time back that is past or too far, oneself as buddy, or when out
    already."""
    if details.buddy_id == visitor.id:
        raise RuleBroken("Choose a colleague, not yourself", "buddy_id")
    _check_back(details.expected_back_at, now)
    visit = Visit(
        visitor_id=visitor.id,
        buddy_id=details.buddy_id,
        enrolment=enrolment,
        appointment_id=appointment_id,
        place=details.place,
        phone=details.phone,
        out_at=now,
        expected_back_at=details.expected_back_at,
        entered_by_id=visitor.id,
    )
    with refused_as(uq_visit_one_out=RuleBroken(OUT_ALREADY)):
        db.session.add(visit)
    return visit


def _check_back(expected_back_at: datetime, now: datetime) -> None:
    if expected_back_at <= now:
        raise RuleBroken("The time you will be back must be later than now", "back_time")
    if expected_back_at > now + LONGEST_OUT:
        raise RuleBroken("Check out for 16 hours at most", "back_time")


def stay_longer(visit: Visit, *, now: datetime) -> None:
    """Half an hour more, from now where they are late. The buddy is told afresh if that passes too."""
    _still_out(visit)
    later = max(visit.expected_back_at, now) + EXTENSION
    if later > visit.out_at + LONGEST_OUT:
        raise RuleBroken("You have been out for too long. Say that you are back, and set out again")
    visit.expected_back_at = later
    visit.alerted_at = visit.answered_at = None


def come_back(visit: Visit, *, at: datetime, now: datetime) -> None:
    """Check in; `at` is the real time, however late it is told. Raises RuleBroken outside the visit."""
    _still_out(visit)
    if at > now:
        raise RuleBroken("The time must be now or earlier", "back_time")
    if at < visit.out_at:
        raise RuleBroken("The time must be after you set out", "back_time")
    visit.back_at = at


def go_out_again(visit: Visit) -> None:
    """Undo of checking in."""
    if visit.back_at is None:
        raise RuleBroken("They are still out")
    with refused_as(uq_visit_one_out=RuleBroken(OUT_ALREADY)):
        visit.back_at = None


def answer_alert(visit: Visit, *, now: datetime) -> None:
    """The buddy, or a lead, takes it on: no more e-mails. They stay listed until they are back."""
    _still_out(visit)
    if not is_late(visit.expected_back_at, visit.back_at, now):
        raise RuleBroken("They are not late yet")
    if visit.answered_at is None:
        visit.answered_at = now


def take_back_visit(visit: Visit, *, by: User, now: datetime) -> None:
    """Undo of setting out."""
    take_back(visit, by.id, now)


def _still_out(visit: Visit) -> None:
    if visit.back_at is not None:
        raise RuleBroken(BACK_ALREADY)
