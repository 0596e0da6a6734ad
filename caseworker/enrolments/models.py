"""A person's time on a programme, and the dates something is due in it."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from caseworker.accounts.models import User
from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key
from caseworker.participants.models import Participant
from caseworker.programmes.models import Cohort, Programme


class Enrolment(Record, Base):
    """From referral to exit. The status at start is copied here, because reports ask for it as it was."""

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint("started_on IS NULL OR started_on >= referred_on", name="start_after_referral"),
        CheckConstraint(
            "exited_on IS NULL OR exited_on >= coalesce(started_on, referred_on)", name="exit_last"
        ),
        CheckConstraint("(exited_on IS NULL) = (exit_reason IS NULL)", name="exit_has_reason"),
        Index(
            "uq_enrolment_one_open",
            "participant_id",
            "programme_id",
            unique=True,
            sqlite_where=text("exited_on IS NULL AND voided_at IS NULL"),
            postgresql_where=text("exited_on IS NULL AND voided_at IS NULL"),
        ),
        Index("ix_enrolment_programme_id_started_on", "programme_id", "started_on"),
        Index("ix_enrolment_keyworker_id_exited_on", "keyworker_id", "exited_on"),
        {"comment": "A person's time on a programme"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), index=True, comment="Who")
    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="On what")
    cohort_id: Mapped[UUID | None] = mapped_column(Key, ForeignKey("cohort.id"), comment="In which group")
    keyworker_id: Mapped[UUID | None] = mapped_column(Key, ForeignKey("user.id"), comment="With whom")
    referral_source: Mapped[str] = mapped_column(String(40), comment="Code list referral_source")
    referred_on: Mapped[date] = mapped_column(comment="When they were referred")
    started_on: Mapped[date | None] = mapped_column(comment="Start of support; empty: not started")
    exited_on: Mapped[date | None] = mapped_column(comment="Last day on the programme")
    exit_reason: Mapped[str | None] = mapped_column(String(40), comment="Code list exit_reason")
    non_start_reason: Mapped[str | None] = mapped_column(
        String(40), comment="Code list non_start_reason, where they never began"
    )
    exit_note_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What to know if they come back, sealed", info={"personal": "note"}
    )
    status_at_start: Mapped[str] = mapped_column(
        String(10), comment="Code list economic_status, on the first day", info={"personal": "employment"}
    )
    required_to_look_at_start: Mapped[bool | None] = mapped_column(
        comment="Required to look for work on the first day; empty: not known", info={"personal": "benefits"}
    )
    benefit_at_start: Mapped[str | None] = mapped_column(
        String(40), comment="Main benefit on the first day", info={"personal": "benefits"}
    )
    age_at_start: Mapped[int | None] = mapped_column(
        SmallInteger,
        comment="Whole years on the first day; empty: birth not known",
        info={"personal": "birth"},
    )

    exit_note = SealedText("exit_note_sealed")
    participant: Mapped[Participant] = relationship(foreign_keys=[participant_id])
    programme: Mapped[Programme] = relationship(foreign_keys=[programme_id])
    cohort: Mapped[Cohort | None] = relationship(foreign_keys=[cohort_id])
    keyworker: Mapped[User | None] = relationship(foreign_keys=[keyworker_id])


class CaseRecord(Record):
    """A fact that belongs to an enrolment."""

    @declared_attr
    def enrolment_id(cls) -> Mapped[UUID]:
        return mapped_column(Key, ForeignKey("enrolment.id"), comment="The enrolment it belongs to")

    @declared_attr
    def enrolment(cls) -> Mapped[Enrolment]:
        return relationship(foreign_keys=[cls.enrolment_id])  # type: ignore[list-item]

    if not TYPE_CHECKING:

        @property
        def participant_id(self):
            return self.enrolment.participant_id if self.enrolment else None


class DueItem(Keyed, Base):
    """A day something is due, stored by the rule that made it. Pages compare the day with today."""

    __tablename__ = "due_item"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "kind", "about_id"),
        Index("ix_due_item_enrolment_id_due_on", "enrolment_id", "closed_on", "due_on", "kind"),
        {"comment": "What is due, by when, and by which rule"},
    )

    enrolment_id: Mapped[UUID] = mapped_column(Key, ForeignKey("enrolment.id"), comment="For whom")
    kind: Mapped[str] = mapped_column(String(30), comment="contact, plan, review, sustainment")
    about_id: Mapped[UUID] = mapped_column(Key, comment="The enrolment, plan or progression it is about")
    due_on: Mapped[date] = mapped_column(comment="Last day it can be done on time")
    rule: Mapped[str] = mapped_column(String(40), comment="Code of the programme's rule")
    closed_on: Mapped[date | None] = mapped_column(comment="When it was done or stopped mattering")

    enrolment: Mapped[Enrolment] = relationship()


class ReviewPause(CaseRecord, Base):
    """Days that do not count against the review clock, with the reason."""

    __tablename__ = "review_pause"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        Index("ix_review_pause_enrolment_id", "enrolment_id", "from_on"),
        Index(
            "uq_review_pause_one_open",
            "enrolment_id",
            unique=True,
            sqlite_where=text("until_on IS NULL AND voided_at IS NULL"),
            postgresql_where=text("until_on IS NULL AND voided_at IS NULL"),
        ),
        {"comment": "Coded pauses of the review clock"},
    )

    reason: Mapped[str] = mapped_column(
        String(40), comment="Code list pause_reason", info={"personal": "note"}
    )
    from_on: Mapped[date] = mapped_column(comment="First day of the pause")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it lasts")


class Handover(Record, Base):
    """Cases that went from colleague to colleague: for good, for a while, or opened to a team for dates."""

    __tablename__ = "handover"
    __table_args__ = (
        CheckConstraint("(kind = 'for_good') = (until_on IS NULL)", name="for_good_has_no_end"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        {"comment": "Handovers and covers; voided when undone"},
    )

    kind: Mapped[str] = mapped_column(String(20), comment="for_good, for_a_while or team_cover")
    reason: Mapped[str] = mapped_column(String(40), comment="Code list handover_reason")
    from_on: Mapped[date] = mapped_column(comment="First day")
    until_on: Mapped[date | None] = mapped_column(comment="Last day of a while or a cover")
    ended_on: Mapped[date | None] = mapped_column(comment="When somebody ended it before its last day")

    cases: Mapped[list["HandedCase"]] = relationship(back_populates="handover")


class HandedCase(Keyed, Base):
    """One case of a handover and one colleague it went to; a cover has a row for each of the team."""

    __tablename__ = "handed_case"
    __table_args__ = (
        UniqueConstraint("handover_id", "enrolment_id", "to_id"),
        Index("ix_handed_case_enrolment_id", "enrolment_id"),
        Index("ix_handed_case_to_id", "to_id"),
        {"comment": "Cases handed over, with who had them before"},
    )

    handover_id: Mapped[UUID] = mapped_column(Key, ForeignKey("handover.id"), comment="Its handover")
    enrolment_id: Mapped[UUID] = mapped_column(Key, ForeignKey("enrolment.id"), comment="Which case")
    was_with_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("user.id"), comment="Keyworker before; empty: nobody was"
    )
    to_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Who works it now")

    handover: Mapped[Handover] = relationship(back_populates="cases")
    enrolment: Mapped[Enrolment] = relationship()
    to: Mapped[User] = relationship(foreign_keys=[to_id])


class HandedThing(Keyed, Base):
    """Something open that went along with a case, so that undo puts back these and no others."""

    __tablename__ = "handed_thing"
    __table_args__ = (
        UniqueConstraint("handed_case_id", "thing_id"),
        {"comment": "Appointments and tasks that went along with a case"},
    )

    handed_case_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("handed_case.id"), comment="The case it went along with"
    )
    kind: Mapped[str] = mapped_column(String(20), comment="appointment or task")
    thing_id: Mapped[UUID] = mapped_column(Key, comment="Its key")


class EntryStatement(CaseRecord, Base):
    """What somebody says about an entry that was not changed as they asked. It stands beside the entry."""

    __tablename__ = "entry_statement"
    __table_args__ = (
        Index("ix_entry_statement_enrolment_id", "enrolment_id"),
        {"comment": "People's own words about entries they do not agree with"},
    )

    record_kind: Mapped[str] = mapped_column(String(40), comment="Table of the entry")
    record_id: Mapped[UUID] = mapped_column(Key, comment="Key of the entry")
    title: Mapped[str] = mapped_column(String(120), comment="What the entry is, and its day")
    happened_at: Mapped[datetime] = mapped_column(Instant, comment="When the entry was, to stand beside it")
    said_on: Mapped[date] = mapped_column(comment="When they said it")
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary, comment="Sealed", info={"personal": "note"})

    words = SealedText("words_sealed")


class MovedEntry(Record, Base):
    """An entry that was written on the wrong person and moved. The old place shows only that and the day."""

    __tablename__ = "moved_entry"
    __table_args__ = (
        Index("ix_moved_entry_from_participant_id", "from_participant_id"),
        Index("ix_moved_entry_from_enrolment_id", "from_enrolment_id"),
        Index("ix_moved_entry_record_id", "record_id"),
        {"comment": "Entries moved to the right person"},
    )

    from_participant_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("participant.id"), comment="On whom it was wrongly written"
    )
    from_enrolment_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("enrolment.id"), comment="In which enrolment it stood"
    )
    to_participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose it is")
    record_kind: Mapped[str] = mapped_column(String(40), comment="Table of the entry")
    record_id: Mapped[UUID] = mapped_column(Key, comment="Key of the entry in its old place")
    new_id: Mapped[UUID | None] = mapped_column(Key, comment="Key of the entry in its right place")
    happened_on: Mapped[date] = mapped_column(comment="Day of the entry, shown at the old place")
    moved_on: Mapped[date] = mapped_column(comment="When it was moved")
