"""What a programme administrator works on: who is on the programme, bookings, and evidence to chase.

Nothing here reads a note, a barrier or a wellbeing answer. Every count is the length of its list.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from caseworker.accounts.models import User
from caseworker.appointments.models import Appointment
from caseworker.casefile.unfinished import unproved
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import is_listed_to
from caseworker.enrolments.rules import Standing, window
from caseworker.merging.queries import followed
from caseworker.participants.finding import MOST_FOUND, find_listed
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme
from caseworker.progressions.models import Progression

PAGE = 50
Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Person:
    """Somebody on a programme, or referred to it."""

    enrolment_id: UUID
    reference: str
    known_as: str
    family_name: str
    programme_name: str
    keyworker_name: str | None
    referred_on: date
    started_on: date | None
    exited_on: date | None

    @property
    def name(self) -> str:
        return f"{self.known_as} {self.family_name}"


@dataclass(frozen=True)
class Booking(Person):
    """An appointment of theirs that is not written up."""

    appointment_id: UUID
    starts_on: date
    starts_time: Any
    channel: str
    colleague: str


@dataclass(frozen=True)
class Unproved(Person):
    """A step forward of theirs that rests on their word alone."""

    kind: str
    since: date
    progression_id: UUID


def people(user: User, *, waiting: bool = False) -> Rows:
    """Everybody who has not left; or only those referred who have not started."""
    rows = _people(user).where(Enrolment.exited_on.is_(None))
    if waiting:
        rows = rows.where(Enrolment.started_on.is_(None))
    return rows.order_by(func.lower(Participant.family_name), Participant.reference, Enrolment.id)


def find_listed_people(user: User, typed: str, today: date) -> tuple[list[Person], bool]:
    """(who was found by the search everybody has, those still here first; whether there are more)."""
    listed = select(Enrolment.participant_id).where(is_listed_to(user)).distinct()
    hits = [hit.id for hit in find_listed(user, listed, followed(typed), today)]
    rows = _people(user).add_columns(Enrolment.participant_id)
    rows = rows.where(Enrolment.participant_id.in_(hits[:MOST_FOUND]))
    rows = rows.order_by(Enrolment.exited_on.is_not(None), Enrolment.referred_on.desc(), Enrolment.id)
    found = [(Person(*columns), key) for *columns, key in db.session.execute(rows)] if hits else []
    found.sort(key=lambda pair: hits.index(pair[1]))
    return [person for person, _key in found], len(hits) > MOST_FOUND


def bookings(user: User, today: date) -> Rows:
    """From today to the end of the days that count as coming."""
    last = window(Standing.COMING, today)[1]
    booked_with = select(User.name).where(User.id == Appointment.with_id).scalar_subquery()
    return (
        _people(user)
        .add_columns(
            Appointment.id.label("appointment_id"),
            Appointment.starts_on,
            Appointment.starts_time,
            Appointment.channel,
            booked_with.label("colleague"),
        )
        .join(Appointment, Appointment.enrolment_id == Enrolment.id)
        .where(
            Appointment.starts_on.between(today, last),
            Appointment.result.is_(None),
            Appointment.voided_at.is_(None),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )


def evidence(user: User) -> Rows:
    steps = unproved().add_columns(Progression.id.label("step_id")).subquery("steps")
    return (
        _people(user)
        .add_columns(steps.c.code, steps.c.since, steps.c.step_id)
        .join(steps, steps.c.enrolment_id == Enrolment.id)
        .order_by(steps.c.since, Participant.reference, steps.c.code)
    )


def count(rows: Rows) -> int:
    return db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0


def page_of(rows: Rows, kind: type[Any], page: int) -> list[Any]:
    return [kind(*row) for row in db.session.execute(rows.limit(PAGE).offset((page - 1) * PAGE))]


def get_booking(user: User, appointment_id: UUID) -> Appointment:
    """Raises NotVisible when it is missing or not of one's programmes."""
    found = db.session.scalar(
        select(Appointment)
        .join(Enrolment, Enrolment.id == Appointment.enrolment_id)
        .where(Appointment.id == appointment_id, Appointment.voided_at.is_(None), is_listed_to(user))
    )
    if found is None:
        raise NotVisible
    return found


def _people(user: User) -> Rows:
    keyworker = select(User.name).where(User.id == Enrolment.keyworker_id).scalar_subquery()
    return (
        select(
            Enrolment.id.label("enrolment_id"),
            Participant.reference,
            func.coalesce(Participant.preferred_name, Participant.given_name).label("known_as"),
            Participant.family_name,
            Programme.name.label("programme_name"),
            keyworker.label("keyworker_name"),
            Enrolment.referred_on,
            Enrolment.started_on,
            Enrolment.exited_on,
        )
        .select_from(Enrolment)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .where(is_listed_to(user))
    )
