"""What a programme did for its community, counted from records: people, attendances and money apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, distinct, func, select

from caseworker.core.db import db
from caseworker.events.models import Activity, Event, EventAttendance
from caseworker.participants.models import PersonLink

JOB_CLUB = "job_club"


@dataclass(frozen=True)
class EventCount:
    """Events of a kind in a period: `attendances` by head; `people` are the named ones, each once."""

    kind: str
    events: int
    attendances: int
    independent_living: int
    people: int


@dataclass(frozen=True)
class ActivityCount:
    kind: str
    quantity: int
    amount_pence: int | None
    before_quantity: int
    before_amount_pence: int | None


def event_counts(programme_ids: Sequence[UUID], from_on: date, until_on: date) -> list[EventCount]:
    here = (Event.programme_id.in_(programme_ids), Event.voided_at.is_(None))
    heads = db.session.execute(
        select(
            Event.kind,
            func.count(),
            func.sum(Event.head_count),
            func.sum(Event.independent_living_count),
        )
        .where(*here, Event.held_on.between(from_on, until_on))
        .group_by(Event.kind)
        .order_by(Event.kind)
    ).all()
    human = func.coalesce(PersonLink.human_id, EventAttendance.participant_id)
    linked = and_(PersonLink.participant_id == EventAttendance.participant_id, PersonLink.voided_at.is_(None))
    people = db.session.execute(
        select(Event.kind, func.count(distinct(human)))
        .join(EventAttendance, EventAttendance.event_id == Event.id)
        .outerjoin(PersonLink, linked)
        .where(*here, Event.held_on.between(from_on, until_on), EventAttendance.voided_at.is_(None))
        .group_by(Event.kind)
    )
    named: dict[str, int] = {row[0]: row[1] for row in people}
    return [
        EventCount(kind, events, int(attendances), int(independent), named.get(kind, 0))
        for kind, events, attendances, independent in heads
    ]


def activity_counts(
    programme_ids: Sequence[UUID], from_on: date, until_on: date, before_from_on: date
) -> list[ActivityCount]:
    """Activities of the period, with those from `before_from_on` up to the period beside them."""
    now = _sums(programme_ids, from_on, until_on)
    before = _sums(programme_ids, before_from_on, from_on, until_included=False)
    return [
        ActivityCount(kind, *now.get(kind, (0, None)), *before.get(kind, (0, None)))
        for kind in sorted(now.keys() | before.keys())
    ]


def _sums(
    programme_ids: Sequence[UUID], from_on: date, until_on: date, until_included: bool = True
) -> dict[str, tuple[int, int | None]]:
    last = Activity.done_on <= until_on if until_included else Activity.done_on < until_on
    rows = db.session.execute(
        select(Activity.kind, func.sum(Activity.quantity), func.sum(Activity.amount_pence))
        .where(
            Activity.programme_id.in_(programme_ids),
            Activity.voided_at.is_(None),
            Activity.done_on >= from_on,
            last,
        )
        .group_by(Activity.kind)
    )
    return {kind: (int(quantity), None if amount is None else int(amount)) for kind, quantity, amount in rows}
