"""What is still open when somebody leaves, and what one should know of an exit."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from caseworker.appointments.models import Appointment, Task
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.leaving.models import Exit
from caseworker.plans.models import Action, ActionPlan, Goal
from caseworker.plans.rules import OPEN
from caseworker.wellbeing.models import WellbeingAssessment

LAST_STAGE = "exit"


@dataclass(frozen=True)
class StillOpen:
    """What an exit closes."""

    goals: list[Goal]
    actions: list[Action]
    appointments: list[Appointment]
    tasks: list[Task]

    def __bool__(self) -> bool:
        return bool(self.goals or self.actions or self.appointments or self.tasks)


def still_open(enrolment: Enrolment, now: datetime) -> StillOpen:
    """Open goals and actions, appointments still to come, open tasks; what is past stays to be written up."""
    plans = select(ActionPlan.id).where(
        ActionPlan.enrolment_id == enrolment.id, ActionPlan.voided_at.is_(None)
    )
    goals = (
        db.session.scalars(
            select(Goal)
            .where(Goal.plan_id.in_(plans), Goal.voided_at.is_(None))
            .options(joinedload(Goal.plan), joinedload(Goal.actions.and_(Action.voided_at.is_(None))))
            .order_by(Goal.target_on, Goal.id)
        )
        .unique()
        .all()
    )
    appointments = db.session.scalars(
        select(Appointment)
        .where(
            Appointment.enrolment_id == enrolment.id,
            Appointment.voided_at.is_(None),
            Appointment.result.is_(None),
            Appointment.starts_at > now,
        )
        .options(joinedload(Appointment.colleague))
        .order_by(Appointment.starts_at, Appointment.id)
    )
    tasks = db.session.scalars(
        select(Task)
        .where(Task.enrolment_id == enrolment.id, Task.voided_at.is_(None), Task.done_on.is_(None))
        .options(joinedload(Task.user))
        .order_by(Task.due_on, Task.id)
    )
    return StillOpen(
        [goal for goal in goals if goal.state in OPEN],
        [action for goal in goals for action in goal.actions if action.state in OPEN],
        list(appointments),
        list(tasks),
    )


def has_last_wellbeing(enrolment: Enrolment) -> bool:
    """Somebody asked how they are at the end."""
    row = exists().where(
        WellbeingAssessment.enrolment_id == enrolment.id,
        WellbeingAssessment.stage == LAST_STAGE,
        WellbeingAssessment.voided_at.is_(None),
    )
    return bool(db.session.scalar(select(row)))


def exit_of(enrolment: Enrolment) -> Exit | None:
    """The exit as it was recorded; None for one that came from a file."""
    return db.session.scalar(
        select(Exit)
        .where(Exit.enrolment_id == enrolment.id, Exit.voided_at.is_(None))
        .options(selectinload(Exit.closed))
    )
