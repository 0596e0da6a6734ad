"""Worries about somebody's safety, and what was done about each. Nothing else in the product reads these."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key
from caseworker.participants.models import Participant


class Concern(Record, Base):
    """What was seen or said that worries somebody about a person's safety. It has no severity.

    Whom it is about is not called `participant_id`, so that the audit files it under nobody. Merging two
    people carries it along unseen. Erasing somebody takes closed concerns along, untold, and leaves open ones
    under the key of the erased record. An access pack holds none: the safeguarding lead decides.
    """

    __tablename__ = "concern"
    __table_args__ = (
        CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name="closed_has_outcome"),
        Index("ix_concern_organisation_id", "organisation_id", "closed_on"),
        Index(
            "ix_concern_about_participant_id",
            "about_participant_id",
            sqlite_where=text("about_participant_id IS NOT NULL"),
            postgresql_where=text("about_participant_id IS NOT NULL"),
        ),
        Index(
            "ix_concern_unread",
            "acknowledged_at",
            sqlite_where=text("acknowledged_at IS NULL"),
            postgresql_where=text("acknowledged_at IS NULL"),
        ),
        {"comment": "Safeguarding concerns; read by safeguarding leads and those they name"},
    )

    organisation_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("organisation.id"), comment="Whose safeguarding leads it goes to"
    )
    programme_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("programme.id"), comment="Programme it was raised on; empty: not on one alone"
    )
    about_participant_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("participant.id"), comment="Whom it is about; empty: somebody not on record"
    )
    about_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary,
        comment="Whom it is about in words, where they are not on record, sealed",
        info={"personal": "name"},
    )
    about_user_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("user.id"), comment="A colleague it is about: they never see it"
    )
    category: Mapped[str | None] = mapped_column(
        String(40), comment="Code list concern_category; empty: not chosen", info={"personal": "note"}
    )
    in_danger_now: Mapped[bool] = mapped_column(default=False, comment="Somebody may be in danger now")
    said_sealed: Mapped[bytes] = mapped_column(
        LargeBinary,
        comment="What was seen or said, in the person's own words, sealed",
        info={"personal": "note"},
    )
    happened_on: Mapped[date] = mapped_column(comment="Day it was seen or said")
    done_at_once_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What was done straight away, sealed", info={"personal": "note"}
    )
    told_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Who has been told, sealed", info={"personal": "note"}
    )
    acknowledged_at: Mapped[datetime | None] = mapped_column(
        Instant, comment="When a safeguarding lead took it; empty: unread, and it keeps alerting"
    )
    acknowledged_by_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("user.id"), comment="The lead who took it"
    )
    outcome: Mapped[str | None] = mapped_column(
        String(40), comment="Code list concern_outcome", info={"personal": "note"}
    )
    closed_on: Mapped[date | None] = mapped_column(comment="When it was closed; empty: open")
    last_step_at: Mapped[datetime | None] = mapped_column(
        Instant, comment="When something was last done about it; raises the version with each step"
    )

    about = SealedText("about_sealed")
    said = SealedText("said_sealed")
    done_at_once = SealedText("done_at_once_sealed")
    told = SealedText("told_sealed")
    about_participant: Mapped[Participant | None] = relationship(foreign_keys=[about_participant_id])
    steps: Mapped[list["ConcernStep"]] = relationship(
        back_populates="concern", order_by="ConcernStep.happened_at"
    )

    @property
    def about_reference(self) -> str | None:
        return self.about_participant.reference if self.about_participant else None


class ConcernStep(Record, Base):
    """One line of a concern's chronology, of code list concern_step. An action is done by a later step."""

    __tablename__ = "concern_step"
    __table_args__ = (
        Index("ix_concern_step_concern_id", "concern_id"),
        Index(
            "uq_concern_step_settles_id",
            "settles_id",
            unique=True,
            sqlite_where=text("settles_id IS NOT NULL"),
            postgresql_where=text("settles_id IS NOT NULL"),
        ),
        {"comment": "What was done about a concern, in order; never changed"},
    )

    concern_id: Mapped[UUID] = mapped_column(Key, ForeignKey("concern.id"), comment="Its concern")
    kind: Mapped[str] = mapped_column(String(20), comment="Code list concern_step")
    happened_at: Mapped[datetime] = mapped_column(Instant, comment="When it happened")
    words_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What was decided, done or said, sealed", info={"personal": "note"}
    )
    agency_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Whom it was told or referred to, sealed", info={"personal": "note"}
    )
    due_on: Mapped[date | None] = mapped_column(comment="An action: by when")
    settles_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("concern_step.id"), comment="The action that this step says was done"
    )

    words = SealedText("words_sealed")
    agency = SealedText("agency_sealed")
    concern: Mapped[Concern] = relationship(back_populates="steps")


class ConcernReader(Record, Base):
    """Somebody a safeguarding lead let read one concern; voided when they no longer may."""

    __tablename__ = "concern_reader"
    __table_args__ = (
        Index(
            "uq_concern_reader_one",
            "concern_id",
            "user_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        Index("ix_concern_reader_user_id", "user_id"),
        {"comment": "Who else may read a concern"},
    )

    concern_id: Mapped[UUID] = mapped_column(Key, ForeignKey("concern.id"), comment="Which concern")
    user_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Who may read it")


class ConcernAlert(Keyed, Base):
    """An e-mail that told a lead of an unread concern: it says that there is one, and nothing else."""

    __tablename__ = "concern_alert"
    __table_args__ = (
        Index("ix_concern_alert_concern_id", "concern_id", "user_id"),
        {"comment": "Alerts sent about unread concerns"},
    )

    concern_id: Mapped[UUID] = mapped_column(Key, ForeignKey("concern.id"), comment="Which concern")
    user_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Which lead")
    sent_at: Mapped[datetime] = mapped_column(Instant, comment="When it was sent")
