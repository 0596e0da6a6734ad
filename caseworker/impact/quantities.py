"""The quantities of an outcome map, each line family one aggregate statement over the records.

Lines of one `once_per_person` group count a human being once: the best evidenced of their outcomes, then
the map's rank, then the earliest. Lines with the same claim are parts of one figure and share their count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import sqrt
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    distinct,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from caseworker.core.calendar import add_years
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.impact.sources import SOURCES, Facts, human_key
from caseworker.outcomes.subjects import Subject
from caseworker.valuation import OutcomeLine, OutcomeMap

YOUNGEST, OLDEST_NEET = 16, 24
OUT_OF_WORK = ("11", "12")
# Counts that add up each step of a person, where the others count a start once.
MEASURED_STEPS = ("person_years", "fte_years", "weeks", "hours")


@dataclass(frozen=True)
class Counted:
    """What one line counted in one activity year. `amount` is in the line's unit.

    `removed` was reached by people already counted by another line or start of the same group; `lacking`
    starts reached the outcome but their hours, dates or age are not known, and are not in `amount`.
    """

    line: str
    activity_year: int
    amount: float
    people: int
    starts: int
    pairs: int
    sd: float
    removed: float
    removed_people: int
    lacking: int

    def row(self) -> dict[str, Any]:
        """As the valuation library reads it."""
        return {
            "line": self.line,
            "activity_year": self.activity_year,
            "quantity": self.amount,
            "people": self.people,
            "n_pairs": self.pairs,
            "sd": self.sd,
        }


def count_lines(subject: Subject, outcome_map: OutcomeMap) -> list[Counted]:
    """Every line of the map over the subject's starts, lines without a proxy included: the report says how
    many people they are. Raises KeyError for a source that is not counted here."""
    counted: list[Counted] = []
    for lines in _groups(outcome_map.lines):
        counted += _count_group(subject, lines)
    order = {line.code: place for place, line in enumerate(outcome_map.lines)}
    return sorted(counted, key=lambda each: (order[each.line], each.activity_year))


def _groups(lines: Iterable[OutcomeLine]) -> list[list[OutcomeLine]]:
    """Lines that count a person once together; a line without a group stands alone."""
    ordered = sorted(lines, key=lambda line: (line.once_per_person or f"~{line.code}", line.rank, line.code))
    return [list(each) for _, each in groupby(ordered, key=lambda line: line.once_per_person or line.code)]


def claim_of(line: OutcomeLine) -> str:
    return line.claim or line.code


def candidates(subject: Subject, lines: Sequence[OutcomeLine]) -> Select[Any]:
    """One row per outcome reached by a start that some line of the group would count, with `place` 1 for
    the one that is counted for that human being."""
    claims: dict[str, OutcomeLine] = {}
    for line in lines:
        claims.setdefault(claim_of(line), line)
    parts = [_reached(subject, line) for line in claims.values()]
    rows = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery()
    order = (rows.c.lacking, rows.c.evidence.desc(), rows.c.rank, rows.c.on_date, rows.c.enrolment_id)
    partition = rows.c.once_key if lines[0].once_per_person else rows.c.row_key
    place = func.row_number().over(partition_by=partition, order_by=order).label("place")
    return select(rows, place)


def _reached(subject: Subject, line: OutcomeLine) -> Select[Any]:
    facts = SOURCES[line.source.name](subject, line)
    age_missing = Enrolment.age_at_start.is_(None) if line.age_from or line.age_to else None
    lacking = [each for each in (facts.lacking, age_missing) if each is not None]
    row_key = facts.progression_id if _by_step(line) else Enrolment.id
    return facts.select.add_columns(
        Enrolment.id.label("enrolment_id"),
        Enrolment.participant_id.label("participant_id"),
        human_key().label("once_key"),
        row_key.label("row_key"),
        literal(claim_of(line), String).label("claim"),
        literal(line.rank, Integer).label("rank"),
        facts.on_date.label("on_date"),
        facts.amount.label("amount"),
        facts.evidence.label("evidence"),
        facts.progression_id.label("progression_id"),
        case((or_(false(), *lacking), 1), else_=0).label("lacking"),
    ).where(*eligible(line, facts))


def _by_step(line: OutcomeLine) -> bool:
    return line.source.name in ("progression", "hours_volunteered") and line.source.count in MEASURED_STEPS


def eligible(line: OutcomeLine, facts: Facts) -> list[ColumnElement[bool]]:
    """Who a line is for: benefit and age at the start, hours, out of work and learning at the start."""
    wanted: list[ColumnElement[bool]] = []
    benefit, age = func.coalesce(Enrolment.benefit_at_start, "not_asked"), Enrolment.age_at_start
    if line.benefit_at_start:
        wanted.append(benefit.in_(line.benefit_at_start))
    if line.benefit_at_start_not:
        wanted.append(benefit.not_in(line.benefit_at_start_not))
    if line.age_from is not None:
        wanted.append(or_(age.is_(None), age >= line.age_from))
    if line.age_to is not None:
        wanted.append(or_(age.is_(None), age <= line.age_to))
    neet = line.source.parameters.get("neet_at_start")
    if neet is not None:
        young = and_(
            Enrolment.status_at_start.in_(OUT_OF_WORK),
            func.coalesce(age.between(YOUNGEST, OLDEST_NEET), False),
        )
        wanted.append(young if neet else ~young)
    hours = line.source.parameters.get("weekly_hours_from")
    if hours is not None:
        wanted.append(facts.weekly_minutes >= int(hours) * 60)
    return wanted


def _count_group(subject: Subject, lines: Sequence[OutcomeLine]) -> list[Counted]:
    rows = candidates(subject, lines).subquery()
    facts = {claim_of(line): SOURCES[line.source.name](subject, line) for line in lines}
    shifts = {claim: fact.shift_days for claim, fact in facts.items()}
    year = _activity_year(subject, rows.c.on_date, rows.c.claim, shifts).label("activity_year")
    kept = and_(rows.c.place == 1, rows.c.lacking == 0)
    again = and_(rows.c.place > 1, rows.c.lacking == 0)

    def total(condition: ColumnElement[bool], value: Any) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, value), else_=0)), 0)

    found = db.session.execute(
        select(
            rows.c.claim,
            year,
            total(kept, rows.c.amount),
            total(kept, rows.c.amount * rows.c.amount),
            total(kept, 1),
            func.count(distinct(case((kept, rows.c.once_key)))),
            total(again, rows.c.amount),
            func.count(distinct(case((again, rows.c.once_key)))),
            total(rows.c.lacking == 1, 1),
        )
        .group_by(rows.c.claim, year)
        .order_by(rows.c.claim, year)
    )
    counted = []
    for claim, k, amount, squares, starts, people, removed, removed_people, lacking in found:
        for line in (line for line in lines if claim_of(line) == claim):
            divisor = facts[claim].divisor
            counted.append(
                Counted(
                    line=line.code,
                    activity_year=int(k),
                    amount=int(amount) / divisor,
                    people=int(people),
                    starts=int(starts),
                    pairs=int(starts) if line.source.count == "pair_points" else 0,
                    sd=_deviation(int(starts), int(amount), int(squares))
                    if line.source.count == "pair_points"
                    else 0.0,
                    removed=int(removed) / divisor,
                    removed_people=int(removed_people),
                    lacking=int(lacking),
                )
            )
    return counted


def _activity_year(
    subject: Subject, on_date: ColumnElement[Any], claim: ColumnElement[Any], shifts: dict[str, int]
) -> ColumnElement[int]:
    """Whole years from the subject's first day to the day the outcome began; 0 for anything earlier."""
    branches = []
    for shift in sorted(set(shifts.values())):
        named = claim.in_([each for each, days in shifts.items() if days == shift])
        ends = [end + timedelta(days=shift) for end in year_ends(subject)]
        years = case(*((on_date < end, k) for k, end in enumerate(ends)), else_=len(ends))
        branches.append((named, years))
    return case(*branches, else_=0)


def year_ends(subject: Subject) -> list[date]:
    """The first day after each activity year that has ended by the date of the figures."""
    ends = []
    end = add_years(subject.from_on, 1)
    while end <= subject.as_at:
        ends.append(end)
        end = add_years(subject.from_on, len(ends) + 1)
    return ends


def activity_year_of(subject: Subject, day: date) -> int:
    return sum(1 for end in year_ends(subject) if day >= end)


def _deviation(count: int, total: int, squares: int) -> float:
    if count < 2:
        return 0.0
    return sqrt((squares * count - total * total) / (count * (count - 1)))
