"""What of a record is given to the person it is about, row by row: everything, but for what is named here.

A table is found by `participants.belonging`; a new one is given by itself. Who works here is given as a role
and a day, never as a name: those who looked have rights too, and the role answers what a person needs to
know (so held by the Court of Justice in C-579/21, Pankki S, of 22 June 2023, which is not binding here).
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, func, literal, select, union_all
from sqlalchemy.types import Date

from caseworker.accounts.models import RoleGrant
from caseworker.accounts.permissions import ROLE_LABELS
from caseworker.core.db import Base, db
from caseworker.core.types import Instant
from caseworker.enrolments.models import MovedEntry
from caseworker.merging.models import Merge
from caseworker.participants import belonging
from caseworker.rights.models import PassageMark
from caseworker.rights.reading import Marks, text_of

# Tables that are not in a pack, with the reason that is printed in it.
KEPT_BACK: Mapping[str, str] = {
    "concern": "safeguarding: its lead decides what is given of it, and gives it apart",
    "concern_alert": "safeguarding",
    "concern_reader": "safeguarding",
    "concern_step": "safeguarding",
    "keep_apart": "it protects somebody else",
    "legal_hold": "it may tell of somebody else's claim or inquiry: ask us about it",
    "not_the_same": "it names somebody else's record",
    "passage_mark": "how this pack was made",
}
# Columns that are not, of tables that are.
KEPT_BACK_COLUMNS: Mapping[tuple[str, str], str] = {
    ("audit_event", "link"): "the seal of the audit",
    ("moved_entry", "from_enrolment_id"): "the place it stood in may be somebody else's",
    ("merge", "before_sealed"): "what an undo would put back, a copy of other rows",
    ("merge", "moved"): "keys of what moved, also of tables that are not in a pack",
    ("restricted_mark", "reason"): "it may tell of somebody else",
    ("restricted_mark", "words_sealed"): "it may tell of somebody else",
    ("participant", "ni_number_mark"): "a mark made from the number, to compare it",
    ("stored_file", "body_sealed"): "the file itself is beside this one",
    ("visit", "phone_sealed"): "the number of somebody who works here",
}
SOMEBODY_ELSE = "somebody else"
ROLELESS = "Somebody who works here"
AT_ONCE = 200

Values = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """A row as it is given: plain values by column. `names` says what keys of other things are called."""

    table: str
    key: UUID | int
    values: Values
    names: Mapping[str, str]


@dataclass(frozen=True)
class Subject:
    """Whose pack it is: every record that is theirs, the passages marked in them, and what others are called.

    `roles` is what everybody who works or worked here last was; `moved` the rows that were written here by
    mistake and belong to somebody else, with the day they were moved; `names` fills as things are met.
    """

    participant_ids: frozenset[UUID]
    marks: Marks
    roles: Mapping[UUID, str]
    moved: Mapping[UUID, date] = field(default_factory=dict)
    names: dict[tuple[str, UUID], str] = field(default_factory=dict)


def subject_of(participant_id: UUID, request_id: UUID) -> Subject:
    marks: dict[tuple[str, UUID, str], list[PassageMark]] = {}
    for mark in db.session.scalars(
        select(PassageMark)
        .where(PassageMark.request_id == request_id, PassageMark.voided_at.is_(None))
        .order_by(PassageMark.begins)
    ):
        marks.setdefault((mark.record_kind, mark.record_id, mark.field), []).append(mark)
    records = records_of(participant_id)
    return Subject(frozenset(records), marks, _roles(), _moved_away(records))


def records_of(participant_id: UUID) -> set[UUID]:
    """A person's own record and those merged into it, one after the other."""
    found, fresh = {participant_id}, {participant_id}
    while fresh:
        absorbed = select(Merge.absorbed_id).where(Merge.kept_id.in_(fresh), Merge.voided_at.is_(None))
        fresh = set(db.session.scalars(absorbed)) - found
        found |= fresh
    return found


def _moved_away(participant_ids: Collection[UUID]) -> dict[UUID, date]:
    moved = select(MovedEntry.record_id, MovedEntry.moved_on).where(
        MovedEntry.from_participant_id.in_(participant_ids), MovedEntry.voided_at.is_(None)
    )
    return {key: day for key, day in db.session.execute(moved)}  # noqa: C416 - rows are no pairs


def tables_given() -> list[Table]:
    return [table for table in belonging.tables_of_people() if table.name not in KEPT_BACK]


def columns_given(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if (table.name, column.name) not in KEPT_BACK_COLUMNS]


