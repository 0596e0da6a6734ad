"""Changes to a person's time on a programme, and to what is due in it."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from caseworker.core.db import db
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.queries import rules_of
from caseworker.enrolments.rules import DueKind, ReviewClock


def set_due(enrolment: Enrolment, kind: DueKind, about_id: UUID, due_on: date, rule: str) -> DueItem:
    """One due item for each thing it is about; told again, the date moves and it is open once more."""
    item = db.session.scalar(
        select(DueItem).where(
            DueItem.enrolment_id == enrolment.id, DueItem.kind == kind, DueItem.about_id == about_id
        )
    )
    if item is None:
        item = DueItem(enrolment_id=enrolment.id, kind=kind, about_id=about_id)
        db.session.add(item)
    item.due_on, item.rule, item.closed_on = due_on, rule, None
    return item


def close_due(enrolment: Enrolment, kind: DueKind, about_id: UUID, closed_on: date) -> None:
    item = db.session.scalar(
        select(DueItem).where(
            DueItem.enrolment_id == enrolment.id, DueItem.kind == kind, DueItem.about_id == about_id
        )
    )
    if item is not None and item.closed_on is None:
        item.closed_on = closed_on


def review_clock(enrolment: Enrolment, day: date) -> tuple[ReviewClock, str] | None:
    """The review clock that holds on a day with its rule's code; None where a programme has none."""
    for rule in reversed(rules_of(enrolment.programme_id, "review_clock")):
        if rule.from_on <= day and (rule.until_on is None or day <= rule.until_on):
            return ReviewClock.read(rule.settings), rule.code
    return None
