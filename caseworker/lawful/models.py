"""Why data about people may be kept, for how long, and which fields may be asked."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Key
from caseworker.participants.halted import RESTRICTION
from caseworker.programmes.models import Programme


class LawfulBasis(Record, Base):
    """For one programme and purpose: the bases in law and how long records are kept. Never edited."""

    __tablename__ = "lawful_basis"
    __table_args__ = (
        Index(
            "uq_lawful_basis_one",
            "programme_id",
            "purpose",
            "from_on",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        CheckConstraint("keep_months BETWEEN 0 AND 1200", name="keep_in_bounds"),
        {"comment": "Lawful basis and keep-until rule by programme and purpose"},
    )

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="Which programme")
    purpose: Mapped[str] = mapped_column(String(40), comment="Code list processing_purpose")
    article_6: Mapped[str] = mapped_column(String(40), comment="Code list article_6_basis")
    article_9: Mapped[str | None] = mapped_column(String(40), comment="Code list article_9_condition")
    offence_condition: Mapped[str | None] = mapped_column(String(40), comment="Code list offence_condition")
    keep_from: Mapped[str] = mapped_column(String(20), comment="Code list keep_from: exit, last contact ...")
    keep_months: Mapped[int] = mapped_column(SmallInteger, comment="Months to keep from that day")
    source: Mapped[str] = mapped_column(String(300), comment="Who decided it, where it is written, doubts")
    from_on: Mapped[date] = mapped_column(comment="First day it holds")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it holds")

    programme: Mapped[Programme] = relationship(foreign_keys=[programme_id])


class CollectedField(Record, Base):
    """A sensitive field a programme may ask for. What has no row is off, and no form shows it."""

    __tablename__ = "collected_field"
    __table_args__ = (
        Index(
            "uq_collected_field_one",
            "programme_id",
            "field",
            "from_on",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        {"comment": "Sensitive fields switched on, by programme"},
    )

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="Which programme")
    field: Mapped[str] = mapped_column(String(40), comment="Code list sensitive_field")
    why: Mapped[str] = mapped_column(String(300), comment="Why it is needed, and who decided")
    from_on: Mapped[date] = mapped_column(comment="First day it may be asked")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it may be asked")


class Notice(Record, Base):
    """One edition of the words people are told about their data."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "uq_notice_one",
            "organisation_id",
            "version_name",
            "language",
            "easy_read",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        {"comment": "Privacy notices by edition"},
    )

    organisation_id: Mapped[UUID] = mapped_column(Key, ForeignKey("organisation.id"), comment="Whose notice")
    version_name: Mapped[str] = mapped_column(String(20), comment="As agreements name it")
    language: Mapped[str] = mapped_column(String(40), comment="Code list language")
    easy_read: Mapped[bool] = mapped_column(default=False, comment="The easy-read form of it")
    words: Mapped[str] = mapped_column(Text, comment="The whole text")
    from_on: Mapped[date] = mapped_column(comment="First day it is given")


class AgreementDecision(Record, Base):
    """Who decided an agreement on somebody's behalf, and how it was judged that they should."""

    __tablename__ = "agreement_decision"
    __table_args__ = (
        UniqueConstraint("agreement_id"),
        {"comment": "Who decided an agreement, and how that was judged"},
    )

    agreement_id: Mapped[UUID] = mapped_column(Key, ForeignKey("agreement.id"), comment="Which agreement")
    decided_by: Mapped[str] = mapped_column(
        String(20), comment="Code list decided_by", info={"personal": "note"}
    )
    name_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Name of who decided, where not the person, sealed", info={"personal": "name"}
    )
    judged_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="How age or capacity was judged, sealed", info={"personal": "note"}
    )

    name = SealedText("name_sealed")
    judged = SealedText("judged_sealed")


class ProcessingLimit(Record, Base):
    """Somebody's data may be kept but not used (restriction), or not for one purpose (objection)."""

    __tablename__ = "processing_limit"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        Index("ix_processing_limit_participant_id", "participant_id"),
        {"comment": "Restrictions of and objections to processing"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose data")
    request_id: Mapped[UUID | None] = mapped_column(Key, comment="Key of the request behind it")
    kind: Mapped[str] = mapped_column(String(20), default=RESTRICTION, comment="restriction or objection")
    purpose: Mapped[str | None] = mapped_column(
        String(40), comment="Code list processing_purpose; empty: all"
    )
    reason: Mapped[str] = mapped_column(String(40), comment="Code list limit_reason")
    from_on: Mapped[date] = mapped_column(comment="First day")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it lasts")


class ContactStop(Record, Base):
    """Somebody died, or asked never to be contacted: everything that would reach them stops at once."""

    __tablename__ = "contact_stop"
    __table_args__ = (
        Index(
            "uq_contact_stop_one",
            "participant_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL AND voided_at IS NULL"),
            postgresql_where=text("ended_on IS NULL AND voided_at IS NULL"),
        ),
        {"comment": "People who must not be contacted at all"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whom")
    kind: Mapped[str] = mapped_column(String(20), comment="died or do_not_contact", info={"personal": "note"})
    from_on: Mapped[date] = mapped_column(comment="First day")
    ended_on: Mapped[date | None] = mapped_column(comment="Last day, where they changed their mind")
    because_id: Mapped[UUID | None] = mapped_column(
        Key, comment="Enrolment whose exit told of it; empty: it was recorded by itself"
    )

    closed: Mapped[list["ClosedByStop"]] = relationship(back_populates="stop")


class ClosedByStop(Keyed, Base):
    """What was called off when the contact stopped, so that its undo opens these again and nothing else."""

    __tablename__ = "closed_by_stop"
    __table_args__ = (
        UniqueConstraint("stop_id", "thing_id"),
        {"comment": "Appointments and tasks called off by a contact stop"},
    )

    stop_id: Mapped[UUID] = mapped_column(Key, ForeignKey("contact_stop.id"), comment="The stop")
    kind: Mapped[str] = mapped_column(String(20), comment="appointment or task")
    thing_id: Mapped[UUID] = mapped_column(Key, comment="Its key")

    stop: Mapped[ContactStop] = relationship(back_populates="closed")
