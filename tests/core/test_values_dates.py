import time as stopwatch
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core import values
from caseworker.core.calendar import MONTHS, add_months
from caseworker.core.values import Invalid
from tests.core.hostile import HOSTILE_DATES, TODAY
from tests.core.verdicts import short, verdict, words

DATES = st.dates(date(1900, 1, 1), add_months(TODAY, 120))


class TestDates:
    @pytest.mark.parametrize(("typed", "day"), HOSTILE_DATES, ids=short)
    def test_reviewed_table(self, typed: str, day: date | None) -> None:
        began = stopwatch.perf_counter()
        assert verdict(values.date_, typed, TODAY) == day
        assert stopwatch.perf_counter() - began < 0.1

    @given(DATES)
    def test_every_date_comes_back_from_every_way_of_writing(self, day: date) -> None:
        month = MONTHS[day.month - 1]
        for typed in (
            day,
            day.isoformat(),
            f"{day.day}/{day.month}/{day.year}",
            f"{day.day} {day.month} {day.year}",
            f"{day.day} {month} {day.year}",
            f"{day.day}-{month[:3].upper()}-{day.year}",
        ):
            assert values.date_(typed, TODAY) == day
        assert values.date_parts(str(day.day), str(day.month), str(day.year)) == day
        assert values.date_parts(day.day, month, day.year) == day

    @given(st.dates(date(1900, 1, 8), date(2100, 1, 1)), st.integers(0, 6))
    def test_a_weekday_is_found_within_a_week(self, today: date, number: int) -> None:
        name = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][number]
        coming = values.date_(name, today)
        after = values.date_(f"next {name}", today)
        before = values.date_(f"last {name}", today)
        assert {coming.weekday(), after.weekday(), before.weekday()} == {number}
        assert 0 <= (coming - today).days <= 6
        assert 1 <= (after - today).days <= 7
        assert 1 <= (today - before).days <= 7

    @given(st.text(max_size=60))
    def test_any_text_is_a_date_in_range_or_refused(self, typed: str) -> None:
        day = verdict(values.date_, typed, TODAY)
        assert day is None or date(1900, 1, 1) <= day <= add_months(TODAY, 120)

    def test_limits_of_the_field(self) -> None:
        assert words(values.date_, "tomorrow", TODAY, "the date they started", latest=TODAY) == (
            "The date they started must be today or earlier"
        )
        assert words(values.date_, "yesterday", TODAY, "the visit", earliest=TODAY) == (
            "The visit must be today or later"
        )
        assert values.date_("today", TODAY, earliest=TODAY, latest=TODAY) == TODAY

    def test_the_words(self) -> None:
        assert words(values.date_, "", TODAY, "the date they started") == (
            "Enter the date they started, like 31 3 2026"
        )
        assert words(values.date_, "31 2 2026", TODAY, "the date they started") == (
            "There is no 31 February 2026. Enter the date they started, like 31 3 2026"
        )
        assert words(values.date_, "Mon 31 March 2026", TODAY) == (
            "31 March 2026 is a Tuesday, not a Monday. Enter a date again"
        )
        assert "must include a year" in words(values.date_, "31 March", TODAY)

    @pytest.mark.parametrize("raw", [5, 5.0, True, datetime(2026, 3, 31, tzinfo=UTC), ["today"], b"today"])
    def test_other_things_are_no_dates(self, raw: object) -> None:
        assert verdict(values.date_, raw, TODAY) is None

    @pytest.mark.parametrize(
        ("boxes", "parts"),
        [
            (("", "", ""), ("day", "month", "year")),
            (("", "3", "1990"), ("day",)),
            (("31", "", ""), ("month", "year")),
            (("31", "2", "1990"), ("day",)),
            (("1", "13", "1990"), ("month",)),
            (("x", "1", "1990"), ("day",)),
            (("1", "1", "90"), ("year",)),
            (("1", "1", "0000"), ("year",)),
            (("1", "1", "2027"), ("year",)),
            (("1", "1", "1899"), ("year",)),
            (("٣", "1", "1990"), ("day",)),
            (("9" * 400, "1", "1990"), ("day",)),
            ((10**400, 1, 1990), ("day",)),
        ],
        ids=short,
    )
    def test_date_of_birth_names_the_boxes_at_fault(
        self, boxes: tuple[object, object, object], parts: tuple[str, ...]
    ) -> None:
        with pytest.raises(Invalid) as refused:
            values.date_of_birth(*boxes, today=TODAY)
        assert refused.value.parts == parts

    def test_date_of_birth_of_yesterday_and_of_the_oldest(self) -> None:
        assert values.date_of_birth("21", "11", "2026", TODAY) == date(2026, 11, 21)
        assert values.date_of_birth("22", "Nov", "1906", TODAY) == date(1906, 11, 22)
        assert verdict(values.date_of_birth, "21", "11", "1906", TODAY) is None
