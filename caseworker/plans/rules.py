"""What a goal may say and when a plan is whole. Pure: plain values in, plain values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from caseworker.core.calendar import add_months
from caseworker.core.codes import code
from caseworker.core.errors import RuleBroken
from caseworker.core.formatting import date_uk

OPEN = frozenset({"not_started", "in_progress"})
NOT_STARTED, IN_PROGRESS, DONE, DROPPED = "not_started", "in_progress", "done", "no_longer_relevant"


@dataclass(frozen=True)
class GoalDetails:
    """A goal in plain values: `horizon` of goal_horizon; `target_on` None is the horizon's last day;
    `confidence` 1-10; `theme` of barrier_theme; `measure_from` and `measure_to` in `measure_unit`."""

    words: str
    horizon: str
    target_on: date | None = None
    measure: str | None = None
    confidence: int | None = None
    support: str | None = None
    theme: str | None = None
    measure_from: Decimal | None = None
    measure_to: Decimal | None = None
    measure_unit: str | None = None


@dataclass(frozen=True)
class ActionDetails:
    """A step towards a goal: `owner` of action_owner."""

    words: str
    owner: str
    due_on: date


def hundredths(value: Decimal | None) -> int | None:
    """A measure as it is stored."""
    return None if value is None else int(value * 100)


def months_of(horizon: str) -> int:
    return code("goal_horizon", horizon).number("months") or 0


def last_day(horizon: str, counted_from: date) -> date:
    """The last day of a horizon."""
    return add_months(counted_from, months_of(horizon))


def target_day(horizon: str, target_on: date | None, counted_from: date) -> date:
    """The day a goal is for: the one given, or the horizon's last.

    Raises RuleBroken for a day before `counted_from` or past the horizon.
    """
    last = last_day(horizon, counted_from)
    if target_on is None:
        return last
    if target_on < counted_from:
        raise RuleBroken("The day must be today or later", "target_on")
    if target_on > last:
        months = months_of(horizon)
        raise RuleBroken(
            f"{months} months end on {date_uk(last)}. Choose an earlier day, or a longer time above",
            "target_on",
        )
    return target_on


def themes_left(serious: Iterable[str], goals: Iterable[Any], declined: Iterable[str]) -> list[str]:
    """Themes of serious barriers that have neither a goal that is open or reached, nor a recorded no.

    It is advice: nothing is refused because of it.
    """
    served = {goal.theme for goal in goals if goal.state != DROPPED} | set(declined)
    return [theme for theme in serious if theme not in served]


def is_held_back(goal: Any) -> bool:
    """It serves a theme that is left off paper unless ticked in: safety, health and the like."""
    return goal.theme is not None and not code("barrier_theme", goal.theme).flag("printed")


def may_print(goal: Any) -> bool:
    """Whether a goal may stand on paper that others could read."""
    return bool(goal.printed) or not is_held_back(goal)
