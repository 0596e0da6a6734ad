"""Who is out on a visit now, and whom that concerns: themselves, their buddy, and the leads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import holds_any, programmes_of
from caseworker.visits.models import Visit

# Who may look out for somebody: whoever could be out themselves, and the office.
BUDDIES = (Role.KEYWORKER, Role.LEAD, Role.PROGRAMME_ADMINISTRATOR)


def is_out() -> ColumnElement[bool]:
    return and_(Visit.back_at.is_(None), Visit.voided_at.is_(None))


def works_on(programmes: Select[UUID], *roles: Role) -> Select[UUID]:
    """Keys of those who hold one of these roles today on one of these programmes, or above them."""
    day = today()
    above = select(Programme.organisation_id).where(Programme.id.in_(programmes))
    return select(RoleGrant.user_id).where(
        RoleGrant.voided_at.is_(None),
        RoleGrant.role.in_(roles),
        or_(
            RoleGrant.programme_id.in_(programmes),
            RoleGrant.organisation_id.in_(above),
            and_(RoleGrant.programme_id.is_(None), RoleGrant.organisation_id.is_(None)),
        ),
        RoleGrant.from_on <= day,
        or_(RoleGrant.until_on.is_(None), RoleGrant.until_on >= day),
    )


def is_open_to(user: User) -> ColumnElement[bool]:
    """One's own visits, those one looks out for, and for a lead those of the people on their programmes.

    Where somebody lives whose record is restricted is for the visitor and the buddy they chose; a lead sees
    it only while the visitor is not back in time, since nothing comes before finding them.
    """
    mine = or_(Visit.visitor_id == user.id, Visit.buddy_id == user.id)
    if not holds_any(user, {Role.LEAD}):
        return mine
    led = programmes_of(user, {Role.LEAD})
    theirs = Visit.visitor_id.in_(works_on(led, Role.KEYWORKER, Role.LEAD))
    restricted = exists().where(
        Enrolment.id == Visit.enrolment_id,
        Participant.id == Enrolment.participant_id,
        Participant.restricted,
    )
    missing = and_(is_out(), Visit.expected_back_at < now())
    return or_(mine, and_(theirs, or_(~restricted, missing)))


def _with_people(visits: Select[Visit]) -> Select[Visit]:
    return visits.options(joinedload(Visit.visitor), joinedload(Visit.buddy), joinedload(Visit.enrolment))


def out_now(user: User) -> list[Visit]:
    """Oneself, whom one looks out for, and for a lead everybody of their programmes; the first due first."""
    visits = select(Visit).where(is_out(), is_open_to(user))
    return list(db.session.scalars(_with_people(visits).order_by(Visit.expected_back_at, Visit.id)))


def own_visit(user: User) -> Visit | None:
    """The visit somebody is out on. There is one at most."""
    return db.session.scalar(select(Visit).where(is_out(), Visit.visitor_id == user.id))


def get_visit(user: User, visit_id: UUID) -> Visit:
    """A visit one may look out for, also one that is over. Raises NotVisible."""
    found = db.session.scalar(
        _with_people(select(Visit).where(Visit.id == visit_id, Visit.voided_at.is_(None), is_open_to(user)))
    )
    if found is None:
        raise NotVisible
    if found.enrolment is not None:
        audit.looked(found.enrolment.participant_id, "visit")
    return found


def get_own_visit(user: User, visit_id: UUID) -> Visit:
    """Raises NotVisible for anybody else's."""
    visit = get_visit(user, visit_id)
    if visit.visitor_id != user.id:
        raise NotVisible
    return visit


def last_visit(user: User) -> Visit | None:
    """Whom and which number somebody gave last: the likeliest of the next."""
    return db.session.scalar(
        select(Visit)
        .where(Visit.visitor_id == user.id, Visit.voided_at.is_(None))
        .order_by(Visit.out_at.desc(), Visit.id.desc())
        .limit(1)
    )


def buddies_of(user: User) -> list[tuple[UUID, str]]:
    """(key, name) of the colleagues of somebody's programmes, by name; never oneself."""
    where = programmes_of(user, BUDDIES)
    rows = db.session.execute(
        select(User.id, User.name)
        .where(
            User.active, User.voided_at.is_(None), User.id != user.id, User.id.in_(works_on(where, *BUDDIES))
        )
        .order_by(func.lower(User.name), User.id)
    )
    return [(key, name) for key, name in rows]


def late_ones(now: datetime) -> list[Visit]:
    """Everybody out who should be back, the longest late first: for the job that tells their buddies."""
    visits = select(Visit).where(is_out(), Visit.expected_back_at < now)
    return list(db.session.scalars(_with_people(visits).order_by(Visit.expected_back_at, Visit.id)))


def leads_over(visitor: User) -> list[User]:
    """Who leads a programme that somebody works on, but for themselves."""
    theirs = programmes_of(visitor, BUDDIES)
    return list(
        db.session.scalars(
            select(User)
            .where(User.active, User.id != visitor.id, User.id.in_(works_on(theirs, Role.LEAD)))
            .order_by(User.email)
        )
    )
