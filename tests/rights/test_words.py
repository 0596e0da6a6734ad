"""A pack is read by the person: no code of the database stands in it."""

import pytest

from caseworker.core.db import Base
from caseworker.rights.code_words import words_of


@pytest.mark.parametrize(
    ("place", "value", "row", "words"),
    [
        ("agreement.purpose", "take_part", {}, "Agreement to take part"),
        ("equality_answer.answer", "yes", {"question": "carer"}, "Yes"),
        ("status_history.benefit", "universal_credit", {}, "Universal Credit"),
        ("enrolment.benefit_at_start", "universal_credit", {}, "Universal Credit"),
        ("wellbeing_assessment.completed_how", "with_help", {}, "with help"),
        ("wellbeing_assessment.instrument", "ons4", {}, "Four questions on wellbeing (ONS4)"),
        ("participant.email", "jo_b@example.org", {}, "jo_b@example.org"),
        ("goal.drop_reason", "no_such_code", {}, "no such code"),
    ],
)
def test_codes_are_given_in_words(place: str, value: str, row: dict[str, str], words: str) -> None:
    table, column = place.split(".")
    assert words_of(Base.metadata.tables[table].c[column], value, row) == words
