"""Whose cases somebody may hand over, and to whom."""

from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.appointments.models import Appointment, Task
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.courses.models import Course
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import open_to, visible_enrolments
from caseworker.participants.models import Participant
from caseworker.programmes.models import Organisation, Programme
from caseworker.programmes.queries import CASEWORK, programmes_of


def is_led_by(user: User) -> ColumnElement[bool]:
    """Whether an enrolment is this user's to hand over: on a programme they lead, and open to them."""
    return and_(open_to(user), Enrolment.programme_id.in_(programmes_of(user, {Role.LEAD})))


def open_cases(user: User) -> Select[Enrolment]:
    """Cases this user may hand over, by name, with person, programme and keyworker."""
    return (
        select(Enrolment)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .where(is_led_by(user), Enrolment.exited_on.is_(None))
        .options(
            joinedload(Enrolment.participant),
            joinedload(Enrolment.programme),
            joinedload(Enrolment.keyworker),
        )
        .order_by(
            func.lower(Participant.family_name),
            func.lower(func.coalesce(Participant.preferred_name, Participant.given_name)),
            Enrolment.id,
        )
    )


def chosen_cases(user: User, keys: Collection[UUID]) -> list[Enrolment]:
    """Those of these that are this user's to hand over."""
    if not keys:
        return []
    return list(db.session.scalars(open_cases(user).where(Enrolment.id.in_(set(keys)))))


def readable_cases(user: User, keys: Collection[UUID]) -> list[Enrolment]:
    """Those of these that are this user's to read, by name, also such as have left."""
    if not keys:
        return []
    name = func.lower(Participant.family_name), func.lower(Participant.given_name)
    return list(
        db.session.scalars(
            visible_enrolments(user)
            .join(Participant, Participant.id == Enrolment.participant_id)
            .where(Enrolment.id.in_(set(keys)))
            .order_by(*name, Enrolment.id)
        )
    )


def cases_with(user: User, keyworker_id: UUID | None, limit: int) -> list[Enrolment]:
    """Everybody of a keyworker, or everybody without one, whom this user may hand over."""
    whose = (
        Enrolment.keyworker_id.is_(None) if keyworker_id is None else Enrolment.keyworker_id == keyworker_id
    )
    return list(db.session.scalars(open_cases(user).where(whose).limit(limit)))


def caseload_sizes(user: User) -> list[tuple[UUID | None, str, int]]:
    """(keyworker, name, open cases) of those this user leads; cases of nobody first, their name empty."""
    rows = db.session.execute(
        select(Enrolment.keyworker_id, User.name, func.count())
        .select_from(Enrolment)
        .outerjoin(User, User.id == Enrolment.keyworker_id)
        .where(is_led_by(user), Enrolment.exited_on.is_(None))
        .group_by(Enrolment.keyworker_id, User.name)
    )
    found = [(key, name or "", count) for key, name, count in rows]
    return sorted(found, key=lambda row: (row[0] is not None, row[1].lower(), str(row[0])))


def counted_unassigned(user: User) -> Select[int]:
    """How many cases still open have no keyworker, of those this user leads."""
    return (
        select(func.count())
        .select_from(Enrolment)
        .where(Enrolment.keyworker_id.is_(None), Enrolment.exited_on.is_(None), is_led_by(user))
    )


def things_of(cases: Iterable[Enrolment]) -> dict[UUID, Counter[str]]:
    """How many open appointments and tasks each case's own keyworker has for it."""
    keys = [case.id for case in cases]
    found: dict[UUID, Counter[str]] = {key: Counter() for key in keys}
    for kind, model, whose, open_one in (
        ("appointment", Appointment, Appointment.with_id, Appointment.result.is_(None)),
        ("task", Task, Task.user_id, Task.done_on.is_(None)),
    ):
        rows = db.session.execute(
            select(Enrolment.id, func.count())
            .join(model, model.enrolment_id == Enrolment.id)
            .where(
                Enrolment.id.in_(keys), whose == Enrolment.keyworker_id, model.voided_at.is_(None), open_one
            )
            .group_by(Enrolment.id)
        )
        for key, count in rows:
            found[key][kind] = count
    return found


def get_course_of(user: User, course_id: UUID) -> Course:
    """A course of a programme this user does casework on. Raises NotVisible."""
    found = db.session.scalar(
        select(Course).where(
            Course.id == course_id,
            Course.voided_at.is_(None),
            Course.programme_id.in_(programmes_of(user, CASEWORK)),
        )
    )
    if found is None:
        raise NotVisible
    return found


def colleagues(programme_ids: Collection[UUID], *, active: bool = True) -> list[User]:
    """Those who do casework on any of these programmes today, by name."""
    day = today()
    grants = and_(
        RoleGrant.user_id == User.id,
        RoleGrant.role.in_(sorted(CASEWORK)),
        RoleGrant.voided_at.is_(None),
        RoleGrant.from_on <= day,
        or_(RoleGrant.until_on.is_(None), RoleGrant.until_on >= day),
        or_(
            RoleGrant.programme_id.in_(programme_ids),
            RoleGrant.organisation_id.in_(_organisations_over(programme_ids)),
            and_(RoleGrant.programme_id.is_(None), RoleGrant.organisation_id.is_(None)),
        ),
    )
    who = select(User).where(select(RoleGrant.id).where(grants).exists(), User.voided_at.is_(None))
    if active:
        who = who.where(User.active)
    return list(db.session.scalars(who.order_by(func.lower(User.name), User.id)))


def _organisations_over(programme_ids: Collection[UUID]) -> Select[UUID]:
    """The organisations of these programmes, and all above them."""
    own = select(Programme.organisation_id.label("id")).where(Programme.id.in_(programme_ids))
    tree = own.cte(recursive=True)
    tree = tree.union(
        select(Organisation.parent_id)
        .join(tree, Organisation.id == tree.c.id)
        .where(Organisation.parent_id.is_not(None))
    )
    return select(tree.c.id)
