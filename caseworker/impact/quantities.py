"""The quantities of an outcome map, each line family one aggregate statement over the records.

Lines of one `once_per_person` group count a human being once: the best evidenced of their outcomes, then
the map's rank (furthest reached first), then the lower value, then the earliest. What the total would be
with the highest value first is counted beside it. Lines with the same claim are parts of one figure and
share their count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    distinct,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from caseworker.core.db import db
from caseworker.core.types import Key
from caseworker.enrolments.models import Enrolment
from caseworker.impact.activity_years import activity_year
from caseworker.impact.eligibility import age_lacking, eligible
from caseworker.impact.facts import Facts, human_key
from caseworker.impact.sources import SOURCES
from caseworker.outcomes.subjects import Subject
from caseworker.valuation import OutcomeLine, OutcomeMap

# Counts that add up each step or piece of help of a person, where the others count a start once.
MEASURED_STEPS = ("person_years", "fte_years", "weeks", "hours")
MEASURED = {
    "progression": MEASURED_STEPS,
    "hours_volunteered": MEASURED_STEPS,
    "support_given": ("count", "hours"),
}

# The value of one unit of a claim, in pence; what has no value is 0.
Worths = Mapping[str, int]


@dataclass(frozen=True)
class Counted:
    """What one line counted in one activity year. `amount` is in the line's unit.

    `removed` was reached by people already counted by another line or start of the same group; `other` is
    the amount were the highest value of a person counted; `lacking` starts reached the outcome but their
    hours, dates or age are not known, and are in no amount.
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
    other: float
    lacking: int

    def row(self, amount: float | None = None) -> dict[str, Any]:
        """As the valuation library reads it, with another amount where one is given."""
        return {
            "line": self.line,
            "activity_year": self.activity_year,
            "quantity": self.amount if amount is None else amount,
            "people": self.people,
            "n_pairs": self.pairs,
            "sd": self.sd,
        }


def count_lines(subject: Subject, outcome_map: OutcomeMap, worths: Worths) -> list[Counted]:
    """Every line of the map over the subject's starts, lines without a proxy included: the report says how
    many people they are. Raises KeyError for a source that is not counted here."""
    counted: list[Counted] = []
    for lines in _groups(outcome_map.lines):
        counted += _count_group(subject, lines, worths)
    order = {line.code: place for place, line in enumerate(outcome_map.lines)}
    return sorted(counted, key=lambda each: (order[each.line], each.activity_year))


def _groups(lines: Iterable[OutcomeLine]) -> list[list[OutcomeLine]]:
    """Lines that count a person once together; a line without a group stands alone."""
    ordered = sorted(lines, key=lambda line: (line.once_per_person or f"~{line.code}", line.rank, line.code))
    return [list(each) for _, each in groupby(ordered, key=lambda line: line.once_per_person or line.code)]


def claim_of(line: OutcomeLine) -> str:
    return line.claim or line.code


def facts_of(subject: Subject, lines: Iterable[OutcomeLine]) -> dict[str, tuple[OutcomeLine, Facts]]:
    """Each claim of these lines once, with its rows."""
    first: dict[str, OutcomeLine] = {}
    for line in lines:
        first.setdefault(claim_of(line), line)
    return {claim: (line, SOURCES[line.source.name](subject, line)) for claim, line in first.items()}


def candidates(claims: Mapping[str, tuple[OutcomeLine, Facts]], worths: Worths, *, once: bool) -> Select[Any]:
    """One row per outcome reached by a start that some line of a group would count, with `place` 1 for
    the one that is counted for that human being (with `once`; else for that start or step), and `other` 1
    were it the most valuable one."""
    parts = [_reached(line, facts, worths.get(claim, 0)) for claim, (line, facts) in claims.items()]
    rows = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery()
    whose = rows.c.once_key if once else rows.c.row_key
    last = (rows.c.on_date, rows.c.enrolment_id, rows.c.claim)
    careful = (rows.c.lacking, rows.c.evidence.desc(), rows.c.rank, rows.c.worth, *last)
    other = (rows.c.lacking, rows.c.worth.desc(), *last)
    return select(
        rows,
        func.row_number().over(partition_by=whose, order_by=careful).label("place"),
        func.row_number().over(partition_by=whose, order_by=other).label("other"),
    )


