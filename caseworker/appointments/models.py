"""What is agreed for a day: appointments, tasks, and the private address of one's calendar."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Time, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.accounts.models import User
from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key
from caseworker.enrolments.models import Enrolment


class Appointment(Record, Base):
    """A meeting that is to happen. What came of it is a contact; here is only its result."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("length_minutes BETWEEN 5 AND 720", name="length_in_a_day"),
        CheckConstraint("(result IS NULL) = (closed_on IS NULL)", name="closed_has_result"),
        CheckConstraint("contact_id IS NULL OR result IS NOT NULL", name="contact_has_result"),
        Index("ix_appointment_with_id_starts_on", "with_id", "starts_on"),
        Index("ix_appointment_enrolment_id_starts_at", "enrolment_id", "starts_at"),
        Index(
            "uq_appointment_rebooked_from_id",
            "rebooked_from_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        {"comment": "Appointments, each with its result once it is known"},
    )

    enrolment_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("enrolment.id"), comment="Whose case; empty: about nobody in particular"
    )
    with_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="With which colleague")
    starts_on: Mapped[date] = mapped_column(comment="Day on a wall calendar in the UK")
    starts_time: Mapped[time] = mapped_column(Time, comment="Time on a UK wall clock, as it was agreed")
    starts_at: Mapped[datetime] = mapped_column(Instant, comment="The same as an instant")
    length_minutes: Mapped[int] = mapped_column(comment="How long, in minutes")
    channel: Mapped[str] = mapped_column(String(30), comment="Code list contact_channel")
    place_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Where, sealed: it may be somebody's home", info={"personal": "place"}
    )
    note_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What to remember, sealed", info={"personal": "note"}
    )
    interpreter: Mapped[str | None] = mapped_column(
        String(20), comment="Code list interpreter_state; empty: not asked", info={"personal": "support"}
    )
    result: Mapped[str | None] = mapped_column(
        String(30), comment="Code list contact_result; empty: not written up"
    )
    closed_on: Mapped[date | None] = mapped_column(comment="The real day of what came of it")
    contact_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("contact.id"), comment="The contact that says what came of it"
    )
    rebooked_from_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("appointment.id"), comment="The appointment this one replaces"
    )

    place = SealedText("place_sealed")
    note = SealedText("note_sealed")
    enrolment: Mapped[Enrolment | None] = relationship(foreign_keys=[enrolment_id])
    colleague: Mapped[User] = relationship(foreign_keys=[with_id])

    if not TYPE_CHECKING:

        @property
        def participant_id(self):
            return self.enrolment.participant_id if self.enrolment else None


class Task(Record, Base):
    """Something to do oneself, for a case or for none."""

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_user_id_done_on", "user_id", "done_on", "due_on"),
        Index("ix_task_enrolment_id", "enrolment_id"),
        {"comment": "Things to do, each somebody's"},
    )

    user_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Who is to do it")
    enrolment_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("enrolment.id"), comment="For whose case; empty: for none"
    )
    words_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, comment="What is to be done, sealed", info={"personal": "note"}
    )
    due_on: Mapped[date | None] = mapped_column(comment="By when; empty: no day was set")
    done_on: Mapped[date | None] = mapped_column(comment="When it was done")

    words = SealedText("words_sealed")
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    enrolment: Mapped[Enrolment | None] = relationship(foreign_keys=[enrolment_id])

    if not TYPE_CHECKING:

        @property
        def participant_id(self):
            return self.enrolment.participant_id if self.enrolment else None


class CalendarAddress(Keyed, Base):
    """The secret address under which a calendar program reads one's appointments. One lives at a time."""

    __tablename__ = "calendar_address"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index(
            "uq_calendar_address_one",
            "user_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        {"comment": "Private addresses of calendars, by the hash of their secret"},
    )

    user_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Whose calendar")
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), comment="SHA-256 of the secret")
    made_at: Mapped[datetime] = mapped_column(Instant, comment="When it was made")
    ended_at: Mapped[datetime | None] = mapped_column(Instant, comment="When it was revoked or replaced")

    user: Mapped[User] = relationship()
