"""What somebody typed to find a person, as it is understood."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from caseworker.core.ids import read_reference
from caseworker.core.values import Invalid, date_, postcode
from caseworker.participants.own_numbers import OWN_REFERENCE_LENGTH, own_reference
from caseworker.participants.rules import name_words

MOST_WORDS = 6
Read = TypeVar("Read")


@dataclass(frozen=True)
class Sought:
    """What was typed, as it was understood. A reference may be a surname after all: it is tried first."""

    reference: str | None
    born_on: date | None
    postcode: str | None
    words: tuple[str, ...]
    own_reference: str | None = None


def read_typed(typed: str, today: date) -> Sought:
    """Names, and a date of birth or a postcode before or behind them."""
    tokens = typed.split()[: 2 * MOST_WORDS]
    born_on, tokens = _peel(tokens, (4, 3, 1), lambda said: _birthday(said, today))
    place, tokens = _peel(tokens, (2, 1), _postcode)
    words = tuple(name_words(" ".join(tokens))[:MOST_WORDS])
    return Sought(read_reference(typed[:40]), born_on, place, words, _own_reference(typed))


def _own_reference(typed: str) -> str | None:
    """An organisation's own number has a numeral in it; a name has none, and is not looked for twice."""
    number = own_reference(typed)
    return number if len(number) <= OWN_REFERENCE_LENGTH and any(map(str.isdigit, number)) else None


def _peel(
    tokens: list[str], sizes: Sequence[int], read: Callable[[str], Read | None]
) -> tuple[Read | None, list[str]]:
    """What the first or last few tokens say, and the rest."""
    for size in sizes:
        if len(tokens) < size:
            continue
        for some, rest in ((tokens[:size], tokens[size:]), (tokens[-size:], tokens[:-size])):
            found = read(" ".join(some))
            if found is not None:
                return found, rest
    return None, tokens


def _birthday(said: str, today: date) -> date | None:
    """A past day with its year; two numbers for the year are of the last hundred years."""
    if sum(letter.isdigit() for letter in said) < 3:
        return None
    try:
        day = date_(said, today)
        return day if day <= today else date_(day.replace(year=day.year - 100), today)
    except (Invalid, ValueError):
        return None


def _postcode(said: str) -> str | None:
    try:
        return postcode(said)
    except Invalid:
        return None
