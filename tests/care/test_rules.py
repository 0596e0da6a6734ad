"""What somebody needs in words, on paper, in a text and at a meeting: a table."""

import pytest

from caseworker.care.rules import NeedsSaid, about_texts, in_words, interpreter_missing, usual_print
from caseworker.casefile.marks import needs_marked, read_marks
from caseworker.core.codes import codes


@pytest.mark.parametrize(
    ("needs", "words", "look"),
    [
        (NeedsSaid(), [], "plain"),
        (NeedsSaid(language="polish", interpreter="spoken"), ["Polish", "Needs an interpreter"], "plain"),
        (
            NeedsSaid(language="bsl", interpreter="bsl"),
            ["British Sign Language", "Needs a BSL interpreter"],
            "plain",
        ),
        (NeedsSaid(large_print=True), ["Large print"], "large"),
        (NeedsSaid(large_print=True, easy_read=True), ["Large print", "Easy read"], "easy"),
        (NeedsSaid(reads_with_help=True), ["Reads with help"], "plain"),
    ],
)
def test_needs_in_words_and_print(needs: NeedsSaid, words: list[str], look: str) -> None:
    assert in_words(needs) == words
    assert usual_print(needs) == look


def test_nobody_asked_is_not_that_they_need_nothing() -> None:
    assert needs_marked(read_marks(None)) is None
    assert needs_marked(read_marks("language:english|interpreter:none")) == NeedsSaid()
    assert usual_print(None) == "plain"
    assert about_texts(None) == about_texts(NeedsSaid()) == []


def test_every_interpreter_is_asked_for_until_it_is_settled() -> None:
    assert about_texts(NeedsSaid(interpreter="bsl")) == ["Needs a BSL interpreter to talk; texts are fine"]
    for each in codes("interpreter"):
        needs = NeedsSaid(interpreter=each.code)
        for state in (None, "not_yet"):
            assert bool(interpreter_missing(needs, state)) is (each.code != "none")
        for state in ("booked", "not_needed"):
            assert interpreter_missing(needs, state) == ""
    assert interpreter_missing(None, None) == ""
