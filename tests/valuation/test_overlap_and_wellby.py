"""Warnings of double counting, and points of life satisfaction over pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.valuation import Result, value
from caseworker.valuation.overlap import OVERLAPS, Overlap
from caseworker.valuation.wellby import enough_pairs, paired_change
from tests.valuation.builders import PLAIN, line, put_in


def codes(result: Result) -> list[str]:
    return [notice.code for notice in result.warnings]


@pytest.mark.parametrize("overlap", OVERLAPS, ids=[overlap.code for overlap in OVERLAPS])
def test_two_benefits_that_overlap_are_named(overlap: Overlap) -> None:
    one = line("a", outcome="this one", contains=(overlap.one,))
    other = line("b", outcome="that one", contains=(overlap.other,))
    notices = value([one, other], put_in(900), PLAIN).warnings
    assert [notice.code for notice in notices] == [overlap.code]
    assert "this one" in notices[0].text
    assert "that one" in notices[0].text
    assert "in the headline total" in notices[0].text
    assert codes(value([one], put_in(900), PLAIN)) == []


def test_an_overlap_between_tables_says_that_it_is_in_no_total() -> None:
    lines = [line("a", contains=("wage",)), line("b", contains=("benefit_saving",), in_headline=False)]
    assert "not in one total" in value(lines, put_in(900), PLAIN).warnings[0].text


def test_a_line_without_people_overlaps_with_nothing() -> None:
    lines = [line("a", contains=("wage",)), line("b", 0, contains=("benefit_saving",))]
    assert codes(value(lines, put_in(900), PLAIN)) == []


def test_a_line_that_holds_both_does_not_overlap_with_itself() -> None:
    assert codes(value([line("a", contains=("benefit_saving", "tax"))], put_in(900), PLAIN)) == []


def test_an_unusual_ratio_and_a_long_duration_are_pointed_out() -> None:
    assert codes(value([line("a", 10, 100)], put_in(98), PLAIN)) == ["high-ratio"]
    assert codes(value([line("a", 10, 100)], put_in(99), PLAIN)) == []
    assert codes(value([line("a", 1, 100, duration=6)], put_in(900), PLAIN)) == ["long-duration"]
    assert codes(value([line("a")], [], PLAIN)) == ["no-investment"]


def test_only_people_with_two_scores_are_counted_and_falls_are_kept() -> None:
    change = paired_change([(4, 7), (6, 4), (None, 9), (3, None), (5, 5)])
    assert (change.points, change.pairs) == (1.0, 3)
    assert change.mean == pytest.approx(1 / 3)


def test_nobody_with_two_scores_is_no_change() -> None:
    change = paired_change([(4, None)])
    assert (change.points, change.pairs, change.mean, change.sd) == (0.0, 0, 0.0, 0.0)
    assert paired_change([(4, 6)]).sd == 0.0


@pytest.mark.parametrize("pair", [(11, 4), (4, -1), (float("nan"), 3)])
def test_a_score_off_the_scale_is_refused(pair: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="0 to 10"):
        paired_change([pair])


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=60))
def test_points_are_the_sum_of_the_differences(pairs: list[tuple[int, int]]) -> None:
    change = paired_change(pairs)
    assert change.points == sum(after - before for before, after in pairs)
    assert change == paired_change(pairs[::-1])


def test_thirty_pairs_or_a_signed_reason() -> None:
    assert [enough_pairs(29, ""), enough_pairs(30, ""), enough_pairs(2, "Signed in by the board")] == [
        False,
        True,
        True,
    ]
