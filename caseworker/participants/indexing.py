"""Many people made findable at once: the same rows as `services.index_names` writes for each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import delete, select

from caseworker.core.db import db
from caseworker.participants.models import NameKey, Participant
from caseworker.participants.rules import name_words
from caseworker.participants.sameness import sound
from caseworker.participants.services import keep_spellings, one_at_a_time

_CHUNK = 500


def index_new_names(people: Sequence[Participant]) -> None:
    """Write the search words of people who have none yet; two queries for each 500 words new to them."""
    one_at_a_time()
    _write({person.id: _wanted(person) for person in people})


def mend_names() -> int:
    """Make the search words of everybody what their names say; how many people's were not so.

    An update may have brought a new way of finding people: until then it finds only who was entered since.
    """
    one_at_a_time()
    mended, keys = 0, list(db.session.scalars(select(Participant.id).where(Participant.voided_at.is_(None))))
    for first in range(0, len(keys), _CHUNK):
        some = keys[first : first + _CHUNK]
        people = db.session.scalars(select(Participant).where(Participant.id.in_(some)))
        stored = _stored(some)
        wrong = {person.id: words for person in people if (words := _wanted(person)) != stored[person.id]}
        db.session.execute(delete(NameKey).where(NameKey.participant_id.in_(list(wrong))))
        _write(wrong)
        mended += len(wrong)
    return mended


def _wanted(person: Participant) -> dict[str, str | None]:
    words = name_words(person.given_name, person.family_name, person.preferred_name)
    return {word: sound(word) for word in words}


def _stored(people: Iterable[UUID]) -> defaultdict[UUID, dict[str, str | None]]:
    found: defaultdict[UUID, dict[str, str | None]] = defaultdict(dict)
    rows = select(NameKey.participant_id, NameKey.word, NameKey.sound)
    theirs = rows.where(NameKey.participant_id.in_(people))
    for participant_id, word, heard in db.session.execute(theirs):
        found[participant_id][word] = heard
    return found


def _write(words: dict[UUID, dict[str, str | None]]) -> None:
    db.session.add_all(
        NameKey(participant_id=key, word=word, sound=heard)
        for key, sounds in words.items()
        for word, heard in sounds.items()
    )
    db.session.flush()
    inorder = sorted({word for sounds in words.values() for word in sounds})
    for first in range(0, len(inorder), _CHUNK):
        keep_spellings(set(inorder[first : first + _CHUNK]))
