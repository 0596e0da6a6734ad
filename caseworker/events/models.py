"""Job clubs and community events (named people and head counts kept apart), and other activities."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.types import Key
from caseworker.participants.models import Participant


class Event(Record, Base):
    """A head count is of attendances, not people; who is named is counted from the attendances."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("head_count >= 0 AND independent_living_count >= 0", name="not_negative"),
        CheckConstraint("independent_living_count <= head_count", name="part_of_head_count"),
        Index("ix_event_programme_id_held_on", "programme_id", "held_on"),
        {"comment": "Job clubs and community events"},
    )

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="Who held it")
    kind: Mapped[str] = mapped_column(String(30), comment="Code list event_kind")
    title: Mapped[str] = mapped_column(String(160), comment="As it was announced")
    held_on: Mapped[date] = mapped_column(comment="Day")
    place: Mapped[str] = mapped_column(String(120), default="", comment="Where")
    head_count: Mapped[int] = mapped_column(default=0, comment="Attendances counted by head, named or not")
    independent_living_count: Mapped[int] = mapped_column(
        default=0, comment="Of these, by tenants of independent living schemes"
    )

    attendances: Mapped[list["EventAttendance"]] = relationship(back_populates="event")


class EventAttendance(Record, Base):
    __tablename__ = "event_attendance"
    __table_args__ = (
        UniqueConstraint("event_id", "participant_id"),
        Index("ix_event_attendance_participant_id", "participant_id"),
        {"comment": "Named people at an event"},
    )

    event_id: Mapped[UUID] = mapped_column(Key, ForeignKey("event.id"), comment="Which event")
    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Who came")

    event: Mapped[Event] = relationship(back_populates="attendances")
    participant: Mapped[Participant] = relationship()


class Activity(Record, Base):
    """Something done that helps a community: a check, a chat, a grant paid. Not about one person."""

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="not_negative"),
        Index("ix_activity_programme_id_kind_done_on", "programme_id", "kind", "done_on"),
        {"comment": "Community activities and grants"},
    )

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="Who did it")
    kind: Mapped[str] = mapped_column(String(30), comment="Code list activity_kind")
    title: Mapped[str] = mapped_column(String(160), comment="What it was")
    done_on: Mapped[date] = mapped_column(comment="Day, or last day of the period it sums up")
    quantity: Mapped[int] = mapped_column(default=1, comment="How many of its kind this row stands for")
    amount_pence: Mapped[int | None] = mapped_column(BigInteger, comment="Money paid, in pence")
