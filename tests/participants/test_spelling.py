"""Words typed a little wrong: what is kept of every name, and what counts as a slip of the finger."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.participants.models import NameKey, NameSpelling
from caseworker.participants.rules import name_words
from caseworker.participants.services import index_names
from caseworker.participants.spelling import is_slip, spellings
from tests.core.hostile import HOSTILE_TEXT
from tests.support.builders import a_participant

LETTERS = "abcéя"
WORDS = st.text(LETTERS, min_size=2, max_size=9)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A word and what one slip makes of it."""
    word = draw(WORDS)
    place = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(LETTERS))
    kind = draw(st.sampled_from(["wrong", "missing", "too many", "swapped"]))
    before, after = word[:place], word[place + 1 :]
    made = {
        "wrong": before + letter + after,
        "missing": before + after,
        "too many": before + letter + word[place:],
        "swapped": before + after[:1] + word[place] + after[1:],
    }[kind]
    return word, made


@given(slips())
@settings(max_examples=300)
def test_a_word_and_its_slip_share_a_spelling(pair: tuple[str, str]) -> None:
    word, typed = pair
    if typed:
        assert is_slip(typed, word)
        assert set(spellings(word)) & set(spellings(typed))


@given(WORDS, WORDS)
def test_a_slip_is_the_same_both_ways(one: str, other: str) -> None:
    assert is_slip(one, other) == is_slip(other, one)


@pytest.mark.parametrize(
    ("typed", "word", "is_one"),
    [
        ("smiht", "smith", True),
        ("smth", "smith", True),
        ("smitth", "smith", True),
        ("smoth", "smith", True),
        ("simht", "smith", False),
        ("mohamad", "mohammed", True),
        ("mohmd", "mohammed", False),
        ("kowalksi", "kowalski", True),
        ("ann", "bob", False),
    ],
)
def test_how_far_off_a_word_may_be(typed: str, word: str, is_one: bool) -> None:
    assert is_slip(typed, word) is is_one


def test_nothing_is_kept_twice_and_never_no_letter() -> None:
    assert spellings("aab") == ["aa", "aab", "ab"]
    assert spellings("x") == ["x"]
    for typed in HOSTILE_TEXT:
        for word in name_words(typed):
            kept = spellings(word)
            assert "" not in kept and len(set(kept)) == len(kept) <= len(word) + 1


@pytest.mark.both_databases
def test_the_spellings_kept_are_those_of_everybody_s_names_at_every_moment(db_session: Session) -> None:
    first = a_participant(given_name="Seán", family_name="O’Neill")
    second = a_participant(given_name="Sean", family_name="Müller", preferred_name="Sean")
    assert kept(db_session) == of_names(db_session) and ("muller", "mller") in kept(db_session)
    first.family_name = "Neill-Müller"
    index_names(first)
    assert kept(db_session) == of_names(db_session) and ("oneill", "oneill") not in kept(db_session)
    second.given_name = second.preferred_name = "Jo"
    second.family_name = "李"
    index_names(second)
    assert kept(db_session) == of_names(db_session) and ("李", "李") in kept(db_session)
    for person in (first, second):
        index_names(person)
    assert kept(db_session) == of_names(db_session)


def kept(session: Session) -> set[tuple[str, str]]:
    rows = session.execute(select(NameSpelling.word, NameSpelling.less)).all()
    assert len(rows) == len(set(rows))
    return {(word, less) for word, less in rows}


def of_names(session: Session) -> set[tuple[str, str]]:
    words = session.scalars(select(NameKey.word).distinct())
    return {(word, less) for word in words for less in spellings(word)}


@pytest.mark.both_databases
def test_a_name_has_words_whatever_was_typed(db_session: Session) -> None:
    for typed in HOSTILE_TEXT[::7]:
        clean = typed.encode("utf-8", "ignore").decode().replace("\0", "")[:100]
        a_participant(given_name=clean or "x", family_name=clean or "x")
    assert kept(db_session) == of_names(db_session)
