"""Somebody died, or asked not to be contacted: everything that would reach them stops in one step.

What is called off is kept, so that undo opens these again and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import joinedload, selectinload

from caseworker.accounts.models import User
from caseworker.appointments.models import Appointment, Task
from caseworker.contacts.services import settle_contacts
from caseworker.core.db import db, refused_as
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.services import settle_plan_dues
from caseworker.lawful.models import ClosedByStop, ContactStop
from caseworker.participants.models import Participant
from caseworker.plans.queries import plan_of
from caseworker.plans.versions import note_changes
from caseworker.progressions.services import settle_after_leaving

CALLED_OFF = "cancelled_by_us"
STOPPED = "contact_stopped"
READ_WITH = ["stopped", "stopped_on"]


@dataclass(frozen=True)
class StillOpen:
    """What a stop calls off."""

    appointments: list[Appointment]
    tasks: list[Task]
    dues: int


def still_open(enrolment_ids: Sequence[UUID], now: datetime) -> StillOpen:
    """Appointments to come, open tasks and days due, of these cases."""
    booked = (
        select(Appointment)
        .where(
            Appointment.enrolment_id.in_(enrolment_ids),
            Appointment.voided_at.is_(None),
            Appointment.result.is_(None),
            Appointment.starts_at > now,
        )
        .options(joinedload(Appointment.colleague))
        .order_by(Appointment.starts_at, Appointment.id)
    )
    tasks = (
        select(Task)
        .where(Task.enrolment_id.in_(enrolment_ids), Task.voided_at.is_(None), Task.done_on.is_(None))
        .options(joinedload(Task.user))
        .order_by(Task.due_on, Task.id)
    )
    dues = select(DueItem.id).where(DueItem.enrolment_id.in_(enrolment_ids), DueItem.closed_on.is_(None))
    return StillOpen(
        list(db.session.scalars(booked)), list(db.session.scalars(tasks)), len(db.session.scalars(dues).all())
    )


def stop_contact(
    person: Participant,
    *,
    kind: str,
    by: User,
    now: datetime,
    today: date,
    because_id: UUID | None = None,
) -> ContactStop:
    """Stop it on every programme: appointments to come are called off, tasks voided, days due closed.

    `kind` is died or do_not_contact, `because_id` the enrolment whose exit told of it. Raises RuleBroken when
    it is stopped already.
    """
    stop = ContactStop(
        participant_id=person.id, kind=kind, from_on=today, because_id=because_id, entered_by_id=by.id
    )
    with refused_as(uq_contact_stop_one=RuleBroken("All contact with them is stopped already")):
        db.session.add(stop)
    open_now = still_open([case.id for case in _cases_of(person)], now)
    for appointment in open_now.appointments:
        appointment.result, appointment.closed_on = CALLED_OFF, today
        db.session.add(ClosedByStop(stop=stop, kind="appointment", thing_id=appointment.id))
    for task in open_now.tasks:
        task.voided_at, task.voided_by_id, task.void_reason = now, by.id, STOPPED
        db.session.add(ClosedByStop(stop=stop, kind="task", thing_id=task.id))
    db.session.flush()
    db.session.expire(person, READ_WITH)
    close_dues(person)
    return stop


def close_dues(person: Participant) -> None:
    """Nothing is due of somebody who must not be contacted, since the day it was so."""
    db.session.execute(
        update(DueItem)
        .where(DueItem.enrolment_id.in_([case.id for case in _cases_of(person)]), DueItem.closed_on.is_(None))
        .values(closed_on=person.stopped_on)
    )


def undo_stop(stop: ContactStop, *, by: User, now: datetime) -> None:
    """It was a slip: what was called off is open again, where it is still to come and nobody changed it.

    Raises RuleBroken for somebody else's, after 30 days.
    """
    take_back(stop, by.id, now)
    for closed in stop.closed:
        if closed.kind == "task":
            _reopen_task(closed.thing_id)
        else:
            _reopen_appointment(closed.thing_id)
    _settle_all(stop)


def end_stop(stop: ContactStop, *, today: date) -> None:
    """They want to be in touch again: days are due again, and what was called off stays called off."""
    if stop.ended_on is None:
        stop.ended_on = today
        _settle_all(stop)


def undo_stop_of_exit(enrolment: Enrolment, *, by: User, now: datetime) -> None:
    """The exit that told of it is undone."""
    stop = db.session.scalar(
        _stops().where(ContactStop.because_id == enrolment.id, ContactStop.ended_on.is_(None))
    )
    if stop is not None:
        undo_stop(stop, by=by, now=now)


def get_stop(person: Participant, stop_id: UUID) -> ContactStop:
    """Raises NotVisible when it is missing, undone or somebody else's."""
    stop = db.session.scalar(
        _stops().where(ContactStop.id == stop_id, ContactStop.participant_id == person.id)
    )
    if stop is None:
        raise NotVisible
    return stop


def _stops() -> Select[ContactStop]:
    standing = select(ContactStop).where(ContactStop.voided_at.is_(None))
    return standing.options(selectinload(ContactStop.closed))


def _reopen_appointment(key: UUID) -> None:
    appointment = db.session.get(Appointment, key)
    if appointment is not None and appointment.result == CALLED_OFF and appointment.contact_id is None:
        appointment.result = appointment.closed_on = None


def _reopen_task(key: UUID) -> None:
    task = db.session.get(Task, key)
    if task is not None and task.void_reason == STOPPED:
        task.voided_at = task.voided_by_id = task.void_reason = None


def _cases_of(person: Participant) -> list[Enrolment]:
    return list(
        db.session.scalars(
            select(Enrolment).where(Enrolment.participant_id == person.id, Enrolment.voided_at.is_(None))
        )
    )


def _settle_all(stop: ContactStop) -> None:
    db.session.flush()
    person = db.session.get_one(Participant, stop.participant_id)
    db.session.expire(person, READ_WITH)
    settle_person(person)


def settle_person(person: Participant) -> None:
    for enrolment in _cases_of(person):
        settle_all(enrolment)


def settle_all(enrolment: Enrolment) -> None:
    """What is due, and what lasted, as the rules say it of the enrolment as it is now."""
    db.session.flush()
    plan = plan_of(enrolment)
    settle_contacts(enrolment)
    if plan is None:
        settle_plan_dues(enrolment, None, None, None)
    else:
        settle_plan_dues(enrolment, plan.id, plan.agreed_on, plan.reviewed_on)
        note_changes(plan)
    settle_after_leaving(enrolment)
