"""Every contact and attempt. Append-only: a correction is a new row that names the one it mends."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core.db import Base
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key
from caseworker.enrolments.models import CaseRecord


class Contact(CaseRecord, Base):
    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 0 AND 1440", name="minutes_in_a_day"),
        CheckConstraint("(corrects_id IS NULL) = (correction_reason IS NULL)", name="correction_has_reason"),
        Index("ix_contact_enrolment_id_happened_at", "enrolment_id", "happened_at"),
        Index("ix_contact_enrolment_id_two_way", "enrolment_id", "two_way", "happened_at"),
        Index(
            "uq_contact_corrects_id",
            "corrects_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        {"comment": "Contacts and attempts, append-only"},
    )

    happened_at: Mapped[datetime] = mapped_column(Instant, comment="When it happened")
    channel: Mapped[str] = mapped_column(String(30), comment="Code list contact_channel")
    direction: Mapped[str] = mapped_column(String(10), comment="in or out")
    result: Mapped[str] = mapped_column(String(30), comment="Code list contact_result")
    two_way: Mapped[bool] = mapped_column(comment="They spoke or attended: it resets the contact clock")
    minutes: Mapped[int | None] = mapped_column(comment="How long, in minutes")
    note_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What was said, sealed", info={"personal": "note"}
    )
    sensitive: Mapped[bool] = mapped_column(default=False, comment="Folded on the page")
    corrects_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("contact.id"), comment="The entry this one corrects"
    )
    correction_reason: Mapped[str | None] = mapped_column(String(40), comment="Coded reason for correcting")

    note = SealedText("note_sealed")
