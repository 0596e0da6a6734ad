"""When a goal is for, and which serious barriers are left."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core.errors import RuleBroken
from caseworker.plans.rules import last_day, target_day, themes_left

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("horizon", "from_on", "last"),
    [
        ("short", date(2026, 11, 20), date(2027, 2, 20)),
        ("medium", date(2026, 11, 20), date(2027, 5, 20)),
        ("long", date(2026, 11, 20), date(2027, 11, 20)),
        ("short", date(2026, 11, 30), date(2027, 2, 28)),
        ("long", date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_horizon_ends_on_the_same_day_of_a_later_month(horizon: str, from_on: date, last: date) -> None:
    assert last_day(horizon, from_on) == last
    assert target_day(horizon, None, from_on) == last
    assert target_day(horizon, last, from_on) == last


@given(st.sampled_from(["short", "medium", "long"]), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_a_day_is_taken_exactly_from_today_to_the_last_of_its_horizon(horizon: str, day: date) -> None:
    if TODAY <= day <= last_day(horizon, TODAY):
        assert target_day(horizon, day, TODAY) == day
        return
    with pytest.raises(RuleBroken) as refused:
        target_day(horizon, day, TODAY)
    assert refused.value.field == "target_on"


def test_a_day_past_its_horizon_says_which_day_that_is() -> None:
    with pytest.raises(RuleBroken, match="3 months end on 20 February 2027"):
        target_day("short", date(2027, 2, 21), TODAY)


def goal(theme: str | None, state: str = "not_started") -> SimpleNamespace:
    return SimpleNamespace(theme=theme, state=state)


def test_a_serious_barrier_is_left_until_a_goal_serves_it_or_they_said_no() -> None:
    assert themes_left(["money", "health"], [goal(None), goal("skills")], []) == ["money", "health"]
    assert themes_left(["money", "health"], [goal("money")], ["health"]) == []


def test_a_reached_goal_serves_and_a_dropped_one_does_not() -> None:
    assert themes_left(["money"], [goal("money", "done")], []) == []
    assert themes_left(["money"], [goal("money", "no_longer_relevant")], []) == ["money"]
