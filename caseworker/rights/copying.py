"""A row of a case copied to another person's, every column, sealed anew for its new key."""

from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, inspect, select

from caseworker.contacts.models import Contact, ContactTheme
from caseworker.core.db import db
from caseworker.core.files import StoredFile
from caseworker.core.records import Record
from caseworker.core.sealing import seal, unseal
from caseworker.enrolments.models import CaseRecord, Enrolment

_OWN = frozenset({"id", "version", "enrolment_id", "voided_at", "voided_by_id", "void_reason"})


def table_of(model: type[Record]) -> Table:
    table = inspect(model).local_table
    if not isinstance(table, Table):
        raise TypeError(f"{model} has no table of its own")
    return table


def copy_entry(entry: CaseRecord, leaves: frozenset[str], to: Enrolment) -> CaseRecord:
    """The same entry on another case, but for the columns it leaves behind; its file goes along."""
    copied = type(entry)(enrolment=to)
    for column in table_of(type(entry)).columns:
        if column.name in _OWN or column.name in leaves:
            continue
        value = getattr(entry, column.name)
        if column.name.endswith("_sealed"):
            value = _sealed_anew(value, table_of(type(entry)).name, column.name, entry.id, copied.id)
        elif value is not None and points_at_file(column):
            value = _copy_file(value, to).id
        setattr(copied, column.name, value)
    db.session.add(copied)
    db.session.flush()
    if isinstance(entry, Contact):
        themes = db.session.scalars(select(ContactTheme.theme).where(ContactTheme.contact_id == entry.id))
        db.session.add_all(ContactTheme(contact_id=copied.id, theme=theme) for theme in themes.all())
    return copied


def _copy_file(key: UUID, to: Enrolment) -> StoredFile:
    """The same bytes under the right person. The old file stays with the old row."""
    old = db.session.get_one(StoredFile, key)
    new = StoredFile(
        participant_id=to.participant_id, kind=old.kind, size=old.size, entered_by_id=old.entered_by_id,
        entered_at=old.entered_at,
    )  # fmt: skip
    for column in ("name_sealed", "body_sealed"):
        anew = _sealed_anew(getattr(old, column), "stored_file", column, old.id, new.id)
        setattr(new, column, anew)
    db.session.add(new)
    db.session.flush()
    return new


def _sealed_anew(sealed: bytes | None, table: str, column: str, old: UUID, new: UUID) -> bytes | None:
    """A seal opens only for its own row."""
    return None if sealed is None else seal(unseal(sealed, table, old, column), table, new, column)


def points_at_file(column: Column[Any]) -> bool:
    return any(key.column.table.name == "stored_file" for key in column.foreign_keys)
