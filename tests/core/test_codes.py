import re
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest
from sqlalchemy import String

import caseworker.models  # noqa: F401 - loads every table
from caseworker.core import codes
from caseworker.core.codes import BadCodeList, parse_list
from caseworker.core.db import Base

HEAD = "code,label_en,label_cy,valid_from,valid_to,sort\n"
EVERY = sorted(codes.editions())


def every_row() -> Iterator[tuple[str, codes.Code]]:
    for name in EVERY:
        for each in codes.codes(name):
            yield name, each


def test_every_file_has_an_edition_and_every_edition_a_file() -> None:
    folder = files("caseworker.core").joinpath("code_lists")
    shipped = {path.name.removesuffix(".csv") for path in folder.iterdir() if path.name.endswith(".csv")}
    assert shipped == {*EVERY, "editions"}


@pytest.mark.parametrize("name", EVERY)
def test_every_list_loads_in_order_and_says_where_it_comes_from(name: str) -> None:
    rows = codes.codes(name)
    assert len(rows) >= 2
    assert all(first.sort < second.sort for first, second in pairwise(rows))
    assert len({row.label_en for row in rows}) == len(rows)
    edition = codes.editions()[name]
    assert edition.edition
    assert edition.source
    assert edition.doubts


def test_labels_are_words_a_page_can_print() -> None:
    for name, row in every_row():
        assert not row.label_en[0].islower(), (name, row.code)
        assert not row.label_en.endswith("."), (name, row.code)
        assert row.code.isascii(), (name, row.code)
        assert row.code == row.code.lower(), (name, row.code)
        assert len(row.code) <= 40, (name, row.code)


def test_welsh_is_blank_until_somebody_has_reviewed_it() -> None:
    for name, row in every_row():
        assert row.label_cy == "", (name, row.code)
        assert "No reviewed Welsh" in codes.editions()[name].doubts
    assert codes.label("contact_channel", "email", "cy") == "E-mail"


@pytest.mark.parametrize(
    ("name", "code", "day", "offered"),
    [
        ("benefit", "income_support", date(2026, 3, 31), True),
        ("benefit", "income_support", date(2026, 4, 1), False),
        ("progression_kind", "traineeship", date(2023, 7, 31), True),
        ("progression_kind", "traineeship", date(2026, 11, 22), False),
        ("benefit", "universal_credit", date(2026, 11, 22), True),
    ],
)
def test_a_retired_code_is_not_offered_and_stays_readable(
    name: str, code: str, day: date, offered: bool
) -> None:
    assert (code in {each.code for each in codes.codes(name, day)}) == offered
    assert codes.label(name, code)


def test_every_barrier_has_a_theme() -> None:
    themes = {theme.code for theme in codes.codes("barrier_theme")}
    assert len(themes) == 12
    assert {barrier.extras["theme"] for barrier in codes.codes("barrier_code")} == themes


def test_addiction_abuse_and_offending_are_never_prompted() -> None:
    quiet = {barrier.code for barrier in codes.codes("barrier_code") if not barrier.flag("prompted")}
    assert quiet == {"drugs", "alcohol", "gambling", "domestic_abuse", "conviction"}
    hints = " ".join(theme.extras["hint"].lower() for theme in codes.codes("barrier_theme"))
    for word in ("drug", "alcohol", "drink", "gambl", "abuse", "convict", "offend", "prison"):
        assert word not in hints


def test_goals_of_health_and_safety_are_printed_only_when_ticked_in() -> None:
    hidden = {theme.code for theme in codes.codes("barrier_theme") if not theme.flag("printed")}
    assert hidden == {"health", "safety"}


def test_severity_has_five_anchored_steps() -> None:
    steps = codes.codes("barrier_severity")
    assert [step.code for step in steps] == ["0", "1", "2", "3", "4"]
    assert all(step.extras["hint"] for step in steps)


def test_horizons_hold_their_months() -> None:
    assert [each.number("months") for each in codes.codes("goal_horizon")] == [3, 6, 12]


def test_evidence_is_ranked_from_their_word_to_a_record() -> None:
    assert [each.number("rank") for each in codes.codes("evidence_level")] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("kind", "whole", "part"), [("paid_work", "EMP1", "EMP2"), ("self_employment", "EMP4", "EMP5")]
)
def test_work_is_told_apart_by_its_hours(kind: str, whole: str, part: str) -> None:
    work = codes.code("progression_kind", kind)
    assert (work.extras["ilr_16_or_more"], work.extras["ilr_under_16"]) == (whole, part)
    assert work.flag("is_work")
    assert work.flag("into_work")
    assert work.extras["ilr_code"] == ""


