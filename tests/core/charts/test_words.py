"""Short words for numbers, and the round numbers of an axis."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core.charts import words
from caseworker.core.charts.axis import nice_axis
from caseworker.core.charts.calendar_ticks import calendar_ticks


@pytest.mark.parametrize(
    ("pence", "text"),
    [
        (0, "£0"), (450, "£4.50"), (95_000, "£950"), (987_000, "£9,870"), (31_000_000, "£310k"),
        (2_310_000, "£23.1k"), (124_000_000, "£1.24m"), (120_000_000, "£1.2m"), (99_960_000, "£1m"),
        (1_130_001_600, "£11.3m"), (1_240_000_000_000, "£12.4bn"), (-4_500_000, "−£45k"), (-50, "−£0.50"),
    ],
)  # fmt: skip
def test_money_in_three_figures(pence: int, text: str) -> None:
    assert words.money(pence) == text


@pytest.mark.parametrize(
    ("pence", "text"),
    [(124_000_000, "£1,240,000"), (-4_500_050, "−£45,001"), (450, "£4.50"), (400, "£4"), (0, "£0")],
)
def test_money_in_full(pence: int, text: str) -> None:
    assert words.full_money(pence) == text


@pytest.mark.parametrize(
    ("count", "out_of", "text"),
    [
        (470, 1000, "47%"), (475, 1000, "48%"), (0, 10, "0%"), (1, 1000, "<1%"), (999, 1000, ">99%"),
        (10, 10, "100%"), (0, 0, "–"), (5, 1000, "1%"), (995, 1000, ">99%"),
    ],
)  # fmt: skip
def test_a_share_never_rounds_somebody_away(count: int, out_of: int, text: str) -> None:
    assert words.share(count, out_of) == text


def test_scores_ratios_and_numbers_use_a_real_minus() -> None:
    assert words.ratio(-1.5) == "−£1.50"
    assert words.score(-0.04) == "0.0"
    assert words.change(1.25) == "+1.2"
    assert words.number(-1234.5) == "−1,234.5"
    assert words.per_cent(0.475) == "48%"


@given(st.lists(st.floats(-1e12, 1e12, allow_subnormal=False), max_size=12), st.integers(2, 8), st.booleans())
def test_an_axis_holds_its_values_and_few_ticks(values: list[float], most: int, whole: bool) -> None:
    axis = nice_axis(values, most, whole_steps=whole)
    slack = 1e-8 * max([1.0, *map(abs, values)])
    assert axis.low <= min([0, *values]) + slack
    assert axis.high >= max([0, *values]) - slack
    assert 1 <= len(axis.ticks) <= most + 2
    assert all(axis.low <= tick <= axis.high for tick in axis.ticks)
    assert len(set(axis.ticks)) == len(axis.ticks)


def test_ticks_are_round() -> None:
    assert nice_axis([124.0], 5, whole_steps=True).ticks == (0, 50, 100, 150)
    assert nice_axis([3.1, 6.2], 6, zero=False).ticks == (4, 5, 6)


def test_days_of_an_axis_are_first_days_of_months() -> None:
    ticks = calendar_ticks(date(2025, 1, 15), date(2026, 1, 14), 600, 12)
    assert [text for _on, text in ticks] == [
        "Mar 2025",
        "May 2025",
        "Jul 2025",
        "Sep 2025",
        "Nov 2025",
        "Jan 2026",
    ]
    assert calendar_ticks(date(2025, 3, 3), date(2025, 3, 9), 600, 12) == [
        (date(2025, 3, 3), "3 Mar 2025"), (date(2025, 3, 9), "9 Mar 2025")
    ]  # fmt: skip


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_days_have_room_beside_each_other(one: date, other: date) -> None:
    first, last = sorted((one, other))
    ticks = calendar_ticks(first, last, 230, 11.5)
    assert 1 <= len(ticks) <= 3
    assert all(first <= on <= last for on, _text in ticks)
