"""Imports somebody may see, and who of a sheet is here already: asked for all rows at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.imports.models import CaseloadImport
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import programmes_of

IMPORTERS = frozenset({Role.LEAD, Role.PROGRAMME_ADMINISTRATOR})
CHUNK = 500
Item = TypeVar("Item")


@dataclass(frozen=True)
class Spell:
    """A time on the programme of somebody who is here already."""

    participant_id: UUID
    exited_on: date | None


def importable_programmes(user: User) -> list[Programme]:
    """Programmes this user may bring people onto, by name."""
    return list(
        db.session.scalars(
            select(Programme)
            .where(Programme.id.in_(programmes_of(user, IMPORTERS)), Programme.voided_at.is_(None))
            .order_by(Programme.name)
        )
    )


def visible_imports(user: User) -> Select[CaseloadImport]:
    return (
        select(CaseloadImport)
        .where(CaseloadImport.programme_id.in_(programmes_of(user, IMPORTERS)))
        .options(joinedload(CaseloadImport.programme))
        .order_by(CaseloadImport.id.desc())
    )


def get_import(user: User, import_id: UUID) -> CaseloadImport:
    """Raises NotVisible when it is missing or on another's programme."""
    found = db.session.scalar(visible_imports(user).where(CaseloadImport.id == import_id))
    if found is None:
        raise NotVisible
    return found


def keyworkers_of(programme: Programme) -> dict[str, list[User]]:
    """Those who do casework on a programme today, by each name and e-mail they go by, in lower case."""
    day = today()
    holds = exists().where(
        RoleGrant.user_id == User.id,
        RoleGrant.voided_at.is_(None),
        RoleGrant.role.in_([Role.KEYWORKER, Role.LEAD]),
        RoleGrant.programme_id == programme.id,
        RoleGrant.from_on <= day,
        or_(RoleGrant.until_on.is_(None), RoleGrant.until_on >= day),
    )
    found: dict[str, list[User]] = {}
    for user in db.session.scalars(select(User).where(User.active, holds).order_by(User.id)):
        for name in {" ".join(user.name.lower().split()), user.email}:
            found.setdefault(name, []).append(user)
    return found


def spells_on(programme_id: UUID, people: Iterable[UUID]) -> dict[UUID, list[Spell]]:
    """The times these people had on a programme; one query for each 500."""
    found: dict[UUID, list[Spell]] = {}
    for some in in_chunks(sorted(people)):
        rows = db.session.execute(
            select(Enrolment.participant_id, Enrolment.exited_on).where(
                Enrolment.programme_id == programme_id,
                Enrolment.participant_id.in_(some),
                Enrolment.voided_at.is_(None),
            )
        )
        for participant_id, exited_on in rows:
            found.setdefault(participant_id, []).append(Spell(participant_id, exited_on))
    return found


def people_of(keys: Iterable[UUID]) -> dict[UUID, Participant]:
    """People by key; one query for each 500."""
    found: dict[UUID, Participant] = {}
    for some in in_chunks(sorted(keys)):
        rows = db.session.scalars(select(Participant).where(Participant.id.in_(some)))
        found |= {person.id: person for person in rows}
    return found


def references_taken(references: Iterable[str]) -> set[str]:
    """Which of these references somebody has."""
    taken: set[str] = set()
    for some in in_chunks(sorted(references)):
        taken |= set(db.session.scalars(select(Participant.reference).where(Participant.reference.in_(some))))
    return taken


def in_chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for first in range(0, len(items), CHUNK):
        yield items[first : first + CHUNK]
