"""What is reviewed by hand about who may see what."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.accounts.models import RoleGrant
from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key


class AccessReview(Record, Base):
    """Somebody looked through who has access to what, and kept or ended each."""

    __tablename__ = "access_review"
    __table_args__ = ({"comment": "Reviews of who has access"},)

    reviewed_on: Mapped[date] = mapped_column(comment="When")
    words_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What was found, sealed", info={"personal": "note"}
    )

    words = SealedText("words_sealed")
    decisions: Mapped[list["AccessDecision"]] = relationship(back_populates="review")


class AccessDecision(Keyed, Base):
    """One role grant as it was looked at in a review: kept, or ended with its last day as it was before."""

    __tablename__ = "access_decision"
    __table_args__ = (
        UniqueConstraint("review_id", "grant_id"),
        Index("ix_access_decision_grant_id", "grant_id"),
        {"comment": "What a review of access decided on each role grant"},
    )

    review_id: Mapped[UUID] = mapped_column(Key, ForeignKey("access_review.id"), comment="Its review")
    grant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("role_grant.id"), comment="Which grant")
    ended: Mapped[bool] = mapped_column(comment="Ended by this review; otherwise kept")
    was_until_on: Mapped[date | None] = mapped_column(comment="Its last day before; empty: none was set")

    given_back_at: Mapped[datetime | None] = mapped_column(
        Instant, comment="When the ended role was given back; empty: it was not"
    )

    review: Mapped[AccessReview] = relationship(back_populates="decisions")
    grant: Mapped[RoleGrant] = relationship()
