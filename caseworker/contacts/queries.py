"""Contacts of an enrolment, and which of them count."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from caseworker.contacts.models import CaseWork, Contact, ContactPart, ContactTheme
from caseworker.contacts.rules import (
    Climb,
    Reached,
    attempts_since,
    climb,
    is_attempt,
    last_spoken,
    read_ladder,
)
from caseworker.core.calendar import uk_time
from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.heard import Heard
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import rules_of
from caseworker.enrolments.rules import Edition, edition_on
from caseworker.participants.rules import Reachable, reach
from caseworker.programmes.models import ProgrammeRule

FIRST_CHANNEL = "face_to_face"
# Made once: an alias copies every column of its table.
_LATER = aliased(Contact)


def counts() -> ColumnElement[bool]:
    """Whether an entry stands: neither taken back nor corrected by a later one."""
    corrected = exists().where(_LATER.corrects_id == Contact.id, _LATER.voided_at.is_(None))
    return and_(Contact.voided_at.is_(None), ~corrected)


def last_contact_at(*, two_way: bool) -> ScalarSelect[datetime]:
    """For a select over enrolments: the last time they were spoken with, or else the last attempt."""
    return (
        select(func.max(Contact.happened_at))
        .where(Contact.enrolment_id == Enrolment.id, Contact.two_way == two_way, counts())
        .correlate(Enrolment)
        .scalar_subquery()
    )


def usual_channel(enrolment_id: UUID) -> str:
    """How they were contacted last: the likeliest way of the next contact. A first one is face to face."""
    return db.session.scalar(_last_channel(), {"enrolment_id": enrolment_id}) or FIRST_CHANNEL


@cache
def _last_channel() -> Select[str]:
    return (
        select(Contact.channel)
        .where(Contact.enrolment_id == bindparam("enrolment_id"), Contact.voided_at.is_(None))
        .order_by(Contact.happened_at.desc(), Contact.id.desc())
        .limit(1)
    )


def get_contact(enrolment: Enrolment, contact_id: UUID) -> Contact:
    """An entry of an enrolment that is this user's to read. Raises NotVisible."""
    contact = db.session.scalar(
        select(Contact).where(
            Contact.id == contact_id, Contact.enrolment_id == enrolment.id, Contact.voided_at.is_(None)
        )
    )
    if contact is None:
        raise NotVisible
    return contact


def is_corrected(contact: Contact) -> bool:
    return bool(
        db.session.scalar(
            select(exists().where(Contact.corrects_id == contact.id, Contact.voided_at.is_(None)))
        )
    )


def parts_of(contact: Contact) -> list[tuple[str, UUID]]:
    """(kind, key) of all that was saved in one go with it."""
    rows = db.session.execute(
        select(ContactPart.kind, ContactPart.about_id)
        .where(ContactPart.contact_id == contact.id)
        .order_by(ContactPart.id)
    )
    return [(kind, about_id) for kind, about_id in rows]


def themes_of(contact: Contact) -> list[str]:
    """The barrier themes it touched."""
    return list(
        db.session.scalars(
            select(ContactTheme.theme)
            .where(ContactTheme.contact_id == contact.id)
            .order_by(ContactTheme.theme)
        )
    )


LADDER = "contact_ladder"
WORDING = "message_wording"


def own_wordings(programme_id: UUID, on: date) -> dict[str, str]:
    """A programme's own words for ready texts, by code of message_wording."""
    return {
        rule.code: str(rule.settings["wording"])
        for rule in rules_of(programme_id, WORDING)
        if rule.from_on <= on <= (rule.until_on or date.max)
    }


def get_work(enrolment: Enrolment, work_id: UUID) -> CaseWork:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = db.session.scalar(
        select(CaseWork).where(
            CaseWork.id == work_id, CaseWork.enrolment_id == enrolment.id, CaseWork.voided_at.is_(None)
        )
    )
    if found is None:
        raise NotVisible
    return found


def minutes_of(enrolment_id: UUID) -> tuple[int, int]:
    """Minutes of (contact and attempts, work that was no contact) of a case."""
    contact = select(func.sum(Contact.minutes)).where(Contact.enrolment_id == enrolment_id, counts())
    work = select(func.sum(CaseWork.minutes)).where(
        CaseWork.enrolment_id == enrolment_id, CaseWork.voided_at.is_(None)
    )
    talked, worked = db.session.execute(select(contact.scalar_subquery(), work.scalar_subquery())).one()
    return int(talked or 0), int(worked or 0)


