"""Many new people made findable at once: the same rows as `services.index_names` writes for each."""

from collections.abc import Sequence

from caseworker.core.db import db
from caseworker.participants.models import NameKey, Participant
from caseworker.participants.rules import name_words
from caseworker.participants.sameness import sound
from caseworker.participants.services import keep_spellings, one_at_a_time

_CHUNK = 500


def index_new_names(people: Sequence[Participant]) -> None:
    """Write the search words of people who have none yet; two queries for each 500 words new to them."""
    one_at_a_time()
    every: set[str] = set()
    for person in people:
        words = name_words(person.given_name, person.family_name, person.preferred_name)
        db.session.add_all(NameKey(participant_id=person.id, word=word, sound=sound(word)) for word in words)
        every |= set(words)
    db.session.flush()
    inorder = sorted(every)
    for first in range(0, len(inorder), _CHUNK):
        keep_spellings(set(inorder[first : first + _CHUNK]))
