"""Golden cases of lasting outcomes. Each expected day was counted by hand, and says how.

Everybody's support starts on Monday 6 January 2025, and their first work on Monday 3 February 2025: 13 weeks
from then are complete on 5 May, 26 weeks on 4 August 2025, 52 weeks on 2 February 2026.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from caseworker.core.ids import new_id
from caseworker.progressions.jobs import (
    LEFT,
    NOT_KNOWN,
    STILL_THERE,
    Break,
    Check,
    Job,
    Journey,
    Step,
    Terms,
)
from caseworker.progressions.living_wage import living_wage_pence
from caseworker.progressions.sustained import KINDS, sustained

START, FIRST = date(2025, 1, 6), date(2025, 2, 3)
THIRTEEN, HALF_YEAR, YEAR = date(2025, 5, 5), date(2025, 8, 4), date(2026, 2, 2)
TOLD_US, SEEN, EMPLOYER, PAYSLIP = 1, 2, 3, 4
HOUR = 60

WEEKS_26 = {"kind": "continuous_weeks", "weeks": 26, "gap_days": 14}
WEEKS_52 = {"kind": "continuous_weeks", "weeks": 52, "gap_days": 14}
DAYS_182 = {"kind": "cumulative_days", "days": 182, "window_days": 365}
EARNED = {"kind": "earnings_equivalent", "hours": 16, "weeks": 26}
SEVEN_HOURS = {"kind": "hours_in_weeks", "hours": 7, "weeks": 13, "of_weeks": 16}
SIX_MONTHS_ON = {"kind": "status_at_point", "months": 6, "from": "exit"}
EVENT = {"kind": "single_event", "progression_kinds": ["qualification_achieved"]}


def on(month: int, day: int, year: int = 2025) -> date:
    return date(year, month, day)


def job(began: date = FIRST, ended: date | None = None, *, rank: int = TOLD_US, **facts: Any) -> Job:
    """`hours` a week at `pence` an hour; `then` holds later terms as (day, hours, pence)."""
    hours, pence = facts.pop("hours", None), facts.pop("pence", None)
    first = [(began, hours, pence), *facts.pop("then", [])]
    terms = tuple(
        Terms(day, None if h is None else h * HOUR, p, None if p is None else "hour") for day, h, p in first
    )
    return Job(new_id(), began, ended, rank, terms=terms, **facts)


def there(day: date, rank: int = TOLD_US) -> Check:
    return Check(day, STILL_THERE, rank)


@dataclass(frozen=True)
class Case:
    says: str
    rule: dict[str, Any]
    jobs: list[Job]
    achieved: date | None
    unknown: date | None = None


CASES = [
    # Overlapping part-time jobs: hours and pay add up, a day counts once.
    Case("26 weeks in one job, then the overlapping one: one spell",
         WEEKS_26, [job(FIRST, on(5, 14)), job(on(3, 25), HALF_YEAR)], HALF_YEAR),
    Case("87 days to 30 April, 61 more to 30 June of one that overlaps, 34 from 1 September to 4 October",
         DAYS_182, [job(FIRST, on(4, 30)), job(on(4, 1), on(6, 30)), job(on(9, 1), on(12, 31))], on(10, 5)),
    Case("four hours here and three there are seven: thirteen weeks to 4 May",
         SEVEN_HOURS, [job(FIRST, on(8, 1), hours=4), job(FIRST, on(8, 1), hours=3)], THIRTEEN),
    Case("four hours alone are not seven, and it is over",
         SEVEN_HOURS, [job(FIRST, on(8, 1), hours=4)], None),
    Case("twice eight hours at the living wage of £11.44 are sixteen: 26 weeks to the day",
         EARNED, [job(FIRST, on(9, 1), hours=8, pence=1144), job(FIRST, on(9, 1), hours=8, pence=1144)],
         HALF_YEAR),
    # A nine-day gap, 5 to 13 May.
    Case("nine days are within fourteen: the weeks run on",
         WEEKS_26, [job(FIRST, on(5, 4)), job(on(5, 14), on(8, 31))], HALF_YEAR),
    Case("nine days are beyond seven: it starts again on 14 May and ends on 31 August",
         WEEKS_26 | {"gap_days": 7}, [job(FIRST, on(5, 4)), job(on(5, 14), on(8, 31))], None),
    Case("182 days of work are nine days later than 182 days of the calendar",
         DAYS_182, [job(FIRST, on(5, 4)), job(on(5, 14), on(8, 31))], on(8, 13)),
    Case("fifteen days are beyond fourteen: 26 weeks from 20 May, kept by somebody still there in December",
         WEEKS_26, [job(FIRST, on(5, 4)), job(on(5, 20), None, checks=(there(on(12, 1)),))], on(11, 18)),
    # A pay rise, and other changes of terms.
    Case("doubled pay from 5 May: half in 13 weeks, the rest in 45.5 days, so on the 46th, 19 June",
         EARNED, [job(FIRST, on(9, 1), hours=16, pence=1144, then=[(on(5, 5), 16, 2288)])], on(6, 20)),
    Case("a pay rise is nothing to a rule of weeks",
         WEEKS_26, [job(FIRST, HALF_YEAR, hours=16, pence=1144, then=[(on(5, 5), 16, 2288)])], HALF_YEAR),
    Case("cut to five hours after ten weeks: ten weeks of seven hours, and it is over",
         SEVEN_HOURS, [job(FIRST, on(8, 1), hours=16, then=[(on(4, 14), 5, None)])], None),
    Case("raised from five to seven hours on 5 May: thirteen weeks from there",
         SEVEN_HOURS, [job(FIRST, on(12, 1), hours=5, then=[(THIRTEEN, 7, None)])], HALF_YEAR),
    # A break inside work that goes on.
    Case("self-employed, quiet for nine days in March: within fourteen",
         WEEKS_26, [job(FIRST, on(12, 31), self_employed=True, breaks=(Break(on(3, 1), on(3, 9)),))],
         HALF_YEAR),
    Case("self-employed, quiet for three weeks: 26 weeks from 22 March",
         WEEKS_26, [job(FIRST, on(12, 31), self_employed=True, breaks=(Break(on(3, 1), on(3, 21)),))],
         on(9, 20)),
    Case("three weeks quiet are three weeks later in days of work",
         DAYS_182, [job(FIRST, on(12, 31), self_employed=True, breaks=(Break(on(3, 1), on(3, 21)),))],
         on(8, 25)),
    Case("two whole weeks off: 13 good weeks still among 16, done two weeks later",
         SEVEN_HOURS, [job(FIRST, on(8, 1), hours=16, breaks=(Break(on(3, 3), on(3, 16)),))], on(5, 19)),
    Case("a break that nobody said the end of is not known",
         WEEKS_26, [job(FIRST, None, breaks=(Break(on(5, 1)),), checks=(there(on(6, 1)),))], None, HALF_YEAR),
    Case("self-employment by its own rule: 26 weeks of trading instead of earnings nobody knows",
         EARNED | {"self_employment": {"weeks": 26, "gap_days": 14}},
         [job(FIRST, on(9, 1), self_employed=True)], HALF_YEAR),
    Case("self-employment left out, and nothing else",
         WEEKS_26 | {"self_employment": "left_out"}, [job(FIRST, on(9, 1), self_employed=True)], None),
    # Unknown is never a no.
    Case("unknown at 26 weeks and in work at 52: 26 weeks were kept",
         WEEKS_26, [job(checks=(Check(HALF_YEAR, NOT_KNOWN, TOLD_US), there(YEAR)))], HALF_YEAR),
    Case("unknown at 26 weeks and in work at 52: so were 52",
         WEEKS_52, [job(checks=(Check(HALF_YEAR, NOT_KNOWN, TOLD_US), there(YEAR)))], YEAR),
    Case("nobody asked", WEEKS_26, [job()], None, HALF_YEAR),
    Case("nobody asked, in days", DAYS_182, [job()], None, HALF_YEAR),
    Case("nobody asked, in hours", SEVEN_HOURS, [job(hours=16)], None, THIRTEEN),
    Case("nobody asked, in earnings", EARNED, [job(hours=16, pence=1144)], None, HALF_YEAR),
    Case("hours not known: it may have been enough", SEVEN_HOURS, [job(FIRST, on(9, 1))], None, THIRTEEN),
    Case("pay not known: it may have been enough", EARNED, [job(FIRST, on(9, 1), hours=16)], None, HALF_YEAR),
    Case("left, on a day not known, before the weeks were complete",
         WEEKS_26, [job(checks=(Check(on(6, 1), LEFT, TOLD_US),))], None),
    # The employer confirms what they told us, and a rule that asks for it.
    Case("their word is not enough for a rule that asks for the employer’s: unknown, not a no",
         WEEKS_26 | {"evidence": "employer_confirmed"}, [job(checks=(there(HALF_YEAR),))], None, HALF_YEAR),
    Case("the employer’s word on 1 September is enough, for the day it was true",
         WEEKS_26 | {"evidence": "employer_confirmed"},
         [job(checks=(there(HALF_YEAR), there(on(9, 1), EMPLOYER)))], HALF_YEAR),
    Case("a payslip of May proves May, not August",
         WEEKS_26 | {"evidence": "employer_confirmed"},
         [job(checks=(there(on(5, 30), PAYSLIP), there(HALF_YEAR)))], None, HALF_YEAR),
    Case("days counted by the employer’s word alone", DAYS_182 | {"evidence": "employer_confirmed"},
         [job(checks=(there(on(9, 1), EMPLOYER),))], HALF_YEAR),
    # The last day is put right.
    Case("the last day is 30 June after all", WEEKS_26, [job(FIRST, on(6, 30))], None),
    Case("the last day is the last of the 26 weeks", WEEKS_26, [job(FIRST, on(8, 3))], HALF_YEAR),
    Case("the last day is one too soon", WEEKS_26, [job(FIRST, on(8, 2))], None),
    # Windows.
    Case("91 days, and 91 more from 1 October to 30 December, within a year",
         DAYS_182, [job(FIRST, on(5, 4)), job(on(10, 1), on(12, 31))], on(12, 31)),
    Case("the same, but never within 200 days of each other",
         DAYS_182 | {"window_days": 200}, [job(FIRST, on(5, 4)), job(on(10, 1), on(12, 31))], None),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.says for case in CASES])
def test_golden(case: Case) -> None:
    found = sustained(Journey(START, "11", tuple(case.jobs)), case.rule)
    if found is None:
        assert (case.achieved, case.unknown) == (None, None)
        return
    assert (found.achieved_on, found.unknown_on) == (case.achieved, case.unknown)
    assert (found.job_id is None, found.evidence_rank is None) == (found.achieved_on is None,) * 2


def test_evidence_behind_an_outcome_is_the_best_there_is() -> None:
    asked = job(checks=(there(HALF_YEAR), there(on(9, 1), EMPLOYER)))
    found = sustained(Journey(START, "11", (asked,)), WEEKS_26)
    assert found is not None
    assert (found.evidence_rank, found.job_id) == (EMPLOYER, asked.id)


LEFT_US = Journey(START, "11", (), exited_on=on(8, 31))
POINT = on(2, 28, 2026)


def out_of_work(day: date) -> tuple[Step, ...]:
    return (Step(new_id(), "not_in_work_looking", "not_in_work", day, None, TOLD_US),)


@pytest.mark.parametrize(
    ("says", "facts", "achieved", "unknown"),
    [
        ("still there the day after", {"jobs": (job(checks=(there(on(3, 1, 2026)),)),)}, POINT, None),
        ("that job ended the day before: there may be another",
         {"jobs": (job(FIRST, on(2, 27, 2026)),)}, None, POINT),
        ("no work known of and nobody asked", {}, None, POINT),
        ("told to be out of work on that very day", {"steps": out_of_work(POINT)}, None, None),
        ("told to be out of work long before", {"steps": out_of_work(on(9, 1))}, None, POINT),
    ],
)  # fmt: skip
def test_how_they_are_six_months_after_leaving(
    says: str, facts: dict[str, Any], achieved: date | None, unknown: date | None
) -> None:
    found = sustained(replace(LEFT_US, **facts), SIX_MONTHS_ON)
    assert found is not None, says
    assert (found.achieved_on, found.unknown_on, found.matures_on) == (achieved, unknown, POINT), says


def test_nothing_is_asked_of_those_who_have_not_left() -> None:
    assert sustained(Journey(START, "11", (job(),)), SIX_MONTHS_ON) is None


def test_a_single_event_counts_once_it_is_proved() -> None:
    def passed(rank: int, kind: str = "qualification_achieved", later: int = 86) -> Journey:
        day = START + timedelta(days=later)  # 2 April
        return Journey(START, "10", (), steps=(Step(new_id(), kind, "education", day, day, rank),))

    asks = EVENT | {"evidence": "document_seen"}
    found = [sustained(passed(rank), asks) for rank in (TOLD_US, SEEN)]
    assert [(each.achieved_on, each.unknown_on) for each in found if each] == [
        (None, on(4, 2)),
        (on(4, 2), None),
    ]
    assert sustained(passed(SEEN, "short_course"), EVENT) is None
    assert sustained(passed(SEEN, later=-1), EVENT) is None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nobody_in_work_has_no_outcome(kind: str) -> None:
    every = WEEKS_26 | DAYS_182 | EARNED | SEVEN_HOURS | SIX_MONTHS_ON | EVENT
    assert sustained(Journey(START, "11", ()), every | {"kind": kind, "weeks": 26}) is None


@pytest.mark.parametrize(
    ("day", "pence"),
    [(on(3, 31, 2016), None), (on(4, 1, 2016), 720), (on(3, 31), 1144), (on(4, 1), 1221),
     (on(1, 1, 2030), 1271)],
)  # fmt: skip
def test_the_living_wage_changes_in_april(day: date, pence: int | None) -> None:
    assert living_wage_pence(day) == pence
