"""The quantities of an outcome map, worked out the slow and obvious way over plain rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import stdev

from caseworker.core.calendar import add_years
from caseworker.valuation import OutcomeLine, OutcomeMap
from tests.outcomes.histories import EVIDENCE, History, Start, Step, day
from tests.outcomes.reference import by, pair_of, starts_of

FULL_WEEK = 35 * 60


@dataclass
class Reached:
    """One start (or step) that reached the outcome of one claim. `began` is the first day of it."""

    claim: str
    rank: int
    start: Start
    began: date
    on: int
    whole: int
    divisor: int
    evidence: int
    minutes: int | None
    lacking: bool
    row: object


def rank_of(evidence: str | None) -> int:
    return 0 if evidence is None else EVIDENCE.index(evidence) + 1


def capped(minutes: int | None) -> int:
    return min(minutes or 0, FULL_WEEK)


def sustained(history: History, line: OutcomeLine, start: Start) -> Iterable[Reached]:
    state = start.sustained
    if state is None or start.status == "10" or not by(state.achieved, history.as_at):
        return
    assert state.achieved is not None
    step = None if state.step is None else start.steps[state.step]
    minutes = step.minutes if step else None
    hours = line.source.count == "fte_years"
    yield made(
        line, start, state.achieved, capped(minutes) if hours else 1, FULL_WEEK if hours else 1,
        rank_of(state.evidence), minutes, hours and minutes is None, 26 * 7,
    )  # fmt: skip


def held(step: Step, as_at: int) -> int:
    last = as_at if step.ended is None else min(step.ended, as_at)
    return last - step.started + 1


def steps(history: History, start: Start, kinds: Iterable[str]) -> list[Step]:
    return [s for s in start.steps if s.kind in kinds and not s.voided and s.started <= history.as_at]


def progression(history: History, line: OutcomeLine, start: Start) -> Iterable[Reached]:
    count = line.source.count
    for step in steps(history, start, line.source.parameters["kinds"]):
        whole, divisor, lacking = 1, 1, False
        if count == "fte_years":
            whole, divisor = held(step, history.as_at) * capped(step.minutes), FULL_WEEK * 364
            lacking = step.ended is None or step.minutes is None
        elif count in ("person_years", "weeks"):
            whole, divisor = held(step, history.as_at), 364 if count == "person_years" else 7
            lacking = step.ended is None
        found = made(line, start, step.started, whole, divisor, rank_of(step.evidence), step.minutes, lacking)
        if count != "people":
            found.row = step.id
        yield found


def hours_volunteered(history: History, line: OutcomeLine, start: Start) -> Iterable[Reached]:
    for step in steps(history, start, ("volunteering",)):
        lacking = step.ended is None or step.minutes is None
        whole = held(step, history.as_at) * (step.minutes or 0)
        found = made(line, start, step.started, whole, 420, rank_of(step.evidence), step.minutes, lacking)
        found.row = step.id
        yield found


def completion(history: History, line: OutcomeLine, start: Start) -> Iterable[Reached]:
    for on, voided in start.completed:
        if not voided and on <= history.as_at:
            yield made(line, start, on, 1, 1, 0, None, False)


def wellbeing_change(history: History, line: OutcomeLine, start: Start) -> Iterable[Reached]:
    pair = pair_of(start, str(line.source.parameters["measure"]), history.as_at)
    if pair is not None and pair[2] >= 2:
        assert start.started is not None
        yield made(line, start, start.started, pair[1] - pair[0], 1, 0, None, False)


def barrier_reduced(history: History, line: OutcomeLine, start: Start) -> Iterable[Reached]:
    asked = line.source.parameters
    told = [b for b in start.barriers if not b.voided and b.on <= history.as_at and b.theme == asked["theme"]]
    cleared = max((b.on for b in told if b.state == "nothing"), default=None)
    eased = []
    for code in asked["codes"]:
        said = sorted(
            (b for b in told if b.barrier == code and b.state == "something"),
            key=lambda b: (b.on, b.id.bytes),
        )
        if not said or max(b.severity or 0 for b in said) < asked["from_severity"]:
            continue
        last = said[-1]
        if (last.severity or 0) <= asked["to_severity"]:
            eased.append(last.on)
        elif cleared is not None and cleared > last.on:
            eased.append(cleared)
    if eased:
        yield made(line, start, min(eased), 1, 1, 0, None, False)


SOURCES = {
    "sustained": sustained,
    "progression": progression,
    "hours_volunteered": hours_volunteered,
    "completion": completion,
    "wellbeing_change": wellbeing_change,
    "barrier_reduced": barrier_reduced,
}


def made(
    line: OutcomeLine, start: Start, on: int, whole: int, divisor: int, evidence: int, minutes: int | None,
    lacking: bool, shift: int = 0,
) -> Reached:  # fmt: skip
    missing_age = bool(line.age_from or line.age_to) and start.age is None
    began = day(on) - timedelta(days=shift)
    return Reached(
        line.claim or line.code, line.rank, start, began, on, whole, divisor, evidence, minutes,
        lacking or missing_age, start.id,
    )  # fmt: skip


def is_for(line: OutcomeLine, found: Reached) -> bool:
    start = found.start
    benefit = start.benefit or "not_asked"
    if line.benefit_at_start and benefit not in line.benefit_at_start:
        return False
    if benefit in line.benefit_at_start_not:
        return False
    if line.age_from is not None and start.age is not None and start.age < line.age_from:
        return False
    if line.age_to is not None and start.age is not None and start.age > line.age_to:
        return False
    neet = line.source.parameters.get("neet_at_start")
    young = start.status in ("11", "12") and start.age is not None and 16 <= start.age <= 24
    if neet is not None and neet != young:
        return False
    hours = line.source.parameters.get("weekly_hours_from")
    return hours is None or (found.minutes is not None and found.minutes >= hours * 60)


def year_of(history: History, began: date) -> int:
    k = 0
    while (end := add_years(day(history.from_on), k + 1)) <= day(history.as_at) and began >= end:
        k += 1
    return k


@dataclass
class Tally:
    whole: int = 0
    removed: int = 0
    other: int = 0
    lacking: int = 0
    divisor: int = 1

    def __post_init__(self) -> None:
        self.people: set[object] = set()
        self.removed_people: set[object] = set()
        self.values: list[int] = []


def count_lines(
    history: History, outcome_map: OutcomeMap, worths: dict[str, int], programmes: tuple[int, ...]
) -> dict[tuple[str, int], Tally]:
    """A tally for each line and activity year in which anybody reached it."""
    groups: dict[str, list[OutcomeLine]] = {}
    for line in outcome_map.lines:
        groups.setdefault(line.once_per_person or f"alone {line.code}", []).append(line)
    found: dict[tuple[str, int], Tally] = {}
    for name, lines in groups.items():
        by_claim = {line.claim or line.code: line for line in reversed(lines)}
        reached = [
            each
            for line in by_claim.values()
            for start in starts_of(history, programmes)
            for each in SOURCES[line.source.name](history, line, start)
            if is_for(line, each)
        ]
        alone = name.startswith("alone")
        first, most = chosen(reached, worths, alone)
        for each in reached:
            for line in (line for line in lines if (line.claim or line.code) == each.claim):
                tally = found.setdefault((line.code, year_of(history, each.began)), Tally())
                count_in(tally, each, each in first, each in most)
    return found


def chosen(
    reached: list[Reached], worths: dict[str, int], alone: bool
) -> tuple[list[Reached], list[Reached]]:
    """The one that counts for each human being, and the most valuable one."""

    def worth(each: Reached) -> int:
        return each.whole * round(worths.get(each.claim, 0) * 1000 / each.divisor)

    def last(each: Reached) -> tuple[object, ...]:
        return (each.on, each.start.id.bytes, each.claim)

    first, most = [], []
    keys = {each.row if alone else each.start.person for each in reached}
    for key in keys:
        mine = [each for each in reached if (each.row if alone else each.start.person) == key]
        first.append(min(mine, key=lambda e: (e.lacking, -e.evidence, e.rank, worth(e), *last(e))))
        most.append(min(mine, key=lambda e: (e.lacking, -worth(e), *last(e))))
    return first, most


def count_in(tally: Tally, each: Reached, first: bool, most: bool) -> None:
    tally.divisor = each.divisor
    if each.lacking:
        tally.lacking += 1
        return
    if most:
        tally.other += each.whole
    if first:
        tally.whole += each.whole
        tally.values.append(each.whole)
        tally.people.add(each.start.person)
    else:
        tally.removed += each.whole
        tally.removed_people.add(each.start.person)


def deviation(tally: Tally) -> float:
    return stdev(tally.values) if len(tally.values) > 1 else 0.0
