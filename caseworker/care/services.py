"""Writing down what somebody needs, their emergency card, and messages about a learner."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.care.models import CommunicationNeeds, EmergencyCard, LearnerMessage, LearnerMessageRead
from caseworker.care.rules import NeedsSaid
from caseworker.core.calendar import uk_time
from caseworker.core.codes import code
from caseworker.core.db import db
from caseworker.core.taking_back import take_back
from caseworker.participants.models import Participant


def record_needs(
    person: Participant, said: NeedsSaid, *, recorded_by: User, today: date
) -> CommunicationNeeds:
    """What they answered today; earlier answers stay as they were. Raises KeyError for a code not listed."""
    code("language", said.language)
    code("interpreter", said.interpreter)
    needs = CommunicationNeeds(
        participant_id=person.id,
        asked_on=today,
        language=said.language,
        interpreter=said.interpreter,
        large_print=said.large_print,
        easy_read=said.easy_read,
        reads_with_help=said.reads_with_help,
        helps=said.helps,
        entered_by_id=recorded_by.id,
    )
    db.session.add(needs)
    return needs


def record_card(
    person: Participant,
    *,
    who: str,
    phone: str,
    what_to_do: str | None,
    shown_to_staff: bool,
    recorded_by: User,
    today: date,
) -> EmergencyCard:
    """A card in the person's words, and whether course and event staff may open it."""
    card = EmergencyCard(
        participant_id=person.id,
        who=who,
        phone=phone,
        what_to_do=what_to_do,
        shown_to_staff=shown_to_staff,
        agreed_on=today,
        entered_by_id=recorded_by.id,
    )
    db.session.add(card)
    return card


def take_back_needs(needs: CommunicationNeeds, *, by: User, now: datetime) -> None:
    """Undo: what they answered before counts again."""
    take_back(needs, by.id, now)


def take_back_card(card: EmergencyCard, *, by: User, now: datetime) -> None:
    """Undo: the card before counts again."""
    take_back(card, by.id, now)


def write_message(participant_id: UUID, kind: str, words: str, *, by: User, now: datetime) -> LearnerMessage:
    """A word about one learner that their tutors and their keyworker read. Raises KeyError."""
    code("learner_message_kind", kind)
    message = LearnerMessage(
        participant_id=participant_id,
        kind=kind,
        written_at=now,
        written_on=uk_time(now).date(),
        words=words,
        entered_by_id=by.id,
    )
    db.session.add(message)
    return message


def take_back_message(message: LearnerMessage, *, by: User, now: datetime) -> None:
    take_back(message, by.id, now)


def mark_read(message_ids: Iterable[UUID], *, by_id: UUID, now: datetime) -> None:
    """They are new no more; told twice, nothing changes."""
    wanted = set(message_ids)
    row = LearnerMessageRead
    known = set(
        db.session.scalars(select(row.message_id).where(row.user_id == by_id, row.message_id.in_(wanted)))
    )
    db.session.add_all(row(message_id=key, user_id=by_id, read_at=now) for key in wanted - known)
