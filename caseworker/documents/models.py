"""Papers seen or copied: what, by whom, and until when they hold."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.accounts.models import User
from caseworker.core.db import Base
from caseworker.core.files import StoredFile
from caseworker.core.records import Keyed
from caseworker.core.sealing import SealedText
from caseworker.core.types import Key
from caseworker.enrolments.models import CaseRecord


class Document(CaseRecord, Base):
    """A paper of somebody's. A copy is kept only where it is needed; that it was seen is enough.

    It stays with the programme that saw it, as everything of an enrolment does.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint(
            "(original_seen_on IS NULL) = (original_seen_by_id IS NULL)", name="seen_by_somebody"
        ),
        CheckConstraint(
            "expires_on IS NULL OR issued_on IS NULL OR expires_on >= issued_on", name="dates_in_order"
        ),
        Index("ix_document_enrolment_id", "enrolment_id"),
        Index(
            "ix_document_expires_on",
            "expires_on",
            sqlite_where=text("expires_on IS NOT NULL"),
            postgresql_where=text("expires_on IS NOT NULL"),
        ),
        {"comment": "Documents seen or copied"},
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
    file: Mapped[StoredFile | None] = relationship(foreign_keys=[file_id])


class DocumentUse(Keyed, Base):
    """A document that serves as evidence of something else."""

    __tablename__ = "document_use"
    __table_args__ = (
        UniqueConstraint("document_id", "about_id"),
        Index("ix_document_use_about_id", "about_id"),
        {"comment": "What a document is evidence of"},
    )

    document_id: Mapped[UUID] = mapped_column(Key, ForeignKey("document.id"), comment="Which document")
    kind: Mapped[str] = mapped_column(String(30), comment="eligibility")
    about_id: Mapped[UUID] = mapped_column(Key, comment="Key of what it shows")

    document: Mapped[Document] = relationship(foreign_keys=[document_id])
