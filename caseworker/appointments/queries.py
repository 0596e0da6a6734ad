"""Appointments and tasks somebody may see, day by day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import User
from caseworker.appointments.cover import does, meets
from caseworker.appointments.models import Appointment, CalendarAddress, Task
from caseworker.appointments.rules import LONGEST, ends_at, initials, meeting_others
from caseworker.core import audit
from caseworker.core.calendar import uk_time
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import open_to
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import caseworkers_of

# How far back and forward a calendar program is told of.
FEED_BACK, FEED_AHEAD = timedelta(days=31), timedelta(days=366)


@dataclass(frozen=True)
class Booked:
    """An appointment on a list, with whom it is about (all empty where it is about nobody)."""

    appointment: Appointment
    reference: str
    known_as: str
    family_name: str
    person: Participant | None

    @property
    def name(self) -> str:
        return f"{self.known_as} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        return initials(self.known_as, self.family_name)

    @property
    def span(self) -> str:
        """10:00 to 10:30, on a UK clock."""
        return f"{self.appointment.starts_time:%H:%M} to {uk_time(ends_at(self.appointment)):%H:%M}"


def is_open_to(user: User) -> ColumnElement[bool]:
    """Whether an appointment is this user's to read: its case is, or it is theirs and about nobody."""
    own = and_(Appointment.enrolment_id.is_(None), Appointment.with_id == user.id)
    cases = select(Enrolment.id).where(open_to(user))
    return and_(Appointment.voided_at.is_(None), or_(own, Appointment.enrolment_id.in_(cases)))


def get_appointment(user: User, appointment_id: UUID) -> Appointment:
    """One appointment, and the look at its person noted. Raises NotVisible."""
    found = db.session.scalar(
        select(Appointment)
        .where(Appointment.id == appointment_id, is_open_to(user))
        .options(joinedload(Appointment.enrolment).joinedload(Enrolment.participant))
    )
    if found is None:
        raise NotVisible
    if found.enrolment is not None:
        audit.looked(found.enrolment.participant_id, "appointment")
    return found


def get_appointment_of(enrolment: Enrolment, appointment_id: UUID) -> Appointment:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = db.session.scalar(
        select(Appointment).where(
            Appointment.id == appointment_id,
            Appointment.enrolment_id == enrolment.id,
            Appointment.voided_at.is_(None),
        )
    )
    if found is None:
        raise NotVisible
    return found


def written_up_in(contact_id: UUID) -> Appointment | None:
    """The appointment that a contact came of."""
    return db.session.scalar(
        select(Appointment).where(Appointment.contact_id == contact_id, Appointment.voided_at.is_(None))
    )


def next_booked(enrolment: Enrolment, appointment_id: UUID | None, now: datetime) -> Appointment | None:
    """The appointment asked for, or the next one of the case. Only one that is still to come."""
    asked = [Appointment.id == appointment_id] if appointment_id else []
    return db.session.scalar(
        select(Appointment)
        .where(
            Appointment.enrolment_id == enrolment.id,
            Appointment.voided_at.is_(None),
            Appointment.result.is_(None),
            Appointment.starts_at >= now,
            *asked,
        )
        .order_by(Appointment.starts_at, Appointment.id)
        .limit(1)
    )


def get_own_task(user: User, task_id: UUID) -> Task:
    """One to do oneself, or for a colleague one stands in for. Raises NotVisible for any other."""
    found = db.session.scalar(
        select(Task)
        .where(Task.id == task_id, does(user, today()), Task.voided_at.is_(None))
        .options(joinedload(Task.enrolment))
    )
    if found is None:
        raise NotVisible
    return found


def list_booked(user: User, first_on: date, last_on: date) -> list[Booked]:
    """Whom one meets from a day to a day, both included, in the order of time; also for a colleague."""
    return [
        Booked(*row)
        for row in db.session.execute(
            select_booked()
            .where(
                meets(user, today()),
                is_open_to(user),
                Appointment.starts_on.between(first_on, last_on),
            )
            .order_by(Appointment.starts_at, Appointment.id)
        )
    ]


