"""What was handed over, to whom, and how long it lasts."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from caseworker.accounts.models import Role, User
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment, HandedCase, Handover
from caseworker.enrolments.queries import open_to
from caseworker.programmes.queries import programmes_of

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class HandoverLine:
    """A handover on a list: how many cases, from whom, to whom."""

    handover: Handover
    people: int
    to: tuple[str, ...]
    by: str

    def is_running(self, day: date) -> bool:
        """Still to begin or under way: it can be ended."""
        row = self.handover
        return row.until_on is not None and row.until_on >= day and row.ended_on is None


def visible_handovers(user: User) -> Select[Handover]:
    """Handovers of which every case is on a programme this user leads."""
    led = programmes_of(user, {Role.LEAD})
    foreign = (
        select(HandedCase.id)
        .join(Enrolment, Enrolment.id == HandedCase.enrolment_id)
        .where(HandedCase.handover_id == Handover.id, Enrolment.programme_id.not_in(led))
    )
    return select(Handover).where(Handover.voided_at.is_(None), ~foreign.exists())


def get_handover(user: User, handover_id: UUID) -> Handover:
    """One that this user may end or take back. Raises NotVisible."""
    found = db.session.scalar(visible_handovers(user).where(Handover.id == handover_id))
    if found is None:
        raise NotVisible
    return found


def recent_handovers(user: User, limit: int = 50) -> list[HandoverLine]:
    """Those of the last 30 days and those that run, the newest first."""
    since = today() - RECENT
    return lines_of(
        visible_handovers(user)
        .where(or_(Handover.from_on >= since, Handover.until_on >= today()))
        .order_by(Handover.entered_at.desc(), Handover.id.desc())
        .limit(limit)
    )


def lines_of(handovers: Select[Handover]) -> list[HandoverLine]:
    """Each handover as a line, in the order it is read."""
    rows = db.session.scalars(handovers.options(selectinload(Handover.cases).joinedload(HandedCase.to))).all()
    names = _names({row.entered_by_id for row in rows if row.entered_by_id})
    return [
        HandoverLine(
            row,
            len({each.enrolment_id for each in row.cases}),
            tuple(sorted({each.to.name for each in row.cases})),
            names.get(row.entered_by_id, "") if row.entered_by_id else "",
        )
        for row in rows
    ]


def _names(keys: set[UUID]) -> dict[UUID, str]:
    if not keys:
        return {}
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(keys))).all())


def handed_to_me(user: User, limit: int = 200) -> list[HandedCase]:
    """Cases that came to this user for good lately, or are theirs to work now, the newest handover first."""
    rows = db.session.scalars(
        _mine(user)
        .options(
            joinedload(HandedCase.handover),
            joinedload(HandedCase.enrolment).joinedload(Enrolment.participant),
            joinedload(HandedCase.enrolment).joinedload(Enrolment.programme),
            joinedload(HandedCase.enrolment).joinedload(Enrolment.keyworker),
        )
        .order_by(Handover.entered_at.desc(), HandedCase.id)
        .limit(limit)
    )
    return list(rows)


def count_handed_to_me(user: User) -> int:
    found = db.session.scalar(select(func.count()).select_from(_mine(user).subquery()))
    return found or 0


def _mine(user: User) -> Select[HandedCase]:
    day = today()
    lately = and_(
        Handover.until_on.is_(None), Handover.from_on >= day - RECENT, Enrolment.keyworker_id == user.id
    )
    now = and_(
        Handover.from_on <= day,
        Handover.until_on >= day,
        or_(Handover.ended_on.is_(None), Handover.ended_on > day),
    )
    return (
        select(HandedCase)
        .join(Handover, Handover.id == HandedCase.handover_id)
        .join(Enrolment, Enrolment.id == HandedCase.enrolment_id)
        .where(HandedCase.to_id == user.id, Handover.voided_at.is_(None), or_(lately, now), open_to(user))
    )
