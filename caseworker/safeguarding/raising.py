"""What the form for a concern offers somebody: who it may be about, and where it belongs."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from caseworker.accounts.models import RoleGrant, User
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.ids import read_reference
from caseworker.participants.models import Participant, Scope
from caseworker.participants.queries import is_open_to
from caseworker.programmes.models import Organisation, Programme


@dataclass(frozen=True)
class Place:
    """Where somebody works, and so where their concern may belong."""

    organisation_id: UUID
    programme_id: UUID | None
    name: str

    @property
    def key(self) -> str:
        return str(self.programme_id or self.organisation_id)


@dataclass(frozen=True)
class Offered:
    places: list[Place]
    colleagues: list[tuple[str, str]]


def _seen_by(user: User) -> ColumnElement[bool]:
    return or_(*(is_open_to(user, Participant, scope) for scope in Scope))


def find_about(user: User, participant_id: UUID) -> Participant | None:
    """Somebody this user may see at any scope; None for anybody else, and for nobody."""
    return db.session.scalar(select(Participant).where(Participant.id == participant_id, _seen_by(user)))


def find_by_reference(user: User, typed: str | None) -> Participant | None:
    """The same by a reference, which is all that was typed."""
    reference = read_reference((typed or "")[:40])
    if reference is None:
        return None
    return db.session.scalar(select(Participant).where(Participant.reference == reference, _seen_by(user)))


def offered_to(user: User) -> Offered:
    """The places of a user's roles by name, and colleagues of the same tree of organisations."""
    organisations = {row.id: row for row in db.session.scalars(select(Organisation))}
    programmes = {row.id: row for row in db.session.scalars(select(Programme))}
    day = today()

    def tops(grants: Iterable[RoleGrant]) -> set[UUID]:
        """The topmost organisations of where roles are held; all of them for a role held everywhere."""
        found: set[UUID] = set()
        for grant in grants:
            key = grant.organisation_id or (
                programmes[grant.programme_id].organisation_id if grant.programme_id else None
            )
            if key is None:
                return {each.id for each in organisations.values() if each.parent_id is None}
            while (above := organisations[key].parent_id) is not None:
                key = above
            found.add(key)
        return found

    mine = [grant for grant in user.grants if grant.holds_on(day)]
    near = tops(mine)
    people = db.session.scalars(
        select(User)
        .where(User.active, User.voided_at.is_(None), User.id != user.id)
        .order_by(User.name, User.email)
    )
    colleagues = [
        (str(each.id), each.name)
        for each in people
        if tops(grant for grant in each.grants if grant.holds_on(day)) & near
    ]
    return Offered(_places(mine, organisations, programmes), colleagues)


def _places(
    grants: list[RoleGrant], organisations: dict[UUID, Organisation], programmes: dict[UUID, Programme]
) -> list[Place]:
    found: set[Place] = set()
    for grant in grants:
        if grant.programme_id is not None:
            programme = programmes[grant.programme_id]
            found.add(Place(programme.organisation_id, programme.id, programme.name))
        else:
            found |= {
                Place(each.id, None, each.name)
                for each in organisations.values()
                if each.id == grant.organisation_id
                or (grant.organisation_id is None and each.parent_id is None)
            }
    return sorted(found, key=lambda place: (place.name, place.key))
