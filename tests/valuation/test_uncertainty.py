"""Tornado, break-even, scenarios and simulation."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.valuation import Quantity, Result, ValuationError, ValuationLine, value
from caseworker.valuation.figures import Figure
from caseworker.valuation.simulation import draw_figure, draw_quantity
from tests.valuation.builders import PLAIN, figure, line, put_in

DRAWN = dataclasses.replace(PLAIN, draws=4_000, seed=7)
DEADWEIGHT = figure("deadweight", 0.4, 0.3, 0.5, "dw")
PRICE = figure("price", 100, 80, 130, "p")


def _pair() -> list[ValuationLine]:
    return [
        line(
            "a",
            10,
            PRICE,
            deadweight=DEADWEIGHT,
            attribution=figure("attribution", 0.2, 0.1, 0.3, "at"),
            drop_off=figure("drop_off", 0.3, 0.1, 0.5, "do"),
            duration=figure("duration", 2, 1, 4, "n"),
        ),
        line("b", 5, 60, deadweight=DEADWEIGHT),
    ]


def _with(lines: list[ValuationLine], changed: Figure, central: float) -> list[ValuationLine]:
    """The same lines, that figure's central value replaced wherever it is used."""
    return [
        dataclasses.replace(
            one,
            figures=dataclasses.replace(
                one.figures,
                **{
                    changed.parameter: dataclasses.replace(
                        changed, central=central, low=central, high=central
                    )
                },
            ),
        )
        if getattr(one.figures, changed.parameter).code == changed.code
        else one
        for one in lines
    ]


def test_each_tornado_end_is_what_valuing_with_that_figure_gives() -> None:
    lines = _pair()
    bars = value(lines, put_in(300), PLAIN).tornado
    assert {bar.figure for bar in bars} == {"n", "p", "dw", "do", "at"}
    by_code = {figure.code: figure for one in lines for figure in one.figures.all()}
    for bar in bars:
        at_low = value(_with(lines, by_code[bar.figure], bar.low), put_in(300), PLAIN).headline
        at_high = value(_with(lines, by_code[bar.figure], bar.high), put_in(300), PLAIN).headline
        assert bar.ratio_at_low == pytest.approx(at_low.sroi_ratio)
        assert bar.value_at_high == pytest.approx(at_high.total_present_value)
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)


def test_a_shared_figure_is_one_bar_over_its_lines() -> None:
    bar = next(bar for bar in value(_pair(), put_in(300), PLAIN).tornado if bar.figure == "dw")
    assert bar.lines == ("a", "b")


def test_a_line_beside_the_headline_moves_no_bar() -> None:
    lines = [line("a"), line("b", price=PRICE, in_headline=False)]
    result = value(lines, put_in(300), PLAIN)
    assert result.tornado == ()
    assert result.scenarios[0].sroi_ratio == result.scenarios[2].sroi_ratio


@pytest.mark.parametrize("invested", [300.0, 500.0, 900.0])
def test_valuing_at_the_break_even_gives_one_to_one(invested: float) -> None:
    lines = _pair()
    by_code = {figure.code: figure for one in lines for figure in one.figures.all()}
    rows = value(lines, put_in(invested), PLAIN).break_even
    reached = [row for row in rows if row.value is not None and row.parameter != "duration"]
    assert len(reached) >= 3
    for row in reached:
        assert row.value is not None
        again = value(_with(lines, by_code[row.figure], row.value), put_in(invested), PLAIN).headline
        assert again.sroi_ratio == pytest.approx(1.0, abs=1e-9), row


def test_break_even_of_years_is_the_first_whole_year_that_pays() -> None:
    lines = [line("a", 1, 100, drop_off=0.1, duration=figure("duration", 1, 1, 9, "n"))]
    row = next(row for row in value(lines, put_in(300), PLAIN).break_even if row.parameter == "duration")
    assert row.value == 4
    assert value(_with(lines, lines[0].figures.duration, 3), put_in(300), PLAIN).headline.sroi_ratio < 1  # type: ignore[operator]
    assert value(_with(lines, lines[0].figures.duration, 4), put_in(300), PLAIN).headline.sroi_ratio >= 1  # type: ignore[operator]
    assert row.says == "1:1 or more from 4 years"


