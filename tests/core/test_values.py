import time as stopwatch
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core import values
from tests.core.hostile import HOSTILE_TEXT, TEXT_VERDICTS
from tests.core.verdicts import short, verdict, words


class TestText:
    @pytest.mark.parametrize(("typed", "line", "several"), TEXT_VERDICTS, ids=short)
    def test_reviewed_table(self, typed: str, line: str | None, several: str | None) -> None:
        assert verdict(values.text, typed) == line
        assert verdict(values.note, typed) == several

    def test_hostile_text_is_kept_or_refused_in_words_and_fast(self) -> None:
        assert len(HOSTILE_TEXT) >= 400
        began = stopwatch.perf_counter()
        kept = [verdict(values.note, typed) for typed in HOSTILE_TEXT]
        assert stopwatch.perf_counter() - began < 5
        for value in filter(None, kept):
            assert value.encode("utf-8").decode("utf-8") == value
            assert values.note(value) == value
        assert sum(value is not None for value in kept) > 350

    @given(st.text(st.characters(codec="utf-8"), max_size=300))
    def test_what_is_kept_is_normal_clean_and_stays_the_same(self, typed: str) -> None:
        value = verdict(values.note, typed)
        if value is None:
            return
        assert unicodedata.is_normalized("NFC", value)
        assert not set(value) & {chr(code) for code in range(32)} - {"\n", "\t"}
        assert values.note(value) == value
        line = verdict(values.text, value)
        assert line is None or "\n" not in line

    @given(st.text("abc xyz'<>=&\"", min_size=1, max_size=100).filter(str.strip))
    def test_ordinary_characters_are_never_changed(self, typed: str) -> None:
        assert values.note(typed) == typed.strip()

    def test_too_long_says_by_how_much(self) -> None:
        said = words(values.note, "x" * 50_000, noun="the note")
        assert said == "The note must be 20,000 characters or fewer. It is 30,000 characters too long"
        assert "1 character too long" in words(values.text, "x" * 201)

    def test_length_is_counted_after_normalising(self) -> None:
        assert values.text("e\u0301" * 200) == "é" * 200

    @pytest.mark.parametrize("raw", [5, 5.0, True, b"bytes", ["a"], {"a": 1}, object()])
    def test_only_text_is_text(self, raw: object) -> None:
        assert verdict(values.text, raw) is None

    @pytest.mark.parametrize("typed", HOSTILE_TEXT, ids=short)
    def test_anything_typed_can_be_shown_again(self, typed: str) -> None:
        shown = values.showable(typed)
        shown.encode("utf-8")
        assert "\x00" not in shown


class TestChoices:
    def test_only_what_is_listed(self) -> None:
        assert values.choice("a", ["a", "b"]) == "a"
        for bad in ("", "c", "A", "a ", "a\x00", None, 1, ["a"]):
            assert verdict(values.choice, bad, ["a", "b"]) is None

    def test_several_each_once(self) -> None:
        assert values.choices(["b", "a", "b", ""], ["a", "b"]) == ["b", "a"]
        assert verdict(values.choices, [], ["a"]) is None
        assert verdict(values.choices, ["a", "z"], ["a"]) is None

    def test_yes_and_no(self) -> None:
        assert values.yes_no("yes") is True
        assert values.yes_no("No") is False
        assert values.yes_no(False) is False
        for bad in ("", "maybe", "2", None, 1, "y" * 9_999):
            assert verdict(values.yes_no, bad) is None

    def test_the_words(self) -> None:
        assert words(values.choice, "", ["a"], "how you spoke") == "Select how you spoke"
        assert words(values.choice, "z", ["a"], "how you spoke") == "Select how you spoke from the list"
