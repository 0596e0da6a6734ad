"""The action plan: goals in the participant's own words, each with its actions."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Key
from caseworker.enrolments.models import CaseRecord


class ActionPlan(CaseRecord, Base):
    __tablename__ = "action_plan"
    __table_args__ = (
        CheckConstraint("agreed_on IS NULL OR agreed_on >= started_on", name="dates_in_order"),
        Index(
            "uq_action_plan_one",
            "enrolment_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        {"comment": "One living plan of an enrolment"},
    )

    started_on: Mapped[date] = mapped_column(comment="When the first goal was written")
    agreed_on: Mapped[date | None] = mapped_column(comment="When the participant agreed to it")
    agreed_how: Mapped[str | None] = mapped_column(String(20), comment="signature, typed, paper, spoken")
    reviewed_on: Mapped[date | None] = mapped_column(comment="Last review together")
    unsigned_changes: Mapped[int | None] = mapped_column(
        SmallInteger, comment="How much changed since they last agreed; empty: nothing to compare with"
    )

    goals: Mapped[list["Goal"]] = relationship(back_populates="plan", order_by="Goal.target_on")


class Goal(Record, Base):
    """Five SMART parts; only the words and a date are required."""

    __tablename__ = "goal"
    __table_args__ = (
        CheckConstraint("confidence IS NULL OR confidence BETWEEN 1 AND 10", name="confidence_range"),
        CheckConstraint(
            "(closed_on IS NULL) = (state IN ('not_started', 'in_progress'))", name="closed_state"
        ),
        Index("ix_goal_plan_id_target_on", "plan_id", "target_on"),
        {"comment": "Goals of a plan"},
    )

    plan_id: Mapped[UUID] = mapped_column(Key, ForeignKey("action_plan.id"), comment="Its plan")
    words_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Specific: what, in their words, sealed", info={"personal": "note"}
    )
    horizon: Mapped[str] = mapped_column(String(10), comment="short, medium or long")
    target_on: Mapped[date] = mapped_column(comment="Time-bound: by when")
    measure_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Measurable: how one will know, sealed", info={"personal": "note"}
    )
    confidence: Mapped[int | None] = mapped_column(
        SmallInteger, comment="Achievable: 1 to 10, in their view", info={"personal": "note"}
    )
    support_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Achievable: what help it needs, sealed", info={"personal": "note"}
    )
    theme: Mapped[str | None] = mapped_column(
        String(30), comment="Relevant: barrier theme it serves", info={"personal": "barrier"}
    )
    state: Mapped[str] = mapped_column(String(20), default="not_started", comment="Code list goal_state")
    closed_on: Mapped[date | None] = mapped_column(comment="When it was done or dropped")
    drop_reason: Mapped[str | None] = mapped_column(String(40), comment="Coded reason it was dropped")
    measure_from_hundredths: Mapped[int | None] = mapped_column(
        comment="Measurable: where they start, in hundredths of the unit", info={"personal": "note"}
    )
    measure_to_hundredths: Mapped[int | None] = mapped_column(
        comment="Measurable: where they want to be, in hundredths of the unit", info={"personal": "note"}
    )
    measure_unit: Mapped[str | None] = mapped_column(
        String(40), comment="Measurable: hours, pounds, calls ...", info={"personal": "note"}
    )
    outcome_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What came of it, sealed", info={"personal": "note"}
    )
    outcome_evidence: Mapped[str | None] = mapped_column(
        String(30), comment="Code list evidence_level, of the outcome"
    )
    printed: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="Ticked to be printed although it serves safety, health or justice",
    )

    words = SealedText("words_sealed")
    measure = SealedText("measure_sealed")
    support = SealedText("support_sealed")
    outcome = SealedText("outcome_sealed")
    plan: Mapped[ActionPlan] = relationship(back_populates="goals")
    actions: Mapped[list["Action"]] = relationship(back_populates="goal", order_by="Action.due_on")

    @property
    def measure_from(self) -> Decimal | None:
        return _whole_and_parts(self.measure_from_hundredths)

    @property
    def measure_to(self) -> Decimal | None:
        return _whole_and_parts(self.measure_to_hundredths)

    @property
    def participant_id(self) -> UUID:
        return self.plan.enrolment.participant_id


def _whole_and_parts(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths) / 100


class Action(Record, Base):
    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("(done_on IS NULL) = (state <> 'done')", name="done_has_day"),
        Index("ix_action_goal_id_due_on", "goal_id", "due_on"),
        {"comment": "Steps towards a goal"},
    )

    goal_id: Mapped[UUID] = mapped_column(Key, ForeignKey("goal.id"), comment="Its goal")
    words_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, comment="What will be done, sealed", info={"personal": "note"}
    )
    owner: Mapped[str] = mapped_column(String(20), comment="Code list action_owner")
    due_on: Mapped[date] = mapped_column(comment="By when")
    state: Mapped[str] = mapped_column(String(20), default="not_started", comment="Code list action_state")
    done_on: Mapped[date | None] = mapped_column(comment="When it was done")
    drop_reason: Mapped[str | None] = mapped_column(
        String(40), comment="Coded reason it no longer matters, such as left_programme"
    )
    dropped_on: Mapped[date | None] = mapped_column(comment="When it stopped mattering")

    words = SealedText("words_sealed")
    goal: Mapped[Goal] = relationship(back_populates="actions")

    @property
    def participant_id(self) -> UUID:
        return self.goal.participant_id


class GoalDeclined(CaseRecord, Base):
    """A serious barrier without a goal, because they chose so. Voided when they change their mind."""

    __tablename__ = "goal_declined"
    __table_args__ = (
        Index(
            "uq_goal_declined_one",
            "enrolment_id",
            "theme",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        {"comment": "Barrier themes somebody chose to set no goal for"},
    )

    theme: Mapped[str] = mapped_column(
        String(30), comment="Code list barrier_theme", info={"personal": "barrier"}
    )
    declined_on: Mapped[date] = mapped_column(comment="When they said so")


class PlanVersion(CaseRecord, Base):
    """The plan as it was when it was agreed: what "changed since you signed" is counted from."""

    __tablename__ = "plan_version"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        Index("ix_plan_version_enrolment_id", "enrolment_id"),
        {"comment": "The plan as agreed, each time it was"},
    )

    plan_id: Mapped[UUID] = mapped_column(Key, ForeignKey("action_plan.id"), comment="Which plan")
    number: Mapped[int] = mapped_column(SmallInteger, comment="1 for the first agreement")
    agreed_on: Mapped[date] = mapped_column(comment="When they agreed to it")
    agreed_how: Mapped[str] = mapped_column(String(20), comment="Code list agreed_how")
    content_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Goals and actions as they were, sealed JSON", info={"personal": "note"}
    )
    before: Mapped[str] = mapped_column(
        String(200), comment="The plan's days before this agreement, JSON, for its undo"
    )
    signature_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Strokes drawn or name typed, sealed", info={"personal": "name"}
    )
    file_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("stored_file.id"), comment="The paper that was signed"
    )
    copy_given_on: Mapped[date | None] = mapped_column(comment="When they were given their copy")
    copy_how: Mapped[str | None] = mapped_column(String(20), comment="Code list copy_how")

    content = SealedText("content_sealed")
    signature = SealedText("signature_sealed")
    plan: Mapped[ActionPlan] = relationship(foreign_keys=[plan_id])
