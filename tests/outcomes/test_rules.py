"""Percentages and changes, on figures that can be looked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.outcomes.rules import Change, Share, wilson

# Newcombe (1998), Statistics in Medicine 17, 857-872, table I, Wilson without continuity correction.
PUBLISHED = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("n", "total", "low", "high"), PUBLISHED)
def test_the_interval_is_the_published_one(n: int, total: int, low: float, high: float) -> None:
    found = wilson(n, total)
    assert found is not None
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


def test_nobody_gives_no_interval() -> None:
    assert wilson(0, 0) is None
    assert Share("x", "X", "", 0, 0).value is None


@given(total=st.integers(1, 10_000), data=st.data())
def test_the_interval_holds_the_share_and_stays_between_none_and_all(total: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, total))
    found = wilson(n, total)
    assert found is not None
    assert 0 <= found[0] <= n / total <= found[1] <= 1


@given(total=st.integers(1, 1000), data=st.data())
def test_yes_and_no_have_mirrored_intervals(total: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, total))
    yes, no = wilson(n, total), wilson(total - n, total)
    assert yes is not None
    assert no is not None
    assert yes[0] == pytest.approx(1 - no[1])


def test_the_not_known_bound_a_share_from_all_no_to_all_yes() -> None:
    share = Share("x", "X", "", 40, 100, unknown=10)
    assert share.bounds == (0.4, 0.5)


def a_change(pairs: int, **sums: int) -> Change:
    zero = {
        "first_sum": 0, "latest_sum": 0, "squares_sum": 0, "worse_than_nation_first": 0,
        "worse_than_nation_latest": 0, "improved": 0, "without_pair": 0,
    }  # fmt: skip
    return Change("x", "X", True, pairs, **zero | sums, nation=7.5, nation_period="", nation_source="")


def test_a_mean_change_has_the_interval_of_its_pairs() -> None:
    # Changes of 1, 2, 3 and 2 points.
    change = a_change(4, first_sum=20, latest_sum=28, squares_sum=18)
    assert change.mean_change == 2
    assert change.deviation == pytest.approx(0.816497, abs=1e-6)
    assert change.interval == pytest.approx((1.199848, 2.800152), abs=1e-6)


def test_one_pair_has_no_interval_and_none_has_no_mean() -> None:
    assert a_change(1, first_sum=4, latest_sum=6, squares_sum=4).interval is None
    assert a_change(0).mean_change is None


@pytest.mark.parametrize(("pairs", "too_few"), [(29, True), (30, False)])
def test_under_thirty_pairs_are_too_few_to_generalise(pairs: int, too_few: bool) -> None:
    assert a_change(pairs).too_few is too_few
