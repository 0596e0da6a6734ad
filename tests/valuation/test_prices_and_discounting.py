"""Price years, deflators, base years, discount factors."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from caseworker.valuation import ParameterError, PriceYearError
from caseworker.valuation.discounting import load_schedule
from caseworker.valuation.prices import load_deflators, parse_price_year, read_deflators
from caseworker.valuation.rounding import pounds


def test_a_financial_year_is_three_quarters_of_the_first_and_one_of_the_second() -> None:
    deflators = load_deflators()
    assert deflators.index("2012/13") == pytest.approx(0.75 * 71.9294 + 0.25 * 73.4795)
    assert pounds(9_800 * deflators.factor("2012/13", "2024")) == 13_551.46
    assert pounds(500 * deflators.factor("2002/03", "2024")) == 873.37
    assert parse_price_year("1999/00") == (1999, True)


def test_the_same_year_changes_nothing() -> None:
    assert load_deflators().factor("2012/13", "2012/13") == 1.0


@pytest.mark.parametrize("bad", ["2012/14", "2012-13", "12/13", "2012/2013", "", "２０２４", "2024 ", "now"])
def test_a_badly_written_price_year_is_refused(bad: str) -> None:
    with pytest.raises(PriceYearError, match="write it like 2024 or 2012/13"):
        parse_price_year(bad)


@pytest.mark.parametrize("outside", ["1989", "2025", "2024/25", "1989/90"])
def test_a_year_outside_the_series_is_refused(outside: str) -> None:
    with pytest.raises(PriceYearError, match="outside the deflator series"):
        load_deflators().index(outside)


def test_the_base_year_is_the_latest_not_after_the_as_at_date() -> None:
    deflators = load_deflators()
    assert deflators.base_year(date(2026, 11, 22)) == "2024"
    assert deflators.base_year(date(2021, 1, 1)) == "2021"
    assert deflators.base_year(date(2026, 11, 22), "2019/20") == "2019/20"


@pytest.mark.parametrize(("as_at", "asked"), [(date(2026, 1, 1), "2025"), (date(2020, 6, 1), "2021")])
def test_a_later_base_year_is_refused(as_at: date, asked: str) -> None:
    with pytest.raises(PriceYearError):
        load_deflators().base_year(as_at, asked)


def test_a_date_before_the_series_has_no_base_year() -> None:
    with pytest.raises(PriceYearError, match="1980 or earlier"):
        load_deflators().base_year(date(1980, 1, 1))


@pytest.mark.parametrize("line", ["  2020: -1", "  twenty: 100", "  2020: high"])
def test_a_series_with_a_wrong_index_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(
        "edition: x\ntitle: x\nunit: x\npublished: x\nsource: x\nlicence: x\nindex_by_year:\n" + line + "\n"
    )
    with pytest.raises(ParameterError, match="index above 0"):
        read_deflators(path)


def test_factors_follow_the_schedule_and_fall_after_thirty_years() -> None:
    factors = load_schedule().factors(140)
    assert factors[0] == 1.0
    assert factors[1] == pytest.approx(1 / 1.035)
    assert factors[30] == pytest.approx(1.035**-30)
    assert factors[31] == pytest.approx(1.035**-30 / 1.03)
    assert factors[76] == pytest.approx(1.035**-30 * 1.03**-45 / 1.025)
    assert factors[127] == pytest.approx(factors[125] / 1.02**2)


def test_health_has_its_own_line() -> None:
    factors = load_schedule().factors(40, health=True)
    assert factors[30] == pytest.approx(1.015**-30)
    assert factors[31] == pytest.approx(1.015**-30 / 1.0129)


def test_mid_year_takes_half_of_the_next_year() -> None:
    plain, mid = load_schedule().factors(40), load_schedule().factors(40, mid_year=True)
    assert mid[0] == pytest.approx(1 / 1.035**0.5)
    assert mid[30] == pytest.approx(plain[30] / 1.03**0.5)


def test_a_flat_rate_serves_every_line() -> None:
    flat = load_schedule().factors(5, health=True, flat_rate=0.1)
    np.testing.assert_allclose(flat, [1.1**-t for t in range(5)])
    assert load_schedule().factors(3, flat_rate=0.0).tolist() == [1, 1, 1]


def test_the_schedule_says_when_it_ends() -> None:
    with pytest.raises(ValueError, match="no rate"):
        load_schedule().factors(1001)
