"""What a source of an outcome map gives: rows of the records, for SQL to sum.

A source gives one row per start (or fact) that reached the outcome: whose it is, on which day, and how
much as a whole number. Sums of whole numbers are the same on every database; `divisor` turns them into
the line's unit afterwards. The same rows, not summed, are the trace.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, func, literal, null, select

from caseworker.core.codes import codes
from caseworker.core.types import Key
from caseworker.enrolments.models import Enrolment
from caseworker.outcomes.subjects import Subject
from caseworker.participants.models import PersonLink
from caseworker.valuation import OutcomeLine

# A full-time week, in minutes: 35 hours, as the maps count `fte_years`.
FULL_WEEK = 35 * 60
DAYS_A_YEAR = 52 * 7

# A column of a table or an expression over some.
Column: TypeAlias = Any


@dataclass(frozen=True)
class Facts:
    """Rows that reached an outcome, joined to their `Enrolment`.

    The outcome began on `on_date` less `shift_days`. `amount` is a whole number, `divisor` of which are
    one unit of the line. `lacking` are rows that reached it but whose amount is not known. `support_id`
    names the piece of help, where it is one.
    """

    select: Select[Any]
    on_date: Column
    amount: Column
    evidence: Column
    progression_id: Column
    weekly_minutes: Column
    divisor: int = 1
    shift_days: int = 0
    lacking: ColumnElement[bool] | None = None
    support_id: Column = None


Source = Callable[[Subject, OutcomeLine], Facts]


def human_key() -> ColumnElement[Any]:
    """One key for one human being, however many controllers know them."""
    return func.coalesce(PersonLink.human_id, Enrolment.participant_id)


def starts_of(subject: Subject) -> Select[Any]:
    """The subject's starts, with the link that says who is one human being."""
    return (
        select()
        .select_from(Enrolment)
        .outerjoin(
            PersonLink,
            and_(PersonLink.participant_id == Enrolment.participant_id, PersonLink.voided_at.is_(None)),
        )
        .where(subject.started())
    )


def capped(minutes: Column) -> ColumnElement[Any]:
    """Minutes a week, at most a full-time week."""
    return case((minutes > FULL_WEEK, FULL_WEEK), else_=minutes)


def evidence_rank(level: Column) -> ColumnElement[int]:
    """The stronger the evidence, the higher; 0 for none."""
    ranks = {each.code: each.number("rank") or 0 for each in codes("evidence_level")}
    return case(ranks, value=level, else_=0)


def plain_facts(rows: Select[Any], on_date: Column, amount: Column = None, **about: Any) -> Facts:
    """Facts that stand behind no step: one unit each unless `amount` says otherwise."""
    return Facts(
        select=rows,
        on_date=on_date,
        amount=literal(1, Integer) if amount is None else amount,
        evidence=literal(0, Integer),
        progression_id=cast(null(), Key),
        weekly_minutes=cast(null(), Integer),
        **about,
    )
