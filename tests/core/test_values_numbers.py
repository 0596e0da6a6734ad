import time as stopwatch
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core import values
from tests.core.hostile import HOSTILE_NUMBERS
from tests.core.verdicts import short, verdict, words


class TestNumbers:
    @pytest.mark.parametrize(("typed", "whole", "decimal", "pence"), HOSTILE_NUMBERS, ids=short)
    def test_reviewed_table(
        self, typed: str, whole: int | None, decimal: Decimal | None, pence: int | None
    ) -> None:
        began = stopwatch.perf_counter()
        assert verdict(values.whole, typed, 0, 1000) == whole
        assert verdict(values.decimal_, typed, 0, 1000, 2) == decimal
        assert verdict(values.pence, typed, 0, 1_000_000) == pence
        assert stopwatch.perf_counter() - began < 0.1

    @given(st.integers(-(10**9), 10**9))
    def test_every_whole_number_comes_back(self, value: int) -> None:
        for typed in (str(value), f"{value:,}", value):
            assert values.whole(typed, -(10**9), 10**9) == value

    @given(st.integers(), st.integers(), st.integers())
    def test_nothing_outside_the_bounds_is_taken(self, value: int, low: int, high: int) -> None:
        taken = verdict(values.whole, value, low, high)
        assert taken == (value if low <= value <= high and abs(value) < 10**40 else None)

    @given(st.integers(-(10**12), 10**12))
    def test_every_amount_comes_back_to_the_penny(self, amount: int) -> None:
        sign = "-" if amount < 0 else ""
        typed = f"{sign}£{abs(amount) // 100:,}.{abs(amount) % 100:02}"
        assert values.pence(typed, -(10**12), 10**12) == amount

    @given(st.decimals(-1000, 1000, places=2))
    def test_every_decimal_comes_back(self, value: Decimal) -> None:
        assert values.decimal_(f"{value:f}", -1000, 1000, 2) == value

    @given(st.text(max_size=60))
    def test_only_ascii_digits_make_a_number(self, typed: str) -> None:
        for parse in (values.whole, values.decimal_, values.pence):
            value = verdict(parse, typed, 0, 10**6)
            assert value is None or set(typed) <= set("0123456789,.+-£ \t\r\n\u00a0")

    @pytest.mark.parametrize(
        ("raw", "whole"),
        [(16, 16), (16.0, 16), (Decimal("16.00"), 16), (16.5, None), (True, None), (None, None)]
        + [(float(odd), None) for odd in ("nan", "inf", "-inf", "1e300")]
        + [(Decimal(odd), None) for odd in ("NaN", "sNaN", "Infinity", "1e999999", "1e-999999")]
        + [(10**400, None), ([5], None), (b"5", None)],
        ids=short,
    )
    def test_numbers_from_a_sheet_or_the_api_get_the_same_verdict(
        self, raw: object, whole: int | None
    ) -> None:
        assert verdict(values.whole, raw, 0, 1000) == whole

    def test_the_words(self) -> None:
        assert (
            words(values.whole, "x", 0, 80, "the hours a week")
            == "The hours a week must be a number, like 12"
        )
        assert words(values.whole, "81", 0, 80, "the hours") == "The hours must be between 0 and 80"
        assert words(values.whole, "7.5", 0, 80, "the hours") == "The hours must be a whole number, like 12"
        assert words(values.decimal_, "1.234", 0, 9, 2, "the rate").endswith(
            "at most 2 digits after the point"
        )
        assert words(values.pence, "", noun="the pay") == "Enter the pay, like £1,250.50"
        assert words(values.pence, "12.345", noun="the pay").startswith("The pay can have at most 2 digits")
        assert words(values.pence, "2001", 0, 200_000, "the pay") == "The pay must be between £0 and £2,000"
