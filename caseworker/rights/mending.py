"""Putting an entry right: what is held beside what they want, the keyworker told, or their word beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Table, select

from caseworker.accounts.models import User
from caseworker.appointments.models import Task
from caseworker.appointments.services import add_task
from caseworker.core.calendar import at_uk
from caseworker.core.db import Base, db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment, EntryStatement
from caseworker.participants import belonging
from caseworker.rights import giving, rules, telling
from caseworker.rights.giving import Entry, Subject
from caseworker.rights.models import RightsRequest

PAGE = 20
NOT_ENTRIES = frozenset(
    {"stored_file", "moved_entry", "merge", "rights_request", "request_pause", "access_pack"}
)


@dataclass(frozen=True)
class Held:
    """An entry in words: what it is, its day, short facts and texts."""

    table: str
    key: UUID
    title: str
    facts: list[tuple[str, str]]
    texts: list[str]


def kinds_held(subject: Subject) -> dict[str, int]:
    """How many entries there are, by table; those that nobody wrote are left out."""
    tables = {table: table.c.voided_at.is_(None) for table in _written()}
    return giving.count_by_table(tables, subject.participant_ids)


def page_of_entries(table_name: str, subject: Subject, page: int) -> list[Held]:
    """A page of what is held of one kind, the newest first. Raises NotVisible."""
    table = next((each for each in _written() if each.name == table_name), None)
    if table is None:
        raise NotVisible
    day = giving.day_column(table)
    order = [table.c.id.desc()] if day is None else [day.desc(), table.c.id.desc()]
    where = belonging.belongs_to(table, subject.participant_ids)
    keys = db.session.scalars(
        select(table.c.id)
        .where(where, table.c.voided_at.is_(None))
        .order_by(*order)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    return _in_words(table_name, subject, keys)


def held_entry(table_name: str, key: UUID, subject: Subject) -> Held:
    """One entry of a person, living or not. Raises NotVisible."""
    if table_name not in {table.name for table in _written()}:
        raise NotVisible
    found = _in_words(table_name, subject, [key])
    if not found:
        raise NotVisible
    return found[0]


def name_entry(request: RightsRequest, held: Held, wanted: str) -> None:
    """Which entry they mean, and what it should say. Raises RuleBroken for another kind of request."""
    if request.kind != rules.RECTIFICATION:
        raise RuleBroken("Only a request to put something right names an entry")
    if request.answered_on is not None:
        raise RuleBroken("This request was answered already")
    request.about_kind, request.about_id, request.wanted = held.table, held.key, wanted


def ask_keyworker(request: RightsRequest, held: Held, *, by: User) -> Task:
    """A task for the person's keyworker: to put it right by the form it was written on.

    Raises RuleBroken where nobody works with them.
    """
    enrolment = _case_of(request)
    if enrolment is None or enrolment.keyworker is None:
        raise RuleBroken("Nobody works with them now. Ask a lead of their programme to put it right")
    words = f"Put right, as they asked: {held.title}. It should say: {request.wanted}"
    return add_task(words, user=enrolment.keyworker, due_on=request.due_on, enrolment=enrolment, added_by=by)


def keep_statement(
    request: RightsRequest, held: Held, entry_day: date | None, words: str, *, by: User, today: date
) -> EntryStatement:
    """Their own word beside an entry that is not changed. Raises RuleBroken for somebody on no programme."""
    enrolment = _case_of(request)
    if enrolment is None:
        raise RuleBroken("They are on no programme: there is no timeline to put it on")
    statement = EntryStatement(
        enrolment=enrolment, record_kind=held.table, record_id=held.key, title=held.title[:120],
        happened_at=_noon(entry_day or today), said_on=today, words=words, entered_by_id=by.id,
    )  # fmt: skip
    db.session.add(statement)
    db.session.flush()
    return statement


def take_back_statement(request: RightsRequest, statement_id: UUID, *, by: User, now: datetime) -> None:
    """Undo of putting their word beside an entry. Raises NotVisible, and RuleBroken as `take_back`."""
    statement = db.session.get(EntryStatement, statement_id)
    if (
        statement is None
        or statement.enrolment.participant_id != request.participant_id
        or statement.voided_at
    ):
        raise NotVisible
    take_back(statement, by.id, now)


def entry_day(held: Held) -> date | None:
    """The day of an entry, by its own column."""
    table = Base.metadata.tables[held.table]
    column = giving.day_column(table)
    value = db.session.scalar(select(column).where(table.c.id == held.key)) if column is not None else None
    return value.date() if isinstance(value, datetime) else value


def _noon(day: date) -> datetime:
    return at_uk(day, time(12))


def _case_of(request: RightsRequest) -> Enrolment | None:
    """Where the entry stands, where it hangs on a case; else the newest time on a programme."""
    if request.about_kind and request.about_id:
        table = Base.metadata.tables[request.about_kind]
        if "enrolment_id" in table.c:
            case = db.session.scalar(select(table.c.enrolment_id).where(table.c.id == request.about_id))
            if case is not None:
                return db.session.get(Enrolment, case)
    return db.session.scalars(
        select(Enrolment)
        .where(Enrolment.participant_id == request.participant_id, Enrolment.voided_at.is_(None))
        .order_by(Enrolment.exited_on.is_not(None), Enrolment.referred_on.desc())
        .limit(1)
    ).first()


def _written() -> list[Table]:
    """Tables of entries that somebody wrote."""
    return [
        table for table in giving.tables_given() if "voided_at" in table.c and table.name not in NOT_ENTRIES
    ]


def _in_words(table_name: str, subject: Subject, keys: Sequence[UUID]) -> list[Held]:
    table = Base.metadata.tables[table_name]
    found = {entry.key: entry for entry in giving.some_entries(table, subject, keys)}
    return [_held(found[key]) for key in keys if key in found]


def _held(entry: Entry) -> Held:
    table = Base.metadata.tables[entry.table]
    facts, texts = telling.told(entry, table)
    day = telling.day_of(entry, table)
    title = f"{telling.title_of(entry.table)}, {day}" if day else telling.title_of(entry.table)
    key = entry.key
    if not isinstance(key, UUID):
        raise NotVisible
    return Held(entry.table, key, title, facts, texts)
