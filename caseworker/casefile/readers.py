"""Who may see a person, and who has looked: what a case page says of itself."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Date,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from caseworker.accounts.models import User
from caseworker.casefile.noon import noon
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.core.types import Key
from caseworker.participants.models import ParticipantAccess, StatedReason
from caseworker.participants.queries import lasting
from caseworker.programmes.models import Programme

LOOKERS = 10


@dataclass(frozen=True)
class Reading:
    """Somebody who may see the person (`why`, since `at`) or who has looked (`times`, last at `at`).

    `reason` is a code of access_reason where one was stated; `until_on` the last day.
    """

    name: str
    has_looked: bool
    why: str
    at: datetime
    times: int | None
    reason: str | None
    until_on: date | None


def readers_of(participant_id: UUID, today: date) -> list[Reading]:
    """Who may see a person, and the last who looked: both from one query, from what was written down."""
    rows = db.session.execute(_readers(today), {"participant_id": participant_id})
    return [Reading(*row) for row in rows]


@lru_cache(maxsize=2)
def _readers(today: date) -> Select[*tuple[Any, ...]]:
    whose = bindparam("participant_id", type_=Key())
    both = union_all(_may_see(whose, today), _have_looked(whose)).subquery()
    return select(both).order_by(both.c.has_looked, both.c.at.desc())


def _may_see(participant_id: BindParameter[UUID], today: date) -> Select[*tuple[Any, ...]]:
    row = ParticipantAccess
    return (
        select(
            func.coalesce(User.name, Programme.name, "").label("name"),
            literal(False).label("has_looked"),
            row.why.label("why"),
            noon(row.from_on).label("at"),
            null().label("times"),
            StatedReason.reason,
            row.until_on,
        )
        .select_from(row)
        .outerjoin(StatedReason, StatedReason.id == row.because_id)
        .outerjoin(User, User.id == row.user_id)
        .outerjoin(Programme, Programme.id == row.programme_id)
        .where(row.participant_id == participant_id, lasting(today))
    )


def _have_looked(participant_id: BindParameter[UUID]) -> Select[*tuple[Any, ...]]:
    last = (
        select(
            AuditEvent.user_id,
            func.max(AuditEvent.at).label("at"),
            func.count().label("times"),
        )
        .where(AuditEvent.participant_id == participant_id, AuditEvent.action == "looked")
        .group_by(AuditEvent.user_id)
        .order_by(func.max(AuditEvent.at).desc())
        .limit(LOOKERS)
        .subquery("last")
    )
    return select(
        func.coalesce(User.name, "").label("name"),
        literal(True).label("has_looked"),
        literal("").label("why"),
        last.c.at,
        last.c.times,
        cast(null(), String()),
        cast(null(), Date()),
    ).select_from(last.outerjoin(User, User.id == last.c.user_id))
