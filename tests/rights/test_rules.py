"""Due dates, against an oracle that counts days one by one and has its own table of holidays."""

from datetime import date, timedelta

import pytest

from caseworker.core.calendar import bank_holidays
from caseworker.rights.rules import begins_on, due_on, standing, stands_still

ONE = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2032, 12, 31)

# England, written out by hand: gov.uk/bank-holidays up to 2028, and the same rule after.
WRITTEN = """
2024 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26
2025 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26
2026 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28
2027 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28
2028 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26
2029 01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26
2030 01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26
2031 01-01 04-11 04-14 05-05 05-26 08-25 12-25 12-26
2032 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28
2033 01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27
"""
HOLIDAYS = {
    date(int(line[:4]), int(day[:2]), int(day[3:]))
    for line in WRITTEN.strip().splitlines()
    for day in line[5:].split()
}


def months_later(day: date, months: int) -> date:
    """Walk day by day into the month that many on; its last day where the number does not come."""
    turns, walked = 0, day
    while turns < months:
        walked += ONE
        turns += walked.day == 1
    while walked.day != day.day:
        if (walked + ONE).day == 1:
            return walked
        walked += ONE
    return walked


def worked(day: date) -> date:
    while day.strftime("%a") in ("Sat", "Sun") or day in HOLIDAYS:
        day += ONE
    return day


def every_day() -> list[date]:
    return [FIRST + ONE * n for n in range((LAST - FIRST).days + 1)]


def test_the_calendar_has_england_s_holidays_of_every_year_a_due_date_may_fall_in() -> None:
    for year in range(2024, 2034):
        weekdays = {day for day in bank_holidays(year) if day.weekday() < 5}
        assert weekdays == {day for day in HOLIDAYS if day.year == year}


def test_every_day_of_nine_years_has_its_due_date() -> None:
    for day in every_day():
        assert due_on(day) == worked(months_later(day, 1)), day
        assert due_on(day, extended=True) == worked(months_later(day, 3)), day


def test_every_day_with_a_pause_of_any_length() -> None:
    """Days that do not count are taken out one by one."""
    for number, day in enumerate(every_day()):
        first = day + ONE * (number % 29)
        last = first + ONE * (number % 17)
        end = months_later(day, 1)
        still = [first + ONE * n for n in range((last - first).days + 1)] if first <= end else []
        assert due_on(day, [(first, last)]) == worked(end + ONE * len(still)), day


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-09-03", "2026-10-05"),  # 3 October is a Saturday
        ("2025-01-31", "2025-02-28"),
        ("2024-01-31", "2024-02-29"),
        ("2024-01-29", "2024-02-29"),
        ("2026-11-25", "2026-12-29"),  # Christmas Day, a weekend, and Boxing Day kept on the Monday
        ("2026-03-03", "2026-04-07"),  # Good Friday to Easter Monday
        ("2027-11-25", "2027-12-29"),  # both days of Christmas on a weekend
        ("2028-11-30", "2029-01-02"),  # 30 December is a Saturday, then New Year
    ],
)
def test_dates_one_can_check_on_a_wall_calendar(received: str, due: str) -> None:
    assert due_on(date.fromisoformat(received)) == date.fromisoformat(due)


def test_the_month_begins_when_we_are_sure_who_asks() -> None:
    received = date(2026, 11, 2)
    assert begins_on(received, None) is None
    assert begins_on(received, received) == received
    assert begins_on(received, date(2026, 11, 9)) == date(2026, 11, 9)
    # Known before they asked: the month does not begin before the request.
    assert begins_on(received, date(2026, 10, 1)) == received


def test_the_day_of_asking_and_the_day_of_the_answer_do_not_count() -> None:
    begin = date(2026, 6, 1)
    assert due_on(begin) == date(2026, 7, 1)
    assert due_on(begin, [(date(2026, 6, 8), date(2026, 6, 8))]) == date(2026, 7, 2)
    assert due_on(begin, [(date(2026, 6, 8), date(2026, 6, 12))]) == date(2026, 7, 6)


def test_no_day_is_taken_out_twice() -> None:
    begin = date(2026, 6, 1)
    once = [(date(2026, 6, 8), date(2026, 6, 12))]
    twice = [*once, (date(2026, 6, 10), date(2026, 6, 12)), (date(2026, 6, 8), date(2026, 6, 9))]
    assert due_on(begin, twice) == due_on(begin, once)


def test_a_pause_before_the_month_or_after_its_end_moves_nothing() -> None:
    begin = date(2026, 6, 1)
    assert due_on(begin, [(date(2026, 5, 1), date(2026, 5, 20))]) == due_on(begin)
    assert due_on(begin, [(date(2026, 7, 2), date(2026, 7, 20))]) == due_on(begin)
    # One that began before counts from the month's first day.
    assert due_on(begin, [(date(2026, 5, 20), date(2026, 6, 2))]) == date(2026, 7, 3)


def test_a_pause_that_lasts_stops_the_clock_and_moves_no_date_yet() -> None:
    begin = date(2026, 6, 1)
    lasting = [(date(2026, 6, 8), None)]
    assert stands_still(lasting) and not stands_still([(begin, begin)])
    assert due_on(begin, lasting) == due_on(begin)


@pytest.mark.parametrize(
    ("due", "still", "said"),
    [
        (None, False, "waiting"),
        (date(2026, 11, 30), True, "waiting"),
        (date(2026, 11, 21), False, "overdue"),
        (date(2026, 11, 22), False, "soon"),
        (date(2026, 11, 29), False, "soon"),
        (date(2026, 11, 30), False, "open"),
    ],
)
def test_where_a_request_stands(due: date | None, still: bool, said: str) -> None:
    assert standing(due, still, date(2026, 11, 22)) == said
