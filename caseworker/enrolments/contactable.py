"""Who must not be written to, whatever numbers and addresses are kept for them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, or_, select

from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.models import ContactStop
from caseworker.lawful.queries import held_back
from caseworker.participants.agreed import CONTACT_AFTER, refused
from caseworker.participants.halted import is_limited, is_stopped
from caseworker.participants.models import Participant
from caseworker.participants.rules import LIMITED, STOPPED

__all__ = ["LIMITED", "OBJECTED", "SAID_NO", "STOPPED", "must_not_message", "refuse_stopped"]

SAID_NO = "They said no to contact after leaving"
OBJECTED = "They objected to being asked after leaving"
FOLLOW_UP = "follow_up"


def must_not_message(participant_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Those of these people nothing may be sent to, and why in words. One query, however many.

    Somebody whose contact was stopped, or who left any programme for a reason that stops messages; whose
    record is restricted; and who has left every programme and whose last word on contact after leaving is
    no, or was taken back, or who objected to it.
    """
    gone = and_(_has(Enrolment.exited_on.is_not(None)), ~_has(Enrolment.exited_on.is_(None)))
    reasons = {
        STOPPED: or_(is_stopped(Participant), _left_for_good()),
        LIMITED: is_limited(Participant),
        SAID_NO: and_(gone, Participant.id.in_(refused(CONTACT_AFTER))),
        OBJECTED: and_(gone, Participant.id.in_(held_back(FOLLOW_UP))),
    }
    first = case(*((condition, words) for words, condition in reasons.items()))
    found = db.session.execute(
        select(Participant.id, first).where(Participant.id.in_(set(participant_ids)), or_(*reasons.values()))
    )
    return {person: why for person, why in found}  # noqa: C416 - rows are not pairs to a type checker


def refuse_stopped(person: Participant) -> None:
    """Before anything is arranged with somebody. Raises RuleBroken."""
    if person.stopped:
        raise RuleBroken(f"{STOPPED}: nothing is arranged with them. Speak to their keyworker")


def _left_for_good() -> ColumnElement[bool]:
    """An exit whose reason stops messages, unless they changed their mind since."""
    stopping = [reason.code for reason in codes("exit_reason") if reason.flag("stops_messages")]
    changed = select(ContactStop.id).where(
        ContactStop.because_id == Enrolment.id,
        ContactStop.ended_on.is_not(None),
        ContactStop.voided_at.is_(None),
    )
    return _has(and_(Enrolment.exit_reason.in_(stopping), ~changed.correlate(Enrolment).exists()))


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether one of the person's enrolments is so, on whatever programme."""
    enrolments = select(Enrolment.id).where(
        Enrolment.participant_id == Participant.id, Enrolment.voided_at.is_(None), condition
    )
    return enrolments.correlate(Participant).exists()