def test_exactly_one_to_one_has_broken_even() -> None:
    settings = dataclasses.replace(PLAIN, discount_rate=0.0)
    three_years = [line("a", 1, 100, duration=3)]
    rows = {row.parameter: row for row in value(three_years, put_in(200), settings).break_even}
    assert rows["duration"].value == 2
    lines = [line("a", 1, 100), line("b", 1, 1, in_headline=False)]
    even = {row.parameter: row for row in value(lines, put_in(100), settings).break_even}
    assert even["deadweight"].value == 0
    assert even["drop_off"].value == 0


def test_where_no_value_breaks_even_it_says_so() -> None:
    lines = [line("a"), line("b", 1, 1, deadweight=figure("deadweight", 0, code="its own"))]
    high = {row.figure: row for row in value(lines, put_in(1), PLAIN).break_even}
    assert high["its own"].value is None
    assert "stays above 1:1" in high["its own"].says
    assert high["price 1"].value is None
    low = {row.parameter: row for row in value([line("a")], put_in(10**7), PLAIN).break_even}
    assert low["deadweight"].value is None
    assert "no possible value" in low["deadweight"].says


def test_scenarios_lie_on_both_sides_of_the_central_one() -> None:
    prudent, central, optimistic = value(_pair(), put_in(300), PLAIN).scenarios
    assert (prudent.name, central.name, optimistic.name) == ("prudent", "central", "optimistic")
    assert prudent.total_present_value < central.total_present_value < optimistic.total_present_value
    worst = 10 * 80 * 0.5 * 0.7 + 5 * 60 * 0.5
    assert prudent.total_present_value == pytest.approx(worst)


@given(st.integers(-500, 500), st.integers(-200, 200), st.integers(0, 200), st.integers(0, 200))
def test_no_combination_of_ends_lies_outside_the_scenarios(
    price: int, quantity: int, down: int, up: int
) -> None:
    lines = [
        line(
            "a",
            quantity,
            figure("price", price, price - down, price + up, "p"),
            deadweight=DEADWEIGHT,
            drop_off=figure("drop_off", 0.3, 0.1, 0.5, "do"),
            duration=figure("duration", 2, 1, 4, "n"),
        )
    ]
    result = value(lines, put_in(100), dataclasses.replace(PLAIN, draws=100))
    assert result.range is not None
    low, high = result.range.low, result.range.high
    assert low is not None
    assert high is not None
    for ratio in (
        result.range.p5,
        result.range.p95,
        *(bar.ratio_at_low for bar in result.tornado),
        *(bar.ratio_at_high for bar in result.tornado),
    ):
        assert ratio is not None
        assert low - 1e-9 <= ratio <= high + 1e-9


def _range(lines: list[ValuationLine], seed: int = 7) -> Result:
    return value(lines, put_in(300), dataclasses.replace(DRAWN, seed=seed))


def test_the_same_seed_gives_the_same_figures_and_another_seed_others() -> None:
    assert _range(_pair()).range == _range(_pair()[::-1]).range
    assert _range(_pair(), 8).range != _range(_pair()).range


def test_without_ranges_every_draw_is_the_central_ratio() -> None:
    result = _range([line("a", 10, 60)])
    assert result.range is not None
    assert (result.range.p5, result.range.p50, result.range.p95) == (2.0, 2.0, 2.0)
    assert (result.range.low, result.range.high, result.range.p_above_one) == (2.0, 2.0, 1.0)