def count_by_table(
    tables: Mapping[Table, ColumnElement[bool]], participant_ids: Collection[UUID]
) -> dict[str, int]:
    """How many rows each of these tables holds of a person, where the condition holds; one query. Tables
    that hold none are left out."""
    arms = [
        select(literal(table.name), func.count())
        .select_from(table)
        .where(belonging.belongs_to(table, participant_ids), condition)
        for table, condition in tables.items()
    ]
    rows = db.session.execute(union_all(*arms)).all() if arms else []
    return {name: count for name, count in rows if count}


def entries_of(table: Table, subject: Subject) -> Iterator[Entry]:
    """A table's rows of a person, by day. A few hundred are held at once, however many there are."""
    columns = columns_given(table)
    rows = select(*columns).where(belonging.belongs_to(table, subject.participant_ids))
    rows = rows.order_by(*_in_order(table)).execution_options(yield_per=AT_ONCE)
    for row in db.session.execute(rows).mappings():
        yield _entry(table, columns, dict(row), subject)


def some_entries(table: Table, subject: Subject, keys: Collection[UUID]) -> list[Entry]:
    """Those of these rows that are the person's."""
    columns = columns_given(table)
    where = belonging.belongs_to(table, subject.participant_ids)
    rows = db.session.execute(select(*columns).where(where, belonging.key_of(table).in_(keys))).mappings()
    return [_entry(table, columns, dict(row), subject) for row in rows]


def day_column(table: Table) -> Column[Any] | None:
    """The column that says when: the first that is a day or an instant, before what every record has."""
    common = {"entered_at", "voided_at", "at"}
    for column in table.columns:
        if isinstance(column.type, Date | Instant) and column.name not in common:
            return column
    return table.columns.get("at") if "at" in table.columns else table.columns.get("entered_at")


def _in_order(table: Table) -> list[Column[Any]]:
    day = day_column(table)
    key = belonging.key_of(table)
    return [key] if day is None else [day, key]


def _entry(table: Table, columns: list[Column[Any]], row: Mapping[str, Any], subject: Subject) -> Entry:
    key = row[belonging.key_of(table).name]
    moved = next((subject.moved[row[c.name]] for c in columns if _is_moved(c, row, subject)), None)
    if moved is not None and table.name not in {"moved_entry", "audit_event"}:
        return Entry(table.name, key, {"id": _plain(key), "moved_on": _plain(moved)}, {})
    values: Values = {}
    names: dict[str, str] = {}
    for column in columns:
        value = row[column.name]
        target = target_of(column)
        if value is not None and column.name.endswith("_sealed"):
            value = text_of(table.name, key, column.name, value, subject.marks)
        elif value is not None and (target == "user" or _is_who(table, column)):
            value = subject.roles.get(value, ROLELESS)
        elif value is not None and (target == "participant" or column.name == "participant_id"):
            value = value if value in subject.participant_ids else SOMEBODY_ELSE
        elif value is not None and target in named_tables():
            names[column.name] = _name_of(target, value, subject.names)
        values[column.name.removesuffix("_sealed")] = _plain(value)
    return Entry(table.name, key, values, names)


def _is_moved(column: Column[Any], row: Mapping[str, Any], subject: Subject) -> bool:
    """The row itself, or the one it hangs on, was written here by mistake."""
    return (column.primary_key or bool(column.foreign_keys)) and row[column.name] in subject.moved


def _is_who(table: Table, column: Column[Any]) -> bool:
    """The audit names those who work here without a foreign key."""
    return table.name == "audit_event" and column.name == "user_id"


def target_of(column: Column[Any]) -> str:
    for key in column.foreign_keys:
        return key.column.table.name
    return ""


@cache
def named_tables() -> Mapping[str, str]:
    """Tables of things that have a name, and belong to nobody: table to the column that is its name."""
    found = {}
    for table in Base.metadata.sorted_tables:
        name = next((each for each in ("name", "title") if each in table.columns), None)
        if name and table.name != "user" and not belonging.ways_of(table.name):
            found[table.name] = name
    return found


def _roles() -> dict[UUID, str]:
    grants = select(RoleGrant.user_id, RoleGrant.role).order_by(RoleGrant.from_on, RoleGrant.id)
    return {user: str(ROLE_LABELS[role]) for user, role in db.session.execute(grants)}


def _name_of(table: str, key: UUID, known: dict[tuple[str, UUID], str]) -> str:
    if (table, key) not in known:
        of = Base.metadata.tables[table]
        name = select(of.c[named_tables()[table]]).where(of.c.id == key)
        known[table, key] = db.session.scalar(name) or ""
    return known[table, key]


def _plain(value: Any) -> Any:
    """As JSON holds it: days and instants in ISO 8601, keys as text, bytes as hexadecimal digits."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def as_json(entry: Entry) -> str:
    held = dict(entry.values)
    held |= {f"{name.removesuffix('_id')}_name": words for name, words in entry.names.items()}
    return json.dumps(held, ensure_ascii=False)
