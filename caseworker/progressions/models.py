"""Steps forward: jobs, learning, volunteering, and whether they lasted."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.files import StoredFile
from caseworker.core.records import Keyed
from caseworker.core.types import Key
from caseworker.enrolments.models import CaseRecord, Enrolment


class Progression(CaseRecord, Base):
    __tablename__ = "progression"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="dates_in_order"),
        CheckConstraint("weekly_minutes IS NULL OR weekly_minutes BETWEEN 0 AND 10080", name="week_range"),
        CheckConstraint("pay_pence IS NULL OR pay_pence >= 0", name="pay_not_negative"),
        CheckConstraint("(pay_pence IS NULL) = (pay_period IS NULL)", name="pay_has_period"),
        Index("ix_progression_enrolment_id_started_on", "enrolment_id", "started_on"),
        {"comment": "Steps forward, each from a day to a day"},
    )

    kind: Mapped[str] = mapped_column(String(40), comment="Code list progression_kind")
    started_on: Mapped[date] = mapped_column(comment="First day")
    ended_on: Mapped[date | None] = mapped_column(comment="Last day; empty: as far as we know, still there")
    end_reason: Mapped[str | None] = mapped_column(String(40), comment="Why it ended")
    weekly_minutes: Mapped[int | None] = mapped_column(comment="Usual week, in minutes; empty: not known")
    pay_pence: Mapped[int | None] = mapped_column(
        BigInteger, comment="Pay before tax, in pence, a pay period", info={"personal": "pay"}
    )
    pay_period: Mapped[str | None] = mapped_column(String(10), comment="hour, week, month or year")
    employer: Mapped[str | None] = mapped_column(
        String(160), comment="Employer, college or host", info={"personal": "employment"}
    )
    job_title: Mapped[str | None] = mapped_column(
        String(120), comment="What they do there", info={"personal": "employment"}
    )
    contract: Mapped[str | None] = mapped_column(String(30), comment="Code list contract_type")
    sector: Mapped[str | None] = mapped_column(String(40), comment="Code list sector")
    priority_sector: Mapped[bool | None] = mapped_column(comment="A priority sector; empty: not said")
    green: Mapped[bool | None] = mapped_column(comment="A green job or course; empty: not said")
    planned_until_on: Mapped[date | None] = mapped_column(comment="Last day as agreed, of a placement")
    evidence_level: Mapped[str] = mapped_column(String(30), comment="Code list evidence_level")
    evidence_file_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("stored_file.id"), comment="The document seen"
    )

    evidence_file: Mapped[StoredFile | None] = relationship(foreign_keys=[evidence_file_id])
    checks: Mapped[list["SustainmentCheck"]] = relationship(
        back_populates="progression", order_by="SustainmentCheck.checked_on"
    )
    terms: Mapped[list["ProgressionTerms"]] = relationship(order_by="ProgressionTerms.from_on")
    breaks: Mapped[list["WorkBreak"]] = relationship(order_by="WorkBreak.from_on")
    proofs: Mapped[list["ProgressionEvidence"]] = relationship(
        order_by="ProgressionEvidence.seen_on, ProgressionEvidence.id"
    )

    @property
    def now(self) -> "Progression | ProgressionTerms":
        """What holds hours, pay and contract as they are after every change."""
        changed = [each for each in self.terms if each.voided_at is None]
        return max(changed, key=lambda each: each.from_on) if changed else self


class SustainmentCheck(CaseRecord, Base):
    """Asked on a day whether somebody is still there. Unknown is an answer and is never a no."""

    __tablename__ = "sustainment_check"
    __table_args__ = (
        Index("ix_sustainment_check_progression_id", "progression_id"),
        Index("ix_sustainment_check_enrolment_id", "enrolment_id"),
        {"comment": "Checks that a step forward lasted"},
    )

    progression_id: Mapped[UUID] = mapped_column(Key, ForeignKey("progression.id"), comment="Which step")
    checked_on: Mapped[date] = mapped_column(comment="Day the answer is about")
    result: Mapped[str] = mapped_column(String(20), comment="still_there, left or not_known")
    evidence_level: Mapped[str] = mapped_column(String(30), comment="Code list evidence_level")

    progression: Mapped[Progression] = relationship(back_populates="checks")


class OutcomeState(Keyed, Base):
    """What a rule found for an enrolment, as dates: reports compare them with `as at` and nothing else."""

    __tablename__ = "outcome_state"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "rule"),
        Index("ix_outcome_state_rule_achieved_on", "rule", "achieved_on"),
        {"comment": "Outcomes of an enrolment as stored dates"},
    )

    enrolment_id: Mapped[UUID] = mapped_column(Key, ForeignKey("enrolment.id"), comment="Whose outcome")
    rule: Mapped[str] = mapped_column(String(40), comment="Code of the programme's rule")
    achieved_on: Mapped[date | None] = mapped_column(comment="First day it was true; empty: not so far")
    matures_on: Mapped[date | None] = mapped_column(comment="First day the answer can be known")
    unknown_on: Mapped[date | None] = mapped_column(comment="Day a check found nobody could say")
    evidence_level: Mapped[str | None] = mapped_column(String(30), comment="Best evidence behind it")
    progression_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("progression.id"), comment="The step that achieved it"
    )

    enrolment: Mapped[Enrolment] = relationship()


class ProgressionTerms(CaseRecord, Base):
    """Hours, pay and contract from a day on. The progression's own are those of its first day."""

    __tablename__ = "progression_terms"
    __table_args__ = (
        CheckConstraint("weekly_minutes IS NULL OR weekly_minutes BETWEEN 0 AND 10080", name="week_range"),
        CheckConstraint("pay_pence IS NULL OR pay_pence >= 0", name="pay_not_negative"),
        CheckConstraint("(pay_pence IS NULL) = (pay_period IS NULL)", name="pay_has_period"),
        Index("ix_progression_terms_progression_id", "progression_id", "from_on"),
        {"comment": "Dated changes of hours, pay and contract"},
    )

    progression_id: Mapped[UUID] = mapped_column(Key, ForeignKey("progression.id"), comment="Which step")
    from_on: Mapped[date] = mapped_column(comment="From this day")
    weekly_minutes: Mapped[int | None] = mapped_column(comment="Usual week, in minutes; empty: not known")
    pay_pence: Mapped[int | None] = mapped_column(
        BigInteger, comment="Pay before tax, in pence, a pay period", info={"personal": "pay"}
    )
    pay_period: Mapped[str | None] = mapped_column(String(10), comment="hour, week, month or year")
    contract: Mapped[str | None] = mapped_column(String(30), comment="Code list contract_type")


