"""Nothing new is written about somebody while they are erased, or afterwards.

SQLite lets one writer in at a time, and whoever comes second finds no record. PostgreSQL lets both in: there
whoever writes about a person holds on to them first, and an erasure waits for that or is waited for.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.core.records import Record
from caseworker.participants.models import Participant
from caseworker.retention.erasing import ERASED


@event.listens_for(Session, "before_flush")
def hold_on_to_people(session: Session, _context: Any, _instances: Any) -> None:
    """Raises NotVisible for a new fact about somebody who was erased in the meantime."""
    if not session.new or db.engine.dialect.name != "postgresql":
        return
    new = {row.id for row in session.new if isinstance(row, Participant)}
    written = {_whose(row) for row in session.new if isinstance(row, Record)} - new - {None}
    transaction = session.get_transaction()
    known, held = session.info.get("held_people", (None, set()))
    held = held if known is transaction else set()
    asked = sorted(key for key in written - held if key is not None)
    if asked:
        people = select(Participant.void_reason).where(Participant.id.in_(asked)).order_by(Participant.id)
        if ERASED in session.scalars(people.with_for_update(read=True, key_share=True)).all():
            raise NotVisible
    session.info["held_people"] = (transaction, held | written)


def _whose(row: Record) -> UUID | None:
    whose: UUID | None = getattr(row, "participant_id", None)
    return None if row.__tablename__ == "erasure" else whose  # type: ignore[attr-defined]
