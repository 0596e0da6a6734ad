"""What was put into a subject, as the valuation library reads it."""

from typing import Any

from sqlalchemy import select

from caseworker.core.db import db
from caseworker.impact.activity_years import activity_year_of
from caseworker.outcomes.subjects import Subject
from caseworker.programmes.models import Investment


def investments_of(subject: Subject) -> list[dict[str, Any]]:
    """Pence by activity year (`k`), in cash and in kind, spent in the period and up to the date of the
    figures. Payments inside a group leave its roll-up."""
    query = select(Investment.spent_on, Investment.in_kind, Investment.amount_pence).where(
        Investment.programme_id.in_(subject.programme_ids),
        Investment.voided_at.is_(None),
        Investment.spent_on.between(subject.from_on, min(subject.until_on, subject.as_at)),
    )
    if subject.is_group:
        query = query.where(~Investment.internal)
    totals: dict[tuple[int, bool], int] = {}
    for spent_on, in_kind, amount_pence in db.session.execute(query):
        key = (activity_year_of(subject, spent_on), in_kind)
        totals[key] = totals.get(key, 0) + amount_pence
    return [
        {"k": k, "amount_pence": amount, "in_kind": in_kind}
        for (k, in_kind), amount in sorted(totals.items())
    ]


def internal_pence(subject: Subject) -> int:
    """What one organisation of a group paid to another in the period: left out of the roll-up."""
    if not subject.is_group:
        return 0
    amounts = db.session.scalars(
        select(Investment.amount_pence).where(
            Investment.programme_id.in_(subject.programme_ids),
            Investment.voided_at.is_(None),
            Investment.internal,
            Investment.spent_on.between(subject.from_on, min(subject.until_on, subject.as_at)),
        )
    )
    return sum(amounts)
