"""What a database's refusal means: try again, or which rule it was that refused."""

from typing import TypeGuard

from sqlalchemy import Index, MetaData, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.schema import SchemaItem

# Two sends of one form, or two keepings of one draft, at the same moment: run again, the second
# finds what the first one wrote.
_MET_ITSELF = frozenset({"pk_post_token", "uq_draft_user_id_path"})


def worth_another_try(error: DBAPIError | StaleDataError, metadata: MetaData) -> bool:
    """SQLite's busy and locked; PostgreSQL's serialization failure, deadlock and lock time-out.

    So is a record that changed between being read and being written: run again, the form finds out.
    """
    if isinstance(error, StaleDataError):
        return True
    if isinstance(error, IntegrityError):
        return constraint_of(error, metadata) in _MET_ITSELF
    state = getattr(error.orig, "sqlstate", None)
    if state in {"40001", "40P01", "55P03"}:
        return True
    return isinstance(error, OperationalError) and any(
        word in str(error.orig) for word in ("database is locked", "database table is locked", "busy")
    )


def constraint_of(error: IntegrityError, metadata: MetaData) -> str:
    """The name of the constraint that refused, on either database ('' when it cannot be told)."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    text = str(error.orig)
    kind, _, rest = text.partition(" constraint failed: ")
    if kind == "CHECK":
        return rest
    if kind != "UNIQUE":
        return ""
    if rest.startswith("index "):
        return rest.removeprefix("index ").strip("'")
    table_name = rest.split(".")[0]
    columns = {part.split(".")[-1] for part in rest.split(", ")}
    table = metadata.tables[table_name]
    for rule in [*table.indexes, *table.constraints]:
        if _refuses_twins(rule) and {column.name for column in rule.columns} == columns:
            return str(rule.name or "")
    return ""


def _refuses_twins(rule: SchemaItem) -> TypeGuard[Index | UniqueConstraint | PrimaryKeyConstraint]:
    """Only such a rule lets no two rows say the same; a plain index or a foreign key may hold its columns."""
    return isinstance(rule, UniqueConstraint | PrimaryKeyConstraint) or (
        isinstance(rule, Index) and bool(rule.unique)
    )
