"""Pauses of the review clock: how many starts, why, and for how many days."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.core.sql import days_between, earlier
from caseworker.enrolments.models import Enrolment, ReviewPause
from caseworker.outcomes.journeys import count_if
from caseworker.outcomes.subjects import Subject


@dataclass(frozen=True)
class PauseCount:
    """A reason of pause_reason: `starts` ever paused for it, `lasting` on the date, and the `days` of all
    its pauses up to that date, both ends counted."""

    reason: str
    starts: int
    lasting: int
    days: int


@dataclass(frozen=True)
class Paused:
    """`starts` were paused at least once, `lasting` are on the date: a start with two reasons is one."""

    starts: int
    lasting: int
    days: int
    reasons: tuple[PauseCount, ...]


def paused_of(subject: Subject) -> Paused:
    """Pauses begun by the date, in one statement. One that was left open ends with the day they left: from
    then on nothing is due."""
    open_end = func.coalesce(Enrolment.exited_on, subject.as_at)
    last = earlier(func.coalesce(ReviewPause.until_on, open_end), subject.as_at)
    lasting = and_(
        or_(ReviewPause.until_on.is_(None), ReviewPause.until_on >= subject.as_at),
        or_(Enrolment.exited_on.is_(None), Enrolment.exited_on > subject.as_at),
    )
    rows = (
        select(
            ReviewPause.reason.label("reason"),
            ReviewPause.enrolment_id.label("enrolment_id"),
            func.sum(days_between(ReviewPause.from_on, last) + 1).label("days"),
            count_if(lasting).label("lasting"),
        )
        .join(Enrolment, Enrolment.id == ReviewPause.enrolment_id)
        .where(
            subject.started(),
            ReviewPause.voided_at.is_(None),
            ReviewPause.from_on <= subject.as_at,
            or_(Enrolment.exited_on.is_(None), ReviewPause.from_on <= Enrolment.exited_on),
        )
        .group_by(ReviewPause.reason, ReviewPause.enrolment_id)
    )
    by_start: dict[UUID, int] = {}
    found: dict[str, list[int]] = {}
    for reason, enrolment_id, days, now in db.session.execute(rows):
        by_start[enrolment_id] = by_start.get(enrolment_id, 0) + int(now)
        counts = found.setdefault(reason, [0, 0, 0])
        for place, more in enumerate((1, int(now > 0), int(days))):
            counts[place] += more
    reasons = tuple(
        PauseCount(each.code, *found[each.code]) for each in codes("pause_reason") if each.code in found
    )
    return Paused(
        starts=len(by_start),
        lasting=sum(now > 0 for now in by_start.values()),
        days=sum(each.days for each in reasons),
        reasons=reasons,
    )
