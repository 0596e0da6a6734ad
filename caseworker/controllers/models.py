"""Between controllers: records seen by named people only, and agreements to share."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Key
from caseworker.participants.models import Participant
from caseworker.programmes.models import Organisation


class RestrictedMark(Record, Base):
    """Why and since when a record is seen by named people only."""

    __tablename__ = "restricted_mark"
    __table_args__ = (
        Index(
            "uq_restricted_mark_one",
            "participant_id",
            unique=True,
            sqlite_where=text("until_on IS NULL AND voided_at IS NULL"),
            postgresql_where=text("until_on IS NULL AND voided_at IS NULL"),
        ),
        {"comment": "Records seen by named people only, with why"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose record")
    reason: Mapped[str] = mapped_column(
        String(40), comment="Code list restricted_reason", info={"personal": "safety"}
    )
    words_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="More on why, sealed", info={"personal": "safety"}
    )
    from_on: Mapped[date] = mapped_column(comment="First day")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it lasts")

    words = SealedText("words_sealed")
    participant: Mapped[Participant] = relationship(foreign_keys=[participant_id])


class SharingAgreement(Record, Base):
    """Two controllers agreed in writing to share something; without one, nothing crosses."""

    __tablename__ = "sharing_agreement"
    __table_args__ = (
        CheckConstraint("giver_id <> receiver_id", name="two_controllers"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        Index("ix_sharing_agreement_receiver_id", "receiver_id"),
        {"comment": "Agreements between controllers to share data"},
    )

    giver_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("organisation.id"), comment="Whose records are shown"
    )
    receiver_id: Mapped[UUID] = mapped_column(Key, ForeignKey("organisation.id"), comment="Who sees them")
    covers: Mapped[str] = mapped_column(String(40), comment="What is shared: duplicate_warning")
    reference: Mapped[str] = mapped_column(String(120), comment="Where the signed agreement is kept")
    from_on: Mapped[date] = mapped_column(comment="First day")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it holds")

    giver: Mapped[Organisation] = relationship(foreign_keys=[giver_id])
    receiver: Mapped[Organisation] = relationship(foreign_keys=[receiver_id])
