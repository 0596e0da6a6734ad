"""Uploaded files: sealed bytes in the database, so that one transaction and one backup hold everything."""

from uuid import UUID

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from caseworker.core.db import Base, db
from caseworker.core.pictures import without_hidden_facts
from caseworker.core.records import Record
from caseworker.core.sealing import SealedText, seal, unseal
from caseworker.core.types import Key

LARGEST = 10 * 1024 * 1024


class StoredFile(Record, Base):
    __tablename__ = "stored_file"
    __table_args__ = ({"comment": "Uploaded files, sealed"},)

    participant_id: Mapped[UUID] = mapped_column(Key, index=True, comment="Whose file, for who may open it")
    kind: Mapped[str] = mapped_column(String(40), comment="Media type, by content")
    size: Mapped[int] = mapped_column(comment="Bytes before sealing")
    name_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, comment="File name, sealed", info={"personal": "free text"}
    )
    body_sealed: Mapped[bytes] = deferred(
        mapped_column(LargeBinary, comment="The bytes, sealed", info={"personal": "document"})
    )

    name = SealedText("name_sealed")


def store_file(participant_id: UUID, name: str, kind: str, body: bytes, entered_by_id: UUID) -> StoredFile:
    """Keep a file whose size and kind the form has already checked; a photo without where it was taken."""
    body = without_hidden_facts(kind, body)
    stored = StoredFile(
        participant_id=participant_id, kind=kind, size=len(body), name=name, entered_by_id=entered_by_id
    )
    stored.body_sealed = seal(body, "stored_file", stored.id, "body_sealed")
    db.session.add(stored)
    return stored


def read_file(stored: StoredFile) -> bytes:
    return unseal(stored.body_sealed, "stored_file", stored.id, "body_sealed")
