"""A colleague out on a visit: where, back by when, and who looks out for them."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.accounts.models import User
from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key
from caseworker.enrolments.models import Enrolment


class Visit(Record, Base):
    """Checked out before a visit and in afterwards; a buddy is told when somebody is not back."""

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("expected_back_at > out_at", name="back_after_out"),
        CheckConstraint("buddy_id <> visitor_id", name="somebody_else"),
        Index(
            "ix_visit_expected_back_at",
            "expected_back_at",
            sqlite_where=text("back_at IS NULL"),
            postgresql_where=text("back_at IS NULL"),
        ),
        Index("ix_visit_visitor_id", "visitor_id"),
        Index(
            "uq_visit_one_out",
            "visitor_id",
            unique=True,
            sqlite_where=text("back_at IS NULL AND voided_at IS NULL"),
            postgresql_where=text("back_at IS NULL AND voided_at IS NULL"),
        ),
        {"comment": "Visits checked out and in"},
    )

    visitor_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Who is out")
    buddy_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("user.id"), comment="Who is told when they are not back"
    )
    enrolment_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("enrolment.id"), comment="Whom they visit; empty: nobody on record"
    )
    appointment_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("appointment.id"), comment="The appointment behind it"
    )
    place_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Where, sealed", info={"personal": "place"}
    )
    phone_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="The colleague's telephone for this visit, sealed", info={"personal": "contact"}
    )
    out_at: Mapped[datetime] = mapped_column(Instant, comment="When they set out")
    expected_back_at: Mapped[datetime] = mapped_column(Instant, comment="When they should be back")
    back_at: Mapped[datetime | None] = mapped_column(Instant, comment="When they were back; empty: still out")
    alerted_at: Mapped[datetime | None] = mapped_column(Instant, comment="When the buddy was last told")
    answered_at: Mapped[datetime | None] = mapped_column(Instant, comment="When the buddy took the alert")

    place = SealedText("place_sealed")
    phone = SealedText("phone_sealed")
    visitor: Mapped[User] = relationship(foreign_keys=[visitor_id])
    buddy: Mapped[User] = relationship(foreign_keys=[buddy_id])
    enrolment: Mapped[Enrolment | None] = relationship(foreign_keys=[enrolment_id])

    if not TYPE_CHECKING:

        @property
        def participant_id(self):
            return self.enrolment.participant_id if self.enrolment else None
