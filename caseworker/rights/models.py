"""What somebody asks about their own record, by when it is due, and what was answered."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key
from caseworker.participants.models import Participant


class RightsRequest(Record, Base):
    """A request under data-protection law. Its last day follows the calendar-month rule and its pauses."""

    __tablename__ = "rights_request"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (answered_on IS NULL)", name="answered_has_outcome"),
        Index("ix_rights_request_participant_id", "participant_id"),
        Index("ix_rights_request_due_on", "answered_on", "due_on"),
        {"comment": "Requests people make about their own records"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose record")
    kind: Mapped[str] = mapped_column(String(20), comment="Code list rights_kind")
    received_on: Mapped[date] = mapped_column(comment="When it reached us")
    how: Mapped[str] = mapped_column(String(20), comment="Code list request_channel")
    asked_by: Mapped[str] = mapped_column(
        String(20), comment="Code list request_asker", info={"personal": "note"}
    )
    asker_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Who asked, where not the person, sealed", info={"personal": "name"}
    )
    words_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What they asked for, sealed", info={"personal": "note"}
    )
    identity_on: Mapped[date | None] = mapped_column(
        comment="When we were sure who asks, or for whom; empty: still asking"
    )
    due_on: Mapped[date | None] = mapped_column(
        comment="Last day to answer, as last reckoned; empty until we are sure who asks"
    )
    extended_on: Mapped[date | None] = mapped_column(
        comment="When two further months were taken, and said so"
    )
    extension_reason: Mapped[str | None] = mapped_column(String(40), comment="Code list extension_reason")
    answered_on: Mapped[date | None] = mapped_column(comment="When it was answered; empty: open")
    outcome: Mapped[str | None] = mapped_column(String(40), comment="Code list rights_outcome")
    answer_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What was answered, and why, sealed", info={"personal": "note"}
    )
    about_kind: Mapped[str | None] = mapped_column(
        String(40), comment="Table of the entry they want changed, where they named one"
    )
    about_id: Mapped[UUID | None] = mapped_column(Key, comment="Its key")
    wanted_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What it should say, sealed", info={"personal": "note"}
    )

    wanted = SealedText("wanted_sealed")
    asker = SealedText("asker_sealed")
    words = SealedText("words_sealed")
    answer = SealedText("answer_sealed")
    participant: Mapped[Participant] = relationship(foreign_keys=[participant_id])


class RequestPause(Record, Base):
    """Days on which the clock of a request stands still: we asked what they mean."""

    __tablename__ = "request_pause"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        Index("ix_request_pause_request_id", "request_id"),
        {"comment": "Pauses of a request's clock"},
    )

    request_id: Mapped[UUID] = mapped_column(Key, ForeignKey("rights_request.id"), comment="Which request")
    from_on: Mapped[date] = mapped_column(comment="Day we asked what they mean")
    until_on: Mapped[date | None] = mapped_column(comment="Day they said; empty: still waiting")


class PassageMark(Record, Base):
    """A passage about somebody else in an entry that a person is to be given: kept in or taken out."""

    __tablename__ = "passage_mark"
    __table_args__ = (
        Index("ix_passage_mark_request_id", "request_id"),
        {"comment": "Third-party passages marked in an access request"},
    )

    request_id: Mapped[UUID] = mapped_column(Key, ForeignKey("rights_request.id"), comment="Which request")
    record_kind: Mapped[str] = mapped_column(String(40), comment="Table of the entry")
    record_id: Mapped[UUID] = mapped_column(Key, comment="Key of the entry")
    field: Mapped[str] = mapped_column(String(40), comment="Which of its texts")
    begins: Mapped[int] = mapped_column(comment="First character of the passage, from 0")
    ends: Mapped[int] = mapped_column(comment="Character after the last")
    length: Mapped[int] = mapped_column(comment="Characters of the whole text when it was marked")
    decision: Mapped[str] = mapped_column(String(20), comment="Code list passage_decision")
    reason: Mapped[str | None] = mapped_column(String(40), comment="Code list passage_reason")


class AccessPack(Record, Base):
    """The pack that answers an access request, as it was made: it is never made again over the old one."""

    __tablename__ = "access_pack"
    __table_args__ = (
        Index("ix_access_pack_request_id", "request_id"),
        {"comment": "Access packs made, with what was counted"},
    )

    request_id: Mapped[UUID] = mapped_column(Key, ForeignKey("rights_request.id"), comment="Which request")
    file_id: Mapped[UUID] = mapped_column(Key, ForeignKey("stored_file.id"), comment="The pack, one archive")
    made_at: Mapped[datetime] = mapped_column(Instant, comment="When")
    counts: Mapped[dict[str, int]] = mapped_column(JSON, comment="Rows in it, by table")
    given_on: Mapped[date | None] = mapped_column(comment="When it was handed over")