def test_lines_that_share_a_figure_share_its_draw() -> None:
    """Two lines that gain and lose by one figure cancel out in every draw."""
    lines = [line("a", 10, 130, deadweight=DEADWEIGHT), line("b", -10, 100, deadweight=DEADWEIGHT)]
    shared = _range([*lines, line("c", 3, 100)]).range
    apart = _range(
        [
            lines[0],
            line("b", -10, 100, deadweight=figure("deadweight", 0.4, 0.3, 0.5, "other")),
            line("c", 3, 100),
        ]
    ).range
    assert shared is not None
    assert apart is not None
    assert shared.p95 - shared.p5 < 0.5 * (apart.p95 - apart.p5)  # type: ignore[operator]


def test_one_name_for_two_numbers_is_refused() -> None:
    lines = [line("a", deadweight=DEADWEIGHT), line("b", deadweight=figure("deadweight", 0.2, code="dw"))]
    with pytest.raises(ValuationError, match="two values"):
        value(lines, put_in(1), PLAIN)


def test_shares_are_pert_prices_triangular_years_whole() -> None:
    generator = np.random.default_rng(1)
    shares = draw_figure(figure("deadweight", 0.4, 0.3, 0.8), 200_000, generator)
    assert shares.mean() == pytest.approx((0.3 + 4 * 0.4 + 0.8) / 6, abs=0.001)
    assert 0.3 <= shares.min() <= shares.max() <= 0.8
    prices = draw_figure(figure("price", 100, 50, 240), 200_000, generator)
    assert prices.mean() == pytest.approx((50 + 100 + 240) / 3, abs=0.5)
    years = draw_figure(figure("duration", 1, 1, 3), 10_000, generator)
    assert set(years.tolist()) == {1.0, 2.0, 3.0}


def test_survey_shares_and_mean_changes_are_drawn_and_counts_are_not() -> None:
    generator = np.random.default_rng(1)
    share = draw_quantity(Quantity(0, 30, share_yes=30, share_asked=100, share_base=100), 100_000, generator)
    assert isinstance(share, np.ndarray)
    assert share.mean() == pytest.approx(100 * 30.5 / 101, abs=0.1)
    change = draw_quantity(Quantity(0, 50, pairs=100, sd=2.0), 100_000, generator)
    assert isinstance(change, np.ndarray)
    assert (change.mean(), change.std()) == (pytest.approx(50, abs=0.3), pytest.approx(20, abs=0.3))
    assert draw_quantity(Quantity(0, 42), 10, generator) == 42


def test_fewer_pairs_make_the_range_wider() -> None:
    def spread(pairs: int) -> float:
        found = _range([line("a", quantities=(Quantity(0, 20.0, pairs=pairs, sd=2.0),))]).range
        assert found is not None
        assert found.p95 is not None
        assert found.p5 is not None
        return found.p95 - found.p5

    assert spread(400) > spread(100) > 0


def test_the_simulation_agrees_with_the_method() -> None:
    """Narrow every range around the centre: the draws close in on the central ratio."""
    lines = [
        dataclasses.replace(
            one,
            figures=dataclasses.replace(
                one.figures,
                **{
                    name: dataclasses.replace(fig, low=fig.central * 0.999999, high=fig.central * 1.000001)
                    for name, fig in vars(one.figures).items()
                    if fig.ranges and name != "duration"
                },
                duration=figure("duration", one.figures.duration.central, code=one.code),
            ),
            quantities=(Quantity(0, 7.0), Quantity(2, 3.0)),
            starts=1,
        )
        for one in _pair()
    ]
    shared = lines[0].figures.deadweight
    lines[1] = dataclasses.replace(lines[1], figures=dataclasses.replace(lines[1].figures, deadweight=shared))
    result = _range(lines)
    assert result.range is not None
    assert result.range.p50 == pytest.approx(result.headline.sroi_ratio, rel=1e-5)


def test_the_share_of_draws_above_one() -> None:
    even = value([line("a", 1, figure("price", 100, 50, 150, "p"))], put_in(100), DRAWN).range
    assert even is not None
    assert even.p_above_one == pytest.approx(0.5, abs=0.03)
    assert even.numpy_version == np.__version__
