"""Changes to who a person is and who may see them."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update

from caseworker.accounts.models import User
from caseworker.core import audit, clock
from caseworker.core.codes import code
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.participants.models import (
    NameKey,
    NameSpelling,
    Participant,
    ParticipantAccess,
    Scope,
    StatedReason,
)
from caseworker.participants.rules import name_words
from caseworker.participants.sameness import sound
from caseworker.participants.spelling import spellings

_NAMES_LOCK = 7_204_412
# How long a stated reason opens somebody else's case.
REASON_DAYS = 7


def index_names(participant: Participant) -> None:
    """Write the search words of a person's names again, with the spellings that typing mistakes go by."""
    one_at_a_time()
    before = set(
        db.session.scalars(
            delete(NameKey).where(NameKey.participant_id == participant.id).returning(NameKey.word)
        )
    )
    words = name_words(participant.given_name, participant.family_name, participant.preferred_name)
    db.session.add_all(NameKey(participant_id=participant.id, word=word, sound=sound(word)) for word in words)
    db.session.flush()
    _forget_spellings(before - set(words))
    keep_spellings(set(words))


def one_at_a_time() -> None:
    """On PostgreSQL a word may be taken away by one while another gives it to somebody: they wait here."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(_NAMES_LOCK)))


def keep_spellings(words: set[str]) -> None:
    """The spellings of words that are new to this house."""
    known = set(db.session.scalars(select(NameSpelling.word).where(NameSpelling.word.in_(words)).distinct()))
    db.session.add_all(
        NameSpelling(less=less, word=word) for word in sorted(words - known) for less in spellings(word)
    )


def _forget_spellings(words: set[str]) -> None:
    """Take away the spellings of words that are nobody's any more."""
    if words:
        anybodys = select(NameKey.word).where(NameKey.word.in_(words))
        db.session.execute(
            delete(NameSpelling).where(NameSpelling.word.in_(words), NameSpelling.word.not_in(anybodys))
        )


def open_access(
    participant_id: UUID,
    *,
    scope: Scope,
    why: str,
    because_id: UUID,
    from_on: date,
    user_id: UUID | None = None,
    programme_id: UUID | None = None,
    until_on: date | None = None,
) -> None:
    """Let one user, or those with a role over a programme, see a person. Told twice, it is written once."""
    row = ParticipantAccess.__table__
    existing = db.session.execute(
        update(ParticipantAccess)
        .where(
            row.c.participant_id == participant_id,
            row.c.user_id.is_(None) if user_id is None else row.c.user_id == user_id,
            row.c.programme_id.is_(None) if programme_id is None else row.c.programme_id == programme_id,
            row.c.scope == scope,
            row.c.because_id == because_id,
        )
        .values(from_on=from_on, until_on=until_on, why=why)
        .returning(row.c.id)
    ).first()
    audit.note(audit.Entry("access opened", "participant_access", because_id, participant_id, why=why))
    if existing is None:
        db.session.add(
            ParticipantAccess(
                participant_id=participant_id,
                user_id=user_id,
                programme_id=programme_id,
                scope=scope,
                why=why,
                because_id=because_id,
                from_on=from_on,
                until_on=until_on,
                written_at=clock.now(),
            )
        )


def close_access(because_id: UUID, until_on: date, *, user_id: UUID | None = None) -> None:
    """End what was opened because of an enrolment, a course place or a grant (for one user, or for all)."""
    closing = update(ParticipantAccess).where(
        ParticipantAccess.because_id == because_id, ParticipantAccess.until_on.is_(None)
    )
    if user_id is not None:
        closing = closing.where(ParticipantAccess.user_id == user_id)
    closed = db.session.scalars(closing.values(until_on=until_on).returning(ParticipantAccess.participant_id))
    for participant_id in sorted(set(closed)):
        audit.note(audit.Entry("access closed", "participant_access", because_id, participant_id))


def end_access(because_id: UUID, last_on: date, *, user_id: UUID | None = None) -> None:
    """End what was opened because of a record, also what had an end; what begins later goes altogether."""
    because = [ParticipantAccess.because_id == because_id]
    if user_id is not None:
        because.append(ParticipantAccess.user_id == user_id)
    later = ParticipantAccess.until_on.is_(None) | (ParticipantAccess.until_on > last_on)
    whose = ParticipantAccess.participant_id
    never = delete(ParticipantAccess).where(*because, ParticipantAccess.from_on > last_on).returning(whose)
    sooner = update(ParticipantAccess).where(*because, later).values(until_on=last_on).returning(whose)
    closed = {*db.session.scalars(never), *db.session.scalars(sooner)}
    for participant_id in sorted(closed):
        audit.note(audit.Entry("access closed", "participant_access", because_id, participant_id))


def state_reason(
    participant: Participant, *, reason: str, words: str | None, by: User, today: date
) -> StatedReason:
    """Open a colleague's case to this user for REASON_DAYS, today among them, and keep why.

    `reason` is a code of access_reason. Raises RuleBroken for one that needs words and has none.
    """
    if code("access_reason", reason).flag("asks_words") and not words:
        raise RuleBroken("Say in your own words why you need to open it", "words")
    stated = StatedReason(
        participant_id=participant.id,
        user_id=by.id,
        reason=reason,
        from_on=today,
        until_on=today + timedelta(days=REASON_DAYS - 1),
        entered_by_id=by.id,
    )
    stated.words = words
    db.session.add(stated)
    audit.note(audit.Entry("reason stated", "stated_reason", stated.id, participant.id, why=reason))
    open_access(
        participant.id,
        scope=Scope.CASE,
        why="reason",
        because_id=stated.id,
        user_id=by.id,
        from_on=stated.from_on,
        until_on=stated.until_on,
    )
    return stated


def take_back_reason(stated: StatedReason, *, by: User, now: datetime, today: date) -> None:
    """Undo: the case is no longer open to whoever asked for it. Raises RuleBroken for somebody else."""
    take_back(stated, by.id, now)
    end_access(stated.id, today - timedelta(days=1))
