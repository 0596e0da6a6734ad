"""Which programmes somebody may refer to, and who works on them."""

from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from caseworker.accounts.models import Role, User
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import is_listed_to, open_to
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import programmes_of

REFERS = frozenset({Role.KEYWORKER, Role.LEAD, Role.PROGRAMME_ADMINISTRATOR})


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
