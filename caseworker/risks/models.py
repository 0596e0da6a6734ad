"""What staff must know to keep themselves and others safe, and who must not meet whom."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Key
from caseworker.participants.models import Participant


class RiskFlag(Record, Base):
    """A fact, where it comes from and what to do about it. There are no free-form labels."""

    __tablename__ = "risk_flag"
    __table_args__ = (
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name="ended_has_reason"),
        Index("ix_risk_flag_participant_id", "participant_id"),
        Index("ix_risk_flag_review_on", "review_on"),
        {"comment": "Risks, with what to do and when to look again"},
    )

    participant_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("participant.id"), comment="Whose visit or meeting it concerns"
    )
    what_to_do: Mapped[str] = mapped_column(
        String(40), comment="Code list risk_measure", info={"personal": "safety"}
    )
    source: Mapped[str] = mapped_column(
        String(40), comment="Code list risk_source", info={"personal": "safety"}
    )
    fact_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, comment="What happened or was said, sealed", info={"personal": "safety"}
    )
    more_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="More on what to do, sealed", info={"personal": "safety"}
    )
    from_on: Mapped[date] = mapped_column(comment="First day")
    review_on: Mapped[date] = mapped_column(comment="By when to look at it again")
    ended_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it holds")
    end_reason: Mapped[str | None] = mapped_column(String(40), comment="Code list risk_end_reason")

    fact = SealedText("fact_sealed")
    more = SealedText("more_sealed")
    participant: Mapped[Participant] = relationship(foreign_keys=[participant_id])
    reviews: Mapped[list["RiskReview"]] = relationship(back_populates="flag")


class RiskReview(Record, Base):
    """Somebody looked at a risk again: it holds until the next review, or it ended."""

    __tablename__ = "risk_review"
    __table_args__ = (
        Index("ix_risk_review_flag_id", "flag_id"),
        {"comment": "Reviews of risks"},
    )

    flag_id: Mapped[UUID] = mapped_column(Key, ForeignKey("risk_flag.id"), comment="Which risk")
    due_on: Mapped[date] = mapped_column(comment="By when it was to be done")
    reviewed_on: Mapped[date] = mapped_column(comment="When")
    next_on: Mapped[date | None] = mapped_column(comment="Next review; empty: the risk ended")
    words_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What was found, sealed", info={"personal": "safety"}
    )

    words = SealedText("words_sealed")
    flag: Mapped[RiskFlag] = relationship(back_populates="reviews")

    @property
    def participant_id(self) -> UUID:
        return self.flag.participant_id


class KeepApart(Record, Base):
    """Two people who must not meet. A booking says only: speak to the programme lead."""

    __tablename__ = "keep_apart"
    __table_args__ = (
        CheckConstraint("one_id <> other_id", name="two_people"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        Index("ix_keep_apart_one_id", "one_id"),
        Index("ix_keep_apart_other_id", "other_id"),
        {"comment": "Pairs of people who must not meet"},
    )

    one_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="One of them")
    other_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="The other")
    reason_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Why, for leads alone, sealed", info={"personal": "safety"}
    )
    from_on: Mapped[date] = mapped_column(comment="First day")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it holds")

    reason = SealedText("reason_sealed")
    one: Mapped[Participant] = relationship(foreign_keys=[one_id])
    other: Mapped[Participant] = relationship(foreign_keys=[other_id])