def select_booked() -> Select[*tuple[Any, ...]]:
    """Appointments in the columns of `Booked`; who may see them is for the caller to say."""
    return (
        select(
            Appointment,
            func.coalesce(Participant.reference, ""),
            func.coalesce(Participant.preferred_name, Participant.given_name, ""),
            func.coalesce(Participant.family_name, ""),
            Participant,
        )
        .select_from(Appointment)
        .outerjoin(Enrolment, Enrolment.id == Appointment.enrolment_id)
        .outerjoin(Participant, Participant.id == Enrolment.participant_id)
    )


def list_tasks(user: User, first_on: date, last_on: date) -> list[Task]:
    """What one has to do from a day to a day; also for a colleague."""
    return list(
        db.session.scalars(
            select(Task)
            .where(
                does(user, today()),
                task_is_open_to(user),
                Task.done_on.is_(None),
                Task.due_on.between(first_on, last_on),
            )
            .order_by(Task.due_on, Task.id)
        )
    )


def task_is_open_to(user: User) -> ColumnElement[bool]:
    """Whether one's own task may be shown: it is about no case, or about one that is open to one."""
    cases = select(Enrolment.id).where(open_to(user))
    return and_(Task.voided_at.is_(None), or_(Task.enrolment_id.is_(None), Task.enrolment_id.in_(cases)))


def clashes(appointment: Appointment) -> tuple[list[Appointment], list[Appointment]]:
    """What else is booked then: (for the colleague, for the participant). Only times are to be told of it."""
    start = appointment.starts_at
    about = appointment.enrolment.participant_id if appointment.enrolment else None
    same_person = select(Enrolment.id).where(Enrolment.participant_id == about, Enrolment.voided_at.is_(None))
    rows = db.session.scalars(
        select(Appointment)
        .where(
            Appointment.id != appointment.id,
            Appointment.voided_at.is_(None),
            Appointment.result.is_(None),
            Appointment.starts_at > start - timedelta(minutes=LONGEST),
            Appointment.starts_at < ends_at(appointment),
            or_(Appointment.with_id == appointment.with_id, Appointment.enrolment_id.in_(same_person)),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    ).all()
    found = meeting_others(appointment, rows)
    colleague = [row for row in found if row.with_id == appointment.with_id]
    return colleague, [row for row in found if row not in colleague]


def colleagues_on(programme: Programme) -> list[tuple[UUID, str]]:
    """(key, name) of those who do casework on a programme today, by name."""
    return list(caseworkers_of([programme])[programme.id].items())


def last_time(enrolment: Enrolment) -> tuple[time, str, int] | None:
    """(time, channel, minutes) of the last appointment of a case: the likeliest of the next."""
    row = db.session.execute(
        select(Appointment.starts_time, Appointment.channel, Appointment.length_minutes)
        .where(Appointment.enrolment_id == enrolment.id, Appointment.voided_at.is_(None))
        .order_by(Appointment.starts_at.desc(), Appointment.id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1], row[2]) if row else None


def living_address(user: User) -> CalendarAddress | None:
    return db.session.scalar(
        select(CalendarAddress).where(CalendarAddress.user_id == user.id, CalendarAddress.ended_at.is_(None))
    )


def owner_of_address(token_hash: bytes) -> User | None:
    """Whose calendar a living secret opens; nobody's when they may no longer sign in."""
    return db.session.scalar(
        select(User)
        .join(CalendarAddress, CalendarAddress.user_id == User.id)
        .where(CalendarAddress.token_hash == token_hash, CalendarAddress.ended_at.is_(None), User.active)
    )


def list_for_calendar(user: User, day: date) -> list[Booked]:
    return list_booked(user, day - FEED_BACK, day + FEED_AHEAD)
