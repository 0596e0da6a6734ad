"""The living plan of an enrolment."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.queries import rules_of
from caseworker.enrolments.rules import DueKind
from caseworker.plans.models import Action, ActionPlan, Goal, GoalDeclined
from caseworker.plans.smart import Part, part_words


def plan_of(enrolment: Enrolment) -> ActionPlan | None:
    return db.session.scalar(
        select(ActionPlan).where(ActionPlan.enrolment_id == enrolment.id, ActionPlan.voided_at.is_(None))
    )


def get_plan(enrolment: Enrolment) -> ActionPlan:
    """Raises NotVisible while there is none."""
    plan = plan_of(enrolment)
    if plan is None:
        raise NotVisible
    return plan


def goals_of(plan: ActionPlan | None) -> list[Goal]:
    """Every goal with its actions, the soonest first."""
    if plan is None:
        return []
    return list(
        db.session.scalars(
            select(Goal)
            .where(Goal.plan_id == plan.id, Goal.voided_at.is_(None))
            .options(joinedload(Goal.actions.and_(Action.voided_at.is_(None))))
            .order_by(Goal.target_on, Goal.id)
        ).unique()
    )


def get_goal(enrolment: Enrolment, goal_id: UUID) -> Goal:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = db.session.scalar(
        select(Goal)
        .join(ActionPlan, ActionPlan.id == Goal.plan_id)
        .where(Goal.id == goal_id, ActionPlan.enrolment_id == enrolment.id, Goal.voided_at.is_(None))
        .options(joinedload(Goal.plan))
    )
    if found is None:
        raise NotVisible
    return found


def get_action(enrolment: Enrolment, action_id: UUID) -> Action:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = db.session.scalar(
        select(Action)
        .join(Goal, Goal.id == Action.goal_id)
        .join(ActionPlan, ActionPlan.id == Goal.plan_id)
        .where(
            Action.id == action_id,
            ActionPlan.enrolment_id == enrolment.id,
            Action.voided_at.is_(None),
            Goal.voided_at.is_(None),
        )
        .options(joinedload(Action.goal).joinedload(Goal.plan))
    )
    if found is None:
        raise NotVisible
    return found


def has_other_done(action: Action) -> bool:
    """Another action of the same goal is done."""
    return bool(
        db.session.scalar(
            select(Action.id)
            .where(
                Action.goal_id == action.goal_id,
                Action.id != action.id,
                Action.done_on.is_not(None),
                Action.voided_at.is_(None),
            )
            .limit(1)
        )
    )


def declines_of(enrolment: Enrolment) -> dict[str, GoalDeclined]:
    """Themes they chose to set no goal for."""
    rows = db.session.scalars(
        select(GoalDeclined).where(
            GoalDeclined.enrolment_id == enrolment.id, GoalDeclined.voided_at.is_(None)
        )
    )
    return {row.theme: row for row in rows}


def get_decline(enrolment: Enrolment, decline_id: UUID) -> GoalDeclined:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = db.session.scalar(
        select(GoalDeclined).where(
            GoalDeclined.id == decline_id,
            GoalDeclined.enrolment_id == enrolment.id,
            GoalDeclined.voided_at.is_(None),
        )
    )
    if found is None:
        raise NotVisible
    return found


def plan_dues(enrolment: Enrolment) -> dict[str, DueItem]:
    """By when the plan must be agreed and looked at again, by DueKind."""
    rows = db.session.scalars(
        select(DueItem).where(
            DueItem.enrolment_id == enrolment.id, DueItem.kind.in_((DueKind.PLAN, DueKind.REVIEW))
        )
    )
    return {row.kind: row for row in rows}


def words_of_parts(enrolment: Enrolment, on: date) -> dict[Part, str]:
    """What the programme calls the five parts of a goal."""
    rules = [
        rule
        for rule in rules_of(enrolment.programme_id, "plan_words")
        if rule.from_on <= on <= (rule.until_on or date.max)
    ]
    return part_words(rules[-1].settings if rules else {})
