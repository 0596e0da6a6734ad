"""Whose each row is: for every table, the way from a row to the people it belongs to, read from the metadata.

A new table is found by itself, by its keys. A table with personal columns and no way to a person must be
named in WITHOUT_A_PERSON with the reason; a test sees to it. Callable once every feature's models are
imported (caseworker.models).
"""

from collections.abc import Collection, Mapping
from functools import cache
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Select, Table, false, or_, select, union

from caseworker.core.db import Base, db
from caseworker.core.drafts import Draft

# Steps from a row to a person: columns of keys, the last one holding the participant's.
Way = tuple[Column[UUID], ...]

# Tables with personal columns whose rows belong to no one participant, with the reason.
WITHOUT_A_PERSON: Mapping[str, str] = {
    "access_review": "about those who work here, never about a participant",
    "caseload_import": "a sheet of several people, emptied once read in; imported_row leads to each",
    "draft": "unsent typing of those who work here, gone after seven days; found by its address: drafts_of",
    "employer": "somebody to speak to at an employer",
    "name_spelling": "words that sound alike, of no one in particular",
    "user": "those who work here",
}


def key_of(table: Table) -> Column[UUID]:
    """The one column of a table's primary key. It is a number in the audit, a key elsewhere."""
    (column,) = table.primary_key.columns
    return column


@cache
def ways() -> Mapping[str, tuple[Way, ...]]:
    """Table name to its ways to people; () where a row belongs to nobody. Parents stand before children."""
    found: dict[str, tuple[Way, ...]] = {}
    for table in Base.metadata.sorted_tables:
        found[table.name] = _ways_from(table, found)
    return found


def ways_of(table: str) -> tuple[Way, ...]:
    """A row may have several: a merge two people, a visit an enrolment or an appointment."""
    return ways()[table]


def person_columns(table: Table) -> list[Column[UUID]]:
    """Columns of a table that hold a participant's key: by foreign key, or by name."""
    return [
        column
        for column in table.columns
        if column.name == "participant_id"
        or any(key.target_fullname == "participant.id" for key in column.foreign_keys)
    ]


def belongs_to(table: Table, participant_ids: Collection[UUID]) -> ColumnElement[bool]:
    """Condition on a table: the row belongs to one of these people, by any of its ways."""
    ways_here = ways_of(table.name)
    if not ways_here or not participant_ids:
        return false()
    return or_(*(_leads_to(way, participant_ids) for way in ways_here))


def rows_of(table: Table, participant_ids: Collection[UUID]) -> Select[Any]:
    """Whole rows of a table that belong to one of these people, by key: a row once, whatever its ways."""
    return select(table).where(belongs_to(table, participant_ids)).order_by(key_of(table))


def whose(table: Table) -> Select[Any]:
    """(`row_id`, `participant_id`) of every row of a table that belongs to somebody, each pair once."""
    arms = []
    for way in ways_of(table.name):
        found = select(key_of(table).label("row_id"), way[-1].label("participant_id"))
        for step, after in pairwise(way):
            found = found.join(after.table, key_of(_table(after)) == step)
        arms.append(found.where(way[-1].is_not(None)))
    if not arms:
        raise ValueError(f"{table.name} belongs to nobody")
    together = (arms[0] if len(arms) == 1 else union(*arms)).subquery()
    return select(together.c.row_id, together.c.participant_id)


def personal_columns(table: Table) -> dict[str, str]:
    """Column name to its class of personal data ("name", "note", "safety" ...)."""
    return {column.name: column.info["personal"] for column in table.columns if column.info.get("personal")}


def sealed_columns(table: Table) -> list[str]:
    """Columns that hold sealed text or bytes."""
    return [column.name for column in table.columns if column.name.endswith("_sealed")]


def tables_of_people() -> list[Table]:
    """Every table whose rows belong to people, parents first: erase them from the end."""
    return [table for table in Base.metadata.sorted_tables if ways()[table.name]]


def drafts_of(participant_id: UUID) -> Select[Draft]:
    """Unsent typing about one person: the form's address names the person or one of their enrolments."""
    enrolment = Base.metadata.tables["enrolment"]
    cases = select(enrolment.c.id).where(enrolment.c.participant_id == participant_id)
    keys = [participant_id, *db.session.scalars(cases)]
    return select(Draft).where(or_(*(Draft.path.contains(str(key)) for key in keys)))


def _ways_from(table: Table, known: Mapping[str, tuple[Way, ...]]) -> tuple[Way, ...]:
    if table.name == "participant":
        return ((table.c.id,),)
    if table.name in WITHOUT_A_PERSON:
        return ()
    found: list[Way] = [(column,) for column in person_columns(table)]
    if any(not way[0].nullable for way in found):
        return tuple(found)
    to_cases = [column for column in table.columns if _parent(column) == "enrolment"]
    found += [(column, *way) for column in to_cases for way in known["enrolment"]]
    if any(not way[0].nullable for way in found):
        return tuple(found)
    return (*found, *_through_parents(table, known))


def _through_parents(table: Table, known: Mapping[str, tuple[Way, ...]]) -> list[Way]:
    """Through the rows it hangs on; one that is always there is enough."""
    hangs = [
        column
        for column in table.columns
        if (parent := _parent(column)) not in {None, "participant", "enrolment", table.name}
        and known.get(str(parent))
    ]
    always = [column for column in hangs if not column.nullable]
    return [(column, *way) for column in always or hangs for way in known[str(_parent(column))]]


def _parent(column: Column[UUID]) -> str | None:
    for key in column.foreign_keys:
        return key.column.table.name
    return None


def _table(column: Column[UUID]) -> Table:
    table = column.table
    if not isinstance(table, Table):
        raise TypeError(f"{column} is of no table")
    return table


def _leads_to(way: Way, participant_ids: Collection[UUID]) -> ColumnElement[bool]:
    condition = way[-1].in_(participant_ids)
    for after, step in pairwise(reversed(way)):
        condition = step.in_(select(key_of(_table(after))).where(condition))
    return condition
