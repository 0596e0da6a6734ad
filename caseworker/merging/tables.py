"""Every table that says whose a row is, found in the metadata: a new one moves by itself."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Index,
    Table,
    UniqueConstraint,
    func,
    literal,
    select,
    union_all,
)

from caseworker.core.db import Base, db
from caseworker.participants.belonging import person_columns as columns_of

# (table, column) that names a person and stays as it is, with the reason.
STAYS: Mapping[tuple[str, str], str] = {
    ("audit_event", "participant_id"): "the audit is never changed: it says what was true then",
    ("name_key", "participant_id"): "the kept record is given the words it lacks",
    ("merge", "kept_id"): "merges are followed one after the other",
    ("merge", "absorbed_id"): "merges are followed one after the other",
    ("not_the_same", "one_id"): "it was said of these two records",
    ("not_the_same", "other_id"): "it was said of these two records",
}

# Moved with the person, and never counted, listed or named beside them in the audit.
UNSAID = frozenset({"concern", "keep_apart"})


def person_columns() -> Iterator[tuple[Table, Column[UUID]]]:
    """Every column that holds a participant's key: by its foreign key, or by its name."""
    for table in Base.metadata.sorted_tables:
        for column in columns_of(table):
            yield table, column


@cache
def moving() -> tuple[tuple[Table, Column[UUID]], ...]:
    """Those whose rows go with the person."""
    return tuple(
        (table, column) for table, column in person_columns() if (table.name, column.name) not in STAYS
    )


def place_name(table: Table, column: Column[UUID]) -> str:
    """Under which name what moved is kept: the table's, and the column's where it is not the usual one."""
    return table.name if column.name == "participant_id" else f"{table.name}.{column.name}"


@cache
def of_cases() -> tuple[tuple[Table, Column[UUID]], ...]:
    """Tables that hang on an enrolment: they need no move, and are counted."""
    found = []
    for table in Base.metadata.sorted_tables:
        column = table.columns.get("enrolment_id")
        if column is not None and table.name not in {"due_item", "imported_row", "outcome_state"}:
            found.append((table, column))
    return tuple(found)


def rows_of(table: Table, column: Column[UUID], person_id: UUID) -> list[UUID]:
    return list(db.session.scalars(select(table.c.id).where(column == person_id)))


def in_the_way(table: Table, column: Column[UUID], kept_id: UUID, absorbed_id: UUID) -> set[UUID]:
    """Rows of the absorbed person that the kept one has in the same place already: a key of the database
    would refuse them. They are left where they are."""
    blocked = _about_both(table, column, kept_id, absorbed_id)
    for names, condition in _unique_with(table, column):
        others = [table.c[name] for name in names]
        taken = set(_places(table, column, others, condition, kept_id).values())
        theirs = _places(table, column, others, condition, absorbed_id)
        blocked |= {key for key, place in theirs.items() if place in taken}
    return blocked


def _about_both(table: Table, column: Column[UUID], kept_id: UUID, absorbed_id: UUID) -> set[UUID]:
    """Rows that keep these two apart: nobody is kept apart from themselves."""
    if table.name != "keep_apart":
        return set()
    (other,) = (each for each in columns_of(table) if each is not column)
    return set(db.session.scalars(select(table.c.id).where(column == absorbed_id, other == kept_id)))


def _places(
    table: Table, column: Column[UUID], others: list[Column[Any]], condition: Any, person_id: UUID
) -> dict[UUID, tuple[Any, ...]]:
    """Each row of a person under a unique key, with what the key holds besides the person."""
    held = select(table.c.id, *others).where(column == person_id, *(each.is_not(None) for each in others))
    if condition is not None:
        held = held.where(condition)
    return {row[0]: tuple(row[1:]) for row in db.session.execute(held)}


def _unique_with(table: Table, column: Column[UUID]) -> Iterator[tuple[list[str], Any]]:
    """The other columns of each unique key that holds this one, with the condition of a partial key."""
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and column.name in constraint.columns:
            yield [each.name for each in constraint.columns if each is not column], None
    for index in table.indexes:
        if isinstance(index, Index) and index.unique and column.name in index.columns:
            where = index.dialect_options["sqlite"]["where"]
            yield [each.name for each in index.columns if each is not column], where


def count_held(kept_id: UUID, absorbed_id: UUID) -> dict[str, tuple[int, int]]:
    """How many rows each of two people has, by table; only tables in which one has any. Two queries."""
    both = (kept_id, absorbed_id)
    enrolment = Base.metadata.tables["enrolment"]
    own = [
        select(literal(table.name), column.label("whose"), func.count().label("rows"))
        .where(column.in_(both))
        .group_by(column)
        for table, column in moving()
        if table.name not in UNSAID
    ]
    cases = [
        select(literal(table.name), enrolment.c.participant_id.label("whose"), func.count().label("rows"))
        .join_from(table, enrolment, enrolment.c.id == column)
        .where(enrolment.c.participant_id.in_(both))
        .group_by(enrolment.c.participant_id)
        for table, column in of_cases()
    ]
    found: dict[str, dict[UUID, int]] = {}
    for arms in (own, cases):
        for name, whose, rows in db.session.execute(union_all(*arms)):
            found.setdefault(name, {})[whose] = rows
    return {name: (held.get(kept_id, 0), held.get(absorbed_id, 0)) for name, held in found.items()}
