"""Who must not be written to, whatever numbers and addresses are kept for them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.participants.agreed import CONTACT_AFTER, refused
from caseworker.participants.models import Participant

# The first says no more, because the reason may stand on a programme that the reader knows nothing of.
STOPPED = "They must not be contacted"
SAID_NO = "They said no to contact after leaving"


def must_not_message(participant_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Those of these people nothing may be sent to, and why in words. One query, however many.

    Somebody who left any programme for a reason that stops messages; and somebody who has left every
    programme and whose last word on contact after leaving is no, or was taken back.
    """
    stopping = [reason.code for reason in codes("exit_reason") if reason.flag("stops_messages")]
    stopped = _has(Enrolment.exit_reason.in_(stopping))
    gone = and_(_has(Enrolment.exited_on.is_not(None)), ~_has(Enrolment.exited_on.is_(None)))
    said_no = and_(gone, Participant.id.in_(refused(CONTACT_AFTER)))
    found = db.session.execute(
        select(Participant.id, stopped.label("stopped")).where(
            Participant.id.in_(set(participant_ids)), or_(stopped, said_no)
        )
    )
    return {person: STOPPED if never else SAID_NO for person, never in found}


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether one of the person's enrolments is so, on whatever programme."""
    enrolments = select(Enrolment.id).where(
        Enrolment.participant_id == Participant.id, Enrolment.voided_at.is_(None), condition
    )
    return enrolments.correlate(Participant).exists()