def _reached(line: OutcomeLine, facts: Facts, worth: int) -> Select[Any]:
    lacking = [each for each in (facts.lacking, age_lacking(line)) if each is not None]
    measured = line.source.count in MEASURED.get(line.source.name, ())
    support_id = cast(null(), Key) if facts.support_id is None else facts.support_id
    fact_id = facts.progression_id if facts.support_id is None else support_id
    # Wide enough on PostgreSQL for squares and for money; whole, so that both databases order alike.
    amount = cast(facts.amount, BigInteger)
    value = amount * literal(round(worth * 1000 / facts.divisor), BigInteger)
    return facts.select.add_columns(
        Enrolment.id.label("enrolment_id"),
        Enrolment.participant_id.label("participant_id"),
        human_key().label("once_key"),
        (fact_id if measured else Enrolment.id).label("row_key"),
        literal(claim_of(line), String).label("claim"),
        literal(line.rank, Integer).label("rank"),
        facts.on_date.label("on_date"),
        amount.label("amount"),
        value.label("worth"),
        facts.evidence.label("evidence"),
        facts.progression_id.label("progression_id"),
        support_id.label("support_id"),
        case((or_(false(), *lacking), 1), else_=0).label("lacking"),
    ).where(*eligible(line, facts))


def _count_group(subject: Subject, lines: Sequence[OutcomeLine], worths: Worths) -> list[Counted]:
    claims = facts_of(subject, lines)
    rows = candidates(claims, worths, once=bool(lines[0].once_per_person)).subquery()
    counted = []
    for row in _sums(subject, rows, {claim: facts.shift_days for claim, (_, facts) in claims.items()}):
        divisor = claims[row.claim][1].divisor
        counted += [_counted(line, row, divisor) for line in lines if claim_of(line) == row.claim]
    return counted


def _sums(subject: Subject, rows: Any, shifts: dict[str, int]) -> Sequence[Any]:
    year = activity_year(subject, rows.c.on_date, rows.c.claim, shifts).label("activity_year")
    known = rows.c.lacking == 0
    kept, again = and_(known, rows.c.place == 1), and_(known, rows.c.place > 1)

    def total(condition: ColumnElement[bool], value: Any) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, value), else_=0)), 0)

    return db.session.execute(
        select(
            rows.c.claim,
            year,
            total(kept, rows.c.amount).label("amount"),
            total(kept, rows.c.amount * rows.c.amount).label("squares"),
            total(kept, 1).label("starts"),
            func.count(distinct(case((kept, rows.c.once_key)))).label("people"),
            total(again, rows.c.amount).label("removed"),
            func.count(distinct(case((again, rows.c.once_key)))).label("removed_people"),
            total(and_(known, rows.c.other == 1), rows.c.amount).label("other"),
            total(~known, 1).label("lacking"),
        )
        .group_by(rows.c.claim, year)
        .order_by(rows.c.claim, year)
    ).all()


def _counted(line: OutcomeLine, row: Any, divisor: int) -> Counted:
    paired = line.source.count == "pair_points"
    return Counted(
        line=line.code,
        activity_year=int(row.activity_year),
        amount=int(row.amount) / divisor,
        people=int(row.people),
        starts=int(row.starts),
        pairs=int(row.starts) if paired else 0,
        sd=deviation(int(row.starts), int(row.amount), int(row.squares)) if paired else 0.0,
        removed=int(row.removed) / divisor,
        removed_people=int(row.removed_people),
        other=int(row.other) / divisor,
        lacking=int(row.lacking),
    )


def deviation(count: int, total: int, squares: int) -> float:
    """Sample standard deviation of whole numbers from their sums; 0 under two of them."""
    if count < 2:
        return 0.0
    return sqrt((squares * count - total * total) / (count * (count - 1)))
