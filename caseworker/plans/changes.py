"""The plan as it was agreed, and what changed since. Pure: goals in, plain values out.

A snapshot is JSON of what both sides read: the words, the days, who does what. What got done since is
progress; only what was added, dropped or altered asks for a new agreement.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from caseworker.plans.rules import DONE, DROPPED, OPEN


@dataclass(frozen=True)
class ActionThen:
    """An action as it stood: `owner` of action_owner, `state` of action_state."""

    id: str
    words: str
    owner: str
    due_on: date
    state: str


@dataclass(frozen=True)
class GoalThen:
    """A goal as it stood: `state` of goal_state."""

    id: str
    words: str
    target_on: date
    state: str
    actions: tuple[ActionThen, ...]


class Change(StrEnum):
    GOAL_ADDED = "goal_added"
    GOAL_REACHED = "goal_reached"
    GOAL_DROPPED = "goal_dropped"
    GOAL_REOPENED = "goal_reopened"
    GOAL_REMOVED = "goal_removed"
    GOAL_REWORDED = "goal_reworded"
    GOAL_MOVED = "goal_moved"
    ACTION_ADDED = "action_added"
    ACTION_DONE = "action_done"
    ACTION_DROPPED = "action_dropped"
    ACTION_REOPENED = "action_reopened"
    ACTION_REMOVED = "action_removed"
    ACTION_REWORDED = "action_reworded"
    ACTION_MOVED = "action_moved"
    ACTION_HANDED = "action_handed"


PROGRESS = frozenset({Change.GOAL_REACHED, Change.ACTION_DONE})


@dataclass(frozen=True)
class Changed:
    """One thing that is not as it was: `words` of the goal or action now (or as it was, when gone);
    `before` and `after` a day, words or an owner, where the change is of one."""

    change: Change
    words: str
    before: date | str | None = None
    after: date | str | None = None

    @property
    def asks_agreement(self) -> bool:
        return self.change not in PROGRESS


def as_it_stands(goals: Iterable[Any]) -> tuple[GoalThen, ...]:
    """Goals and actions that were not taken back, as they stand now."""
    return tuple(
        GoalThen(
            id=str(goal.id),
            words=goal.words,
            target_on=goal.target_on,
            state=goal.state,
            actions=tuple(
                ActionThen(str(action.id), action.words, action.owner, action.due_on, action.state)
                for action in goal.actions
                if action.voided_at is None
            ),
        )
        for goal in goals
    )


def written(goals: Sequence[GoalThen]) -> str:
    """A snapshot as JSON."""
    return json.dumps([asdict(goal) for goal in goals], default=date.isoformat, ensure_ascii=False)


def read(content: str) -> tuple[GoalThen, ...]:
    """The goals of a snapshot."""
    return tuple(
        GoalThen(
            goal["id"],
            goal["words"],
            date.fromisoformat(goal["target_on"]),
            goal["state"],
            tuple(
                ActionThen(
                    action["id"],
                    action["words"],
                    action["owner"],
                    date.fromisoformat(action["due_on"]),
                    action["state"],
                )
                for action in goal["actions"]
            ),
        )
        for goal in json.loads(content)
    )


def changes_since(then: Sequence[GoalThen], now: Sequence[GoalThen]) -> list[Changed]:
    """What is not as it was, goal by goal in the order of now, what is gone at the end."""
    known = {goal.id: goal for goal in then}
    found: list[Changed] = []
    for goal in now:
        before = known.pop(goal.id, None)
        found += _of_goal(before, goal)
    for gone in known.values():
        if gone.state in OPEN:
            found.append(Changed(Change.GOAL_REMOVED, gone.words))
    return found


def _of_goal(before: GoalThen | None, goal: GoalThen) -> list[Changed]:
    if before is None:
        return [] if goal.state == DROPPED else [Changed(Change.GOAL_ADDED, goal.words, after=goal.target_on)]
    found: list[Changed] = []
    if goal.words != before.words:
        found.append(Changed(Change.GOAL_REWORDED, goal.words, before.words, goal.words))
    if goal.target_on != before.target_on:
        found.append(Changed(Change.GOAL_MOVED, goal.words, before.target_on, goal.target_on))
    if (goal.state in OPEN) != (before.state in OPEN) or {goal.state, before.state} == {DONE, DROPPED}:
        closed = {DONE: Change.GOAL_REACHED, DROPPED: Change.GOAL_DROPPED}
        found.append(Changed(closed.get(goal.state, Change.GOAL_REOPENED), goal.words))
    known = {action.id: action for action in before.actions}
    for action in goal.actions:
        found += _of_action(known.pop(action.id, None), action)
    gone = [action for action in known.values() if action.state in OPEN]
    return found + [Changed(Change.ACTION_REMOVED, action.words) for action in gone]


def _of_action(before: ActionThen | None, action: ActionThen) -> list[Changed]:
    if before is None:
        if action.state == DROPPED:
            return []
        return [Changed(Change.ACTION_ADDED, action.words, after=action.due_on)]
    found: list[Changed] = []
    if action.words != before.words:
        found.append(Changed(Change.ACTION_REWORDED, action.words, before.words, action.words))
    if action.due_on != before.due_on:
        found.append(Changed(Change.ACTION_MOVED, action.words, before.due_on, action.due_on))
    if action.owner != before.owner:
        found.append(Changed(Change.ACTION_HANDED, action.words, before.owner, action.owner))
    if action.state != before.state and not (action.state in OPEN and before.state in OPEN):
        closed = {DONE: Change.ACTION_DONE, DROPPED: Change.ACTION_DROPPED}
        found.append(Changed(closed.get(action.state, Change.ACTION_REOPENED), action.words))
    return found