class ProgressionEvidence(CaseRecord, Base):
    """Better evidence of a progression that came later: what was known before stays known."""

    __tablename__ = "progression_evidence"
    __table_args__ = (
        Index("ix_progression_evidence_progression_id", "progression_id"),
        {"comment": "Evidence of a progression, as it came in"},
    )

    progression_id: Mapped[UUID] = mapped_column(Key, ForeignKey("progression.id"), comment="Which step")
    seen_on: Mapped[date] = mapped_column(comment="When it was seen or said")
    evidence_level: Mapped[str] = mapped_column(String(30), comment="Code list evidence_level")
    level_before: Mapped[str] = mapped_column(String(30), comment="The level of the step as it was then")
    file_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("stored_file.id"), comment="The document; empty: somebody said so"
    )

    file: Mapped[StoredFile | None] = relationship(foreign_keys=[file_id])


class WorkBreak(CaseRecord, Base):
    """Days without work inside a progression that goes on: a quiet spell of self-employment, unpaid leave."""

    __tablename__ = "work_break"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        Index("ix_work_break_progression_id", "progression_id"),
        {"comment": "Breaks inside a job that goes on"},
    )

    progression_id: Mapped[UUID] = mapped_column(Key, ForeignKey("progression.id"), comment="Which step")
    from_on: Mapped[date] = mapped_column(comment="First day without work")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it lasts")


class ReadinessItem(CaseRecord, Base):
    """One thing somebody needs before work: ID, a bank account, a CV, an e-mail address."""

    __tablename__ = "readiness_item"
    __table_args__ = (
        Index("ix_readiness_item_enrolment_id", "enrolment_id", "item"),
        {"comment": "Ready for work, item by item, with its history"},
    )

    item: Mapped[str] = mapped_column(String(30), comment="Code list readiness_item")
    state: Mapped[str] = mapped_column(String(20), comment="have, getting, need, not_needed or declined")
    noted_on: Mapped[date] = mapped_column(comment="As it stood on this day")
