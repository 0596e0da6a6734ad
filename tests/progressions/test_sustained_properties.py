"""What holds of every rule of lasting work, whatever happened; and totals counted slowly, day by day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker.core.ids import new_id
from caseworker.progressions.jobs import NOT_KNOWN, STILL_THERE, Break, Check, Job, Journey, Outcome, Terms
from caseworker.progressions.living_wage import living_wage_pence
from caseworker.progressions.sustained import sustained

START = date(2025, 1, 6)
RULES: dict[str, dict[str, Any]] = {
    "weeks": {"kind": "continuous_weeks", "weeks": 13, "gap_days": 14},
    "weeks, proved": {"kind": "continuous_weeks", "weeks": 13, "gap_days": 14, "evidence": "document_seen"},
    "days": {"kind": "cumulative_days", "days": 91},
    "days in a window": {"kind": "cumulative_days", "days": 91, "window_days": 150},
    "earnings": {"kind": "earnings_equivalent", "hours": 16, "weeks": 13},
    "earnings in a window": {"kind": "earnings_equivalent", "hours": 16, "weeks": 13, "window_days": 120},
    "hours": {"kind": "hours_in_weeks", "hours": 7, "weeks": 9, "of_weeks": 12},
    "own rule": {"kind": "cumulative_days", "days": 91, "self_employment": {"weeks": 20, "gap_days": 7}},
    "at a point": {"kind": "status_at_point", "months": 6, "from": "start", "gap_days": 3},
}
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
HOURS = st.none() | st.integers(2, 40).map(lambda hours: hours * 60)
PAY = st.sampled_from(
    [(None, None), (1200, "hour"), (30_000, "week"), (90_000, "month"), (2_000_000, "year")]
)


def days(count: int) -> timedelta:
    return timedelta(days=count)


@st.composite
def some_terms(draw: st.DrawFn, day: date) -> Terms:
    return Terms(day, draw(HOURS), *draw(PAY))


@st.composite
def a_break(draw: st.DrawFn, began: date) -> Break:
    first = began + days(draw(st.integers(0, 200)))
    return Break(first, draw(st.none() | st.integers(0, 40).map(lambda more: first + days(more))))


@st.composite
def a_job(draw: st.DrawFn) -> Job:
    began = START + days(draw(st.integers(0, 200)))
    ended = draw(st.none() | st.integers(0, 300).map(lambda more: began + days(more)))
    checks = tuple(
        Check(began + days(draw(st.integers(0, 300))), draw(st.sampled_from([STILL_THERE, NOT_KNOWN])), rank)
        for rank in draw(st.lists(st.integers(1, 4), max_size=2))
    )
    later = draw(st.lists(st.integers(1, 200), max_size=2, unique=True).map(sorted))
    terms = tuple(draw(some_terms(began + days(more))) for more in (0, *later))
    breaks = tuple(draw(st.lists(a_break(began), max_size=2)))
    return Job(new_id(), began, ended, draw(st.integers(1, 4)), () if ended else checks,
               draw(st.booleans()), terms, breaks)  # fmt: skip


JOURNEYS = st.lists(a_job(), min_size=1, max_size=4).map(lambda jobs: Journey(START, "11", tuple(jobs)))


def found(journey: Journey, rule: dict[str, Any]) -> Outcome:
    outcome = sustained(journey, rule)
    return outcome or Outcome(None, None, None, None, None)


def no_sooner(later: date | None, sooner: date | None) -> bool:
    return later is None or (sooner is not None and sooner <= later)


@every_rule
@settings(max_examples=60)
@given(JOURNEYS, st.integers(0, 3), st.integers(0, 400), st.integers(1, 4))
def test_more_evidence_never_loses_an_outcome(
    rule: dict[str, Any], journey: Journey, which: int, more: int, rank: int
) -> None:
    jobs = list(journey.jobs)
    one = jobs[which % len(jobs)]
    seen = Check(one.started_on + days(more), STILL_THERE, rank)
    jobs[which % len(jobs)] = replace(
        one, evidence_rank=max(rank, one.evidence_rank), checks=(*one.checks, seen)
    )
    assert no_sooner(
        found(journey, rule).achieved_on, found(replace(journey, jobs=tuple(jobs)), rule).achieved_on
    )


@every_rule
@settings(max_examples=60)
@given(JOURNEYS, st.integers(0, 3), st.data())
def test_another_break_never_helps(
    rule: dict[str, Any], journey: Journey, which: int, data: st.DataObject
) -> None:
    jobs = list(journey.jobs)
    one = jobs[which % len(jobs)]
    gap = data.draw(a_break(one.started_on))
    jobs[which % len(jobs)] = replace(one, breaks=(*one.breaks, gap))
    assert no_sooner(
        found(replace(journey, jobs=tuple(jobs)), rule).achieved_on, found(journey, rule).achieved_on
    )


@every_rule
@settings(max_examples=60)
@given(JOURNEYS, st.integers(0, 3), st.integers(1, 60))
def test_a_longer_gap_allowed_never_hurts(
    rule: dict[str, Any], journey: Journey, which: int, more: int
) -> None:
    if "gap_days" in rule:
        wider = found(journey, rule | {"gap_days": rule["gap_days"] + more})
        assert no_sooner(found(journey, rule).achieved_on, wider.achieved_on)


@every_rule
@settings(max_examples=60)
@given(JOURNEYS)
def test_achieved_unknown_and_no_are_three_things(rule: dict[str, Any], journey: Journey) -> None:
    outcome = found(journey, rule)
    assert outcome.achieved_on is None or outcome.unknown_on is None
    assert (outcome.achieved_on is None) == (outcome.job_id is None)
    still = any(not job.ended for job in journey.counted)
    if still and outcome.achieved_on is None and rule["kind"] != "status_at_point":
        assert outcome.unknown_on is not None, "somebody may still be there, so nobody can say no"


@pytest.mark.parametrize("name", [name for name in RULES if name != "at a point"])
@settings(max_examples=60)
@given(JOURNEYS, st.integers(-20, 20).map(lambda weeks: days(weeks * 7)))
def test_later_by_as_much_when_all_of_it_is(name: str, journey: Journey, by: timedelta) -> None:
    """All but earnings: the living wage is that of its year."""
    rule = RULES[name]
    moved = replace(journey, started_on=START + by, jobs=tuple(_moved(job, by) for job in journey.jobs))
    first, second = found(journey, rule), found(moved, rule)
    if not name.startswith("earnings"):
        for was, now in ((first.achieved_on, second.achieved_on), (first.unknown_on, second.unknown_on)):
            assert (was and was + by) == now
    assert (first.matures_on and first.matures_on + by) == second.matures_on


def _moved(job: Job, by: timedelta) -> Job:
    return replace(
        job,
        started_on=job.started_on + by,
        ended_on=job.ended_on and job.ended_on + by,
        checks=tuple(replace(check, on=check.on + by) for check in job.checks),
        terms=tuple(replace(terms, from_on=terms.from_on + by) for terms in job.terms),
        breaks=tuple(Break(gap.from_on + by, gap.until_on and gap.until_on + by) for gap in job.breaks),
    )


# Slowly: a plain list of days from the start of support, and what each of them holds.
LENGTH = 620
# Whole numbers add up faster: everything here is a whole number of these parts.
PARTS = 60 * 7 * 365


def by_day(journey: Journey, amount: Callable[[Terms], Fraction | None]) -> list[int]:
    """Parts of what each day adds."""
    found = [0] * LENGTH
    for job in journey.jobs:
        for number in range(min(LENGTH, (job.known_until - START).days + 1)):
            day = START + days(number)
            off = any(gap.from_on <= day and (gap.until_on is None or day <= gap.until_on)
                      for gap in job.breaks)  # fmt: skip
            if job.started_on <= day <= job.known_until and not off:
                held = [terms for terms in job.terms if terms.from_on <= day]
                found[number] += int((amount(held[-1]) or 0) * PARTS)
    return found


def first_total(daily: list[int], need: int, window: int) -> date | None:
    for number in range(LENGTH):
        if sum(daily[max(0, number - window + 1) : number + 1]) >= need * PARTS:
            return START + days(number + 1)
    return None


def pence_a_day(terms: Terms) -> Fraction | None:
    per = {"hour": None, "week": Fraction(1, 7), "month": Fraction(12, 365), "year": Fraction(1, 365)}
    if terms.pay_pence is None or terms.pay_period is None:
        return None
    if terms.pay_period != "hour":
        return terms.pay_pence * (per[terms.pay_period] or Fraction(0))
    return None if terms.weekly_minutes is None else Fraction(terms.weekly_minutes, 60) * terms.pay_pence / 7


@pytest.mark.parametrize("window", [None, 150])
@settings(max_examples=60)
@given(JOURNEYS)
def test_days_counted_one_by_one(window: int | None, journey: Journey) -> None:
    rule = {"kind": "cumulative_days", "days": 91, "window_days": window}
    daily = [min(day, PARTS) for day in by_day(journey, lambda _terms: Fraction(1))]
    assert found(journey, rule).achieved_on == first_total(daily, 91, window or LENGTH)


@pytest.mark.parametrize("window", [None, 120])
@settings(max_examples=60)
@given(JOURNEYS)
def test_pay_counted_one_day_after_another(window: int | None, journey: Journey) -> None:
    wage = living_wage_pence(min(job.started_on for job in journey.jobs))
    assert wage is not None
    rule = {"kind": "earnings_equivalent", "hours": 16, "weeks": 13, "window_days": window}
    daily = by_day(journey, pence_a_day)
    expected = first_total(daily, 16 * 13 * wage, window or LENGTH)
    assert found(journey, rule).achieved_on == expected


@settings(max_examples=60)
@given(JOURNEYS)
def test_weeks_of_enough_hours_counted_one_by_one(journey: Journey) -> None:
    daily = by_day(
        journey, lambda terms: None if terms.weekly_minutes is None else Fraction(terms.weekly_minutes, 7)
    )
    worked = [number for number, minutes in enumerate(daily) if minutes]
    expected = None
    for last in range(worked[0] + 9 * 7 - 1, LENGTH) if worked else ():
        good = 0
        for back in range(12):
            first = last - 7 * back - 6
            good += first >= worked[0] and sum(daily[first : first + 7]) >= 7 * 60 * PARTS
        if good >= 9 and sum(daily[last - 6 : last + 1]) >= 7 * 60 * PARTS:
            expected = START + days(last + 1)
            break
    assert found(journey, RULES["hours"]).achieved_on == expected
