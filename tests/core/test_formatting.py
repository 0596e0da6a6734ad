import locale
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core import clock
from caseworker.core import formatting as f

DAY = date(2026, 11, 22)
INSTANT = datetime(2026, 7, 22, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (f.date_uk(DAY), "22 November 2026"),
        (f.date_uk(date(2026, 3, 1)), "1 March 2026"),
        (f.date_uk(INSTANT), "23 July 2026"),
        (f.date_short(DAY), "22 Nov 2026"),
        (f.date_weekday(DAY), "Sunday 22 November 2026"),
        (f.when(INSTANT), "23 Jul 2026, 00:30"),
        (f.when(datetime(2026, 11, 22, 10, 5, tzinfo=UTC)), "22 Nov 2026, 10:05"),
        (f.pounds(123450), "£1,234.50"),
        (f.pounds(0), "£0.00"),
        (f.pounds(5), "£0.05"),
        (f.pounds(-123450), "−£1,234.50"),
        (f.pounds(Decimal("1234.5")), "£1,234.50"),
        (f.pounds(Decimal("0.005")), "£0.01"),
        (f.pounds_whole(123450), "£1,235"),
        (f.pounds_whole(-123450), "−£1,235"),
        (f.pounds_short(95_000), "£950"),
        (f.pounds_short(99_949), "£999"),
        (f.pounds_short(99_999), "£1k"),
        (f.pounds_short(1_234_500), "£12.3k"),
        (f.pounds_short(99_996_000), "£1m"),
        (f.pounds_short(123_456_789), "£1.2m"),
        (f.pounds_short(2_148_170_000), "£21.5m"),
        (f.pounds_short(340_000_000_000), "£3.4bn"),
        (f.pounds_short(-123_456_789), "−£1.2m"),
        (f.percent(0.47), "47.0%"),
        (f.percent(Decimal("0.4725"), 1), "47.3%"),
        (f.percent(1, 0), "100%"),
        (f.percent(0.005, 0), "1%"),
        (f.percent(-0.035), "−3.5%"),
        (f.percent(12.5, 0), "1,250%"),
        (f.number(1234), "1,234"),
        (f.number(1234.55, 1), "1,234.6"),
        (f.number(-0.04, 1), "0.0"),
        (f.signed(1.25, 2), "+1.25"),
        (f.signed(-0.4, 2), "−0.40"),
        (f.signed(0.001, 2), "0.00"),
        (f.amount(12), "12"),
        (f.amount(1200.25), "1,200.25"),
        (f.amount(12.5), "12.5"),
        (f.amount(-12.5), "−12.5"),
        (f.amount(-0.001), "0"),
        (f.people(1), "1 person"),
        (f.people(0), "0 people"),
        (f.people(1600), "1,600 people"),
        (f.plural(1, "day"), "1 day"),
        (f.plural(2, "entry", "entries"), "2 entries"),
        (f.minutes(0), "0 minutes"),
        (f.minutes(1), "1 minute"),
        (f.minutes(60), "1 hour"),
        (f.minutes(150), "2 hours 30 minutes"),
        (f.code_label("doorstep", "contact_channel"), "Doorstep or at a distance"),
        (f.code_label(None, "contact_channel"), "–"),
    ],
)  # fmt: skip
def test_how_it_prints(shown: str, words: str) -> None:
    assert shown == words


@pytest.mark.parametrize(
    "show",
    [each for each in f.FILTERS if each not in (f.plural, f.people, f.code_label)],
)
def test_nothing_known_prints_a_dash(show: Callable[[Any], str]) -> None:
    assert show(None) == "–"


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=-59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=28), "28 days ago"),
        (timedelta(days=100), "3 months ago"),
        (timedelta(days=800), "2 years ago"),
        (timedelta(days=-2), "in 2 days"),
    ],
)
def test_how_long_ago(back: timedelta, words: str) -> None:
    with clock.at(INSTANT):
        assert f.ago(INSTANT - back) == words


@given(st.integers(-(10**14), 10**14))
def test_no_penny_is_lost_on_a_page(amount: int) -> None:
    shown = f.pounds(amount)
    digits = int(shown.replace("£", "").replace(",", "").replace(".", "").replace("−", ""))
    assert (-digits if "−" in shown else digits) == amount


@given(st.integers(-(10**14), 10**14))
def test_the_short_form_is_short_and_near(amount: int) -> None:
    shown = f.pounds_short(amount)
    assert len(shown) <= 9 or abs(amount) >= 10**14
    size = {"k": 10**3, "m": 10**6, "n": 10**9}.get(shown[-1], 1)
    value = float(shown.strip("−£kmbn").replace(",", "")) * size
    assert abs(value - abs(amount) / 100) <= size / 20 + 0.5


@pytest.mark.parametrize("wrong", ["5", 0.5, True])
def test_money_is_never_a_string_or_a_float(wrong: Any) -> None:
    with pytest.raises(TypeError):
        f.pounds(wrong)


@pytest.mark.parametrize("wrong", ["0.5", True])
def test_a_share_is_a_number(wrong: Any) -> None:
    with pytest.raises(TypeError):
        f.percent(wrong)


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), Decimal("NaN")])
def test_a_figure_is_finite(wrong: Any) -> None:
    with pytest.raises(ValueError, match="finite"):
        f.number(wrong)


def test_the_machines_locale_changes_nothing() -> None:
    before = locale.setlocale(locale.LC_ALL)
    try:
        for name in ("C", "C.UTF-8"):
            locale.setlocale(locale.LC_ALL, name)
            assert f.date_uk(DAY) + f.pounds(123450) + f.percent(0.5) == "22 November 2026£1,234.5050.0%"
    finally:
        locale.setlocale(locale.LC_ALL, before)


def test_pages_have_every_filter() -> None:
    app = Flask(__name__)
    f.register(app)
    with app.app_context():
        page = render_template_string(
            "{{ day|date_uk }}, {{ 123450|pounds }}, {{ 0.5|percent(0) }}, {{ 2|people }}, "
            "{{ 1|plural('goal') }}, {{ 'spoke'|code_label('contact_result') }}",
            day=DAY,
        )
    assert page == "22 November 2026, £1,234.50, 50%, 2 people, 1 goal, Spoke or attended"