def history_of(enrolment_id: UUID) -> list[Reached]:
    """What the rules ask of contacts that stand, the oldest first: when they were last spoken with in each
    way, and everything since they were last spoken with at all."""
    return [reached_by(*row) for row in db.session.execute(_history(), {"enrolment_id": enrolment_id})]


@cache
def _history() -> Select[*tuple[Any, ...]]:
    row = Contact
    alike = func.row_number().over(partition_by=(row.channel, row.two_way), order_by=row.happened_at.desc())
    spoken_at = func.max(case((row.two_way, row.happened_at))).over()
    columns = (row.happened_at, row.channel, row.two_way, row.result, row.direction)
    every = (
        select(row.id, *columns, alike.label("place"), spoken_at.label("spoken_at"))
        .where(row.enrolment_id == bindparam("enrolment_id"), counts())
        .subquery()
    )
    known = every.c
    since = known.happened_at >= func.coalesce(known.spoken_at, known.happened_at)
    return (
        select(*(known[column.key] for column in columns))
        .where(or_(and_(known.two_way, known.place == 1), since))
        .order_by(known.happened_at, known.id)
    )


def reached_by(happened_at: datetime, channel: str, two_way: bool, result: str, direction: str) -> Reached:
    return Reached(uk_time(happened_at).date(), channel, two_way, is_attempt(result, direction))


def heard_of(enrolment: Enrolment, ladders: Sequence[Edition] | None = None) -> Heard:
    """All that the day of the next contact is worked out from. `ladders` spares reading those rules."""
    if ladders is None:
        ladders = rules_of(enrolment.programme_id, LADDER)
    return heard(history_of(enrolment.id), ladders, enrolment.participant)


def heard(history: list[Reached], ladders: Sequence[Edition], person: Reachable) -> Heard:
    found = _climb(history, ladders, person)
    step = (found[0].due_on, found[1]) if found and found[0].due_on else None
    return Heard(last_spoken(history), step)


def climb_of(enrolment: Enrolment) -> Climb | None:
    """What to try next with somebody who does not answer; None without a ladder or a try. One query."""
    values = {"enrolment_id": enrolment.id, "programme_id": enrolment.programme_id}
    rows = db.session.execute(_tries(), values).all()
    ladders = list({row[0].id: row[0] for row in rows}.values())
    history = {row[1]: reached_by(*row[2:]) for row in rows}
    found = _climb(list(history.values()), ladders, enrolment.participant)
    return found[0] if found else None


@cache
def _tries() -> Select[*tuple[Any, ...]]:
    """What stands since they were last spoken with, and that; each with every edition of the ladder."""
    spoken, corrects = aliased(Contact), aliased(Contact)
    mended = exists().where(corrects.corrects_id == spoken.id, corrects.voided_at.is_(None))
    last = (
        select(func.max(spoken.happened_at))
        .where(
            spoken.enrolment_id == bindparam("enrolment_id"),
            spoken.two_way,
            spoken.voided_at.is_(None),
            ~mended,
        )
        .scalar_subquery()
    )
    ladder = and_(
        ProgrammeRule.programme_id == bindparam("programme_id"),
        ProgrammeRule.kind == LADDER,
        ProgrammeRule.voided_at.is_(None),
    )
    since = (
        Contact.id,
        Contact.happened_at,
        Contact.channel,
        Contact.two_way,
        Contact.result,
        Contact.direction,
    )
    return (
        select(ProgrammeRule, *since)
        .join(ProgrammeRule, ladder)
        .where(
            Contact.enrolment_id == bindparam("enrolment_id"),
            counts(),
            Contact.happened_at >= func.coalesce(last, Contact.happened_at),
        )
        .order_by(Contact.happened_at, Contact.id, ProgrammeRule.from_on, ProgrammeRule.code)
    )


def _climb(history: list[Reached], ladders: Sequence[Edition], person: Reachable) -> tuple[Climb, str] | None:
    """Where somebody stands, by the edition of the day of the first try, and the code of that rule."""
    attempts = attempts_since(history)
    rule = edition_on(ladders, attempts[0].on) if attempts else None
    if rule is None:
        return None
    closed = {each.code for each in codes("contact_channel") if not reach(person, each.code).allowed}
    return climb(read_ladder(rule.settings), attempts, closed), rule.code
