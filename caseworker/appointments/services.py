"""Booking, moving and closing appointments; tasks; and the private address of a calendar."""

import hashlib
import secrets
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import update

from caseworker.accounts.models import User
from caseworker.appointments.apart import refuse_meeting
from caseworker.appointments.models import Appointment, CalendarAddress, Task
from caseworker.appointments.rules import AppointmentDetails, may_be_ahead
from caseworker.core.calendar import NoSuchTime, at_uk
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.contactable import refuse_stopped
from caseworker.enrolments.models import Enrolment

REBOOKED = "This appointment was booked again already"
WRITTEN_UP = "What came of this appointment is written up already"


def book_appointment(
    details: AppointmentDetails,
    *,
    with_id: UUID,
    enrolment: Enrolment | None,
    booked_by: User,
    today: date,
    rebooked_from: Appointment | None = None,
    despite: str | None = None,
) -> Appointment:
    """Agree to meet. A clash is the caller's to tell of (`queries.clashes`); it is never refused.

    Raises RuleBroken for a day before today, a time the clocks skip, an appointment booked again twice,
    or one that brings people together who must not meet (a lead may: `despite`, a code of apart_override).
    """
    if details.starts_on < today:
        raise RuleBroken("The day must be today or later", "starts_on")
    _starts_at(details)
    if enrolment is not None:
        refuse_stopped(enrolment.participant)
        refuse_meeting(enrolment, details, with_id=with_id, by=booked_by, despite=despite)
    appointment = Appointment(
        enrolment=enrolment,
        with_id=with_id,
        entered_by_id=booked_by.id,
        rebooked_from_id=rebooked_from.id if rebooked_from else None,
    )
    _agree(appointment, details)
    with refused_as(uq_appointment_rebooked_from_id=RuleBroken(REBOOKED)):
        db.session.add(appointment)
    return appointment


def move_appointment(
    appointment: Appointment,
    details: AppointmentDetails,
    *,
    with_id: UUID,
    moved_by: User,
    today: date,
    despite: str | None = None,
) -> None:
    """Agree on something else. Raises RuleBroken as for booking, and once it is written up."""
    if appointment.result is not None:
        raise RuleBroken(WRITTEN_UP)
    if details.starts_on < today and details.starts_on != appointment.starts_on:
        raise RuleBroken("The day must be today or later", "starts_on")
    _starts_at(details)
    if appointment.enrolment is not None:
        refuse_meeting(
            appointment.enrolment,
            details,
            with_id=with_id,
            by=moved_by,
            despite=despite,
            besides=appointment.id,
        )
    appointment.with_id = with_id
    _agree(appointment, details)


def close_appointment(
    appointment: Appointment,
    *,
    result: str,
    closed_on: date,
    now: datetime,
    contact_id: UUID | None = None,
) -> None:
    """Say what came of it, however late. `result` is a code of contact_result, `closed_on` the real day.

    Raises RuleBroken when that is known already, or before it begins unless it was called off.
    """
    if appointment.result is not None:
        raise RuleBroken(WRITTEN_UP)
    if appointment.starts_at > now and not may_be_ahead(result):
        raise RuleBroken("It has not begun yet. Change its time if you met earlier", "result")
    appointment.result, appointment.closed_on, appointment.contact_id = result, closed_on, contact_id


def reopen_appointment(appointment: Appointment) -> None:
    """Undo of closing: nothing came of it so far."""
    appointment.result = appointment.closed_on = appointment.contact_id = None


def take_back_appointment(appointment: Appointment, *, by: User, now: datetime) -> None:
    """Undo of booking. Raises RuleBroken for somebody else's, one of an earlier day or one written up."""
    if appointment.result is not None:
        raise RuleBroken(WRITTEN_UP)
    take_back(appointment, by.id, now)


def add_task(
    words: str, *, user: User, due_on: date | None, enrolment: Enrolment | None, added_by: User
) -> Task:
    """Something `user` is to do; `due_on` None: no day was set."""
    task = Task(user_id=user.id, enrolment=enrolment, words=words, due_on=due_on, entered_by_id=added_by.id)
    db.session.add(task)
    return task


def finish_task(task: Task, *, done_on: date) -> None:
    """Told twice, the first day stays."""
    if task.done_on is None:
        task.done_on = done_on


def reopen_task(task: Task) -> None:
    task.done_on = None


def take_back_task(task: Task, *, by: User, now: datetime) -> None:
    """Undo of adding. Raises RuleBroken for one that somebody else added, or on an earlier day."""
    take_back(task, by.id, now)


def new_calendar_address(user: User, *, now: datetime) -> str:
    """A fresh secret for one's calendar; the one before stops at once. It is told this once and not kept."""
    end_calendar_address(user, now=now)
    token = secrets.token_urlsafe(32)
    db.session.add(CalendarAddress(user_id=user.id, token_hash=hash_of(token), made_at=now))
    return token


def end_calendar_address(user: User, *, now: datetime) -> None:
    db.session.execute(
        update(CalendarAddress)
        .where(CalendarAddress.user_id == user.id, CalendarAddress.ended_at.is_(None))
        .values(ended_at=now)
    )


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _starts_at(details: AppointmentDetails) -> datetime:
    try:
        return at_uk(details.starts_on, details.starts_time)
    except NoSuchTime as skipped:
        raise RuleBroken(str(skipped), "starts_time") from None


def _agree(appointment: Appointment, details: AppointmentDetails) -> None:
    appointment.starts_at = _starts_at(details)
    appointment.starts_on, appointment.starts_time = details.starts_on, details.starts_time
    appointment.length_minutes, appointment.channel = details.length_minutes, details.channel
    appointment.place, appointment.note = details.place, details.note
    appointment.interpreter = details.interpreter
