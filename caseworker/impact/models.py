"""A valuation as it was made: its frames, editions and result, never changed after."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.types import Key


class ValuationRun(Record, Base):
    """Frozen: enough to be computed again to the penny after the records have changed."""

    __tablename__ = "valuation_run"
    __table_args__ = (
        UniqueConstraint("reference"),
        CheckConstraint("(programme_id IS NULL) <> (organisation_id IS NULL)", name="one_subject"),
        CheckConstraint("until_on >= from_on", name="dates_in_order"),
        Index("ix_valuation_run_programme_id", "programme_id"),
        {"comment": "Stored valuations"},
    )

    reference: Mapped[str] = mapped_column(String(12), comment="VR- and characters, printed on the report")
    name: Mapped[str | None] = mapped_column(String(120), comment="Name somebody gave it")
    state: Mapped[str] = mapped_column(String(10), default="draft", comment="draft or signed")
    programme_id: Mapped[UUID | None] = mapped_column(Key, ForeignKey("programme.id"), comment="Of this")
    organisation_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("organisation.id"), comment="Or of this and all below it"
    )
    from_on: Mapped[date] = mapped_column(comment="First day of the period")
    until_on: Mapped[date] = mapped_column(comment="Last day of the period")
    as_at_on: Mapped[date] = mapped_column(comment="Facts dated up to this day count")
    seed: Mapped[int] = mapped_column(comment="Seed of the draws")
    draws: Mapped[int] = mapped_column(comment="Number of draws")
    map_edition: Mapped[str] = mapped_column(String(60), comment="Outcome map edition")
    bank_edition: Mapped[str] = mapped_column(String(60), comment="Proxy bank edition")
    code_version: Mapped[str] = mapped_column(String(40), comment="Versions of caseworker and numpy")
    frames: Mapped[dict[str, Any]] = mapped_column(JSON, comment="Quantities and investment, without people")
    result: Mapped[dict[str, Any]] = mapped_column(JSON, comment="Every figure as printed")
