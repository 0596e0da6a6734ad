"""Restricting a record to named people, naming more, lifting it."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.controllers.models import RestrictedMark
from caseworker.controllers.queries import current_mark, named_for
from caseworker.core.codes import code
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.participants.models import Participant, ParticipantAccess, Scope
from caseworker.participants.queries import lasting
from caseworker.participants.services import end_access, open_access

KEYWORKER, NAMED = "keyworker", "named"
ALREADY = "This record is restricted already"


def restrict_record(
    person: Participant,
    *,
    reason: str,
    words: str | None,
    named: Collection[UUID],
    restricted_by: User,
    today: date,
) -> RestrictedMark:
    """From now on only these colleagues see the record, and its keyworkers; it is counted as before.

    Whoever else saw it by name stops seeing it. A tutor goes on seeing the learner in their class.
    Raises RuleBroken for a record restricted already, or for nobody named.
    """
    code("restricted_reason", reason)
    if current_mark(person.id) is not None:
        raise RuleBroken(ALREADY)
    keyworkers = {each.user_id for each in named_for(person.id) if each.why == KEYWORKER}
    if not (keyworkers | set(named)):
        raise RuleBroken("Choose at least one person who may see it", "named")
    mark = RestrictedMark(
        participant_id=person.id,
        reason=reason,
        words=words,
        from_on=today,
        entered_by_id=restricted_by.id,
    )
    with refused_as(uq_restricted_mark_one=RuleBroken(ALREADY)):
        db.session.add(mark)
    person.restricted = True
    _end_others(person.id, keyworkers | set(named), today)
    for user_id in sorted(set(named) - keyworkers):
        _name(mark, user_id, today)
    return mark


def _end_others(person_id: UUID, staying: set[UUID], today: date) -> None:
    row = ParticipantAccess
    ending = db.session.execute(
        select(row.because_id, row.user_id).where(
            row.participant_id == person_id,
            row.user_id.is_not(None),
            row.user_id.not_in(staying),
            row.scope == Scope.CASE,
            row.why != KEYWORKER,
            lasting(today),
        )
    ).all()
    for because_id, user_id in ending:
        end_access(because_id, today - timedelta(days=1), user_id=user_id)


def _name(mark: RestrictedMark, user_id: UUID, today: date) -> None:
    open_access(
        mark.participant_id,
        scope=Scope.CASE,
        why=NAMED,
        because_id=mark.id,
        from_on=today,
        user_id=user_id,
    )


def name_reader(mark: RestrictedMark, user_id: UUID, today: date) -> None:
    """One more colleague may see it."""
    _name(mark, user_id, today)


def end_reader(mark: RestrictedMark, user_id: UUID, today: date) -> None:
    """A colleague who was named sees it no more. Raises RuleBroken when nobody would be left."""
    if all(each.user_id == user_id for each in named_for(mark.participant_id)):
        raise RuleBroken("Nobody would see this record any more. Name somebody else first", "user_id")
    end_access(mark.id, today - timedelta(days=1), user_id=user_id)


def lift_restriction(mark: RestrictedMark, person: Participant, today: date) -> None:
    """Everybody on its programmes sees the record again; those who were named for it by their role alone."""
    mark.until_on = today
    person.restricted = False
    end_access(mark.id, today - timedelta(days=1))
