"""When something is due. Pure: dates in, dates out; the programme's settings say how long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from caseworker.core.calendar import add_working_days


class DueKind(StrEnum):
    CONTACT = "contact"
    PLAN = "plan"
    REVIEW = "review"
    SUSTAINMENT = "sustainment"


class Standing(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    COMING = "coming"
    LATER = "later"
    UNKNOWN = "unknown"
    DONE = "done"


COMING_DAYS = 7
# What falls away when somebody leaves. Whether work lasted is still asked.
ENDS_AT_EXIT = frozenset({DueKind.CONTACT, DueKind.PLAN, DueKind.REVIEW})


@dataclass(frozen=True)
class ReviewClock:
    """Settings of a programme's review clock, in days."""

    contact_days: int
    plan_working_days: int
    review_days: int

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> "ReviewClock":
        return cls(
            contact_days=int(settings["contact_days"]),
            plan_working_days=int(settings["plan_working_days"]),
            review_days=int(settings["review_days"]),
        )


def contact_due_on(clock: ReviewClock, started_on: date, last_two_way_on: date | None) -> date:
    """Attempts do not count: only a two-way contact moves this."""
    return max(started_on, last_two_way_on or started_on) + timedelta(days=clock.contact_days)


def plan_due_on(clock: ReviewClock, started_on: date) -> date:
    return add_working_days(started_on, clock.plan_working_days)


def review_due_on(clock: ReviewClock, agreed_on: date, reviewed_on: date | None) -> date:
    return (reviewed_on or agreed_on) + timedelta(days=clock.review_days)


class Edition(Protocol):
    """A dated edition of a programme's rule, as `ProgrammeRule` holds it."""

    code: Any
    settings: Any
    from_on: Any
    until_on: Any


@dataclass(frozen=True)
class Spell:
    """An enrolment as the due rules see it."""

    enrolment_id: UUID
    started_on: date | None
    exited_on: date | None


@dataclass(frozen=True)
class Due:
    """A due item as it should stand. `closed_on` is None while it is open."""

    kind: DueKind
    about_id: UUID
    due_on: date
    rule: str
    closed_on: date | None


def clock_on(editions: Sequence[Edition], day: date) -> tuple[ReviewClock, str] | None:
    """The review clock that holds on a day, the newest edition first, with its code; None where none does."""
    for rule in reversed(editions):
        if rule.from_on <= day and (rule.until_on is None or day <= rule.until_on):
            return ReviewClock.read(rule.settings), rule.code
    return None


def contact_due(spell: Spell, editions: Sequence[Edition], last_two_way_on: date | None) -> Due | None:
    """When they must be spoken with next; the edition is that of the day the count begins."""
    if spell.started_on is None:
        return None
    found = clock_on(editions, max(spell.started_on, last_two_way_on or spell.started_on))
    if found is None:
        return None
    clock, rule = found
    due_on = contact_due_on(clock, spell.started_on, last_two_way_on)
    return Due(DueKind.CONTACT, spell.enrolment_id, due_on, rule, spell.exited_on)


def plan_due(spell: Spell, editions: Sequence[Edition], agreed_on: date | None) -> Due | None:
    """By when the plan must be agreed; done on the day it was, or when they left."""
    if spell.started_on is None:
        return None
    found = clock_on(editions, spell.started_on)
    if found is None:
        return None
    clock, rule = found
    due_on = plan_due_on(clock, spell.started_on)
    return Due(DueKind.PLAN, spell.enrolment_id, due_on, rule, agreed_on or spell.exited_on)


def review_due(
    spell: Spell,
    editions: Sequence[Edition],
    plan_id: UUID | None,
    agreed_on: date | None,
    reviewed_on: date | None,
) -> Due | None:
    """When an agreed plan must be looked at again; None before it is agreed."""
    if spell.started_on is None or plan_id is None or agreed_on is None:
        return None
    found = clock_on(editions, reviewed_on or agreed_on)
    if found is None:
        return None
    clock, rule = found
    due_on = review_due_on(clock, agreed_on, reviewed_on)
    return Due(DueKind.REVIEW, plan_id, due_on, rule, spell.exited_on)


def window(wanted: Standing, today: date) -> tuple[date, date]:
    """The first and last day on which something not done stands so. Raises KeyError for DONE and
    UNKNOWN, which no day decides."""
    day = timedelta(days=1)
    soon = today + timedelta(days=COMING_DAYS)
    return {
        Standing.OVERDUE: (date.min, today - day),
        Standing.TODAY: (today, today),
        Standing.COMING: (today + day, soon),
        Standing.LATER: (soon + day, date.max),
    }[wanted]


def standing(due_on: date | None, closed_on: date | None, today: date) -> Standing:
    """The one place that says overdue: list, badge, count and report all ask here (or its `window`).

    What is open and has no day is unknown: it is never overdue.
    """
    if closed_on is not None:
        return Standing.DONE
    if due_on is None:
        return Standing.UNKNOWN
    for each in (Standing.OVERDUE, Standing.TODAY, Standing.COMING):
        first, last = window(each, today)
        if first <= due_on <= last:
            return each
    return Standing.LATER
