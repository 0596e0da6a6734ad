"""Undo of an entry: by whoever made it, on the day it was made; it stays in the database, voided."""

from datetime import datetime
from uuid import UUID

from caseworker.core.calendar import uk_time
from caseworker.core.errors import RuleBroken
from caseworker.core.records import Record


def take_back(record: Record, by_id: UUID, now: datetime) -> None:
    """Void a record. Raises RuleBroken for somebody else's, or one of an earlier day in the UK."""
    same_day = uk_time(record.entered_at).date() == uk_time(now).date()
    if record.entered_by_id != by_id or not same_day:
        raise RuleBroken("Only whoever made an entry can undo it, on the same day")
    record.voided_at, record.voided_by_id, record.void_reason = now, by_id, "undone"
