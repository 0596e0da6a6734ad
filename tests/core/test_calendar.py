from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core import calendar
from caseworker.core.calendar import (
    NoSuchTime,
    Period,
    academic_year_of,
    add_months,
    add_working_days,
    age_on,
    at_uk,
    financial_year_of,
    month_of,
    quarter_of,
    uk_time,
)

DAYS = st.dates(date(1950, 1, 1), date(2060, 12, 31))


def test_englands_bank_holidays_of_a_year() -> None:
    # The weekdays GOV.UK publishes for England and Wales, 2026; Boxing Day moves from Saturday to Monday.
    assert sorted(day for day in calendar.bank_holidays(2026) if day.weekday() < 5) == [
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25),
        date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28),
    ]  # fmt: skip


@pytest.mark.parametrize("day", [date(2022, 9, 19), date(2023, 5, 8), date(2022, 6, 3), date(2020, 5, 8)])
def test_one_off_bank_holidays_count(day: date) -> None:
    assert not calendar.is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 3, 17), date(2026, 1, 2), date(2026, 8, 3), date(2026, 11, 30)])
def test_holidays_of_scotland_and_northern_ireland_do_not(day: date) -> None:
    assert calendar.is_working_day(day)


def test_ten_working_days_over_christmas() -> None:
    assert add_working_days(date(2026, 12, 18), 10) == date(2027, 1, 6)


def test_no_working_days_on_from_a_holiday_is_the_next_working_day() -> None:
    assert add_working_days(date(2026, 12, 25), 0) == date(2026, 12, 29)
    assert add_working_days(date(2026, 11, 23), 0) == date(2026, 11, 23)


def test_working_days_counted_back() -> None:
    assert add_working_days(date(2026, 12, 29), -1) == date(2026, 12, 24)
    assert calendar.working_days_between(date(2026, 12, 29), date(2026, 12, 24)) == -1


@given(DAYS, st.integers(1, 60))
def test_working_days_added_are_the_working_days_between(day: date, count: int) -> None:
    landed = add_working_days(day, count)
    assert calendar.is_working_day(landed)
    assert calendar.working_days_between(day, landed) == count
    if calendar.is_working_day(day):
        assert add_working_days(landed, -count) == day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date(2026, 11, 30), 2, date(2027, 1, 30)),
    ],
)
def test_months_are_added_to_the_same_day_or_the_last(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@given(DAYS, st.integers(-300, 300))
def test_months_land_in_the_month_meant(day: date, months: int) -> None:
    later = add_months(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_months_outside_the_calendar_are_refused() -> None:
    with pytest.raises(OverflowError):
        add_months(date(2026, 1, 1), 12 * 9000)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 11, 22), date(2026, 11, 21), 25),
        (date(2000, 11, 22), date(2026, 11, 22), 26),
        (date(2008, 2, 29), date(2026, 2, 27), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 18),
        (date(2026, 11, 22), date(2026, 11, 22), 0),
    ],
)
def test_ages(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        age_on(date(2026, 11, 23), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("period", "first", "last", "name"),
    [
        (month_of(date(2024, 2, 10)), date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (quarter_of(date(2026, 4, 1)), date(2026, 4, 1), date(2026, 6, 30), "Quarter 1 of 2026 to 2027"),
        (quarter_of(date(2027, 3, 31)), date(2027, 1, 1), date(2027, 3, 31), "Quarter 4 of 2026 to 2027"),
        (financial_year_of(date(2026, 3, 31)), date(2025, 4, 1), date(2026, 3, 31), "2025 to 2026"),
        (financial_year_of(date(2026, 4, 1)), date(2026, 4, 1), date(2027, 3, 31), "2026 to 2027"),
        (academic_year_of(date(2026, 7, 31)), date(2025, 8, 1), date(2026, 7, 31), "2025 to 2026"),
        (academic_year_of(date(2026, 8, 1)), date(2026, 8, 1), date(2027, 7, 31), "2026 to 2027"),
    ],
)  # fmt: skip
def test_periods(period: Period, first: date, last: date, name: str) -> None:
    assert period == Period(first, last, name)


@given(DAYS)
def test_periods_hold_their_day_and_meet_without_a_gap(day: date) -> None:
    for kind in (
        month_of,
        quarter_of,
        financial_year_of,
        academic_year_of,
    ):
        period = kind(day)
        assert day in period
        assert kind(period.last_on) == period
        assert kind(period.last_on + timedelta(days=1)).first_on == period.last_on + timedelta(days=1)


def test_winter_and_summer_time() -> None:
    assert at_uk(date(2026, 11, 22), time(10, 30)) == datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
    assert at_uk(date(2026, 7, 22), time(10, 30)) == datetime(2026, 7, 22, 9, 30, tzinfo=UTC)


def test_the_hour_that_spring_skips() -> None:
    for minute in (0, 30, 59):
        with pytest.raises(NoSuchTime, match="the clocks go forward"):
            at_uk(date(2026, 3, 29), time(1, minute))
    assert at_uk(date(2026, 3, 29), time(0, 59)) == datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert at_uk(date(2026, 3, 29), time(2, 0)) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_of_the_two_half_past_ones_in_autumn_the_first_is_meant() -> None:
    assert at_uk(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(DAYS.filter(lambda day: day.year > 1971), st.times().map(lambda clock: clock.replace(microsecond=0)))
def test_wall_time_comes_back(day: date, clock: time) -> None:
    try:
        instant = at_uk(day, clock)
    except NoSuchTime:
        assert day.month == 3
        assert day.weekday() == 6
        return
    assert uk_time(instant).replace(tzinfo=None) == datetime.combine(day, clock)


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        uk_time(datetime(2026, 11, 22, 10, 30))  # noqa: DTZ001
