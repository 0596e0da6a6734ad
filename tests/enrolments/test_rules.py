"""When something is due, on dates alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.enrolments.rules import (
    Spell,
    Standing,
    clock_on,
    contact_due,
    plan_due,
    review_due,
    standing,
    window,
)

TODAY = date(2026, 11, 20)
ONE = UUID(int=1)
PLAN = UUID(int=2)
NOT_DONE = (Standing.OVERDUE, Standing.TODAY, Standing.COMING, Standing.LATER)


@dataclass
class Rule:
    code: str = "clock"
    from_on: date = date(2020, 1, 1)
    until_on: date | None = None
    settings: Any = None

    def __post_init__(self) -> None:
        self.settings = self.settings or {"contact_days": 28, "plan_working_days": 10, "review_days": 28}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-400, Standing.OVERDUE),
        (-1, Standing.OVERDUE),
        (0, Standing.TODAY),
        (1, Standing.COMING),
        (7, Standing.COMING),
        (8, Standing.LATER),
    ],
)
def test_a_due_day_stands_by_how_far_it_is(days: int, expected: Standing) -> None:
    assert standing(TODAY + timedelta(days=days), None, TODAY) is expected


def test_what_is_done_is_never_overdue() -> None:
    assert standing(TODAY - timedelta(days=90), TODAY, TODAY) is Standing.DONE


@given(due_on=st.dates(), today=st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_every_day_is_in_the_window_of_its_standing_and_no_other(due_on: date, today: date) -> None:
    inside = [each for each in NOT_DONE if window(each, today)[0] <= due_on <= window(each, today)[1]]
    assert inside == [standing(due_on, None, today)]


def test_contact_is_due_four_weeks_after_the_last_two_way_contact_or_the_start() -> None:
    spell = Spell(ONE, date(2026, 1, 5), None)
    first = contact_due(spell, [Rule()], None)
    later = contact_due(spell, [Rule()], date(2026, 3, 2))
    assert first is not None
    assert later is not None
    assert (first.due_on, later.due_on) == (date(2026, 2, 2), date(2026, 3, 30))
    assert first.closed_on is None


def test_a_contact_before_the_start_does_not_bring_the_next_one_forward() -> None:
    due = contact_due(Spell(ONE, date(2026, 1, 5), None), [Rule()], date(2025, 12, 1))
    assert due is not None
    assert due.due_on == date(2026, 2, 2)


def test_a_plan_is_due_in_working_days_and_england_has_holidays() -> None:
    due = plan_due(Spell(ONE, date(2026, 12, 21), None), [Rule()], None)
    assert due is not None
    assert due.due_on == date(2027, 1, 7)  # 25 and 28 December and 1 January do not count


def test_a_plan_agreed_late_was_still_agreed_on_its_day() -> None:
    due = plan_due(Spell(ONE, date(2026, 1, 5), date(2026, 6, 1)), [Rule()], date(2026, 5, 1))
    assert due is not None
    assert due.closed_on == date(2026, 5, 1)


def test_a_review_follows_the_agreement_and_then_the_last_review() -> None:
    spell = Spell(ONE, date(2026, 1, 5), None)
    assert review_due(spell, [Rule()], PLAN, None, None) is None
    first = review_due(spell, [Rule()], PLAN, date(2026, 1, 12), None)
    later = review_due(spell, [Rule()], PLAN, date(2026, 1, 12), date(2026, 2, 20))
    assert first is not None
    assert later is not None
    assert (first.due_on, later.due_on) == (date(2026, 2, 9), date(2026, 3, 20))


def test_leaving_ends_what_was_due() -> None:
    spell = Spell(ONE, date(2026, 1, 5), date(2026, 4, 1))
    for due in (
        contact_due(spell, [Rule()], None),
        plan_due(spell, [Rule()], None),
        review_due(spell, [Rule()], PLAN, date(2026, 1, 12), None),
    ):
        assert due is not None
        assert due.closed_on == date(2026, 4, 1)


def test_nothing_is_due_before_the_start_or_without_a_rule() -> None:
    assert contact_due(Spell(ONE, None, None), [Rule()], None) is None
    assert plan_due(Spell(ONE, None, None), [Rule()], None) is None
    assert contact_due(Spell(ONE, date(2026, 1, 5), None), [], None) is None


def test_the_edition_of_the_day_the_count_begins_holds() -> None:
    old = Rule(code="old", until_on=date(2026, 1, 31))
    settings = {"contact_days": 14, "plan_working_days": 20, "review_days": 28}
    new = Rule(code="new", from_on=date(2026, 2, 1), settings=settings)
    spell = Spell(ONE, date(2026, 1, 5), None)
    before, after = contact_due(spell, [old, new], None), contact_due(spell, [old, new], date(2026, 2, 3))
    assert before is not None
    assert after is not None
    assert (before.rule, before.due_on) == ("old", date(2026, 2, 2))
    assert (after.rule, after.due_on) == ("new", date(2026, 2, 17))
    assert clock_on([old, new], date(2019, 1, 1)) is None
