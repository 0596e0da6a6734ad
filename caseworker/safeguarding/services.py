"""Raising a concern, and every step a safeguarding lead takes. A step is added, never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.codes import code, label
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.participants.models import Participant
from caseworker.safeguarding.leads import Belongs
from caseworker.safeguarding.models import Concern, ConcernReader, ConcernStep
from caseworker.safeguarding.queries import open_actions


@dataclass(frozen=True)
class Seen:
    """What somebody says who raises a concern. Only `said` is asked for; `about` is in words."""

    said: str
    happened_on: date
    category: str | None = None
    in_danger_now: bool = False
    about: str | None = None
    done_at_once: str | None = None
    told: str | None = None


def raise_concern(seen: Seen, belongs: Belongs, *, by: User, now: datetime) -> Concern:
    """Keep a concern for the safeguarding leads of where it belongs."""
    concern = Concern(
        organisation_id=belongs.organisation_id,
        programme_id=belongs.programme_id,
        about_participant_id=belongs.about_participant_id,
        about_user_id=belongs.about_user_id,
        category=code("concern_category", seen.category).code if seen.category else None,
        in_danger_now=seen.in_danger_now,
        happened_on=seen.happened_on,
        entered_by_id=by.id,
        entered_at=now,
    )
    concern.said, concern.about = seen.said, seen.about
    concern.done_at_once, concern.told = seen.done_at_once, seen.told
    db.session.add(concern)
    db.session.flush()
    return concern


def take(concern: Concern, *, by: User, now: datetime) -> bool:
    """Acknowledge it: the alerts stop. False when a colleague was first, who stays the one."""
    if concern.acknowledged_at is not None:
        return False
    _add(concern, "taken", by=by, now=now)
    return True


def add_step(
    concern: Concern,
    kind: str,
    *,
    words: str | None,
    by: User,
    now: datetime,
    agency: str | None = None,
    due_on: date | None = None,
) -> ConcernStep:
    """A note, decision, action (with `due_on`), word to somebody or referral (with `agency`)."""
    _refuse_closed(concern)
    return _add(concern, kind, by=by, now=now, words=words, agency=agency, due_on=due_on)


def settle_action(concern: Concern, action_id: UUID, *, words: str | None, by: User, now: datetime) -> None:
    """Say that an action is done, or why it is not needed. Raises RuleBroken when it was said before."""
    _refuse_closed(concern)
    if action_id not in {action.id for action in open_actions(concern)}:
        raise RuleBroken("This action was marked as done already")
    _add(concern, "done", by=by, now=now, words=words, settles_id=action_id)


def say_about(
    concern: Concern,
    *,
    participant: Participant | None,
    about_user_id: UUID | None,
    category: str | None,
    by: User,
    now: datetime,
) -> None:
    """Whom it is about and what kind of worry it is, once known. A colleague never sees it from then on.

    `category` is a code of concern_category; None: still not said.
    """
    concern.category = code("concern_category", category).code if category else None
    concern.about_participant_id = participant.id if participant else None
    concern.about_user_id = about_user_id
    for reader in _living_readers(concern):
        if reader.user_id == about_user_id:
            _end(reader, by=by, now=now)
    _add(concern, "about", by=by, now=now, words=participant.reference if participant else None)


def name_reader(concern: Concern, user: User, *, by: User, now: datetime) -> None:
    """Let one colleague read it. Raises RuleBroken for whom it is about."""
    if user.id == concern.about_user_id:
        raise RuleBroken("This concern is about them: they must not read it", "reader")
    if user.id in {reader.user_id for reader in _living_readers(concern)}:
        raise RuleBroken("They may read it already", "reader")
    db.session.add(ConcernReader(concern_id=concern.id, user_id=user.id, entered_by_id=by.id))
    _add(concern, "reader_named", by=by, now=now, words=user.name)


def end_reader(concern: Concern, reader_id: UUID, *, by: User, now: datetime) -> bool:
    """They may no longer read it. False when that was so already."""
    reader = next((each for each in _living_readers(concern) if each.id == reader_id), None)
    if reader is None:
        return False
    _end(reader, by=by, now=now)
    named = db.session.get(User, reader.user_id)
    _add(concern, "reader_ended", by=by, now=now, words=named.name if named else None)
    return True


def close(concern: Concern, outcome: str, *, words: str | None, by: User, now: datetime, today: date) -> None:
    """Close it with an outcome of concern_outcome. Raises RuleBroken while an action is open."""
    _refuse_closed(concern)
    waiting = len(open_actions(concern))
    if waiting:
        raise RuleBroken("An action is still open: mark it as done first, or say there why it is not needed")
    concern.outcome, concern.closed_on = code("concern_outcome", outcome).code, today
    ended = label("concern_outcome", outcome)
    _add(concern, "closed", by=by, now=now, words=f"{ended}. {words}" if words else ended)


def reopen(concern: Concern, *, words: str, by: User, now: datetime) -> None:
    """Raises RuleBroken when it is open."""
    if concern.closed_on is None:
        raise RuleBroken("This concern is open")
    concern.outcome = concern.closed_on = None
    _add(concern, "reopened", by=by, now=now, words=words)


def _refuse_closed(concern: Concern) -> None:
    if concern.closed_on is not None:
        raise RuleBroken("This concern is closed. Open it again first")


def _living_readers(concern: Concern) -> list[ConcernReader]:
    rows = select(ConcernReader).where(
        ConcernReader.concern_id == concern.id, ConcernReader.voided_at.is_(None)
    )
    return list(db.session.scalars(rows))


def _end(reader: ConcernReader, *, by: User, now: datetime) -> None:
    reader.voided_at, reader.voided_by_id, reader.void_reason = now, by.id, "ended"


def _add(
    concern: Concern,
    kind: str,
    *,
    by: User,
    now: datetime,
    words: str | None = None,
    agency: str | None = None,
    due_on: date | None = None,
    settles_id: UUID | None = None,
) -> ConcernStep:
    """One line more; whoever does anything about a concern has taken it."""
    if concern.acknowledged_at is None:
        concern.acknowledged_at, concern.acknowledged_by_id = now, by.id
        if kind != "taken":
            _add(concern, "taken", by=by, now=now)
    step = ConcernStep(
        concern=concern,
        kind=code("concern_step", kind).code,
        happened_at=now,
        due_on=due_on,
        settles_id=settles_id,
        entered_by_id=by.id,
    )
    step.words, step.agency = words, agency
    concern.last_step_at = now
    db.session.add(step)
    db.session.flush()
    return step
