"""Every contact and attempt. Append-only: a correction is a new row that names the one it mends."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core.db import Base
from caseworker.core.records import Keyed
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key
from caseworker.enrolments.models import CaseRecord


class Contact(CaseRecord, Base):
    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 0 AND 1440", name="minutes_in_a_day"),
        CheckConstraint("(corrects_id IS NULL) = (correction_reason IS NULL)", name="correction_has_reason"),
        Index("ix_contact_enrolment_id_happened_at", "enrolment_id", "happened_at"),
        Index("ix_contact_enrolment_id_two_way", "enrolment_id", "two_way", "happened_at"),
        Index(
            # Nearly every row corrects nothing: counted in, SQLite's statistics would call the index useless.
            "uq_contact_corrected_once",
            "corrects_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL AND corrects_id IS NOT NULL"),
            postgresql_where=text("voided_at IS NULL AND corrects_id IS NOT NULL"),
        ),
        {"comment": "Contacts and attempts, append-only"},
    )

    happened_at: Mapped[datetime] = mapped_column(Instant, comment="When it happened")
    channel: Mapped[str] = mapped_column(String(30), comment="Code list contact_channel")
    direction: Mapped[str] = mapped_column(String(10), comment="in or out")
    result: Mapped[str] = mapped_column(String(30), comment="Code list contact_result")
    two_way: Mapped[bool] = mapped_column(comment="They spoke or attended: it resets the contact clock")
    minutes: Mapped[int | None] = mapped_column(comment="How long, in minutes")
    note_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What was said, sealed", info={"personal": "note"}
    )
    sensitive: Mapped[bool] = mapped_column(default=False, comment="Folded on the page")
    not_attended_reason: Mapped[str | None] = mapped_column(
        String(30), comment="Code list not_attended_reason, where they did not come"
    )
    message_kind: Mapped[str | None] = mapped_column(
        String(30), comment="Code list message_wording, where a ready wording was sent"
    )
    corrects_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("contact.id"), comment="The entry this one corrects"
    )
    correction_reason: Mapped[str | None] = mapped_column(String(40), comment="Coded reason for correcting")

    note = SealedText("note_sealed")


class ContactTheme(Keyed, Base):
    """A barrier theme that was talked about in a contact."""

    __tablename__ = "contact_theme"
    __table_args__ = (
        UniqueConstraint("contact_id", "theme"),
        {"comment": "Barrier themes a contact touched"},
    )

    contact_id: Mapped[UUID] = mapped_column(Key, ForeignKey("contact.id"), comment="The contact")
    theme: Mapped[str] = mapped_column(
        String(30), comment="Code list barrier_theme", info={"personal": "barrier"}
    )


class ContactPart(Keyed, Base):
    """Something that was saved in one go with a contact: its Undo takes that back too."""

    __tablename__ = "contact_part"
    __table_args__ = (
        UniqueConstraint("contact_id", "about_id"),
        {"comment": "What was saved together with a contact"},
    )

    contact_id: Mapped[UUID] = mapped_column(Key, ForeignKey("contact.id"), comment="The contact")
    kind: Mapped[str] = mapped_column(
        String(20), comment="written_up, booked, action_done, action_added, support or task"
    )
    about_id: Mapped[UUID] = mapped_column(
        Key, comment="The appointment, action, help given or task that it made or changed"
    )


class CaseWork(CaseRecord, Base):
    """Work for somebody that was not a contact with them: a letter to a landlord, a form, a call round."""

    __tablename__ = "case_work"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_in_a_day"),
        Index("ix_case_work_enrolment_id_done_on", "enrolment_id", "done_on"),
        {"comment": "Work on a case that was not a contact"},
    )

    done_on: Mapped[date] = mapped_column(comment="When it was done")
    kind: Mapped[str] = mapped_column(String(30), comment="Code list case_work_kind")
    minutes: Mapped[int] = mapped_column(comment="How long, in minutes")
    note_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What was done, sealed", info={"personal": "note"}
    )

    note = SealedText("note_sealed")


class TakenMessage(CaseRecord, Base):
    """A message taken for a colleague about their participant, without opening the record.

    Whoever has the case reads it, so that a handover takes it along; nobody's is for the programme's leads.
    """

    __tablename__ = "taken_message"
    __table_args__ = (
        Index("ix_taken_message_enrolment_id_read_at", "enrolment_id", "read_at"),
        {"comment": "Messages taken for a colleague"},
    )

    taken_at: Mapped[datetime] = mapped_column(Instant, comment="When it came")
    wants: Mapped[str] = mapped_column(String(30), comment="Code list message_wants")
    words_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What they said, sealed", info={"personal": "note"}
    )
    read_at: Mapped[datetime | None] = mapped_column(Instant, comment="When a colleague had read it")
    read_by_id: Mapped[UUID | None] = mapped_column(Key, ForeignKey("user.id"), comment="Who had read it")

    words = SealedText("words_sealed")
