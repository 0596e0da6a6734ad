"""Concerns as lists: the lead's desk, the closed ones, and those somebody was asked to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.safeguarding.models import Concern, ConcernStep
from caseworker.safeguarding.queries import ACTION, PAGE, is_read_by, is_shared_with


@dataclass(frozen=True)
class Line:
    """One concern on a list: who raised it, who took it, and when its next action is due."""

    concern: Concern
    raised_by: str
    taken_by: str
    due_on: date | None
    open_actions: int


@dataclass(frozen=True)
class Desk:
    unread: Sequence[Line]
    due: Sequence[Line]
    going_on: Sequence[Line]
    closed: int


def read_desk(user: User, day: date) -> Desk:
    """Open concerns of a lead and those they were named for: unread first, then by what is due."""
    lines = _lines(select(Concern).where(is_read_by(user), Concern.closed_on.is_(None)).limit(10 * PAGE))
    unread = [line for line in lines if line.concern.acknowledged_at is None]
    taken = [line for line in lines if line.concern.acknowledged_at is not None]
    due = sorted(
        (line for line in taken if line.due_on and line.due_on <= day), key=lambda line: line.due_on or day
    )
    closed = select(func.count()).select_from(Concern).where(is_read_by(user), Concern.closed_on.is_not(None))
    return Desk(
        sorted(unread, key=lambda line: not line.concern.in_danger_now),
        due,
        [line for line in taken if line not in due],
        db.session.scalar(closed) or 0,
    )


def closed_concerns(user: User, page: int) -> list[Line]:
    rows = select(Concern).where(is_read_by(user), Concern.closed_on.is_not(None))
    return _lines(rows.limit(PAGE).offset((page - 1) * PAGE), newest=True)


def shared_with(user: User) -> list[Line]:
    """Concerns that a lead let this user read, the newest PAGE."""
    return _lines(select(Concern).where(is_shared_with(user)).limit(PAGE), newest=True)


def has_shared(user: User) -> bool:
    return bool(db.session.scalar(select(exists(select(Concern.id).where(is_shared_with(user))))))


def _lines(rows: Select[Concern], newest: bool = False) -> list[Line]:
    raised, taken = aliased(User), aliased(User)
    step, done = aliased(ConcernStep), aliased(ConcernStep)
    is_open = and_(
        step.concern_id == Concern.id,
        step.kind == ACTION,
        ~exists().where(done.settles_id == step.id),
    )
    next_on = select(func.min(step.due_on)).where(is_open).correlate(Concern).scalar_subquery()
    count = select(func.count()).select_from(step).where(is_open).correlate(Concern).scalar_subquery()
    order = (Concern.entered_at.desc(), Concern.id.desc()) if newest else (Concern.entered_at, Concern.id)
    found = db.session.execute(
        rows.add_columns(raised.name, taken.name, next_on, count)
        .outerjoin(raised, raised.id == Concern.entered_by_id)
        .outerjoin(taken, taken.id == Concern.acknowledged_by_id)
        .options(joinedload(Concern.about_participant))
        .order_by(*order)
    )
    return [Line(concern, by or "", took or "", due, actions) for concern, by, took, due, actions in found]
