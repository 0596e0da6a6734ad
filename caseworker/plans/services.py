"""Writing the plan: goals, their actions, agreement and review. What is due follows by itself."""

from datetime import date, datetime

from caseworker.accounts.models import User
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import settle_plan_dues
from caseworker.plans.models import Action, ActionPlan, Goal, GoalDeclined
from caseworker.plans.queries import has_other_done, plan_of
from caseworker.plans.rules import (
    DONE,
    DROPPED,
    IN_PROGRESS,
    NOT_STARTED,
    OPEN,
    ActionDetails,
    GoalDetails,
    target_day,
)

CLOSED = "This goal is closed. Open it again first"


def add_goal(
    enrolment: Enrolment,
    details: GoalDetails,
    first_action: ActionDetails | None,
    *,
    recorded_by: User,
    today: date,
) -> Goal:
    """Add a goal, with its first action if there is one; the first goal makes the plan.

    Raises RuleBroken for a target day past or outside its horizon.
    """
    target_on = target_day(details.horizon, details.target_on, today)
    goal = Goal(
        plan=_living_plan(enrolment, recorded_by, today),
        words=details.words,
        horizon=details.horizon,
        target_on=target_on,
        measure=details.measure,
        confidence=details.confidence,
        support=details.support,
        theme=details.theme,
        state=NOT_STARTED,
        entered_by_id=recorded_by.id,
    )
    db.session.add(goal)
    if first_action is not None:
        add_action(goal, first_action, recorded_by=recorded_by)
    return goal


def _living_plan(enrolment: Enrolment, by: User, today: date) -> ActionPlan:
    plan = plan_of(enrolment)
    if plan is None:
        plan = ActionPlan(enrolment=enrolment, started_on=today, entered_by_id=by.id)
        met = RuleBroken("Somebody began this plan at the same moment. Save again to add this goal to it")
        with refused_as(uq_action_plan_one=met):
            db.session.add(plan)
        _settle(plan)
    return plan


def _settle(plan: ActionPlan) -> None:
    db.session.flush()
    settle_plan_dues(plan.enrolment, plan.id, plan.agreed_on, plan.reviewed_on)


def change_goal(goal: Goal, details: GoalDetails, *, today: date) -> None:
    """Change what a goal says. Its day is checked only when it, or the horizon, is another one.

    Raises RuleBroken as `add_goal`, counting from today.
    """
    if (details.horizon, details.target_on) != (goal.horizon, goal.target_on):
        goal.target_on = target_day(details.horizon, details.target_on, today)
    goal.words, goal.horizon, goal.measure = details.words, details.horizon, details.measure
    goal.confidence, goal.support, goal.theme = details.confidence, details.support, details.theme


def complete_goal(goal: Goal, *, closed_on: date, today: date) -> None:
    """They did it. Raises RuleBroken for a closed goal, a day ahead, or one before the plan began."""
    _close(goal, DONE, closed_on, today)


def drop_goal(goal: Goal, *, reason: str, closed_on: date, today: date) -> None:
    """It no longer matters: `reason` of goal_drop_reason. Raises RuleBroken as `complete_goal`."""
    _close(goal, DROPPED, closed_on, today)
    goal.drop_reason = reason


def _close(goal: Goal, state: str, closed_on: date, today: date) -> None:
    if goal.state not in OPEN:
        raise RuleBroken("This goal is closed already")
    if closed_on > today:
        raise RuleBroken("The day must be today or earlier", "closed_on")
    if closed_on < goal.plan.enrolment.referred_on:
        raise RuleBroken("The day must be on or after the day they were referred", "closed_on")
    goal.state, goal.closed_on = state, closed_on


def reopen_goal(goal: Goal) -> None:
    """Undo: a closed goal is open again, begun or not as its actions say."""
    if goal.state in OPEN:
        raise RuleBroken("This goal is open already")
    begun = any(action.done_on and not action.voided_at for action in goal.actions)
    goal.state, goal.closed_on, goal.drop_reason = IN_PROGRESS if begun else NOT_STARTED, None, None


