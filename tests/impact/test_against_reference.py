"""Every quantity of a map equals the slow and obvious count, on random journeys."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from caseworker.impact.quantities import count_lines
from caseworker.impact.valued import MAP, worths
from caseworker.valuation import OutcomeMap, load_map
from tests.impact import reference
from tests.impact.counting_map import EVERY_COUNT, WORTHS
from tests.outcomes.histories import History, histories
from tests.outcomes.storing import stored

RANDOMLY = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SLOWLY = settings(RANDOMLY, max_examples=6)


def compare(app: Flask, history: History, outcome_map: OutcomeMap, values: dict[str, int]) -> None:
    with stored(app, history) as where:
        alone = count_lines(history.subject(where.programmes[1:]), outcome_map, values)
        together = count_lines(history.subject(where.programmes, where.organisation), outcome_map, values)
    for counted, programmes in ((alone, (1,)), (together, (0, 1))):
        expected = reference.count_lines(history, outcome_map, values, programmes)
        assert {(each.line, each.activity_year) for each in counted} == expected.keys()
        for each in counted:
            tally = expected[each.line, each.activity_year]
            where_is = (each.line, each.activity_year)
            assert each.amount == tally.whole / tally.divisor, where_is
            assert each.removed == tally.removed / tally.divisor, where_is
            assert each.other == tally.other / tally.divisor, where_is
            assert each.starts == len(tally.values), where_is
            assert (each.people, each.removed_people) == (len(tally.people), len(tally.removed_people))
            assert each.lacking == tally.lacking, where_is
            if outcome_map.line(each.line).source.count == "pair_points":
                assert each.pairs == len(tally.values)
                assert each.sd == pytest.approx(reference.deviation(tally), abs=1e-9)


@RANDOMLY
@given(history=histories)
def test_the_shipped_map_is_counted_as_by_hand(app: Flask, history: History) -> None:
    compare(app, history, load_map(MAP), worths())


@RANDOMLY
@given(history=histories)
def test_every_way_of_counting_is_counted_as_by_hand(app: Flask, history: History) -> None:
    compare(app, history, EVERY_COUNT, WORTHS)


@pytest.mark.postgres
@SLOWLY
@given(history=histories)
def test_the_shipped_map_is_counted_alike_on_postgresql(app: Flask, history: History) -> None:
    compare(app, history, load_map(MAP), worths())


@pytest.mark.postgres
@SLOWLY
@given(history=histories)
def test_every_way_of_counting_is_alike_on_postgresql(app: Flask, history: History) -> None:
    compare(app, history, EVERY_COUNT, WORTHS)
