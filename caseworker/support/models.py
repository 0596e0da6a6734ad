"""Help given in goods, money and hours, and the budgets it comes from."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.files import StoredFile
from caseworker.core.records import Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Key
from caseworker.enrolments.models import CaseRecord
from caseworker.programmes.models import Programme


class BudgetHead(Record, Base):
    """Money set aside for a kind of help, with its limits."""

    __tablename__ = "budget_head"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="dates_in_order"),
        CheckConstraint("limit_pence >= 0", name="limit_not_negative"),
        Index("ix_budget_head_programme_id", "programme_id", "from_on"),
        {"comment": "Budgets for help given, with their limits"},
    )

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="Whose budget")
    name: Mapped[str] = mapped_column(String(80), comment="As people say it")
    from_on: Mapped[date] = mapped_column(comment="First day")
    until_on: Mapped[date] = mapped_column(comment="Last day")
    limit_pence: Mapped[int] = mapped_column(BigInteger, comment="All of it, in pence")
    person_limit_pence: Mapped[int | None] = mapped_column(
        BigInteger, comment="Most for one person, in pence; empty: no limit"
    )
    approval_over_pence: Mapped[int | None] = mapped_column(
        BigInteger, comment="More than this at once needs a lead's yes, in pence; empty: never"
    )

    programme: Mapped[Programme] = relationship(foreign_keys=[programme_id])


class SupportGiven(CaseRecord, Base):
    """One piece of help: asked for, approved, given. £ or units, never both as one figure."""

    __tablename__ = "support_given"
    __table_args__ = (
        CheckConstraint("amount_pence IS NULL OR amount_pence >= 0", name="amount_not_negative"),
        CheckConstraint("units_hundredths IS NULL OR units_hundredths > 0", name="units_positive"),
        CheckConstraint("amount_pence IS NOT NULL OR units_hundredths IS NOT NULL", name="pounds_or_units"),
        CheckConstraint("(state = 'given') = (given_on IS NOT NULL)", name="given_has_day"),
        CheckConstraint("(state = 'refused') = (refusal_reason IS NOT NULL)", name="refusal_has_reason"),
        Index("ix_support_given_enrolment_id_asked_on", "enrolment_id", "asked_on"),
        Index("ix_support_given_budget_id_state", "budget_id", "state"),
        {"comment": "Help given in goods, money and hours"},
    )

    kind: Mapped[str] = mapped_column(
        String(30), comment="Code list support_kind", info={"personal": "barrier"}
    )
    state: Mapped[str] = mapped_column(String(20), comment="asked, approved, given or refused")
    asked_on: Mapped[date] = mapped_column(comment="When it was asked for or given")
    given_on: Mapped[date | None] = mapped_column(comment="When they had it")
    amount_pence: Mapped[int | None] = mapped_column(BigInteger, comment="Cost in pence; empty: no money")
    units_hundredths: Mapped[int | None] = mapped_column(
        comment="How much, in hundredths of the kind's unit; empty: counted in money"
    )
    theme: Mapped[str | None] = mapped_column(
        String(30), comment="Barrier theme it is for", info={"personal": "barrier"}
    )
    budget_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("budget_head.id"), comment="What pays for it; empty: none of our budgets"
    )
    decided_by_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("user.id"), comment="Lead who said yes or no"
    )
    decided_on: Mapped[date | None] = mapped_column(comment="When they said so")
    handed_out_by_id: Mapped[UUID | None] = mapped_column(
        Key, comment="The user who recorded that what was agreed to was given"
    )
    refusal_reason: Mapped[str | None] = mapped_column(String(40), comment="Code list support_refusal")
    receipt_file_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("stored_file.id"), comment="The receipt"
    )
    contact_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("contact.id"), comment="The contact it was given in"
    )
    note_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What for, sealed", info={"personal": "note"}
    )

    note = SealedText("note_sealed")
    budget: Mapped[BudgetHead | None] = relationship(foreign_keys=[budget_id])
    receipt: Mapped[StoredFile | None] = relationship(foreign_keys=[receipt_file_id])
