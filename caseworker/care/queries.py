"""What helps somebody, their emergency card, and the messages of tutors and keyworkers about them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, case, literal, select
from sqlalchemy.orm import aliased

from caseworker.accounts.models import User
from caseworker.care.models import CommunicationNeeds, EmergencyCard, LearnerMessage, LearnerMessageRead
from caseworker.core.db import db
from caseworker.core.errors import NotVisible


def needs_of(participant_id: UUID) -> CommunicationNeeds | None:
    """What they answered last; None: nobody has asked them."""
    return needs_by_person([participant_id]).get(participant_id)


def needs_by_person(participant_ids: Collection[UUID]) -> dict[UUID, CommunicationNeeds]:
    """The newest answers of each; who was not asked is left out. One statement, none for nobody."""
    if not participant_ids:
        return {}
    row = CommunicationNeeds
    found = db.session.scalars(
        select(row)
        .where(row.participant_id.in_(participant_ids), row.voided_at.is_(None))
        .order_by(row.asked_on, row.id)
    )
    return {each.participant_id: each for each in found}


def marks(participant_id: BindParameter[UUID]) -> Select[str]:
    """The newest answers of somebody as marks in one text, kind by kind: a part of one column of marks."""
    row = CommunicationNeeds
    joined = literal("language:") + row.language + "|interpreter:" + row.interpreter
    for flag in ("large_print", "easy_read", "reads_with_help"):
        joined = joined + case((getattr(row, flag), literal(f"|{flag}:yes")), else_="")
    newest = (
        select(row.id)
        .where(row.participant_id == participant_id, row.voided_at.is_(None))
        .order_by(row.asked_on.desc(), row.id.desc())
        .limit(1)
    )
    return select(joined.label("mark")).where(row.id == newest.scalar_subquery())


def card_of(participant_id: UUID) -> EmergencyCard | None:
    """The newest card; None: they gave none, or took it back."""
    return db.session.scalar(_cards().where(EmergencyCard.participant_id == participant_id))


def shown_cards(participant_ids: Collection[UUID]) -> dict[UUID, EmergencyCard]:
    """Cards that course and event staff may open, by person."""
    if not participant_ids:
        return {}
    found = db.session.scalars(_cards().where(EmergencyCard.participant_id.in_(participant_ids)))
    return {card.participant_id: card for card in found if card.shown_to_staff}


def _cards() -> Select[EmergencyCard]:
    newer = aliased(EmergencyCard)
    replaced = select(newer.id).where(
        newer.participant_id == EmergencyCard.participant_id,
        newer.voided_at.is_(None),
        newer.id > EmergencyCard.id,
    )
    return select(EmergencyCard).where(EmergencyCard.voided_at.is_(None), ~replaced.exists())


@dataclass(frozen=True)
class MessageLine:
    """A message with its writer, and whether this reader sees it for the first time."""

    message: LearnerMessage
    by: str
    new: bool


def messages_about(participant_id: UUID, reader: User) -> list[MessageLine]:
    """The newest first."""
    rows = db.session.execute(
        select(LearnerMessage, User.name, unread_by(reader))
        .outerjoin(User, User.id == LearnerMessage.entered_by_id)
        .where(LearnerMessage.participant_id == participant_id, LearnerMessage.voided_at.is_(None))
        .order_by(LearnerMessage.written_at.desc(), LearnerMessage.id.desc())
    )
    return [MessageLine(message, by or "", bool(new)) for message, by, new in rows]


def unread_by(reader: Any) -> ColumnElement[bool]:
    """Whether a message is somebody else's and this reader has not opened it."""
    read = select(LearnerMessageRead.id).where(
        LearnerMessageRead.message_id == LearnerMessage.id, LearnerMessageRead.user_id == reader.id
    )
    return and_(
        LearnerMessage.entered_by_id.is_distinct_from(reader.id),
        LearnerMessage.voided_at.is_(None),
        ~read.exists(),
    )


def get_own_message(user: User, participant_id: UUID, message_id: UUID) -> LearnerMessage:
    """A message this user wrote. Raises NotVisible."""
    found = db.session.get(LearnerMessage, message_id)
    if found is None or found.voided_at is not None or found.participant_id != participant_id:
        raise NotVisible
    if found.entered_by_id != user.id:
        raise NotVisible
    return found
