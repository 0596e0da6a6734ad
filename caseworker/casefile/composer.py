"""A contact and all that came of it, saved in one go; its Undo takes all of it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.appointments.models import Appointment, Task
from caseworker.appointments.queries import written_up_in
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import (
    add_task,
    book_appointment,
    close_appointment,
    reopen_appointment,
    take_back_appointment,
    take_back_task,
)
from caseworker.contacts.models import Contact
from caseworker.contacts.queries import parts_of
from caseworker.contacts.rules import ContactDetails
from caseworker.contacts.services import keep_part, record_contact, take_back_contact
from caseworker.core.calendar import uk_time
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.plans.models import Action
from caseworker.plans.queries import get_action, get_goal
from caseworker.plans.rules import ActionDetails
from caseworker.plans.services import add_action, finish_action, reopen_action, take_back_action
from caseworker.support.models import BudgetHead, SupportGiven
from caseworker.support.services import give_support, take_back_support

BOOKED, ACTION_DONE, ACTION_ADDED, SUPPORT, TASK = "booked", "action_done", "action_added", "support", "task"
# A rule names a field of its own feature; here several features share one form.
AGAIN = {"starts_on": "again_on", "starts_time": "again_time"}
HELP = {
    "kind": "support_kind",
    "given_on": "happened_on",
    "amount": "support_amount",
    "units": "support_units",
    "budget": "support_budget",
}


@dataclass(frozen=True)
class Help:
    """What was given: `kind` of support_kind, pence or hundredths of its unit."""

    kind: str
    amount_pence: int | None
    units_hundredths: int | None
    budget: BudgetHead | None


@dataclass(frozen=True)
class Composition:
    """A contact and what came of it, in plain values; what did not happen is None or empty."""

    contact: ContactDetails
    done_ids: tuple[UUID, ...] = ()
    action: tuple[UUID, ActionDetails] | None = None
    help: Help | None = None
    booking: AppointmentDetails | None = None
    task: tuple[str, date | None] | None = None


def compose(
    enrolment: Enrolment,
    said: Composition,
    *,
    recorded_by: User,
    now: datetime,
    appointment: Appointment | None = None,
) -> tuple[Contact, Appointment | None]:
    """Save the contact and its parts; (the contact, what was booked next). `appointment` is written up by it.

    Raises RuleBroken as each part does, naming the composer's field; the caller then saves nothing.
    """
    contact = record_contact(enrolment, said.contact, recorded_by=recorded_by, now=now)
    day = uk_time(said.contact.happened_at).date()
    if appointment is not None:
        close_appointment(
            appointment, result=said.contact.result, closed_on=day, now=now, contact_id=contact.id
        )
    _plan(enrolment, contact, said, recorded_by, day)
    if said.help is not None:
        _help(enrolment, contact, said.help, recorded_by, day, uk_time(now).date())
    if said.task is not None:
        words, due_on = said.task
        task = add_task(words, user=recorded_by, due_on=due_on, enrolment=enrolment, added_by=recorded_by)
        keep_part(contact, TASK, task.id)
    following = None
    if said.booking is not None:
        with fields_named(AGAIN):
            following = book_appointment(
                said.booking,
                with_id=appointment.with_id if appointment else recorded_by.id,
                enrolment=enrolment,
                booked_by=recorded_by,
                today=uk_time(now).date(),
                rebooked_from=appointment,
            )
        keep_part(contact, BOOKED, following.id)
    return contact, following


def _plan(enrolment: Enrolment, contact: Contact, said: Composition, by: User, day: date) -> None:
    for action_id in said.done_ids:
        with all_at("done_actions"):
            finish_action(get_action(enrolment, action_id), today=day)
        keep_part(contact, ACTION_DONE, action_id)
    if said.action is not None:
        goal_id, details = said.action
        with all_at("action_goal"):
            action = add_action(get_goal(enrolment, goal_id), details, recorded_by=by)
        keep_part(contact, ACTION_ADDED, action.id)


def _help(enrolment: Enrolment, contact: Contact, given: Help, by: User, day: date, today: date) -> None:
    with fields_named(HELP):
        support = give_support(
            enrolment,
            kind=given.kind,
            given_on=day,
            amount_pence=given.amount_pence,
            units_hundredths=given.units_hundredths,
            theme=None,
            budget=given.budget,
            note=None,
            contact=contact,
            recorded_by=by,
            today=today,
        )
    keep_part(contact, SUPPORT, support.id)


def take_back_all(contact: Contact, *, by: User, now: datetime) -> Appointment | None:
    """Undo of one save: the contact and every part of it; the appointment that is open again, if one is.

    What was taken back by itself since is left alone. Raises RuleBroken as the parts do: for somebody else's
    entry, a corrected one, or a next appointment that is written up by now.
    """
    take_back_contact(contact, by=by, now=now)
    for kind, about_id in parts_of(contact):
        if kind == ACTION_DONE:
            action = db.session.get(Action, about_id)
            if action is not None and action.done_on is not None:
                reopen_action(action)
        else:
            _take_back_part(kind, about_id, by, now)
    appointment = written_up_in(contact.id)
    if appointment is not None:
        reopen_appointment(appointment)
    return appointment


def _take_back_part(kind: str, about_id: UUID, by: User, now: datetime) -> None:
    found: Appointment | Action | SupportGiven | Task | None = db.session.get(MADE[kind], about_id)
    if found is None or found.voided_at is not None:
        return
    if isinstance(found, Appointment):
        take_back_appointment(found, by=by, now=now)
    elif isinstance(found, Action):
        take_back_action(found, by=by, now=now)
    elif isinstance(found, SupportGiven):
        take_back_support(found, by=by, now=now)
    else:
        take_back_task(found, by=by, now=now)


MADE: dict[str, Any] = {
    BOOKED: Appointment,
    ACTION_ADDED: Action,
    SUPPORT: SupportGiven,
    TASK: Task,
}


@contextmanager
def fields_named(names: dict[str, str]) -> Iterator[None]:
    """Give a broken rule's field the name that the composer's form knows it by."""
    try:
        yield
    except RuleBroken as broken:
        raise RuleBroken(broken.message, names.get(broken.field or "")) from None


@contextmanager
def all_at(field: str) -> Iterator[None]:
    try:
        yield
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field) from None
