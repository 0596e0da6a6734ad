"""Every table and column says what it holds, in types that fit its name."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy import Column, Table

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


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda item: getattr(item, "name", ""))
def test_a_column_is_what_its_name_says(table: Table, column: Column[object]) -> None:
    kind = column.type
    if column.name.endswith("_on") and column.name != "shortcuts_on":
        assert isinstance(kind, sa.Date)
    if column.name.endswith("_at") or column.name == "at":
        assert isinstance(kind, Instant)
    if column.name.endswith(("_pence", "_minutes")):
        assert isinstance(kind, sa.Integer)
    if column.name.endswith("_sealed"):
        assert isinstance(kind, sa.LargeBinary)
    if isinstance(kind, sa.String) and not isinstance(kind, sa.Text):
        assert kind.length, "a length, so that both databases refuse the same"
    assert not (isinstance(kind, sa.Enum) and kind.native_enum), "codes are kept as text"
    assert not isinstance(kind, sa.Float) or "pence" not in column.name
