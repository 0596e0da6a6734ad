"""Entries that were moved: for who moved them, and for a data protection officer."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.db import Base, db
from caseworker.core.errors import NotVisible
from caseworker.core.sealing import unseal
from caseworker.enrolments.models import Enrolment, MovedEntry
from caseworker.enrolments.protecting import is_protected_by
from caseworker.enrolments.queries import visible_enrolments
from caseworker.participants.models import Participant
from caseworker.rights.reading import is_text

PAGE = 50


@dataclass(frozen=True)
class MovedLine:
    moved: MovedEntry
    source: Participant
    to: Participant
    by: str


def get_moved_from(user: User, source: Enrolment, moved_id: UUID) -> MovedEntry:
    """A move out of a case, for somebody who sees the right person too. Raises NotVisible."""
    moved = db.session.get(MovedEntry, moved_id)
    if moved is None or moved.from_enrolment_id != source.id or moved.new_id is None:
        raise NotVisible
    seen = visible_enrolments(user).where(Enrolment.participant_id == moved.to_participant_id)
    if db.session.scalars(seen.limit(1)).first() is None:
        raise NotVisible
    return moved


def leads_of(programme_id: UUID) -> list[str]:
    """Names of those who lead a programme today: they may see somebody whom the reader may not."""
    day = today()
    rows = db.session.scalars(
        select(User.name)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(
            RoleGrant.programme_id == programme_id,
            RoleGrant.role == Role.LEAD,
            RoleGrant.from_on <= day,
            func.coalesce(RoleGrant.until_on, day) >= day,
        )
        .order_by(User.name)
    )
    return list(dict.fromkeys(rows))


def page_of_moved(user: User, page: int) -> tuple[list[MovedLine], int]:
    """What was moved away from people whose data this user protects, the newest first."""
    wanted = _moved(user)
    total = db.session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    rows = db.session.execute(wanted.limit(PAGE).offset((page - 1) * PAGE))
    return [MovedLine(*row) for row in rows], total


def get_moved(user: User, moved_id: UUID) -> MovedLine:
    """One, with the looks at both people noted. Raises NotVisible."""
    row = db.session.execute(_moved(user).where(MovedEntry.id == moved_id)).one_or_none()
    if row is None:
        raise NotVisible
    line = MovedLine(*row)
    for person in (line.source, line.to):
        audit.looked(person.id, "moved entry")
    return line


def texts_of(moved: MovedEntry) -> list[str]:
    """What the old row says, in its own words."""
    table = Base.metadata.tables[moved.record_kind]
    row = db.session.execute(select(table).where(table.c.id == moved.record_id)).mappings().one_or_none()
    return [
        unseal(bytes(row[column.name]), table.name, moved.record_id, column.name).decode()
        for column in table.columns
        if row is not None and is_text(column) and row[column.name] is not None
    ]


def _moved(user: User) -> Select[MovedEntry, Participant, Participant, str]:
    to = aliased(Participant)
    return (
        select(MovedEntry, Participant, to, func.coalesce(User.name, ""))
        .join(Participant, Participant.id == MovedEntry.from_participant_id)
        .join(to, to.id == MovedEntry.to_participant_id)
        .outerjoin(User, User.id == MovedEntry.entered_by_id)
        .where(MovedEntry.voided_at.is_(None), is_protected_by(user))
        .where(MovedEntry.record_kind != "stored_file")
        .order_by(MovedEntry.moved_on.desc(), MovedEntry.id.desc())
    )
