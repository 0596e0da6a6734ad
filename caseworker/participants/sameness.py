"""Whether two descriptions are of one person: from names, birth, postcode and National Insurance number.

Pure. Names are compared as words that are spelt, sound or are shortened alike; `compare` adds up what
speaks for and against. The weights are Caseworker's own, tried on the pairs in tests/intake/golden_pairs.py.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import jellyfish

from caseworker.participants.rules import name_words

LONGEST_SOUND = 20
POSSIBLE, LIKELY = 45, 70

# First names that are used for one another and do not sound alike. Caseworker's own list.
_NICKNAMES = (
    {"sean", "shaun", "shawn"},
    {"siobhan", "shevaun"},
    {"william", "bill", "billy", "will"},
    {"robert", "bob", "bobby", "rob"},
    {"richard", "dick", "rick"},
    {"margaret", "peggy", "maggie", "meg"},
    {"elizabeth", "liz", "beth", "betty", "lizzie"},
    {"john", "jack", "johnny"},
    {"anthony", "tony"},
    {"katherine", "catherine", "kathryn", "kate", "katie", "cathy", "kathy"},
    {"edward", "ted", "eddie", "ned"},
    {"james", "jim", "jimmy", "jamie"},
    {"michael", "mick", "mike"},
    {"patricia", "pat", "tricia", "patsy"},
    {"susan", "sue", "susie"},
    {"henry", "harry"},
    {"charles", "charlie", "chuck"},
    {"thomas", "tom", "tommy"},
    {"stephen", "steven", "steve"},
    {"alexander", "sandy", "alex", "sasha"},
)


class Reason(StrEnum):
    """What two descriptions share, in the order it is said."""

    NI_NUMBER = "ni_number"
    NAME = "name"
    NAME_ALIKE = "name_alike"
    BIRTH = "birth"
    BIRTH_ALIKE = "birth_alike"
    POSTCODE = "postcode"


@dataclass(frozen=True)
class Details:
    """What is known of somebody. `ni_marks` are keyed hashes, one for each key; empty: not known."""

    given_name: str
    family_name: str
    preferred_name: str | None = None
    born_on: date | None = None
    postcode: str | None = None
    ni_marks: frozenset[bytes] = frozenset()


@dataclass(frozen=True)
class Comparison:
    """`score` against POSSIBLE and LIKELY; `shared` says why, in Reason's order."""

    score: int
    shared: tuple[Reason, ...]

    @property
    def possible(self) -> bool:
        return self.score >= POSSIBLE

    @property
    def likely(self) -> bool:
        return self.score >= LIKELY


def sound(word: str) -> str:
    """How a word of a name sounds (metaphone); a word that has no English sound stands for itself."""
    return (jellyfish.metaphone(word) or word)[:LONGEST_SOUND]


def sounds_of(details: Details) -> tuple[frozenset[str], frozenset[str]]:
    """The sounds of the first names, with those of the names used for them, and of the surname."""
    given = name_words(details.given_name, details.preferred_name)
    used = {other for word in given for group in _NICKNAMES if word in group for other in group}
    return (
        frozenset(sound(word) for word in {*given, *used}),
        frozenset(sound(word) for word in name_words(details.family_name)),
    )


def birthdays_like(born_on: date) -> frozenset[date]:
    """The day itself, and the day with day and month the other way round."""
    try:
        return frozenset({born_on, born_on.replace(day=born_on.month, month=born_on.day)})
    except ValueError:
        return frozenset({born_on})


def compare(one: Details, other: Details) -> Comparison:
    """What speaks for two descriptions being of one person, and how strongly."""
    shared: list[Reason] = []
    if one.ni_marks & other.ni_marks:
        shared.append(Reason.NI_NUMBER)
    score = 100 if shared else -60 if one.ni_marks and other.ni_marks else 0
    named, alike = _compare_names(one, other)
    score += named
    if alike is not None:
        shared.append(alike)
    score += _compare_births(one.born_on, other.born_on, shared)
    if one.postcode and one.postcode == other.postcode:
        score += 15
        shared.append(Reason.POSTCODE)
    return Comparison(max(score, LIKELY) if Reason.NI_NUMBER in shared else score, tuple(shared))


def _compare_names(one: Details, other: Details) -> tuple[int, Reason | None]:
    straight = _given_points(one, other) + _family_points(one.family_name, other.family_name)
    crossed = _words_alike(name_words(one.given_name), name_words(other.family_name)) + _words_alike(
        name_words(one.family_name), name_words(other.given_name)
    )
    points = max(straight, crossed - 4) if crossed >= 32 else straight
    if points >= 48:
        return points, Reason.NAME
    return points, Reason.NAME_ALIKE if points >= 14 else None


def _given_points(one: Details, other: Details) -> int:
    mine = name_words(one.given_name, one.preferred_name)
    points = _words_alike(mine, name_words(other.given_name, other.preferred_name))
    return points or -30


def _family_points(one: str, other: str) -> int:
    return _words_alike(name_words(one), name_words(other)) or -10


def _words_alike(some: list[str], others: list[str]) -> int:
    """24 when they share a word, 16 when one sounds, is spelt or is used like one of the others, else 0."""
    if set(some) & set(others):
        return 24
    return 16 if any(_alike(word, other) for word in some for other in others) else 0


def _alike(one: str, other: str) -> bool:
    if sound(one) == sound(other) or any(one in group and other in group for group in _NICKNAMES):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= 3 and long.startswith(short):
        return True
    slips = 0 if len(short) < 4 else 1 if len(short) < 8 else 2
    return bool(jellyfish.damerau_levenshtein_distance(one, other) <= slips)


def _compare_births(one: date | None, other: date | None, shared: list[Reason]) -> int:
    if one is None or other is None:
        return 0
    if one == other:
        shared.append(Reason.BIRTH)
        return 35
    same = sum((one.day == other.day, one.month == other.month, one.year == other.year))
    if other in birthdays_like(one) or same == 2:
        shared.append(Reason.BIRTH_ALIKE)
        return 10
    return -25
