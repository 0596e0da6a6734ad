"""How somebody is doing, in their own scores."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.accounts.models import UserSession
from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key
from caseworker.enrolments.models import CaseRecord, Enrolment

ONS4 = ("life_satisfaction", "worthwhile", "happiness", "anxiety")


def _score(what: str) -> Mapped[int | None]:
    return mapped_column(SmallInteger, comment=what, info={"personal": "wellbeing"})


class WellbeingAssessment(CaseRecord, Base):
    """One sitting. A question left out is empty, never a zero.

    The four ONS scores are plain so that the database can count them; item answers of licensed or
    clinical instruments are sealed as JSON.
    """

    __tablename__ = "wellbeing_assessment"
    __table_args__ = (
        *(
            CheckConstraint(f"{name} IS NULL OR {name} BETWEEN 0 AND 10", name=f"{name}_range")
            for name in ONS4
        ),
        Index(
            "ix_wellbeing_assessment_enrolment_id_assessed_on", "enrolment_id", "instrument", "assessed_on"
        ),
        {"comment": "Wellbeing scores by instrument, stage and day"},
    )

    instrument: Mapped[str] = mapped_column(String(20), comment="ons4, swemwbs or wheel")
    stage: Mapped[str] = mapped_column(String(20), comment="Code list wellbeing_stage: start, review, exit")
    assessed_on: Mapped[date] = mapped_column(comment="When they answered")
    completed_how: Mapped[str] = mapped_column(String(20), comment="alone, with_help, read_aloud")
    life_satisfaction: Mapped[int | None] = _score("ONS4: 0 not at all to 10 completely")
    worthwhile: Mapped[int | None] = _score("ONS4: 0 not at all to 10 completely")
    happiness: Mapped[int | None] = _score("ONS4: 0 not at all to 10 completely")
    anxiety: Mapped[int | None] = _score("ONS4: 0 not at all to 10 completely; lower is better")
    score_hundredths: Mapped[int | None] = mapped_column(
        comment="Score of the instrument in hundredths (SWEMWBS: metric)", info={"personal": "wellbeing"}
    )
    answers_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Item answers of a licensed instrument, sealed", info={"personal": "wellbeing"}
    )

    answers = SealedText("answers_sealed")


class InstrumentWording(Record, Base):
    """Questions an organisation is licensed to ask, loaded from its own file."""

    __tablename__ = "instrument_wording"
    __table_args__ = (
        UniqueConstraint("organisation_id", "instrument"),
        {"comment": "Licensed wording of an instrument, loaded by its licensee"},
    )

    organisation_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("organisation.id"), comment="Who holds the licence"
    )
    instrument: Mapped[str] = mapped_column(String(20), comment="swemwbs")
    wording: Mapped[dict[str, object]] = mapped_column(
        JSON, comment="Introduction, items and scale, as loaded"
    )
    licence: Mapped[str] = mapped_column(String(120), comment="Reference of the registration")
    loaded_on: Mapped[date] = mapped_column(comment="When it was loaded")


class HandedScreen(Keyed, Base):
    """A browser in the hands of a participant: it shows their questions and nothing else until unlocked."""

    __tablename__ = "handed_screen"
    __table_args__ = (
        Index("ix_handed_screen_session_id", "session_id", "ended_at"),
        {"comment": "Screens handed to a participant, until they are unlocked"},
    )

    session_id: Mapped[UUID | None] = mapped_column(
        Key,
        ForeignKey("user_session.id", ondelete="SET NULL"),
        comment="The signed-in browser; empty once its session is forgotten",
    )
    enrolment_id: Mapped[UUID] = mapped_column(Key, ForeignKey("enrolment.id"), comment="Whose questions")
    instrument: Mapped[str] = mapped_column(String(20), comment="ons4, swemwbs or wheel")
    stage: Mapped[str] = mapped_column(String(20), comment="Code list wellbeing_stage")
    handed_at: Mapped[datetime] = mapped_column(Instant, comment="When it was handed over")
    answered_at: Mapped[datetime | None] = mapped_column(Instant, comment="When the answers were saved")
    ended_at: Mapped[datetime | None] = mapped_column(Instant, comment="When the worker unlocked it")
    assessment_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("wellbeing_assessment.id"), comment="The answers saved on it"
    )

    session: Mapped[UserSession | None] = relationship(passive_deletes=True)
    enrolment: Mapped[Enrolment] = relationship()
    assessment: Mapped[WellbeingAssessment | None] = relationship()
