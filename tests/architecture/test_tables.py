"""Every table and column says what it holds, in types that fit its name."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Column

from caseworker.core.types import Instant
from caseworker.models import metadata

PERSONAL = re.compile(
    r"(^|_)(name|names|email|phone|mobile|postcode|address|born_on|ni_number|gender|ethnicity|sex|"
    r"disability|pronouns|religion|orientation)($|_)"
)
# Places and things have names too: only what belongs to a person is personal.
ABOUT_PEOPLE = {"user", "participant", "person", "employer_contact"}

COLUMNS = [(table, column) for table in metadata.sorted_tables for column in table.columns]


def test_there_are_tables_to_look_at() -> None:
    assert len(metadata.tables) >= 20
    assert len(COLUMNS) >= 150


def test_every_table_says_what_it_holds() -> None:
    assert [table.name for table in metadata.sorted_tables if not table.comment] == []


def test_every_column_says_what_it_holds() -> None:
    assert [f"{table.name}.{column.name}" for table, column in COLUMNS if not column.comment] == []


def test_what_belongs_to_a_person_is_marked() -> None:
    unmarked = [f"{table.name}.{column.name}" for table, column in COLUMNS
                if table.name in ABOUT_PEOPLE and PERSONAL.search(column.name)
                and "personal" not in column.info]  # fmt: skip
    assert unmarked == []
    marked = [column for _, column in COLUMNS if "personal" in column.info]
    assert len(marked) >= 10


def misfit(column: Column[Any]) -> str | None:
    """What about a column's type does not fit its name, if anything."""
    kind, name = column.type, column.name
    if name.endswith("_on") and name != "shortcuts_on" and not isinstance(kind, sa.Date):
        return "a day that is not a date"
    if (name.endswith("_at") or name == "at") and not isinstance(kind, Instant):
        return "an instant without its zone"
    if name.endswith(("_pence", "_minutes")) and not isinstance(kind, sa.Integer):
        return "money or time that is not counted in whole pence or minutes"
    if name.endswith("_sealed") and not isinstance(kind, sa.LargeBinary):
        return "sealed text that is not bytes"
    if isinstance(kind, sa.Enum) and kind.native_enum:
        return "a code that is not kept as text"
    if isinstance(kind, sa.String) and not isinstance(kind, sa.Text) and not kind.length:
        return "text without a length, which the two databases refuse differently"
    return None


def test_every_column_is_what_its_name_says() -> None:
    found = [(table.name, column.name, misfit(column)) for table, column in COLUMNS]
    assert [each for each in found if each[2]] == []


@pytest.mark.parametrize(
    "column",
    [
        Column("started_on", sa.String(10)),
        Column("entered_at", sa.DateTime()),
        Column("amount_pence", sa.Float()),
        Column("note_sealed", sa.String(10)),
        Column("kind", sa.Enum("a", "b")),
        Column("name", sa.String()),
    ],
    ids=lambda column: str(column.name),
)
def test_a_misfit_is_found(column: Column[Any]) -> None:
    assert misfit(column)
