"""Which rule of the database refused is told by its name, whatever else stands on the same columns."""

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from caseworker.core.database_errors import constraint_of
from caseworker.models import metadata

UNIQUE = [
    (table.name, rule)
    for table in metadata.sorted_tables
    for rule in [*table.indexes, *table.constraints]
    if isinstance(rule, UniqueConstraint | PrimaryKeyConstraint) or (isinstance(rule, Index) and rule.unique)
]


def test_every_unique_rule_is_known_from_what_sqlite_says() -> None:
    """A table keeps its rules in no order: another one of the same columns may come first any time."""
    for table, rule in UNIQUE:
        named = ", ".join(f"{table}.{column.name}" for column in rule.columns)
        error = IntegrityError("", {}, Exception(f"UNIQUE constraint failed: {named}"))
        same = {
            str(other.name)
            for where, other in UNIQUE
            if where == table and {c.name for c in other.columns} == {c.name for c in rule.columns}
        }
        assert constraint_of(error, metadata) in same, (table, rule.name)


def test_a_table_with_nothing_of_the_kind_says_nothing() -> None:
    error = IntegrityError("", {}, Exception("UNIQUE constraint failed: audit_event.why"))
    assert constraint_of(error, metadata) == ""
