"""Every percentage, count and wellbeing pair equals the slow and obvious count, on random journeys."""

from statistics import mean, stdev

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from caseworker.outcomes.queries import Outcomes, outcomes_from, outcomes_of
from caseworker.outcomes.rules import Change
from caseworker.wellbeing.norms import national_mean
from tests.outcomes import reference
from tests.outcomes.histories import SCORES, History, Start, day, histories
from tests.outcomes.storing import stored

RANDOMLY = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SLOWLY = settings(RANDOMLY, max_examples=6)


def compare(app: Flask, history: History) -> None:
    with stored(app, history) as where:
        alone = outcomes_of(history.subject(where.programmes[:1]))
        together = outcomes_of(history.subject(where.programmes, where.organisation))
    for found, programmes in ((alone, (0,)), (together, (0, 1))):
        compare_outcomes(found, history, programmes)


def compare_outcomes(found: Outcomes, history: History, programmes: tuple[int, ...]) -> None:
    starts = reference.starts_of(history, programmes)
    counts = reference.counts(history, programmes)
    assert {name: getattr(found.counts, name) for name in counts} == counts
    for share in found.shares:
        expected = reference.INDICATORS[share.code](history, starts)
        assert (share.n, share.total, share.excluded, share.unknown, share.not_yet) == (
            expected.n, expected.total, expected.excluded, expected.unknown, expected.not_yet
        ), share.code  # fmt: skip
    for change in found.wellbeing:
        compare_wellbeing(change, history, starts)
    assert sum(part.starts for part in found.parts) == len(starts)
    assert sum(part.into_work for part in found.parts) == found.share("into_work").n
    assert sum(part.matured for part in found.parts) == found.share("sustained").total
    assert sum(found.evidence.values()) <= found.share("into_work").n


def compare_wellbeing(change: Change, history: History, starts: list[Start]) -> None:
    measure = change.measure
    pairs = reference.pairs(history, starts, measure)
    nation = float(national_mean(measure, day(history.as_at)).mean)
    better = 1 if measure != "anxiety" else -1
    assert change.pairs == len(pairs)
    assert change.without_pair == reference.answered_once(history, starts, measure)
    worse = sum(1 for first, _ in pairs if (first - nation) * better < 0)
    assert change.worse_than_nation_first == worse
    latest = sum(1 for _, last in pairs if (last - nation) * better < 0)
    assert change.worse_than_nation_latest == latest
    if pairs:
        moved = [last - first for first, last in pairs]
        assert change.mean_change == pytest.approx(mean(moved))
        assert change.improved == sum(1 for move in moved if move * better > 0)
    if len(pairs) > 1:
        assert change.deviation == pytest.approx(stdev(moved), abs=1e-12)


@RANDOMLY
@given(history=histories)
def test_figures_are_those_of_the_slow_count(app: Flask, history: History) -> None:
    compare(app, history)


@pytest.mark.postgres
@SLOWLY
@given(history=histories)
def test_figures_are_the_same_on_postgresql(app: Flask, history: History) -> None:
    compare(app, history)


@RANDOMLY
@given(history=histories)
def test_outcomes_kept_with_a_run_come_back_as_they_were(app: Flask, history: History) -> None:
    with stored(app, history) as where:
        found = outcomes_of(history.subject(where.programmes, where.organisation))
    assert outcomes_from(found.to_dict()) == found
    assert len(found.wellbeing) == len(SCORES)
