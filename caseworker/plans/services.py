"""Writing the plan: goals, their actions, agreement and review. What is due follows by itself."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

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
    hundredths,
    target_day,
)
from caseworker.plans.versions import note_changes

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
        state=NOT_STARTED,
        target_on=target_on,
        entered_by_id=recorded_by.id,
        **_parts(details),
    )
    db.session.add(goal)
    if first_action is not None:
        add_action(goal, first_action, recorded_by=recorded_by)
    else:
        note_changes(goal.plan)
    return goal


def _parts(details: GoalDetails) -> dict[str, Any]:
    """What a goal says, but for its day, as its columns hold it."""
    return {
        "words": details.words,
        "horizon": details.horizon,
        "measure": details.measure,
        "confidence": details.confidence,
        "support": details.support,
        "theme": details.theme,
        "measure_from_hundredths": hundredths(details.measure_from),
        "measure_to_hundredths": hundredths(details.measure_to),
        "measure_unit": details.measure_unit,
    }


def _living_plan(enrolment: Enrolment, by: User, today: date) -> ActionPlan:
    plan = plan_of(enrolment)
    if plan is None:
        plan = ActionPlan(enrolment=enrolment, started_on=today, entered_by_id=by.id)
        met = RuleBroken("Somebody began this plan at the same moment. Save again to add this goal to it")
        with refused_as(uq_action_plan_one=met):
            db.session.add(plan)
        settle_plan(plan)
    return plan


def settle_plan(plan: ActionPlan) -> None:
    db.session.flush()
    settle_plan_dues(plan.enrolment, plan.id, plan.agreed_on, plan.reviewed_on)


def change_goal(goal: Goal, details: GoalDetails, *, today: date) -> None:
    """Change what a goal says. Its day is checked only when it, or the horizon, is another one.

    Raises RuleBroken as `add_goal`, counting from today.
    """
    if (details.horizon, details.target_on) != (goal.horizon, goal.target_on):
        goal.target_on = target_day(details.horizon, details.target_on, today)
    for name, value in _parts(details).items():
        setattr(goal, name, value)
    note_changes(goal.plan)


def complete_goal(
    goal: Goal, *, closed_on: date, today: date, outcome: str | None = None, evidence: str | None = None
) -> None:
    """They did it: what came of it, and how we know (a code of evidence_level).

    Raises RuleBroken for a closed goal, a day ahead, or one before they were referred.
    """
    _close(goal, DONE, closed_on, today)
    goal.outcome, goal.outcome_evidence = outcome, evidence


def drop_goal(goal: Goal, *, reason: str, closed_on: date, today: date) -> None:
    """It no longer matters: `reason` of goal_drop_reason. Raises RuleBroken as `complete_goal`."""
    _close(goal, DROPPED, closed_on, today)
    goal.drop_reason = reason
    note_changes(goal.plan)


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
    goal.outcome, goal.outcome_evidence = None, None
    note_changes(goal.plan)


def take_back_goal(goal: Goal, *, by: User, now: datetime) -> None:
    """Undo of adding a goal, with the actions it has. Raises RuleBroken as `take_back`."""
    take_back(goal, by.id, now)
    for action in goal.actions:
        if action.voided_at is None:
            take_back(action, by.id, now)
    note_changes(goal.plan)


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
    note_changes(goal.plan)
    return action


def change_action(action: Action, details: ActionDetails) -> None:
    action.words, action.owner, action.due_on = details.words, details.owner, details.due_on
    note_changes(action.goal.plan)


def finish_action(action: Action, *, today: date) -> None:
    """Tick it: done today, and its goal has begun. Raises RuleBroken when it is done or dropped already."""
    _still_open(action)
    action.state, action.done_on = DONE, today
    if action.goal.state == NOT_STARTED:
        action.goal.state = IN_PROGRESS


def _still_open(action: Action) -> None:
    if action.done_on is not None:
        raise RuleBroken("This action is done already")
    if action.state == DROPPED:
        raise RuleBroken("This action no longer matters. Open it again first")


def drop_action(action: Action, *, reason: str, today: date) -> None:
    """It no longer matters: `reason` of action_drop_reason. Raises RuleBroken when done or dropped."""
    _still_open(action)
    action.state, action.drop_reason, action.dropped_on = DROPPED, reason, today
    note_changes(action.goal.plan)


def reopen_action(action: Action) -> None:
    """Undo of a tick or of dropping it; a goal that this alone had begun has not begun.

    Raises RuleBroken when it is open.
    """
    if action.state not in (DONE, DROPPED):
        raise RuleBroken("This action is open already")
    action.state, action.done_on = NOT_STARTED, None
    action.drop_reason, action.dropped_on = None, None
    if action.goal.state == IN_PROGRESS and not has_other_done(action):
        action.goal.state = NOT_STARTED
    note_changes(action.goal.plan)


def take_back_action(action: Action, *, by: User, now: datetime) -> None:
    """Undo of adding an action. Raises RuleBroken as `take_back`."""
    take_back(action, by.id, now)
    note_changes(action.goal.plan)


def decline_goal(enrolment: Enrolment, theme: str, *, recorded_by: User, today: date) -> GoalDeclined:
    """They chose to set no goal for a barrier. Raises RuleBroken when that is recorded already."""
    row = GoalDeclined(enrolment=enrolment, theme=theme, declined_on=today, entered_by_id=recorded_by.id)
    with refused_as(uq_goal_declined_one=RuleBroken("That is recorded already")):
        db.session.add(row)
    return row


def change_mind(decline: GoalDeclined, *, by: User, now: datetime) -> None:
    """They want a goal after all; when they did not is kept."""
    decline.voided_at, decline.voided_by_id, decline.void_reason = now, by.id, "changed_mind"


def choose_printed(goals: Iterable[Goal], wanted: set[str]) -> None:
    """Tick in, or out again, goals that are left off paper otherwise; `wanted` holds keys as text."""
    for goal in goals:
        goal.printed = str(goal.id) in wanted
