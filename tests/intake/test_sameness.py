"""Golden pairs: who is asked about, who is not; and how a comparison must behave whatever it is given."""

from datetime import date

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from caseworker.participants.sameness import Details, Reason, birthdays_like, compare, sound, sounds_of
from tests.intake.golden_pairs import BORN, DIFFERENT, SAME, d


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_the_same_person_is_asked_about(pair: tuple[Details, Details]) -> None:
    assert compare(*pair).possible, compare(*pair)


@pytest.mark.parametrize("pair", DIFFERENT.values(), ids=DIFFERENT)
def test_different_people_are_left_alone(pair: tuple[Details, Details]) -> None:
    assert not compare(*pair).possible, compare(*pair)


@pytest.mark.parametrize("pair", [*SAME.values(), *DIFFERENT.values()], ids=[*SAME, *DIFFERENT])
def test_it_does_not_matter_who_came_first(pair: tuple[Details, Details]) -> None:
    one, other = pair
    assert compare(one, other) == compare(other, one)


def test_what_is_shared_is_said() -> None:
    one = d("Amara", "Osei", BORN, "M1 1AE")
    assert compare(one, one).shared == (Reason.NAME, Reason.BIRTH, Reason.POSTCODE)
    assert compare(one, one).likely
    alike = compare(one, d("Amara", "Osey", date(1985, 4, 3)))
    assert alike.shared == (Reason.NAME_ALIKE, Reason.BIRTH_ALIKE)
    assert not alike.likely


def test_a_day_above_twelve_has_no_other_way_round() -> None:
    assert birthdays_like(BORN) == {BORN, date(1985, 4, 3)}
    assert birthdays_like(date(1990, 5, 31)) == {date(1990, 5, 31)}


def test_names_that_sound_like_nothing_stand_for_themselves() -> None:
    assert sound("王") == "王"
    assert sound("smyth") == sound("smith")


text = st.text(max_size=30)
described = st.builds(
    Details,
    given_name=text,
    family_name=text,
    preferred_name=st.none() | text,
    born_on=st.none() | st.dates(),
    postcode=st.none() | st.just("M1 1AE"),
)


@given_any(described, described)
def test_any_two_descriptions_can_be_compared(one: Details, other: Details) -> None:
    assert compare(one, other) == compare(other, one)
    assert all(len(each) <= 20 for part in sounds_of(one) for each in part)
