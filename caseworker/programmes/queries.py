"""Which programmes somebody may see, and what is known of one."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, false, func, or_, select

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.programmes.models import Organisation, Programme
from caseworker.programmes.readers import EVERYWHERE, ORGANISATION, PROGRAMME, Kind, Reader

# Roles that have cases.
CASEWORK = frozenset({Role.KEYWORKER, Role.LEAD})
# Roles that see a programme's figures.
FIGURES = frozenset({Role.LEAD, Role.GROUP_LEAD, Role.VERIFIER})


def organisations_below(roots: Iterable[UUID] | BindParameter[UUID]) -> Select[UUID]:
    """The keys of these organisations and of all below them."""
    named = roots if isinstance(roots, BindParameter) else list(roots)
    tree = select(Organisation.id).where(Organisation.id.in_(named)).cte(recursive=True)
    tree = tree.union_all(select(Organisation.id).join(tree, Organisation.parent_id == tree.c.id))
    return select(tree.c.id)


def programmes_of(user: Reader, roles: Iterable[Role]) -> Select[UUID]:
    """The keys of the programmes on which this reader holds one of these roles today."""
    if isinstance(user, Kind):
        return _programmes_of_kind(user, sorted(roles))
    grants = _grants(user, roles)
    if any(grant.programme_id is None and grant.organisation_id is None for grant in grants):
        return select(Programme.id)
    named = [grant.programme_id for grant in grants if grant.programme_id]
    roots = [grant.organisation_id for grant in grants if grant.organisation_id]
    place: ColumnElement[bool] = Programme.id.in_(named)
    if roots:
        place = or_(place, Programme.organisation_id.in_(organisations_below(roots)))
    return select(Programme.id).where(place)


def _programmes_of_kind(kind: Kind, roles: list[Role]) -> Select[UUID]:
    if any(kind.holds(role, EVERYWHERE) for role in roles):
        return select(Programme.id)
    named = [Programme.id.in_(kind.places(role, PROGRAMME)) for role in roles if kind.holds(role, PROGRAMME)]
    below = [
        Programme.organisation_id.in_(organisations_below(kind.places(role, ORGANISATION)))
        for role in roles
        if kind.holds(role, ORGANISATION)
    ]
    return select(Programme.id).where(or_(false(), *named, *below))


def holds_any(user: Reader, roles: Iterable[Role]) -> bool:
    """Holds one of these roles today, wherever it is."""
    if isinstance(user, Kind):
        return any(role in set(roles) for role, _place in user.held)
    return bool(_grants(user, roles))


def _grants(user: User, roles: Iterable[Role]) -> list[RoleGrant]:
    wanted, day = set(roles), today()
    return [grant for grant in user.grants if grant.holds_on(day) and grant.role in wanted]


def visible_programmes(user: User) -> Select[Programme]:
    """Programmes whose figures this user may read."""
    return (
        select(Programme)
        .where(Programme.id.in_(programmes_of(user, FIGURES)), Programme.voided_at.is_(None))
        .order_by(Programme.name)
    )


def get_programme(user: User, code: str) -> Programme:
    """Raises NotVisible when it is missing or not this user's."""
    programme = db.session.scalar(visible_programmes(user).where(Programme.code == code))
    if programme is None:
        raise NotVisible
    return programme


def visible_organisations(user: User) -> Select[Organisation]:
    """Organisations whose roll-up this user may read: a group lead's, and all below."""
    roots = [
        grant.organisation_id
        for grant in user.grants
        if grant.holds_on(today()) and grant.role == Role.GROUP_LEAD and grant.organisation_id
    ]
    return (
        select(Organisation)
        .where(Organisation.id.in_(organisations_below(roots)))
        .order_by(Organisation.name)
    )


def get_organisation(user: User, code: str) -> Organisation:
    """Raises NotVisible when it is missing or not this user's."""
    organisation = db.session.scalar(visible_organisations(user).where(Organisation.code == code))
    if organisation is None:
        raise NotVisible
    return organisation


def caseworkers_of(programmes: Iterable[Programme]) -> dict[UUID, dict[UUID, str]]:
    """The names by key of those who do casework today on each programme, in order; in one query."""
    day, keys = today(), [programme.id for programme in programmes]
    rows = db.session.execute(
        select(Programme.id, User.id, User.name)
        .join(RoleGrant, RoleGrant.programme_id == Programme.id)
        .join(User, User.id == RoleGrant.user_id)
        .where(
            User.active,
            RoleGrant.voided_at.is_(None),
            RoleGrant.role.in_(sorted(CASEWORK)),
            RoleGrant.programme_id.in_(keys),
            RoleGrant.from_on <= day,
            or_(RoleGrant.until_on.is_(None), RoleGrant.until_on >= day),
        )
        .order_by(func.lower(User.name), User.id)
    )
    found: dict[UUID, dict[UUID, str]] = {key: {} for key in keys}
    for programme_id, key, name in rows:
        found[programme_id][key] = name
    return found
