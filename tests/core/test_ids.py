"""Keys that sort by time, and references that survive being read aloud."""

from hypothesis import given
from hypothesis import strategies as st

from caseworker.core.ids import new_id, new_reference, read_reference, reference_for, sayable_reference

numbers = st.integers(0, 32**6 - 1)


def test_keys_are_version_seven_and_sort_by_time() -> None:
    keys = [new_id() for _ in range(50)]
    assert {key.version for key in keys} == {7}
    stamps = [key.int >> 80 for key in keys]
    assert stamps == sorted(stamps)


@given(numbers)
def test_a_reference_reads_back_however_it_is_typed(number: int) -> None:
    reference = reference_for(number)
    for typed in (reference, reference.lower(), reference[3:], f" {reference[:5]} {reference[5:]} "):
        assert read_reference(typed) == reference


@given(numbers)
def test_look_alikes_are_the_same(number: int) -> None:
    reference = sayable_reference(number)
    assert read_reference(reference.replace("0", "O").replace("1", "l")) == reference


@given(numbers, st.integers(3, 8), st.integers(1, 31))
def test_one_wrong_character_is_noticed(number: int, place: int, step: int) -> None:
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    reference = reference_for(number)
    wrong = alphabet[(alphabet.index(reference[place]) + step) % 32]
    assert read_reference(reference[:place] + wrong + reference[place + 1 :]) is None


@given(numbers)
def test_a_new_reference_has_no_signs_in_it(number: int) -> None:
    assert sayable_reference(number)[3:].isalnum()
    assert new_reference()[3:].isalnum()


def test_what_is_no_reference_is_none() -> None:
    for typed in ("", "CW-", "CW-123", "CW-1234567890", "Ámára Osei", "CW-!!!!!!!", "\x00" * 7):
        assert read_reference(typed) is None