def test_only_starting_work_counts_as_into_work() -> None:
    into = {kind.code for kind in codes.codes("progression_kind") if kind.flag("into_work")}
    assert into == {"paid_work", "self_employment"}
    for kind in codes.codes("progression_kind"):
        assert kind.flag("is_work") or not kind.flag("into_work")
        assert not (kind.extras["ilr_code"] and kind.extras["ilr_16_or_more"])


@pytest.mark.parametrize(
    "name", ["ethnicity", "sex", "gender_identity", "disability", "religion", "orientation", "yes_no_answer"]
)
def test_not_asked_and_declined_are_two_answers(name: str) -> None:
    answers = {each.code: each.extras["answer"] for each in codes.codes(name)}
    assert answers["not_asked"] == "not_asked"
    assert answers["declined"] == "declined"
    assert "answered" in answers.values()


def test_messages_stop_when_somebody_died_or_asked_not_to_be_contacted() -> None:
    stopping = {reason.code for reason in codes.codes("exit_reason") if reason.flag("stops_messages")}
    assert stopping == {"died", "do_not_contact"}


def test_an_attempt_is_not_a_two_way_contact() -> None:
    one_way = {each.code for each in codes.codes("contact_result") if not each.flag("two_way")}
    attempts = {each.code for each in codes.codes("contact_result") if each.flag("attempt")}
    assert attempts == {"did_not_attend", "no_answer", "left_message", "message_sent", "wrong_number"}
    assert one_way == attempts | {"cancelled_by_us"}


def test_unknown_lists_and_codes_are_said() -> None:
    with pytest.raises(KeyError):
        codes.codes("no_such_list")
    with pytest.raises(KeyError):
        codes.label("contact_channel", "pigeon")
    with pytest.raises(KeyError):
        codes.code("contact_channel", "email").flag("no_such_column")


def test_codes_cannot_be_changed() -> None:
    email = codes.code("contact_channel", "email")
    with pytest.raises(FrozenInstanceError):
        email.label_en = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        codes.editions()["x"] = codes.editions()["benefit"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("code,label_en\na,A\n", "the columns must be"),
        (HEAD.strip() + ",colour\na,A,,,,1,red\n", "the columns must be"),
        (HEAD + "a,A,,,,1\na,B,,,,2\n", "a is there twice"),
        (HEAD + "a,A,,,,1\nb,B,,,,1\n", "two codes share a sort number"),
        (HEAD + "a,A,,31/3/2026,,1\n", "31/3/2026 is not a date"),
        (HEAD + "a,A,,2026-02-31,,1\n", "2026-02-31 is not a date"),
        (HEAD + "a,A,,2026-03-31,2026-03-30,1\n", "ends before it begins"),
        (HEAD + "a,,,,,1\n", "an English label"),
        (HEAD + ",A,,,,1\n", "a code and"),
        (HEAD + "a, A,,,,1\n", "starts or ends with a space"),
        (HEAD + "a,A,,,,first\n", "sort must be a whole number"),
        (HEAD + "a,A,,,,1,extra\n", "a cell too many or too few"),
        (HEAD + "a,A\n", "a cell too many or too few"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(BadCodeList, match=fault):
        parse_list("made_up", text, {})


def test_typed_columns_are_checked_when_loading() -> None:
    for kind, wrong in (("flag", "maybe"), ("number", "two"), ("number", "-1")):
        with pytest.raises(BadCodeList, match=f"extra must be a {kind}"):
            parse_list("made_up", HEAD.strip() + f",extra\na,A,,,,1,{wrong}\n", {"extra": kind})


def test_every_column_of_codes_names_a_list_and_holds_its_longest_code() -> None:
    checked = 0
    for table in Base.metadata.tables.values():
        for column in table.columns:
            named = re.search(r"[Cc]ode list (\w+)", column.comment or "")
            if named:
                longest = max(len(each.code) for each in codes.codes(named[1]))
                assert isinstance(column.type, String), f"{table.name}.{column.name}"
                assert (column.type.length or 0) >= longest, f"{table.name}.{column.name}"
                checked += 1
    assert checked >= 10
