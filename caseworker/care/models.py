"""How to reach and help somebody well: their language, their emergency card, words between colleagues."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key


class CommunicationNeeds(Record, Base):
    """How somebody takes in words best. The newest row counts; earlier ones stay as they were."""

    __tablename__ = "communication_needs"
    __table_args__ = (
        Index("ix_communication_needs_participant_id", "participant_id", "asked_on"),
        {"comment": "Language, interpreter and print that people need"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose")
    asked_on: Mapped[date] = mapped_column(comment="When they were asked")
    language: Mapped[str] = mapped_column(
        String(40), comment="Code list language", info={"personal": "support"}
    )
    interpreter: Mapped[str] = mapped_column(
        String(20), comment="Code list interpreter", info={"personal": "support"}
    )
    large_print: Mapped[bool] = mapped_column(default=False, comment="Print large")
    easy_read: Mapped[bool] = mapped_column(default=False, comment="Easy read")
    reads_with_help: Mapped[bool] = mapped_column(default=False, comment="Reads with somebody's help")
    helps_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What else helps, never why, sealed", info={"personal": "support"}
    )

    helps = SealedText("helps_sealed")


class EmergencyCard(Record, Base):
    """Whom to ring and what to do, in the person's own words. The newest row counts."""

    __tablename__ = "emergency_card"
    __table_args__ = (
        Index("ix_emergency_card_participant_id", "participant_id"),
        {"comment": "Emergency cards"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose")
    who_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Whom to ring, sealed", info={"personal": "name"}
    )
    phone_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Their telephone, sealed", info={"personal": "contact"}
    )
    what_to_do_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What to do, in the person's words, sealed", info={"personal": "safety"}
    )
    shown_to_staff: Mapped[bool] = mapped_column(
        default=False, comment="They agreed that course and event staff may open it"
    )
    agreed_on: Mapped[date] = mapped_column(comment="When they gave it and said who may open it")

    who = SealedText("who_sealed")
    phone = SealedText("phone_sealed")
    what_to_do = SealedText("what_to_do_sealed")


class LearnerMessage(Record, Base):
    """A word between tutor and keyworker about one learner: what helps, how it goes, a worry."""

    __tablename__ = "learner_message"
    __table_args__ = (
        Index("ix_learner_message_participant_id", "participant_id"),
        {"comment": "Messages between tutors and keyworkers about one learner"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="About whom")
    kind: Mapped[str] = mapped_column(String(20), comment="Code list learner_message_kind")
    written_at: Mapped[datetime] = mapped_column(Instant, comment="When")
    written_on: Mapped[date] = mapped_column(comment="The same as a day in the UK")
    words_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, comment="The message; tutors read it, sealed", info={"personal": "note"}
    )

    words = SealedText("words_sealed")


class LearnerMessageRead(Keyed, Base):
    """Who has read a message, so that it leaves their list of new ones."""

    __tablename__ = "learner_message_read"
    __table_args__ = (
        UniqueConstraint("message_id", "user_id"),
        Index("ix_learner_message_read_user_id", "user_id"),
        {"comment": "Messages that were read, by whom"},
    )

    message_id: Mapped[UUID] = mapped_column(Key, ForeignKey("learner_message.id"), comment="Which message")
    user_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Who read it")
    read_at: Mapped[datetime] = mapped_column(Instant, comment="When")
