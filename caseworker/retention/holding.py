"""Legal holds: reasons not to erase somebody's record, whatever its date."""

from datetime import date

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.participants.models import Participant
from caseworker.retention.models import Erasure, LegalHold
from caseworker.retention.rules import PROPOSED, WITHDRAWN


def hold(person: Participant, *, reason: str, words: str | None, by: User, today: date) -> LegalHold:
    """Nobody erases this record until the hold ends. Proposals that wait for a second person are stopped."""
    held = LegalHold(participant_id=person.id, reason=reason, from_on=today, entered_by_id=by.id)
    held.words = words
    db.session.add(held)
    waiting = select(Erasure).where(
        Erasure.participant_id == person.id, Erasure.state == PROPOSED, Erasure.voided_at.is_(None)
    )
    for each in db.session.scalars(waiting):
        each.state, each.decided_on = WITHDRAWN, today
    return held


def end_hold(held: LegalHold, *, today: date) -> None:
    """The last day of a hold is today, so tomorrow the record may be proposed. Raises RuleBroken."""
    if held.until_on is not None:
        raise RuleBroken("This hold has ended already")
    held.until_on = today
