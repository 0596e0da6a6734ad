"""Undo of an entry: by whoever made it, for 30 days; it stays in the database, voided."""

from datetime import datetime, timedelta
from uuid import UUID

from caseworker.core.errors import RuleBroken
from caseworker.core.records import Record

UNDOABLE = timedelta(days=30)


def take_back(record: Record, by_id: UUID, now: datetime) -> None:
    """Void a record. Raises RuleBroken for somebody else's, or one made more than 30 days ago."""
    if record.entered_by_id != by_id or now - record.entered_at > UNDOABLE:
        raise RuleBroken("Only whoever made an entry can undo it, for 30 days")
    record.voided_at, record.voided_by_id, record.void_reason = now, by_id, "undone"
