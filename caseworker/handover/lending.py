"""A keyworker lends out their own cases for dates: the same handover for a while, by whose they are."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import User
from caseworker.core.clock import today as this_day
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.enrolments.models import Enrolment, HandedCase, Handover
from caseworker.enrolments.queries import open_to
from caseworker.handover.history import HandoverLine, lines_of
from caseworker.handover.rules import FOR_A_WHILE, MOST, Terms
from caseworker.handover.services import hand_over
from caseworker.participants.models import Participant


def own_cases(user: User) -> list[Enrolment]:
    """Those who are on this user's own caseload and have not left, by name."""
    return list(
        db.session.scalars(
            select(Enrolment)
            .join(Participant, Participant.id == Enrolment.participant_id)
            .where(open_to(user), Enrolment.keyworker_id == user.id, Enrolment.exited_on.is_(None))
            .options(
                joinedload(Enrolment.participant),
                joinedload(Enrolment.programme),
                joinedload(Enrolment.keyworker),
            )
            .order_by(func.lower(Participant.family_name), func.lower(Participant.given_name), Enrolment.id)
            .limit(MOST)
        )
    )


def lend(cases: Sequence[Enrolment], to: User, terms: Terms, *, by: User, today: date) -> Handover:
    """Let a colleague look after one's own cases for dates; they return by themselves.

    Raises RuleBroken for a case that is not (or no longer) one's own, for good, and as `hand_over`.
    """
    if terms.kind != FOR_A_WHILE:
        raise RuleBroken("Only a lead hands over for good")
    if any(case.keyworker_id != by.id for case in cases):
        raise RuleBroken("One of them is not on your caseload any more. Look again", "enrolment")
    return hand_over(cases, [to], terms, by=by, today=today)


def _lent(user: User) -> Select[Handover]:
    """What this user lent out: theirs alone, from their own caseload."""
    foreign = select(HandedCase.id).where(
        HandedCase.handover_id == Handover.id, HandedCase.was_with_id.is_distinct_from(user.id)
    )
    return select(Handover).where(
        Handover.entered_by_id == user.id,
        Handover.kind == FOR_A_WHILE,
        Handover.voided_at.is_(None),
        ~foreign.exists(),
    )


def lent_by(user: User) -> list[HandoverLine]:
    """What is lent out now or will be, the newest first."""
    day = this_day()
    running = _lent(user).where(Handover.until_on >= day, Handover.ended_on.is_(None))
    return lines_of(running.order_by(Handover.from_on, Handover.id))


def get_lent(user: User, handover_id: UUID) -> Handover:
    """Raises NotVisible when it is missing or not lent out by this user."""
    found = db.session.scalar(_lent(user).where(Handover.id == handover_id))
    if found is None:
        raise NotVisible
    return found
