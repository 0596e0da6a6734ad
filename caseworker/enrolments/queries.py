"""Enrolments somebody may see, and what is due in them."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import User
from caseworker.core import audit
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.participants.models import Participant
from caseworker.participants.queries import visible_participants
from caseworker.programmes.models import ProgrammeRule


def visible_enrolments(user: User) -> Select[tuple[Enrolment]]:
    """Enrolments of the people this user may see, with their person and programme."""
    people = visible_participants(user).with_only_columns(Participant.id)
    return (
        select(Enrolment)
        .where(Enrolment.voided_at.is_(None), Enrolment.participant_id.in_(people))
        .options(joinedload(Enrolment.participant), joinedload(Enrolment.programme))
    )


def get_enrolment(user: User, enrolment_id: UUID, looking_at: str = "case") -> Enrolment:
    """One enrolment, and the look at its person noted. Raises NotVisible."""
    enrolment = db.session.scalar(visible_enrolments(user).where(Enrolment.id == enrolment_id))
    if enrolment is None:
        raise NotVisible
    audit.looked(enrolment.participant_id, looking_at)
    return enrolment


def enrolments_of(user: User, participant: Participant) -> list[Enrolment]:
    """A person's enrolments, the open and newest first."""
    rows = db.session.scalars(visible_enrolments(user).where(Enrolment.participant_id == participant.id))
    return sorted(rows, key=lambda row: (row.exited_on is None, row.referred_on, row.id), reverse=True)


def rules_of(programme_id: UUID, kind: str) -> list[ProgrammeRule]:
    """The rules of a kind that hold on a programme, every edition, oldest first."""
    return list(
        db.session.scalars(
            select(ProgrammeRule)
            .where(
                ProgrammeRule.programme_id == programme_id,
                ProgrammeRule.kind == kind,
                ProgrammeRule.voided_at.is_(None),
            )
            .order_by(ProgrammeRule.from_on, ProgrammeRule.code)
        )
    )


def open_dues(user: User) -> Select[tuple[DueItem]]:
    """What is not done yet for the people this user may see, the oldest first."""
    enrolments = visible_enrolments(user).with_only_columns(Enrolment.id)
    return (
        select(DueItem)
        .where(DueItem.closed_on.is_(None), DueItem.enrolment_id.in_(enrolments))
        .order_by(DueItem.due_on, DueItem.id)
    )
