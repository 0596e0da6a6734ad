"""Organisations, their programmes, and what each programme promised, spent and plays by."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.types import Key


class Organisation(Record, Base):
    """A controller of personal data, in the one tree of this installation."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("code"), {"comment": "Controllers, in one tree"})

    code: Mapped[str] = mapped_column(String(60), comment="Stable name in addresses and commands, [a-z0-9-]+")
    name: Mapped[str] = mapped_column(String(120), comment="As people say it")
    parent_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("organisation.id"), index=True, comment="The organisation above; empty at the top"
    )
    parent: Mapped["Organisation | None"] = relationship(
        remote_side="Organisation.id", foreign_keys=[parent_id]
    )
    programmes: Mapped[list["Programme"]] = relationship(
        back_populates="organisation", order_by="Programme.name"
    )


class Programme(Record, Base):
    __tablename__ = "programme"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        {"comment": "Funded programmes"},
    )

    organisation_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("organisation.id"), index=True, comment="Controller of its records"
    )
    code: Mapped[str] = mapped_column(String(60), comment="Stable name in addresses and commands, [a-z0-9-]+")
    name: Mapped[str] = mapped_column(String(120), comment="As people say it")
    summary: Mapped[str] = mapped_column(String(600), default="", comment="What it does, for whom")
    funder: Mapped[str] = mapped_column(String(120), default="", comment="Who pays")
    starts_on: Mapped[date] = mapped_column(comment="First day")
    ends_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it runs")
    report_on: Mapped[date | None] = mapped_column(
        comment="Date its figures are stated as at; empty: the day one looks"
    )
    outcome_map: Mapped[str] = mapped_column(
        String(60), default="employability", comment="Outcome map its value is read from"
    )

    organisation: Mapped[Organisation] = relationship(back_populates="programmes", lazy="joined")
    cohorts: Mapped[list["Cohort"]] = relationship(back_populates="programme", order_by="Cohort.starts_on")


class Cohort(Record, Base):
    __tablename__ = "cohort"
    __table_args__ = (UniqueConstraint("programme_id", "name"), {"comment": "Groups that start together"})

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="Its programme")
    name: Mapped[str] = mapped_column(String(80), comment="As people say it")
    starts_on: Mapped[date] = mapped_column(comment="First day of starts")
    ends_on: Mapped[date] = mapped_column(comment="Last day of starts")

    programme: Mapped[Programme] = relationship(back_populates="cohorts")


class ProgrammeRule(Record, Base):
    """A dated rule of one programme; its kinds are those of ruling/kinds.py.

    `settings` is read by the pure rule of its kind; an edition is never edited, the next one replaces it.
    """

    __tablename__ = "programme_rule"
    __table_args__ = (
        Index(
            "uq_programme_rule_one",
            "programme_id",
            "kind",
            "code",
            "from_on",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        {"comment": "Outcome, review and sustainment rules as dated data"},
    )

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="Whose rule")
    kind: Mapped[str] = mapped_column(String(30), comment="review_clock, into_work, sustained")
    code: Mapped[str] = mapped_column(String(40), comment="Name of the rule, such as sustained_26_weeks")
    label: Mapped[str] = mapped_column(String(120), comment="As people and reports say it")
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, comment="Thresholds and windows of the rule")
    source: Mapped[str] = mapped_column(String(300), comment="Where the rule comes from, with its doubts")
    from_on: Mapped[date] = mapped_column(comment="First day it holds")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it holds")


class Target(Record, Base):
    """What was promised for a period, and, for measures counted by hand, what was done."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("programme_id", "measure", "from_on"),
        CheckConstraint("until_on >= from_on", name="dates_in_order"),
        {"comment": "Targets of a programme by measure and period"},
    )

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="Whose target")
    measure: Mapped[str] = mapped_column(String(40), comment="Code of the measure: NT1, into_work ...")
    framework: Mapped[str] = mapped_column(String(20), comment="toms, or own")
    label: Mapped[str] = mapped_column(String(160), comment="Our own short words for the measure")
    unit: Mapped[str] = mapped_column(String(60), comment="people FTE, hours, weeks ...")
    from_on: Mapped[date] = mapped_column(comment="First day of the period")
    until_on: Mapped[date] = mapped_column(comment="Last day of the period")
    target_hundredths: Mapped[int] = mapped_column(BigInteger, comment="Target, in hundredths of the unit")
    actual_hundredths: Mapped[int | None] = mapped_column(
        BigInteger, comment="Counted by hand, in hundredths of the unit; empty when read from records"
    )
    counted_how: Mapped[str] = mapped_column(String(300), comment="Where the actual comes from, with doubts")


class Investment(Record, Base):
    __tablename__ = "investment"
    __table_args__ = (
        CheckConstraint("amount_pence >= 0", name="not_negative"),
        Index("ix_investment_programme_id_spent_on", "programme_id", "spent_on"),
        {"comment": "What was put in, from every funder, in cash or in kind"},
    )

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="What it paid for")
    spent_on: Mapped[date] = mapped_column(comment="When; its year sets the discounting")
    amount_pence: Mapped[int] = mapped_column(BigInteger, comment="Amount in pence")
    in_kind: Mapped[bool] = mapped_column(default=False, comment="Given as time, rooms or goods")
    from_whom: Mapped[str] = mapped_column(String(120), comment="Who gave it")
    what_for: Mapped[str] = mapped_column(String(200), comment="What it paid for")
    internal: Mapped[bool] = mapped_column(
        default=False, comment="Paid by another organisation of the tree: left out of a roll-up"
    )


class PublishedFigure(Record, Base):
    """A figure somebody published about a programme like this, shown beside ours and never used."""

    __tablename__ = "published_figure"
    __table_args__ = (
        UniqueConstraint("organisation_id", "measure", "programme_id"),
        {"comment": "Published figures that cannot be recomputed"},
    )

    organisation_id: Mapped[UUID] = mapped_column(Key, ForeignKey("organisation.id"), comment="Shown here")
    programme_id: Mapped[UUID | None] = mapped_column(Key, ForeignKey("programme.id"), comment="Or here")
    measure: Mapped[str] = mapped_column(String(60), comment="social_value, ratio, inputs ...")
    words: Mapped[str] = mapped_column(String(200), comment="The figure as people read it")
    source: Mapped[str] = mapped_column(String(300), comment="Who published it, when, and why not ours")
