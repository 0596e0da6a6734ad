"""What must hold for every map, and agreement with a second computation in 50-digit decimals."""

import dataclasses
import random
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caseworker.valuation import Investment, Quantity, Settings, ValuationLine, value
from caseworker.valuation.discounting import load_schedule
from tests.valuation.builders import PLAIN, figure, line, put_in

shares = st.integers(0, 100).map(lambda percent: percent / 100)


@st.composite
def lines(draw: st.DrawFn, negative: bool = True) -> ValuationLine:
    price = draw(st.integers(-20_000 if negative else 0, 20_000)) / 4
    return line(
        code=draw(st.text("abcdefgh", min_size=1, max_size=6)),
        price=price,
        deadweight=draw(shares),
        displacement=draw(shares),
        attribution=draw(shares),
        drop_off=draw(shares),
        duration=draw(st.integers(1, 12)),
        starts=draw(st.integers(0, 4)),
        health_line=draw(st.booleans()),
        stakeholder=draw(st.sampled_from(["people", "state", "council"])),
        quantities=tuple(
            Quantity(year, draw(st.integers(0, 4000)) / 8) for year in range(draw(st.integers(1, 3)))
        ),
    )


maps = st.lists(lines(), min_size=1, max_size=5, unique_by=lambda one: one.code)
gains = st.lists(lines(negative=False), min_size=1, max_size=5, unique_by=lambda one: one.code)
investments = st.lists(st.integers(1, 10**9), min_size=1, max_size=3).map(
    lambda pence: put_in(*(amount / 100 for amount in pence))
)
timings = st.builds(
    lambda mid_year, rate: dataclasses.replace(PLAIN, mid_year=mid_year, discount_rate=rate),
    st.booleans(),
    st.sampled_from([None, 0.0, 0.035, 0.1]),
)


def _total(found: list[ValuationLine], settings: Settings = PLAIN) -> float:
    return value(found, put_in(100), settings).headline.total_present_value


@given(maps, timings)
def test_value_is_additive_over_lines(found: list[ValuationLine], settings: Settings) -> None:
    apart = sum(_total([one], settings) for one in found)
    assert _total(found, settings) == pytest.approx(apart, rel=1e-12, abs=1e-6)


