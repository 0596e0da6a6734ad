"""Days, times and initials, without a database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.appointments.calendar_file import OCTETS, escaped, folded
from caseworker.appointments.rules import (
    PRESETS,
    initials,
    is_day_off,
    meeting_others,
    monday_of,
    overlap,
    preset_day,
    usual_time,
)


@dataclass(frozen=True)
class At:
    starts_at: datetime
    length_minutes: int


NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)


def at(minutes: int, length: int) -> At:
    return At(NINE + timedelta(minutes=minutes), length)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (at(0, 30), at(30, 30), False),
        (at(0, 31), at(30, 30), True),
        (at(0, 30), at(0, 30), True),
        (at(0, 120), at(30, 5), True),
        (at(30, 5), at(0, 120), True),
        (at(0, 30), at(600, 30), False),
    ],
)
def test_two_meet_when_they_share_time(one: At, other: At, meet: bool) -> None:
    assert overlap(one, other) is meet
    assert overlap(other, one) is meet
    assert meeting_others(one, [other]) == ([other] if meet else [])


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        (time(8, 59), time(9)),
        (time(9, 0), time(9, 30)),
        (time(10, 29), time(10, 30)),
        (time(10, 30), time(11)),
        (time(16, 29), time(16, 30)),
        (time(16, 31), time(9)),
        (time(23, 45), time(9)),
        (time(0, 0), time(9)),
    ],
)
def test_the_time_offered_is_the_next_half_hour_of_a_working_day(now: time, offered: time) -> None:
    assert usual_time(now) == offered


def test_presets_count_from_the_day_given() -> None:
    friday = date(2026, 11, 20)
    assert {name: preset_day(name, friday) for name in PRESETS} == {
        "tomorrow": date(2026, 11, 21),
        "next_week": date(2026, 11, 27),
        "two_weeks": date(2026, 12, 4),
    }
    assert preset_day("next_week", friday).weekday() == friday.weekday()


@pytest.mark.parametrize(
    ("known_as", "family_name", "said"),
    [
        ("Seán", "O’Neill", "S.O."),
        ("  -ada", "lovelace", "A.L."),
        ("Ng", "", "N."),
        ("", "", "–"),
        ("\n;,", "\\", "–"),
        ("ßeta", "ﬁn", "S.F."),
        ("李", "小龙", "李.小."),
    ],
)
def test_initials_are_letters_and_no_more(known_as: str, family_name: str, said: str) -> None:
    assert initials(known_as, family_name) == said


def test_days_off_are_weekends_and_bank_holidays() -> None:
    assert [is_day_off(date(2026, 12, day)) for day in (24, 25, 26, 27, 28, 29)] == [
        False, True, True, True, True, False,
    ]  # fmt: skip


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)))
def test_a_week_begins_on_monday(day: date) -> None:
    first = monday_of(day)
    assert first.weekday() == 0
    assert timedelta(0) <= day - first < timedelta(days=7)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_a_folded_line_unfolds_to_itself_in_short_pieces(text: str) -> None:
    line = "SUMMARY:" + escaped(text)
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= OCTETS for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


def test_text_is_escaped() -> None:
    assert escaped("a\\b;c,d\r\ne\nf\rg") == "a\\\\b\\;c\\,d\\ne\\nf\\ng"
