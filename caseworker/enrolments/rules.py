"""When something is due. Pure: dates in, dates out; the programme's settings say how long."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

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
    DONE = "done"


@dataclass(frozen=True)
class ReviewClock:
    """Settings of a programme's review clock, in days."""

    contact_days: int
    plan_working_days: int
    review_days: int

    @classmethod
    def read(cls, settings: dict[str, Any]) -> "ReviewClock":
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


def standing(due_on: date, closed_on: date | None, today: date) -> Standing:
    """The one place that says overdue: list, badge, count and report all ask here."""
    if closed_on is not None:
        return Standing.DONE
    if due_on < today:
        return Standing.OVERDUE
    return Standing.TODAY if due_on == today else Standing.COMING