def take_back_goal(goal: Goal, *, by: User, now: datetime) -> None:
    """Undo of adding a goal, with the actions it has. Raises RuleBroken as `take_back`."""
    take_back(goal, by.id, now)
    for action in goal.actions:
        if action.voided_at is None:
            take_back(action, by.id, now)


def add_action(goal: Goal, details: ActionDetails, *, recorded_by: User) -> Action:
    """Add a step towards a goal. Raises RuleBroken when the goal is closed."""
    if goal.closed_on is not None:
        raise RuleBroken(CLOSED)
    action = Action(
        goal=goal,
        words=details.words,
        owner=details.owner,
        due_on=details.due_on,
        state=NOT_STARTED,
        entered_by_id=recorded_by.id,
    )
    db.session.add(action)
    return action


def change_action(action: Action, details: ActionDetails) -> None:
    action.words, action.owner, action.due_on = details.words, details.owner, details.due_on


def finish_action(action: Action, *, today: date) -> None:
    """Tick it: done today, and its goal has begun. Raises RuleBroken when it is done already."""
    if action.done_on is not None:
        raise RuleBroken("This action is done already")
    action.state, action.done_on = DONE, today
    if action.goal.state == NOT_STARTED:
        action.goal.state = IN_PROGRESS


def reopen_action(action: Action) -> None:
    """Undo of a tick; a goal that this alone had begun has not begun. Raises RuleBroken when not done."""
    if action.done_on is None:
        raise RuleBroken("This action is not done yet")
    action.state, action.done_on = NOT_STARTED, None
    if action.goal.state == IN_PROGRESS and not has_other_done(action):
        action.goal.state = NOT_STARTED


def take_back_action(action: Action, *, by: User, now: datetime) -> None:
    """Undo of adding an action. Raises RuleBroken as `take_back`."""
    take_back(action, by.id, now)


def agree_plan(plan: ActionPlan, *, how: str, agreed_on: date, today: date) -> None:
    """They agreed to it: `how` of agreed_how. A plan agreed on paper before it was typed in began that day.

    Raises RuleBroken for a day ahead, before they were referred, or after a review.
    """
    if agreed_on > today:
        raise RuleBroken("The day must be today or earlier", "agreed_on")
    if agreed_on < plan.enrolment.referred_on:
        raise RuleBroken("The day must be on or after the day they were referred", "agreed_on")
    if plan.reviewed_on is not None and agreed_on > plan.reviewed_on:
        raise RuleBroken("The plan was reviewed before that day. Check the day", "agreed_on")
    plan.started_on = min(plan.started_on, agreed_on)
    plan.agreed_on, plan.agreed_how = agreed_on, how
    _settle(plan)


def review_plan(plan: ActionPlan, *, reviewed_on: date, today: date) -> None:
    """It was looked at together. Raises RuleBroken before it is agreed, or for a day ahead or before that."""
    if plan.agreed_on is None:
        raise RuleBroken("Agree the plan first, then review it")
    if reviewed_on > today:
        raise RuleBroken("The day must be today or earlier", "reviewed_on")
    if reviewed_on < plan.agreed_on:
        raise RuleBroken("The day must be on or after the day the plan was agreed", "reviewed_on")
    plan.reviewed_on = reviewed_on
    _settle(plan)


def decline_goal(enrolment: Enrolment, theme: str, *, recorded_by: User, today: date) -> GoalDeclined:
    """They chose to set no goal for a barrier. Raises RuleBroken when that is recorded already."""
    row = GoalDeclined(enrolment=enrolment, theme=theme, declined_on=today, entered_by_id=recorded_by.id)
    with refused_as(uq_goal_declined_one=RuleBroken("That is recorded already")):
        db.session.add(row)
    return row


def change_mind(decline: GoalDeclined, *, by: User, now: datetime) -> None:
    """They want a goal after all; when they did not is kept."""
    decline.voided_at, decline.voided_by_id, decline.void_reason = now, by.id, "changed_mind"
