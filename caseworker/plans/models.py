"""The action plan: goals in the participant's own words, each with its actions."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, String, text
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

    words = SealedText("words_sealed")
    measure = SealedText("measure_sealed")
    support = SealedText("support_sealed")
    plan: Mapped[ActionPlan] = relationship(back_populates="goals")
    actions: Mapped[list["Action"]] = relationship(back_populates="goal", order_by="Action.due_on")

    @property
    def participant_id(self) -> UUID:
        return self.plan.enrolment.participant_id


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
