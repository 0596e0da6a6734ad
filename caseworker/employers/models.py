"""Employers, the vacancies they have, and how far somebody's application has come."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Key
from caseworker.enrolments.models import CaseRecord


class Employer(Record, Base):
    """An employer or host one organisation works with."""

    __tablename__ = "employer"
    __table_args__ = (
        Index(
            "uq_employer_name_key",
            "organisation_id",
            "name_key",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        {"comment": "Employers and hosts an organisation works with"},
    )

    organisation_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("organisation.id"), comment="Who works with them"
    )
    name: Mapped[str] = mapped_column(String(160), comment="As people say it")
    name_key: Mapped[str] = mapped_column(
        String(200), comment="The name for finding and for telling twins: small letters, single spaces"
    )
    sector: Mapped[str | None] = mapped_column(String(40), comment="Code list sector")
    town: Mapped[str | None] = mapped_column(String(80), comment="Where")
    contact_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Whom to speak to and how, sealed", info={"personal": "contact"}
    )
    good_to_know: Mapped[str | None] = mapped_column(
        String(600), comment="What helps an applicant: adjustments, hours, buses"
    )

    contact = SealedText("contact_sealed")
    vacancies: Mapped[list["Vacancy"]] = relationship(back_populates="employer", order_by="Vacancy.closes_on")


class Vacancy(Record, Base):
    """A job, placement or apprenticeship somebody could apply for."""

    __tablename__ = "vacancy"
    __table_args__ = (
        CheckConstraint("places >= 1", name="at_least_one_place"),
        CheckConstraint("weekly_minutes IS NULL OR weekly_minutes BETWEEN 0 AND 10080", name="week_range"),
        CheckConstraint("(pay_pence IS NULL) = (pay_period IS NULL)", name="pay_has_period"),
        Index("ix_vacancy_employer_id", "employer_id"),
        Index("ix_vacancy_closes_on", "closes_on"),
        {"comment": "Vacancies and placements on offer"},
    )

    employer_id: Mapped[UUID] = mapped_column(Key, ForeignKey("employer.id"), comment="Whose")
    title: Mapped[str] = mapped_column(String(120), comment="What they would do")
    kind: Mapped[str] = mapped_column(String(40), comment="Code list progression_kind it would lead to")
    closes_on: Mapped[date | None] = mapped_column(comment="Last day to apply; empty: open until filled")
    filled_on: Mapped[date | None] = mapped_column(comment="When it was filled or taken down")
    places: Mapped[int] = mapped_column(default=1, comment="How many people")
    weekly_minutes: Mapped[int | None] = mapped_column(comment="Usual week, in minutes; empty: not said")
    pay_pence: Mapped[int | None] = mapped_column(
        BigInteger, comment="Pay before tax, in pence, a pay period"
    )
    pay_period: Mapped[str | None] = mapped_column(String(10), comment="hour, week, month or year")
    words: Mapped[str | None] = mapped_column(String(1000), comment="What it asks for")

    employer: Mapped[Employer] = relationship(back_populates="vacancies")


class Application(CaseRecord, Base):
    """Somebody going for a vacancy, ours or one they found themselves."""

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint("(vacancy_id IS NOT NULL) OR (employer_words IS NOT NULL)", name="vacancy_or_words"),
        Index("ix_application_enrolment_id", "enrolment_id"),
        Index("ix_application_vacancy_id", "vacancy_id"),
        {"comment": "Applications for work, by person"},
    )

    vacancy_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("vacancy.id"), comment="Which of ours; empty: one they found"
    )
    employer_words: Mapped[str | None] = mapped_column(
        String(160), comment="Employer, where it is not one of ours", info={"personal": "employment"}
    )
    job_title: Mapped[str | None] = mapped_column(
        String(120), comment="What they would do", info={"personal": "employment"}
    )
    stage: Mapped[str] = mapped_column(String(20), comment="Code list application_stage, as it is now")
    stage_on: Mapped[date] = mapped_column(comment="Since when")

    vacancy: Mapped[Vacancy | None] = relationship(foreign_keys=[vacancy_id])
    stages: Mapped[list["ApplicationStage"]] = relationship(
        back_populates="application", order_by="ApplicationStage.reached_on"
    )


class ApplicationStage(CaseRecord, Base):
    """A stage an application reached, kept when it moved on; voided when it was a slip."""

    __tablename__ = "application_stage"
    __table_args__ = (
        Index("ix_application_stage_application_id", "application_id"),
        {"comment": "Stages an application went through"},
    )

    application_id: Mapped[UUID] = mapped_column(Key, ForeignKey("application.id"), comment="Which")
    stage: Mapped[str] = mapped_column(String(20), comment="Code list application_stage")
    reached_on: Mapped[date] = mapped_column(comment="When")

    application: Mapped[Application] = relationship(back_populates="stages")


class ProgressionEmployer(Keyed, Base):
    """Which of our employers a progression is with."""

    __tablename__ = "progression_employer"
    __table_args__ = (
        UniqueConstraint("progression_id"),
        Index("ix_progression_employer_employer_id", "employer_id"),
        {"comment": "Progressions with an employer we know"},
    )

    progression_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("progression.id"), comment="The step forward"
    )
    employer_id: Mapped[UUID] = mapped_column(Key, ForeignKey("employer.id"), comment="With whom")
