"""Taking a message for a colleague, and what the colleague makes of it."""

from datetime import date, datetime

from caseworker.accounts.models import User
from caseworker.appointments.models import Task
from caseworker.appointments.services import add_task
from caseworker.contacts.models import Contact, TakenMessage
from caseworker.contacts.rules import ContactDetails
from caseworker.contacts.services import record_contact
from caseworker.core.codes import code, label
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment


def take_message(
    enrolment: Enrolment, *, wants: str, words: str | None, taken_by: User, now: datetime
) -> TakenMessage:
    """Keep a message for whoever has the case: `wants` of message_wants, `words` in theirs."""
    message = TakenMessage(
        enrolment=enrolment,
        taken_at=now,
        wants=code("message_wants", wants).code,
        words=words,
        entered_by_id=taken_by.id,
    )
    db.session.add(message)
    return message


def take_back_message(message: TakenMessage, *, by: User, now: datetime) -> None:
    """Undo of taking. Raises RuleBroken once it was read."""
    if message.read_at is not None:
        raise RuleBroken("Your colleague has read this message already")
    take_back(message, by.id, now)


def read_message(message: TakenMessage, *, by: User, now: datetime) -> None:
    """Told twice, the first reading stays."""
    if message.read_at is None:
        message.read_at, message.read_by_id = now, by.id


def unread_message(message: TakenMessage) -> None:
    """Undo of reading."""
    message.read_at = message.read_by_id = None


def make_task(message: TakenMessage, *, by: User, now: datetime, today: date) -> Task:
    """Something to do today, in the words of the message."""
    read_message(message, by=by, now=now)
    wants = label("message_wants", message.wants)
    words = f"{wants}: {message.words}" if message.words else wants
    return add_task(words, user=by, due_on=today, enrolment=message.enrolment, added_by=by)


def make_contact(message: TakenMessage, *, by: User, now: datetime) -> Contact:
    """They rang and left word: not a talk, so that it moves no clock."""
    read_message(message, by=by, now=now)
    wants = label("message_wants", message.wants)
    details = ContactDetails(
        happened_at=message.taken_at,
        channel="telephone",
        direction="in",
        result="left_message",
        note=f"{wants}. {message.words}" if message.words else wants,
    )
    return record_contact(message.enrolment, details, recorded_by=by, now=now)
