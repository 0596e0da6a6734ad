"""Enrolments somebody may see, and what is due in them."""

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from caseworker.accounts.models import Role, User
from caseworker.core import audit
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import DueItem, Enrolment, HandedCase, Handover
from caseworker.participants.models import Participant, Scope
from caseworker.participants.queries import is_open_to, visible_participants
from caseworker.programmes.models import ProgrammeRule
from caseworker.programmes.queries import CASEWORK, programmes_of
from caseworker.programmes.readers import Reader, as_reader, built

# Made once: an alias copies every column of its table.
_PERSON = aliased(Participant)


def open_to(user: Reader) -> ColumnElement[bool]:
    """Whether an enrolment is this user's to read: its person is, and it is on a programme of theirs."""
    return and_(
        Enrolment.voided_at.is_(None),
        exists().where(_PERSON.id == Enrolment.participant_id, is_open_to(user, _PERSON)),
        Enrolment.programme_id.in_(programmes_of(user, CASEWORK)),
    )


def is_listed_to(user: User) -> ColumnElement[bool]:
    """Whether an enrolment's person and bookings are this programme administrator's to see."""
    people = visible_participants(user, Scope.PEOPLE).with_only_columns(Participant.id)
    return and_(
        Enrolment.voided_at.is_(None),
        Enrolment.participant_id.in_(people),
        Enrolment.programme_id.in_(programmes_of(user, {Role.PROGRAMME_ADMINISTRATOR})),
    )


def get_listed_enrolment(user: User, enrolment_id: UUID, looking_at: str = "booking") -> Enrolment:
    """One enrolment for its programme's office, and the look at its person noted. Raises NotVisible."""
    enrolment = db.session.scalar(
        select(Enrolment)
        .where(Enrolment.id == enrolment_id, is_listed_to(user))
        .options(joinedload(Enrolment.participant), joinedload(Enrolment.programme))
    )
    if enrolment is None:
        raise NotVisible
    audit.looked(enrolment.participant_id, looking_at)
    return enrolment


def visible_enrolments(user: Reader) -> Select[Enrolment]:
    """Enrolments of the people this user may see, with their person and programme.

    Somebody on two programmes is known to both, but what one programme wrote stays with it.
    """
    return (
        select(Enrolment)
        .where(open_to(user))
        .options(joinedload(Enrolment.participant), joinedload(Enrolment.programme))
    )


def get_enrolment(user: User, enrolment_id: UUID, looking_at: str = "case") -> Enrolment:
    """One enrolment, and the look at its person noted. Raises NotVisible."""
    enrolment = db.session.scalar(built(_one, user), as_reader(user, enrolment_id=enrolment_id))
    if enrolment is None:
        raise NotVisible
    audit.looked(enrolment.participant_id, looking_at)
    return enrolment


def _one(reader: Reader) -> Select[Enrolment]:
    return visible_enrolments(reader).where(Enrolment.id == bindparam("enrolment_id"))


def enrolments_of(user: User, participant: Participant) -> list[Enrolment]:
    """A person's enrolments, the open and newest first."""
    rows = db.session.scalars(visible_enrolments(user).where(Enrolment.participant_id == participant.id))
    return sorted(rows, key=lambda row: (row.exited_on is None, row.referred_on, row.id), reverse=True)


def handed_to(user: Reader, day: date, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Columns of the cases this user works on a day for somebody else: for a while, or as a team's cover.

    They return by themselves, because nothing but the day is asked.
    """
    return (
        select(*columns)
        .select_from(HandedCase)
        .join(Handover, Handover.id == HandedCase.handover_id)
        .where(
            HandedCase.to_id == user.id,
            Handover.voided_at.is_(None),
            Handover.from_on <= day,
            Handover.until_on >= day,
            or_(Handover.ended_on.is_(None), Handover.ended_on > day),
        )
    )


def worked_by(user: Reader, day: date) -> ColumnElement[bool]:
    """Whether an enrolment is this user's to work on a day: their own, or handed to them that day."""
    own = aliased(Enrolment)
    mine = select(own.id).where(own.keyworker_id == user.id)
    return Enrolment.id.in_(union_all(mine, handed_to(user, day, HandedCase.enrolment_id)))


def rules_of(programme_id: UUID, kind: str) -> list[ProgrammeRule]:
    """The rules of a kind that hold on a programme, every edition, oldest first."""
    return rules_by_kind(programme_id, kind)[kind]


def rules_by_kind(programme_id: UUID, *kinds: str) -> dict[str, list[ProgrammeRule]]:
    """The same for several kinds, from one query."""
    found: dict[str, list[ProgrammeRule]] = {kind: [] for kind in kinds}
    for rule in db.session.scalars(_rules(), {"programme_id": programme_id, "kinds": kinds}):
        found[rule.kind].append(rule)
    return found


@cache
def _rules() -> Select[ProgrammeRule]:
    """Built once: every contact asks it."""
    return (
        select(ProgrammeRule)
        .where(
            ProgrammeRule.programme_id == bindparam("programme_id"),
            ProgrammeRule.kind.in_(bindparam("kinds", expanding=True)),
            ProgrammeRule.voided_at.is_(None),
        )
        .order_by(ProgrammeRule.from_on, ProgrammeRule.code)
    )


def open_dues(user: User) -> Select[DueItem]:
    """What is not done yet for the people this user may see, the oldest first."""
    enrolments = select(Enrolment.id).where(open_to(user))
    return (
        select(DueItem)
        .where(DueItem.closed_on.is_(None), DueItem.enrolment_id.in_(enrolments))
        .order_by(DueItem.due_on, DueItem.id)
    )
