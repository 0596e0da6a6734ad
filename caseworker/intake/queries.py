"""Which programmes somebody may refer to, and who works on them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import is_listed_to, open_to
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import programmes_of

REFERS = frozenset({Role.KEYWORKER, Role.LEAD, Role.PROGRAMME_ADMINISTRATOR})
CASEWORK = frozenset({Role.KEYWORKER, Role.LEAD})


def programmes_to_refer_to(user: User) -> list[Programme]:
    """Programmes that run today and on which this user records referrals, by name."""
    return list(
        db.session.scalars(
            select(Programme)
            .where(
                Programme.id.in_(programmes_of(user, REFERS)),
                Programme.voided_at.is_(None),
                or_(Programme.ends_on.is_(None), Programme.ends_on >= today()),
            )
            .order_by(func.lower(Programme.name), Programme.id)
        )
    )


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


def get_referral(user: User, enrolment_id: UUID) -> Enrolment:
    """An enrolment whose person this user may see, as its keyworker, lead or administrator.

    Raises NotVisible.
    """
    enrolment = db.session.scalar(
        select(Enrolment).where(Enrolment.id == enrolment_id, or_(open_to(user), is_listed_to(user)))
    )
    if enrolment is None:
        raise NotVisible
    return enrolment


def has_other_enrolment(enrolment: Enrolment) -> bool:
    other = and_(
        Enrolment.participant_id == enrolment.participant_id,
        Enrolment.id != enrolment.id,
        Enrolment.voided_at.is_(None),
    )
    return bool(db.session.scalar(select(exists().where(other))))