@given(maps, st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(found: list[ValuationLine], shuffle: random.Random) -> None:
    put = put_in(1000, 500)
    ranged = [
        dataclasses.replace(
            one,
            figures=dataclasses.replace(
                one.figures, price=figure("price", one.figures.price.central, -6000, 6000, one.code)
            ),
        )
        for one in found
    ]
    settings = dataclasses.replace(PLAIN, draws=50)
    shuffled = list(ranged)
    shuffle.shuffle(shuffled)
    shuffled = [dataclasses.replace(one, quantities=one.quantities[::-1]) for one in shuffled]
    one, other = value(ranged, put, settings), value(shuffled, put[::-1], settings)
    assert one.to_json(one.to_programme_dict()) == other.to_json(other.to_programme_dict())


@given(maps, investments, timings)
def test_zero_outcomes_give_zero(
    found: list[ValuationLine], put: list[Investment], settings: Settings
) -> None:
    nothing = [dataclasses.replace(one, quantities=()) for one in found]
    head = value(nothing, put, settings).headline
    assert (head.gross_value, head.impact, head.total_present_value, head.sroi_ratio) == (0, 0, 0, 0)
    assert head.payback_months is None
    assert head.net_present_value == -head.investment


@given(maps, investments, timings)
def test_doubling_investment_halves_the_ratio(
    found: list[ValuationLine], put: list[Investment], settings: Settings
) -> None:
    double = [dataclasses.replace(one, amount_gbp=2 * one.amount_gbp) for one in put]
    once, twice = value(found, put, settings).headline, value(found, double, settings).headline
    assert once.sroi_ratio is not None
    assert twice.sroi_ratio == pytest.approx(once.sroi_ratio / 2, rel=1e-12)


@given(gains, timings)
def test_discounting_never_raises_a_gain_and_losses_are_losses(
    found: list[ValuationLine], settings: Settings
) -> None:
    for one in value(found, put_in(1), settings).lines:
        assert one.present_value <= one.undiscounted + 1e-9
        assert one.impact <= one.gross + 1e-9
        assert all(step <= 1e-6 for step in one.waterfall[1:-1])


@given(maps, timings)
def test_the_waterfall_ends_where_the_total_is(found: list[ValuationLine], settings: Settings) -> None:
    result = value(found, put_in(1), settings)
    assert sum(step.change for step in result.waterfall[:-1]) == pytest.approx(
        result.headline.total_present_value, rel=1e-9, abs=1e-4
    )
    assert result.waterfall[-1].total == pytest.approx(result.headline.total_present_value, abs=1e-9)
    assert sum(group.total for group in result.by_stakeholder) == pytest.approx(
        result.headline.total_present_value, rel=1e-9, abs=1e-6
    )
    assert sum(year.present_value for year in result.by_year) == pytest.approx(
        result.headline.total_present_value, rel=1e-9, abs=1e-6
    )


@given(maps, investments, timings)
def test_the_arrays_of_the_uncertainty_agree_with_the_lines(
    found: list[ValuationLine], put: list[Investment], settings: Settings
) -> None:
    result = value(found, put, settings)
    for scenario in result.scenarios:
        assert scenario.total_present_value == pytest.approx(
            result.headline.total_present_value, rel=1e-9, abs=1e-6
        )
    drawn = value(found, put, dataclasses.replace(settings, draws=3)).range
    assert drawn is not None
    assert drawn.p50 == pytest.approx(result.headline.sroi_ratio, rel=1e-9, abs=1e-6)


def _exactly(one: ValuationLine, settings: Settings) -> Decimal:
    """The method a second time, in decimals: no array, no float, nothing shared with the library."""
    rates = [
        Decimal(str(rate))
        for rate in (
            [settings.discount_rate] * 40
            if settings.discount_rate is not None
            else load_schedule().rates(40, health=one.health_line).tolist()
        )
    ]
    factors = [Decimal(1)]
    for rate in rates:
        factors.append(factors[-1] / (1 + rate))
    total = Decimal(0)
    f = one.figures
    left = Decimal(1)
    for loss in (f.deadweight, f.displacement, f.attribution):
        left *= 1 - Decimal(str(loss.central))
    for quantity in one.quantities:
        worth = Decimal(str(quantity.amount)) * Decimal(str(f.price.central)) * left
        for n in range(int(f.duration.central)):
            t = quantity.activity_year + one.starts + n
            factor = factors[t] / (1 + rates[t]).sqrt() if settings.mid_year else factors[t]
            total += worth * factor
            worth *= 1 - Decimal(str(f.drop_off.central))
    return total


@given(maps, timings)
def test_agrees_with_decimals_to_the_penny(found: list[ValuationLine], settings: Settings) -> None:
    with localcontext() as context:
        context.prec = 50
        exact = [_exactly(one, settings) for one in sorted(found, key=lambda one: one.code)]
        total = sum(exact, Decimal(0))
        # A tie broken by the 20th digit is not what this is about.
        assume(
            all(abs(abs(amount * 100 % 1) - Decimal("0.5")) > Decimal("1e-6") for amount in (*exact, total))
        )
        penny = Decimal("0.01")
        answer = value(found, put_in(100), settings).to_dict()
        assert [row["present_value"] for row in answer["lines"]] == [
            float(amount.quantize(penny, ROUND_HALF_UP)) for amount in exact
        ]
        assert answer["total_present_value"] == float(total.quantize(penny, ROUND_HALF_UP))


@given(gains, timings)
def test_a_line_that_starts_later_is_worth_no_more(found: list[ValuationLine], settings: Settings) -> None:
    later = [dataclasses.replace(one, starts=one.starts + 1) for one in found]
    assert _total(later, settings) <= _total(found, settings) + 1e-9
