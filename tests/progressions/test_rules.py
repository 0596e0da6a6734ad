"""Golden cases of coming into work and of work that lasts."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from caseworker.core.ids import new_id
from caseworker.progressions.jobs import LEFT, NOT_KNOWN, STILL_THERE, Check, Job, Journey, Outcome
from caseworker.progressions.rules import into_work
from caseworker.progressions.sustained_weeks import continuous_weeks, spells

START = date(2025, 1, 6)
FIRST_DAY = date(2025, 2, 3)
RULE = {"kind": "continuous_weeks", "weeks": 26, "gap_days": 14}
COMPLETE = FIRST_DAY + timedelta(weeks=26)
SELF_REPORTED, EMPLOYER = 1, 3


def job(began: date = FIRST_DAY, ended: date | None = None, *checks: Check, key: UUID | None = None) -> Job:
    return Job(key or new_id(), began, ended, SELF_REPORTED, checks)


def there(day: date, rank: int = SELF_REPORTED) -> Check:
    return Check(day, STILL_THERE, rank)


def lasted(*jobs: Job) -> Outcome:
    found = continuous_weeks(journey(jobs), RULE)
    assert found is not None
    return found


def journey(jobs: Iterable[Job], at_start: str = "11") -> Journey:
    return Journey(START, at_start, tuple(jobs))


def days(count: int) -> timedelta:
    return timedelta(days=count)


def test_those_in_work_at_the_start_are_left_out() -> None:
    assert into_work(journey([job()], "10")) is None


def test_a_job_before_the_start_of_support_is_not_an_outcome() -> None:
    found = into_work(journey([job(START - days(1))], "11"))
    assert found is not None
    assert found.achieved_on is None


def test_the_first_job_is_the_one_that_counts() -> None:
    first = job()
    found = into_work(journey([job(FIRST_DAY + days(30)), first], "11"))
    assert found is not None
    assert (found.achieved_on, found.job_id) == (FIRST_DAY, first.id)


def test_nobody_in_work_has_no_sustained_outcome() -> None:
    assert continuous_weeks(journey([]), RULE) is None


def test_a_job_that_ended_after_its_weeks_was_kept() -> None:
    assert lasted(job(FIRST_DAY, COMPLETE - days(1))).achieved_on == COMPLETE


def test_a_job_that_ended_a_day_too_soon_was_not() -> None:
    found = lasted(job(FIRST_DAY, COMPLETE - days(2)))
    assert found.achieved_on is None
    assert found.unknown_on is None
    assert found.matures_on == COMPLETE


def test_still_there_when_asked_late_counts_from_the_day_the_weeks_were_complete() -> None:
    assert lasted(job(FIRST_DAY, None, there(COMPLETE + days(60)))).achieved_on == COMPLETE


def test_no_last_day_and_nobody_asked_is_unknown_and_not_a_no() -> None:
    found = lasted(job())
    assert found.achieved_on is None
    assert found.unknown_on == COMPLETE


def test_unknown_at_26_weeks_and_in_work_at_52_was_kept() -> None:
    asked = job(FIRST_DAY, None, Check(COMPLETE, NOT_KNOWN, 1), there(FIRST_DAY + timedelta(weeks=52)))
    assert lasted(asked).achieved_on == COMPLETE


def test_left_on_an_unknown_day_is_a_no() -> None:
    found = lasted(job(FIRST_DAY, None, Check(FIRST_DAY + days(40), LEFT, 1)))
    assert found.achieved_on is None
    assert found.unknown_on is None


def test_a_nine_day_gap_between_jobs_is_within_the_rule() -> None:
    one = job(FIRST_DAY, FIRST_DAY + days(90))
    other = job(FIRST_DAY + days(100), COMPLETE + days(5))
    assert lasted(one, other).achieved_on == COMPLETE


def test_a_gap_longer_than_the_rule_starts_again() -> None:
    one = job(FIRST_DAY, FIRST_DAY + days(90))
    again = FIRST_DAY + days(91 + 15)
    other = job(again, again + timedelta(weeks=26))
    found = lasted(one, other)
    assert found.achieved_on == again + timedelta(weeks=26)
    assert found.matures_on == COMPLETE


def test_overlapping_part_time_jobs_are_one_spell() -> None:
    one = job(FIRST_DAY, FIRST_DAY + days(100))
    other = job(FIRST_DAY + days(50), COMPLETE)
    assert len(spells([one, other], 14)) == 1
    assert lasted(one, other).achieved_on == COMPLETE


def test_the_employer_confirming_later_lifts_the_evidence() -> None:
    found = lasted(job(FIRST_DAY, None, there(COMPLETE), there(COMPLETE + days(30), EMPLOYER)))
    assert found.evidence_rank == EMPLOYER


@st.composite
def jobs(draw: st.DrawFn) -> list[Job]:
    found = []
    for _ in range(draw(st.integers(0, 5))):
        began = START + days(draw(st.integers(0, 500)))
        length = draw(st.none() | st.integers(0, 400))
        ended = None if length is None else began + days(length)
        checks = tuple(
            Check(began + days(draw(st.integers(0, 400))), draw(st.sampled_from([STILL_THERE, NOT_KNOWN])), 1)
            for _ in range(draw(st.integers(0, 2)))
        )
        found.append(Job(new_id(), began, ended, draw(st.integers(1, 4)), () if ended else checks))
    return found


def slowly(history: list[Job], settings: dict[str, Any]) -> bool:
    """Day by day: is there a day from which every stretch of 26 weeks has no gap above the limit?"""
    known = {began + days(step) for one in history for began in [one.started_on] for step in _days(one)}
    firsts = sorted(one.started_on for one in history)
    for first in firsts:
        if any(first - days(step) in known for step in range(1, settings["gap_days"] + 2)):
            continue
        quiet, day, last = 0, first, first + timedelta(weeks=settings["weeks"]) - days(1)
        while quiet <= settings["gap_days"]:
            quiet = 0 if day in known else quiet + 1
            if day in known and day >= last:
                return True
            day += days(1)
    return False


def _days(one: Job) -> range:
    return range((one.known_until - one.started_on).days + 1)


@given(jobs())
def test_it_agrees_with_counting_day_by_day(history: list[Job]) -> None:
    found = continuous_weeks(journey(history), RULE)
    assert (found is not None and found.achieved_on is not None) == slowly(history, RULE)


@given(jobs(), st.randoms())
def test_the_order_of_the_records_changes_nothing(history: list[Job], chance: Any) -> None:
    shuffled = list(history)
    chance.shuffle(shuffled)
    assert continuous_weeks(journey(shuffled), RULE) == continuous_weeks(journey(history), RULE)
