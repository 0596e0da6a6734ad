"""Which programmes somebody may see, and what is known of one."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.programmes.models import Organisation, Programme

# Roles that see a programme's figures.
FIGURES = frozenset({Role.LEAD, Role.GROUP_LEAD, Role.VERIFIER})


def organisations_below(roots: Iterable[UUID]) -> Select[UUID]:
    """The keys of these organisations and of all below them."""
    tree = select(Organisation.id).where(Organisation.id.in_(list(roots))).cte(recursive=True)
    tree = tree.union_all(select(Organisation.id).join(tree, Organisation.parent_id == tree.c.id))
    return select(tree.c.id)


def programmes_of(user: User, roles: Iterable[Role]) -> Select[UUID]:
    """The keys of the programmes on which this user holds one of these roles today."""
    grants = _grants(user, roles)
    if any(grant.programme_id is None and grant.organisation_id is None for grant in grants):
        return select(Programme.id)
    named = [grant.programme_id for grant in grants if grant.programme_id]
    roots = [grant.organisation_id for grant in grants if grant.organisation_id]
    place: ColumnElement[bool] = Programme.id.in_(named)
    if roots:
        place = or_(place, Programme.organisation_id.in_(organisations_below(roots)))
    return select(Programme.id).where(place)


def holds_any(user: User, roles: Iterable[Role]) -> bool:
    """Holds one of these roles today, wherever it is."""
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
