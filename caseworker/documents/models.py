"""Papers seen or copied: what, by whom, and until when they hold."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.accounts.models import User
from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Key


class Document(Record, Base):
    """A paper of somebody's. A copy is kept only where it is needed; that it was seen is enough."""

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_participant_id", "participant_id"),
        Index(
            "ix_document_expires_on",
            "expires_on",
            sqlite_where=text("expires_on IS NOT NULL"),
            postgresql_where=text("expires_on IS NOT NULL"),
        ),
        {"comment": "Documents seen or copied"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose")
    enrolment_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("enrolment.id"), comment="For which enrolment; empty: for all"
    )
    kind: Mapped[str] = mapped_column(
        String(40), comment="Code list document_kind", info={"personal": "document"}
    )
    issued_on: Mapped[date | None] = mapped_column(comment="Date on it")
    expires_on: Mapped[date | None] = mapped_column(comment="Last day it holds; empty: it does not expire")
    original_seen_on: Mapped[date | None] = mapped_column(
        comment="When the original was seen; empty: not yet"
    )
    original_seen_by_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("user.id"), comment="Who saw the original"
    )
    file_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("stored_file.id"), comment="A copy, where one is kept"
    )
    note_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Anything to know about it, sealed", info={"personal": "note"}
    )

    note = SealedText("note_sealed")
    original_seen_by: Mapped[User | None] = relationship(foreign_keys=[original_seen_by_id])


class DocumentUse(Keyed, Base):
    """A document that serves as evidence of something else, such as a criterion of eligibility."""

    __tablename__ = "document_use"
    __table_args__ = (
        UniqueConstraint("document_id", "about_id"),
        Index("ix_document_use_about_id", "about_id"),
        {"comment": "What a document is evidence of"},
    )

    document_id: Mapped[UUID] = mapped_column(Key, ForeignKey("document.id"), comment="Which document")
    kind: Mapped[str] = mapped_column(String(30), comment="eligibility, progression, readiness")
    about_id: Mapped[UUID] = mapped_column(Key, comment="Key of what it shows")
