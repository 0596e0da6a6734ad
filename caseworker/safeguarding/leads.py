"""Who reads a concern, as people: for the words to whoever raises one, and for the alerts.

The same rule as `queries.is_led_by`, asked the other way round; a test holds the two together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core.db import db
from caseworker.participants.models import ParticipantAccess
from caseworker.programmes.models import Organisation, Programme
from caseworker.safeguarding.models import Concern

_ROLES = (Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Belongs:
    """Where a concern belongs, and whom it is about."""

    organisation_id: UUID
    programme_id: UUID | None = None
    about_participant_id: UUID | None = None
    about_user_id: UUID | None = None

    @classmethod
    def of(cls, concern: Concern) -> "Belongs":
        return cls(
            concern.organisation_id,
            concern.programme_id,
            concern.about_participant_id,
            concern.about_user_id,
        )


@dataclass(frozen=True)
class Told:
    """Who reads a concern; where nobody does, who is told that a reader is missing."""

    readers: Sequence[User]
    instead: Sequence[User]


@dataclass(frozen=True)
class Leads:
    """Everybody who leads on safeguarding or administers, and what it takes to say who reads what."""

    day: date
    users: Sequence[User]
    above: dict[UUID, UUID | None]
    programmes: dict[UUID, set[UUID]] = field(default_factory=dict)
    homes: dict[UUID, UUID] = field(default_factory=dict)

    def told(self, concern: Belongs) -> Told:
        readers = self._reaching(concern, Role.SAFEGUARDING_LEAD)
        return Told(readers, [] if readers else self._instead(concern))

    def _reaching(self, concern: Belongs, role: Role) -> list[User]:
        line = set(self._line(concern.organisation_id))
        about = concern.about_participant_id
        programmes = {concern.programme_id} | (self.programmes.get(about, set()) if about else set())
        return [
            user
            for user in self.users
            if user.id != concern.about_user_id
            and any(_reaches(grant, line, programmes) for grant in self._held(user, role))
        ]

    def _instead(self, concern: Belongs) -> list[User]:
        """Administrators who can name a reader, and safeguarding leads elsewhere in the same tree."""
        top = self._line(concern.organisation_id)[-1]
        elsewhere = [
            user
            for user in self.users
            if user.id != concern.about_user_id
            and any(self._top_of(grant) == top for grant in self._held(user, Role.SAFEGUARDING_LEAD))
        ]
        found = {user.id: user for user in [*self._reaching(concern, Role.ADMINISTRATOR), *elsewhere]}
        return list(found.values())

    def _held(self, user: User, role: Role) -> list[RoleGrant]:
        return [grant for grant in user.grants if grant.role == role and grant.holds_on(self.day)]

    def _top_of(self, grant: RoleGrant) -> UUID | None:
        key = grant.organisation_id
        if grant.programme_id is not None:
            key = self.homes.get(grant.programme_id)
        return self._line(key)[-1] if key else None

    def _line(self, organisation_id: UUID) -> list[UUID]:
        """The organisation and those above it, the topmost last."""
        line, key = [organisation_id], self.above.get(organisation_id)
        while key is not None and key not in line:
            line.append(key)
            key = self.above.get(key)
        return line


def _reaches(grant: RoleGrant, line: set[UUID], programmes: set[UUID | None]) -> bool:
    if grant.programme_id is not None:
        return grant.programme_id in programmes
    return grant.organisation_id is None or grant.organisation_id in line


def leads(day: date, participant_ids: Iterable[UUID] = ()) -> Leads:
    """Loaded once, for concerns about these participants or about nobody on record. Five queries at most."""
    held = select(RoleGrant.user_id).where(RoleGrant.role.in_(_ROLES), RoleGrant.voided_at.is_(None))
    people = select(User).where(User.active, User.voided_at.is_(None), User.id.in_(held)).order_by(User.name)
    users = list(db.session.scalars(people))
    above = {
        row.id: row.parent_id for row in db.session.execute(select(Organisation.id, Organisation.parent_id))
    }
    programmes: dict[UUID, set[UUID]] = {}
    wanted = set(participant_ids)
    if wanted:
        on = select(ParticipantAccess.participant_id, ParticipantAccess.programme_id).where(
            ParticipantAccess.participant_id.in_(wanted)
        )
        for participant_id, programme_id in db.session.execute(on.distinct()):
            if programme_id is not None:
                programmes.setdefault(participant_id, set()).add(programme_id)
    named = {grant.programme_id for user in users for grant in user.grants if grant.programme_id}
    homes = {}
    if named:
        where = select(Programme.id, Programme.organisation_id).where(Programme.id.in_(named))
        homes = {row.id: row.organisation_id for row in db.session.execute(where)}
    return Leads(day, users, above, programmes, homes)
