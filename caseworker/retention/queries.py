"""What was proposed, decided, held and asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from caseworker.accounts.models import User
from caseworker.core import audit
from caseworker.core.db import Base, db
from caseworker.core.errors import NotVisible
from caseworker.participants.models import Participant
from caseworker.retention.models import Erasure, LegalHold
from caseworker.retention.reviewing import DECIDERS, PAGE, is_in_hand_of, is_proposed, stands
from caseworker.retention.rules import ERASED, KEPT, PROPOSED


def _erasures(user: User) -> Select[Erasure]:
    return (
        select(Erasure)
        .join(Erasure.participant)
        .options(
            contains_eager(Erasure.participant), joinedload(Erasure.proposer), joinedload(Erasure.decider)
        )
        .where(Erasure.voided_at.is_(None), is_in_hand_of(user))
    )


@dataclass(frozen=True)
class Proposal:
    """People proposed together, of whom `waiting` are not decided yet."""

    together_id: UUID
    because: str
    proposed_on: date
    proposer: User | None
    waiting: int


def open_proposals(user: User) -> list[Proposal]:
    """What waits for a second person, the oldest first."""
    rows: Any = db.session.execute(
        select(Erasure.together_id, Erasure.because, Erasure.proposed_on, Erasure.entered_by_id, func.count())
        .join(Erasure.participant)
        .where(Erasure.state == PROPOSED, Erasure.voided_at.is_(None), is_in_hand_of(user))
        .group_by(Erasure.together_id, Erasure.because, Erasure.proposed_on, Erasure.entered_by_id)
        .order_by(Erasure.proposed_on, Erasure.together_id)
    ).all()
    who = {
        user.id: user
        for user in db.session.scalars(select(User).where(User.id.in_({row[3] for row in rows})))
    }
    return [Proposal(row[0], row[1], row[2], who.get(row[3]), row[4]) for row in rows]


def get_together(user: User, together_id: UUID) -> list[Erasure]:
    """Those proposed together, whatever became of each. Raises NotVisible, also when not all are in hand."""
    found = list(
        db.session.scalars(
            _erasures(user).where(Erasure.together_id == together_id).order_by(Participant.reference)
        )
    )
    every = db.session.scalar(
        select(func.count()).where(Erasure.together_id == together_id, Erasure.voided_at.is_(None))
    )
    if not found or len(found) != every:
        raise NotVisible
    audit.listed("erasures")
    return found


def still_proposed(together_id: UUID) -> Select[UUID]:
    """Keys of the people of a proposal that nobody decided."""
    return select(Erasure.participant_id).where(
        Erasure.together_id == together_id, Erasure.state == PROPOSED, Erasure.voided_at.is_(None)
    )


def get_erasure(user: User, erasure_id: UUID) -> Erasure:
    """One that was done. Raises NotVisible."""
    found = db.session.scalar(_erasures(user).where(Erasure.id == erasure_id, Erasure.state == ERASED))
    if found is None:
        raise NotVisible
    audit.looked(found.participant_id, "certificate")
    return found


def page_of_erased(user: User, page: int) -> tuple[int, list[Erasure]]:
    """How many were erased, and fifty of them, the latest first."""
    done = _erasures(user).where(Erasure.state == ERASED)
    total = (
        db.session.scalar(select(func.count()).select_from(done.with_only_columns(Erasure.id).subquery()))
        or 0
    )
    rows = (
        done.order_by(Erasure.erased_at.desc(), Participant.reference).limit(PAGE).offset((page - 1) * PAGE)
    )
    return total, list(db.session.scalars(rows))


def kept_for_now(user: User, day: date) -> list[Erasure]:
    """Decisions to keep that still hold, those to look at again soonest first."""
    kept = _erasures(user).where(Erasure.state == KEPT, Erasure.look_again_on > day)
    return list(db.session.scalars(kept.order_by(Erasure.look_again_on, Participant.reference).limit(PAGE)))


def holds(user: User, day: date) -> list[LegalHold]:
    """Legal holds that stand, the oldest first."""
    asked = (
        select(LegalHold)
        .join(LegalHold.participant)
        .options(contains_eager(LegalHold.participant))
        .where(stands(day), is_in_hand_of(user))
    )
    return list(db.session.scalars(asked.order_by(LegalHold.from_on, LegalHold.id)))


def holds_of(participant_id: UUID, day: date) -> list[LegalHold]:
    """The legal holds that stand on one record."""
    asked = select(LegalHold).where(LegalHold.participant_id == participant_id, stands(day))
    return list(db.session.scalars(asked.order_by(LegalHold.from_on, LegalHold.id)))


def request_for(participant_id: UUID) -> UUID | None:
    """Somebody's open request to be erased."""
    asked: Any = Base.metadata.tables["rights_request"].c
    return db.session.scalar(
        select(asked.id)
        .where(
            asked.participant_id == participant_id,
            asked.kind == "erasure",
            asked.answered_on.is_(None),
            asked.voided_at.is_(None),
        )
        .limit(1)
    )


def get_hold(user: User, hold_id: UUID) -> LegalHold:
    """Raises NotVisible."""
    found = db.session.scalar(
        select(LegalHold)
        .join(LegalHold.participant)
        .where(LegalHold.id == hold_id, LegalHold.voided_at.is_(None), is_in_hand_of(user, DECIDERS))
    )
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True)
class Asked:
    """An open request for erasure that nobody proposed yet."""

    request_id: UUID
    person_id: UUID
    reference: str
    received_on: date
    due_on: date | None
    is_sure: bool


def asked_for(user: User) -> list[Asked]:
    """Requests for erasure that are not answered, the first due first."""
    asked: Any = Base.metadata.tables["rights_request"].c
    rows = db.session.execute(
        select(
            asked.id,
            Participant.id,
            Participant.reference,
            asked.received_on,
            asked.due_on,
            asked.identity_on,
        )
        .join(Participant, Participant.id == asked.participant_id)
        .where(
            asked.kind == "erasure",
            asked.answered_on.is_(None),
            asked.voided_at.is_(None),
            Participant.voided_at.is_(None),
            ~is_proposed(),
            is_in_hand_of(user),
        )
        .order_by(asked.due_on, asked.received_on)
    )
    return [Asked(row[0], row[1], row[2], row[3], row[4], row[5] is not None) for row in rows]
