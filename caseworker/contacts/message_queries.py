"""Who a message may be about, and which messages wait for somebody."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import Role, User
from caseworker.contacts.models import TakenMessage
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.core.ids import read_reference
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import open_to, worked_by
from caseworker.participants.models import NameKey, Participant
from caseworker.participants.rules import name_words
from caseworker.programmes.queries import programmes_of

TAKERS = frozenset({Role.KEYWORKER, Role.LEAD, Role.PROGRAMME_ADMINISTRATOR})
MOST_FOUND = 10
PAGE = 50


@dataclass(frozen=True)
class Caller:
    """Somebody a message may be about: who they are, and nothing of their case."""

    enrolment_id: UUID
    name: str
    reference: str


def _may_be_about(user: User) -> tuple[ColumnElement[bool], ...]:
    """People of the taker's programmes, also those of colleagues; a restricted record is not there."""
    return (
        Enrolment.voided_at.is_(None),
        Enrolment.programme_id.in_(programmes_of(user, TAKERS)),
        Participant.voided_at.is_(None),
        ~Participant.restricted,
    )


def find_callers(user: User, typed: str) -> list[Caller]:
    """Up to MOST_FOUND people by reference or the beginnings of their names, each with the newest case."""
    reference, words = read_reference(typed[:40]), name_words(typed)
    if reference is None and not words:
        return []
    named = [
        Participant.id.in_(
            select(NameKey.participant_id).where(NameKey.word.between(word, word + chr(0x10FFFF)))
        )
        for word in words
    ]
    newest = func.row_number().over(
        partition_by=Enrolment.participant_id,
        order_by=(
            case((Enrolment.exited_on.is_(None), 0), else_=1),
            Enrolment.referred_on.desc(),
            Enrolment.id.desc(),
        ),
    )
    people = (
        select(
            Enrolment.id,
            func.coalesce(Participant.preferred_name, Participant.given_name).label("known_as"),
            Participant.family_name,
            Participant.reference,
            newest.label("place"),
        )
        .join(Participant, Participant.id == Enrolment.participant_id)
        .where(*_may_be_about(user), Participant.reference == reference if reference else and_(*named))
        .subquery()
    )
    rows = db.session.execute(
        select(people.c.id, people.c.known_as, people.c.family_name, people.c.reference)
        .where(people.c.place == 1)
        .order_by(func.lower(people.c.family_name), func.lower(people.c.known_as), people.c.reference)
        .limit(MOST_FOUND)
    )
    return [
        Caller(enrolment_id, f"{known_as} {family_name}", mark)
        for enrolment_id, known_as, family_name, mark in rows
    ]


def get_called_about(user: User, enrolment_id: UUID) -> Enrolment:
    """The enrolment a message is about, for its key alone. Raises NotVisible."""
    found = db.session.scalar(
        select(Enrolment)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .where(Enrolment.id == enrolment_id, *_may_be_about(user))
    )
    if found is None:
        raise NotVisible
    return found


def _for(user: User) -> ColumnElement[bool]:
    """Messages about those one works with today; about nobody's, for the leads of the programme."""
    nobodys = and_(
        Enrolment.keyworker_id.is_(None), Enrolment.programme_id.in_(programmes_of(user, {Role.LEAD}))
    )
    return and_(TakenMessage.voided_at.is_(None), or_(worked_by(user, today()), nobodys), open_to(user))


def _messages(user: User) -> Select[TakenMessage]:
    return select(TakenMessage).join(Enrolment, Enrolment.id == TakenMessage.enrolment_id).where(_for(user))


def count_unread(user: User) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(TakenMessage)
            .join(Enrolment, Enrolment.id == TakenMessage.enrolment_id)
            .where(_for(user), TakenMessage.read_at.is_(None))
        )
        or 0
    )


def list_messages(user: User) -> list[tuple[TakenMessage, str]]:
    """(message, who took it), the unread first, of each the newest first; at most PAGE."""
    rows = db.session.execute(
        _messages(user)
        .add_columns(User.name)
        .outerjoin(User, User.id == TakenMessage.entered_by_id)
        .options(joinedload(TakenMessage.enrolment).joinedload(Enrolment.participant))
        .order_by(TakenMessage.read_at.is_not(None), TakenMessage.taken_at.desc(), TakenMessage.id.desc())
        .limit(PAGE)
    )
    return [(message, name or "") for message, name in rows]


def get_message(user: User, message_id: UUID) -> TakenMessage:
    """A message that is this user's to read. Raises NotVisible."""
    found = db.session.scalar(_messages(user).where(TakenMessage.id == message_id))
    if found is None:
        raise NotVisible
    return found


def get_taken(user: User, message_id: UUID) -> TakenMessage:
    """A message that this user took. Raises NotVisible."""
    found = db.session.get(TakenMessage, message_id)
    if found is None or found.entered_by_id != user.id or found.voided_at is not None:
        raise NotVisible
    return found
