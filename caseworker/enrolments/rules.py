"""When something is due. Pure: dates in, dates out; the programme's settings say how long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from caseworker.core.calendar import add_working_days, is_working_day
from caseworker.enrolments.heard import Heard, Minimum


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


class Pause(Protocol):
    """Days that do not count, both ends included; without an end it still lasts."""

    from_on: Any
    until_on: Any


def day_after(
    begun_on: date, count: int, pauses: Sequence[Pause] = (), *, working: bool = False
) -> date | None:
    """The `count`-th day after `begun_on` that no pause covers; None while an open pause holds it back.

    `working` counts working days only. A pause that began after that day moves nothing.
    """
    day = add_working_days(begun_on, count) if working else begun_on + timedelta(days=count)
    if not any(pause.from_on <= day and (pause.until_on or date.max) > begun_on for pause in pauses):
        return day
    day, left = begun_on, max(count, 1)
    while left:
        day += timedelta(days=1)
        covering = [pause for pause in pauses if pause.from_on <= day]
        if any(pause.until_on is None for pause in covering):
            return None
        if not any(day <= pause.until_on for pause in covering) and (not working or is_working_day(day)):
            left -= 1
    return day


def ended_by(pauses: Sequence[Pause], closed_on: date | None) -> Sequence[Pause]:
    """Once the thing is done or they have left, a pause that still lasts holds nothing back."""
    if closed_on is None:
        return pauses
    return [pause for pause in pauses if pause.until_on is not None]


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
    pauses: Sequence[Pause] = ()


@dataclass(frozen=True)
class Due:
    """A due item as it should stand. `closed_on` is None while it is open."""

    kind: DueKind
    about_id: UUID
    due_on: date
    rule: str
    closed_on: date | None


def edition_on(editions: Sequence[Edition], day: date) -> Edition | None:
    """The edition that holds on a day, the newest first."""
    return next(
        (
            rule
            for rule in reversed(editions)
            if rule.from_on <= day and (rule.until_on is None or day <= rule.until_on)
        ),
        None,
    )


def clock_on(editions: Sequence[Edition], day: date) -> tuple[ReviewClock, str] | None:
    """The review clock that holds on a day, with its code; None where none does."""
    rule = edition_on(editions, day)
    return (ReviewClock.read(rule.settings), rule.code) if rule else None


def contact_due(
    spell: Spell,
    editions: Sequence[Edition],
    told: Heard | date | None,
    minimums: Sequence[Edition] = (),
) -> Due | None:
    """When they must be spoken with or tried next: the soonest of the review clock, the programme's least
    contact and the ladder's next step; each edition is that of the day its count begins.

    Attempts never put a day off: only a two-way contact moves the first two, and a step can only come sooner.
    """
    if spell.started_on is None:
        return None
    heard = Heard.of(told)
    begun_on = max(spell.started_on, heard.last_two_way_on or spell.started_on)
    asked = [
        _due(spell, editions, DueKind.CONTACT, spell.enrolment_id, begun_on, spell.exited_on),
        _least(spell, minimums, heard, begun_on),
    ]
    found = [each for each in asked if each is not None]
    if found and heard.step is not None:
        day, rule = heard.step
        found.append(Due(DueKind.CONTACT, spell.enrolment_id, day, rule, spell.exited_on))
    return min(found, key=lambda due: due.due_on, default=None)


def _least(spell: Spell, minimums: Sequence[Edition], heard: Heard, begun_on: date) -> Due | None:
    rule = edition_on(minimums, begun_on)
    if rule is None or spell.started_on is None:
        return None
    minimum = Minimum.read(rule.settings)
    since = max(spell.started_on, minimum.last_on(heard) or spell.started_on)
    due_on = day_after(since, minimum.every_days, ended_by(spell.pauses, spell.exited_on), working=False)
    if due_on is None:
        return None
    return Due(DueKind.CONTACT, spell.enrolment_id, due_on, rule.code, spell.exited_on)


def plan_due(spell: Spell, editions: Sequence[Edition], agreed_on: date | None) -> Due | None:
    """By when the plan must be agreed; done on the day it was, or when they left."""
    if spell.started_on is None:
        return None
    closed_on = agreed_on or spell.exited_on
    return _due(spell, editions, DueKind.PLAN, spell.enrolment_id, spell.started_on, closed_on)


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
    return _due(spell, editions, DueKind.REVIEW, plan_id, reviewed_on or agreed_on, spell.exited_on)


def _due(
    spell: Spell,
    editions: Sequence[Edition],
    kind: DueKind,
    about_id: UUID,
    begun_on: date,
    closed_on: date | None,
) -> Due | None:
    """None where no clock holds on the day the count begins, and while an open pause holds the day back."""
    found = clock_on(editions, begun_on)
    if found is None:
        return None
    clock, rule = found
    working = kind is DueKind.PLAN
    count = {
        DueKind.CONTACT: clock.contact_days,
        DueKind.PLAN: clock.plan_working_days,
        DueKind.REVIEW: clock.review_days,
    }[kind]
    due_on = day_after(begun_on, count, ended_by(spell.pauses, closed_on), working=working)
    return None if due_on is None else Due(kind, about_id, due_on, rule, closed_on)


@lru_cache(maxsize=64)
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
