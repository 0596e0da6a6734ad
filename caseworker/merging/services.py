"""Two records of one human being become one. Everything moves in one transaction, and what moved is kept."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, select, update

from caseworker.accounts.models import User
from caseworker.core import audit
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.intake.stopping import close_dues
from caseworker.merging.models import Merge, NotTheSame
from caseworker.merging.queries import MERGED, open_on_both
from caseworker.merging.rules import Side, merged_values
from caseworker.merging.tables import UNSAID, in_the_way, moving, place_name, rows_of
from caseworker.participants.models import NameKey, Participant, PersonLink

_CHUNK = 500


def why_not(kept: Participant, absorbed: Participant, user: User) -> str | None:
    """What stands against making these two one, in words that say what to do; None for nothing.

    A programme that is not the user's is not named.
    """
    if kept.id == absorbed.id:
        return "This is one record. Give the reference of the other one"
    if kept.organisation_id != absorbed.organisation_id:
        return "These two records belong to different organisations, and stay apart"
    both = open_on_both(user, kept.id, absorbed.id)
    if both:
        names = dict.fromkeys(each.programme_name if each.seen else "another programme" for each in both)
        return (
            f"Both records are on {' and '.join(names)} now. Record that one of them has left, "
            "with the reason Duplicate, and come back"
        )
    return None


def merge_people(
    kept: Participant,
    absorbed: Participant,
    choices: Mapping[str, Side],
    *,
    by: User,
    today: date,
    now: datetime,
) -> Merge:
    """Make two records one. `choices`: the field to whose value is kept, where the two differ.

    What protects somebody (never ring, never write, safe times, a restricted record) holds afterwards if it
    held for either. Raises RuleBroken as `why_not`, and for a record that was merged or taken back since.
    """
    _hold(kept, absorbed)
    reason = why_not(kept, absorbed, by)
    if reason is not None:
        raise RuleBroken(reason)
    merge = Merge(kept_id=kept.id, absorbed_id=absorbed.id, merged_on=today, entered_by_id=by.id, moved={})
    values = merged_values(kept, absorbed, choices)
    before: dict[str, Any] = {
        "fields": {name: _plain(kept, name) for name in values},
        "words": _lend_words(kept, absorbed),
    }
    before["links"] = _join_links(kept, absorbed)
    for name, value in values.items():
        setattr(kept, name, value)
    absorbed.voided_at, absorbed.voided_by_id, absorbed.void_reason = now, by.id, MERGED
    db.session.flush()
    before["after"] = {name: said_by(kept, name) for name in values}
    before["version"] = kept.version
    merge.moved = {
        place_name(table, column): move(table, column, kept, absorbed) for table, column in moving()
    }
    merge.moved = {name: keys for name, keys in merge.moved.items() if keys}
    merge.before = json.dumps(before, ensure_ascii=False)
    db.session.add(merge)
    for person in (kept, absorbed):
        audit.note(audit.Entry("merged", "participant", person.id, person.id, why="same person"))
    db.session.flush()
    db.session.expire_all()
    if kept.stopped:
        close_dues(kept)
    return merge


def tell_apart(one: Participant, other: Participant, *, by: User) -> NotTheSame:
    """They are two people: the pair is not offered again. Raises RuleBroken where that was said already."""
    first, second = sorted((one.id, other.id))
    said = NotTheSame(one_id=first, other_id=second, entered_by_id=by.id)
    with refused_as(uq_not_the_same_pair=RuleBroken("Somebody said already that these are two people")):
        db.session.add(said)
    return said


def ask_again(said: NotTheSame, *, by: User, now: datetime) -> None:
    """Undo of telling them apart. Raises RuleBroken as `take_back`."""
    take_back(said, by.id, now)


def _hold(kept: Participant, absorbed: Participant) -> None:
    """Nobody else merges either of them until this is done."""
    held = db.session.scalars(
        select(Participant)
        .where(Participant.id.in_([kept.id, absorbed.id]))
        .order_by(Participant.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if any(person.voided_at is not None for person in held):
        raise RuleBroken("One of the two records is not there any more")


def move(table: Table, column: Column[UUID], to: Participant, whose: Participant) -> list[str]:
    """Give the rows of one person to another, but for those that are in the way; their keys."""
    blocked = in_the_way(table, column, to.id, whose.id)
    keys = [key for key in rows_of(table, column, whose.id) if key not in blocked]
    give(table, column, keys, to.id)
    return [str(key) for key in keys]


def give(table: Table, column: Column[UUID], keys: Sequence[UUID], to_id: UUID) -> None:
    for first in range(0, len(keys), _CHUNK):
        some = keys[first : first + _CHUNK]
        db.session.execute(update(table).where(table.c.id.in_(some)).values({column: to_id}))
    whose = None if table.name in UNSAID else to_id
    for key in keys:
        audit.note(audit.Entry("moved", table.name, key, whose))


def _lend_words(kept: Participant, absorbed: Participant) -> list[str]:
    """The kept record is found by the words of both names; those it lacked."""
    words: dict[UUID, dict[str, str | None]] = {kept.id: {}, absorbed.id: {}}
    for row in db.session.scalars(select(NameKey).where(NameKey.participant_id.in_(words))):
        words[row.participant_id][row.word] = row.sound
    lacking = {word: sound for word, sound in words[absorbed.id].items() if word not in words[kept.id]}
    db.session.add_all(
        NameKey(participant_id=kept.id, word=word, sound=sound) for word, sound in lacking.items()
    )
    return sorted(lacking)


def _join_links(kept: Participant, absorbed: Participant) -> dict[str, str]:
    """Two people who are one human being elsewhere too: their humans become one. Links and what they said."""
    mine, theirs = (
        db.session.scalar(
            select(PersonLink.human_id).where(
                PersonLink.participant_id == person.id, PersonLink.voided_at.is_(None)
            )
        )
        for person in (kept, absorbed)
    )
    if mine is None or theirs is None or mine == theirs:
        return {}
    before = {}
    for link in db.session.scalars(select(PersonLink).where(PersonLink.human_id == theirs)):
        before[str(link.id)] = str(link.human_id)
        link.human_id = mine
    return before


def _plain(person: Participant, name: str) -> Any:
    """A column as JSON holds it; what is sealed stays sealed, byte for byte."""
    column = f"{name}_sealed" if f"{name}_sealed" in Participant.__table__.columns else name
    value = getattr(person, column)
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode()}
    return value.isoformat() if isinstance(value, date) else value


def said_by(person: Participant, name: str) -> Any:
    """What a field says, as JSON holds it."""
    value = getattr(person, name)
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode()}
    return value.isoformat() if isinstance(value, date) else value
