"""How long records are kept, what stops them being erased, and what was erased."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.accounts.models import User
from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key
from caseworker.participants.models import Participant


class LegalHold(Record, Base):
    """A reason not to erase somebody's record, whatever its date."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        Index("ix_legal_hold_participant_id", "participant_id"),
        {"comment": "Legal holds"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose record")
    reason: Mapped[str] = mapped_column(
        String(40), comment="Code list hold_reason", info={"personal": "note"}
    )
    words_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="More on why, sealed", info={"personal": "note"}
    )
    from_on: Mapped[date] = mapped_column(comment="First day")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it holds")

    words = SealedText("words_sealed")
    participant: Mapped[Participant] = relationship(foreign_keys=[participant_id])


class Erasure(Record, Base):
    """One person's record, proposed by one colleague and erased on the word of another."""

    __tablename__ = "erasure"
    __table_args__ = (
        Index("ix_erasure_participant_id", "participant_id"),
        Index(
            "uq_erasure_one_open",
            "participant_id",
            unique=True,
            sqlite_where=text("state IN ('proposed', 'erased') AND voided_at IS NULL"),
            postgresql_where=text("state IN ('proposed', 'erased') AND voided_at IS NULL"),
        ),
        Index("ix_erasure_together_id", "together_id"),
        CheckConstraint(
            "state <> 'erased' OR (decided_by_id <> entered_by_id AND decided_by_id IS NOT NULL"
            " AND entered_by_id IS NOT NULL AND erased_at IS NOT NULL)",
            name="two_people",
        ),
        {"comment": "Erasures proposed, refused and done; a done one is the tombstone"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose record")
    together_id: Mapped[UUID] = mapped_column(Key, comment="Shared by those proposed together")
    because: Mapped[str] = mapped_column(String(40), comment="Code list erasure_reason")
    request_id: Mapped[UUID | None] = mapped_column(Key, comment="The request for erasure behind it")
    proposed_on: Mapped[date] = mapped_column(comment="When it was proposed, by who entered it")
    keep_until_on: Mapped[date | None] = mapped_column(comment="Keep-until date as it was then")
    basis: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, comment="By programme and purpose: the basis in law and the day it gave"
    )
    state: Mapped[str] = mapped_column(String(20), comment="proposed, kept, erased, withdrawn")
    decided_by_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("user.id"), comment="The second person, never the first"
    )
    decided_on: Mapped[date | None] = mapped_column(comment="When the second person decided")
    kept_reason: Mapped[str | None] = mapped_column(String(40), comment="Code list kept_reason")
    look_again_on: Mapped[date | None] = mapped_column(comment="Kept: when to look again")
    erased_at: Mapped[datetime | None] = mapped_column(Instant, comment="When it was erased")
    counts: Mapped[dict[str, int] | None] = mapped_column(JSON, comment="Rows emptied and removed, by table")
    chain_number: Mapped[int | None] = mapped_column(comment="Head of the audit before the erasure")
    chain_link: Mapped[str | None] = mapped_column(String(64), comment="Its link, in hexadecimal")
    certificate: Mapped[str | None] = mapped_column(
        String(64), comment="SHA-256 of what the certificate says"
    )

    participant: Mapped[Participant] = relationship(foreign_keys=[participant_id])
    proposer: Mapped[User | None] = relationship(
        primaryjoin="Erasure.entered_by_id == User.id", viewonly=True, foreign_keys="Erasure.entered_by_id"
    )
    decider: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
