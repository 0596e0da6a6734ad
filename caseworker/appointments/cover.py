"""Whose a meeting or a task is on a day: one's own, or a colleague's for whom one stands in."""

from datetime import date

from sqlalchemy import ColumnElement, and_, select, union_all
from sqlalchemy.orm import aliased

from caseworker.accounts.models import User
from caseworker.appointments.models import Appointment, Task
from caseworker.enrolments.models import HandedCase, Handover
from caseworker.enrolments.queries import handed_to


def meets(user: User, day: date) -> ColumnElement[bool]:
    """Whether an appointment is this user's to keep, as things stand on a day.

    One stands in on the days of the cover alone; what nobody wrote up before stays with the colleague.
    """
    own, covered = aliased(Appointment), aliased(Appointment)
    mine = select(own.id).where(own.with_id == user.id)
    theirs = handed_to(user, day, covered.id).join(
        covered,
        and_(
            covered.enrolment_id == HandedCase.enrolment_id,
            covered.with_id == HandedCase.was_with_id,
            covered.starts_on.between(Handover.from_on, Handover.until_on),
        ),
    )
    return Appointment.id.in_(union_all(mine, theirs))


def does(user: User, day: date) -> ColumnElement[bool]:
    """Whether a task is this user's to do, as things stand on a day: also what falls due while they cover."""
    own, covered = aliased(Task), aliased(Task)
    mine = select(own.id).where(own.user_id == user.id)
    theirs = handed_to(user, day, covered.id).join(
        covered,
        and_(
            covered.enrolment_id == HandedCase.enrolment_id,
            covered.user_id == HandedCase.was_with_id,
            covered.due_on <= Handover.until_on,
        ),
    )
    return Task.id.in_(union_all(mine, theirs))
