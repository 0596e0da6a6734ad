from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core import values
from tests.core.verdicts import short, verdict, words


class TestTimes:
    @pytest.mark.parametrize(
        ("typed", "clock"),
        [("14:30", time(14, 30)), ("2.30pm", time(14, 30)), ("2:30 PM", time(14, 30)), ("1430", time(14, 30)),
         ("930", time(9, 30)), ("9am", time(9)), ("12am", time(0)), ("12pm", time(12)), ("noon", time(12)),
         ("midnight", time(0)), ("00:00", time(0)), ("23:59", time(23, 59))]
        + [(bad, None) for bad in ("", "9", "24:00", "12:60", "0am", "13pm", "9:5", "-9:30", "٩:٣٠",
        "9:30:00", "x" * 9999)],
        ids=short,
    )  # fmt: skip
    def test_times_of_day(self, typed: str, clock: time | None) -> None:
        assert verdict(values.time_of_day, typed) == clock

    @given(st.times())
    def test_every_minute_of_the_day_comes_back(self, clock: time) -> None:
        expected = time(clock.hour, clock.minute)
        for typed in (
            f"{clock:%H:%M}",
            f"{clock:%H%M}",
            f"{clock.hour % 12 or 12}.{clock:%M}{'ap'[clock.hour > 11]}m",
        ):
            assert values.time_of_day(typed) == expected

    @pytest.mark.parametrize(
        ("typed", "length"),
        [("90", 90), ("1h 30", 90), ("1h30m", 90), ("1:30", 90), ("1.5h", 90), ("1.5 hours", 90), ("45 min",
        45),
         ("1 hour and 30 minutes", 90), ("2h", 120), ("0", 0), ("1440", 1440), ("24h", 1440), ("0:05", 5)]
        + [(bad, None) for bad in ("", "h", "m", "-5", "1h 90", "1.5h 30", "1.333h", "25h", "1441", "1:60",
        "٩٠", "1e3",
                                   "NaN", "9" * 400, "1h" * 999, "1.5")],
        ids=short,
    )  # fmt: skip
    def test_lengths_of_time(self, typed: str, length: int | None) -> None:
        assert verdict(values.minutes, typed) == length

    @given(st.integers(0, 1440))
    def test_every_length_comes_back(self, length: int) -> None:
        for typed in (
            str(length),
            length,
            f"{length // 60}h {length % 60}",
            f"{length // 60}:{length % 60:02}",
        ):
            assert values.minutes(typed) == length

    def test_the_hour_that_spring_skips_is_refused_in_words(self) -> None:
        said = words(values.instant, date(2027, 3, 28), time(1, 30))
        assert said == (
            "There is no 01:30 on 28 March 2027: the clocks go forward. Enter another time, like 02:30"
        )
        assert values.instant(date(2027, 3, 28), time(2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
