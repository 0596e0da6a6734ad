from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form, ValidationError

from caseworker.core import clock, fields
from tests.core.hostile import HOSTILE_DATES, HOSTILE_NUMBERS, HOSTILE_TEXT
from tests.core.job_form import GOOD, NAMES, NOON, TEAM, JobForm, field, filled


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def error(name: str, typed: Any) -> str:
    form = filled(**{name: typed})
    assert list(form.errors) == [name], form.errors
    assert len(form[name].errors) == 1
    return str(form[name].errors[0])


def test_a_good_form_gives_typed_values() -> None:
    form = filled(
        pay="£1,250.50", length="1h 30", begins="2.30pm", children="2", team=str(TEAM), satisfied="0",
        note="  a\r\nb ",
        postcode="m11ae", email="A@EXAMPLE.org", phone="+44 7700 900123", ni_number="ab 12 34 56 c",
    )  # fmt: skip
    assert not form.errors
    assert form.data == {
        "employer": "A shop", "note": "a\nb", "started_on": date(2026, 3, 31), "born_on": date(1990, 2, 1),
        "hours": Decimal("16.5"), "children": 2, "pay": 125_050, "length": 90, "begins": time(14, 30),
        "channel": "video",
        "direction": "out", "team": TEAM, "benefits": [], "seen": True, "satisfied": 0, "evidence": [],
        "reference": None,
        "postcode": "M1 1AE", "email": "A@example.org", "phone": "07700900123", "ni_number": "AB123456C",
    }  # fmt: skip


def test_an_empty_form_asks_for_each_thing_in_its_own_words() -> None:
    form = JobForm(MultiDict())
    assert not form.validate()
    assert {each.name: each.errors[0] for each in form if each.errors} == {
        "employer": "Enter the employer",
        "started_on": "Enter the date they started, like 31 3 2026",
        "born_on": "Enter their date of birth, like 31 3 1990, or tick “not known”",
        "hours": "Enter the hours a week, like 12.5",
        "channel": "Select how you spoke",
        "direction": "Select an answer",
        "seen": "Select yes or no",
    }


def test_a_form_that_was_never_sent_does_not_pass() -> None:
    form = JobForm()
    assert not form.validate()
    assert "employer" in form.errors
    assert "channel" in form.errors


def test_optional_blanks_are_none_and_never_zero() -> None:
    form = filled(pay=" ", length="", children="\u200b", satisfied="")
    assert not form.errors
    assert (form.pay.data, form.length.data, form.children.data, form.satisfied.data) == (None,) * 4


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        (
            "employer",
            "x" * 50_000,
            "The employer must be 200 characters or fewer. It is 49,800 characters too long",
        ),
        (
            "note",
            "x" * 50_000,
            "The note must be 20,000 characters or fewer. It is 30,000 characters too long",
        ),
        (
            "started_on",
            "31 2 2026",
            "There is no 31 February 2026. Enter the date they started, like 31 3 2026",
        ),
        ("started_on", "tomorrow", "The date they started must be today or earlier"),
        ("hours", "NaN", "The hours a week must be a number, like 12.5"),
        ("hours", "1e999", "The hours a week must be a number, like 12.5"),
        ("hours", "81", "The hours a week must be between 0 and 80"),
        ("pay", "12.345", "The pay can have at most 2 digits after the point"),
        ("channel", "pigeon", "Select how you spoke from the list"),
        ("team", "5", "Select the team from the list"),
        ("satisfied", "11", "Select an answer from the list"),
        ("seen", "maybe", "Select yes or no"),
        ("postcode", "M1", "The postcode must be a full UK postcode, like M1 1AE"),
    ],
)
def test_wrong_input_is_said_and_stays(name: str, typed: str, said: str) -> None:
    assert error(name, typed) == said
    form = filled(**{name: typed})
    assert field(form, name).raw == typed
    assert form[name].data is None
    assert field(form, "employer").raw == ("A shop" if name != "employer" else typed)


@pytest.mark.parametrize("name", NAMES)
def test_no_hostile_text_crashes_a_field_and_every_word_can_be_shown(name: str) -> None:
    for typed in HOSTILE_TEXT:
        form = JobForm(
            MultiDict([*GOOD.items(), (name, typed)])
            if name not in GOOD
            else MultiDict({**GOOD, name: typed})
        )
        form.validate()
        assert set(form.errors) <= {name}
        raw = field(form, name).raw
        "".join(raw).encode("utf-8")
        if typed.isprintable():
            assert raw == ([typed] if name == "benefits" else typed)


def test_numbers_and_dates_get_the_reviewed_verdicts() -> None:
    class Wide(Form):
        whole = fields.WholeNumberField("Number", high=1000)
        decimal = fields.DecimalField("Number", high=1000)
        money = fields.MoneyField("Amount", high=1_000_000)
        day = fields.DateField("Day")

    for typed, whole, decimal, money in HOSTILE_NUMBERS:
        form = Wide(MultiDict({"whole": typed, "decimal": typed, "money": typed}))
        form.validate()
        assert (form.whole.data, form.decimal.data, form.money.data) == (whole, decimal, money)
        assert bool(form.whole.errors) == (whole is None)
        assert bool(form.decimal.errors) == (decimal is None)
        assert bool(form.money.errors) == (money is None)
    for typed, day in HOSTILE_DATES:
        form = Wide(MultiDict({"day": typed}))
        form.validate()
        assert form.day.data == day
        assert bool(form.day.errors) == (day is None)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=50)))
def test_any_text_anywhere_is_a_value_or_words(typed: dict[str, str]) -> None:
    form = JobForm(MultiDict(typed))
    form.validate()
    for each in form:
        assert all(str(said)[0].isupper() for said in each.errors)
        assert not each.errors or each.data in (None, [])


def test_a_date_shows_back_what_it_understood() -> None:
    assert filled(started_on="last tue").started_on.understood == "17 November 2026"
    assert filled(started_on="soon").started_on.understood == ""


def test_stored_values_are_shown_as_one_would_type_them() -> None:
    stored = {
        "employer": "A shop", "started_on": date(2026, 3, 31), "born_on": date(1990, 2, 1),
        "hours": Decimal("16.50"),
        "pay": 125_050, "length": 90, "begins": time(9, 5), "channel": "video", "seen": False, "satisfied": 7,
        "team": TEAM, "benefits": ["pip"],
    }  # fmt: skip
    form = JobForm(data=stored)
    shown = {name: field(form, name).raw for name in stored}
    assert shown == {
        "employer": "A shop", "started_on": "31 3 2026", "born_on": ["1", "2", "1990"], "hours": "16.5",
        "pay": "1250.50",
        "length": "90", "begins": "09:05", "channel": "video", "seen": "no", "satisfied": "7",
        "team": str(TEAM),
        "benefits": ["pip"],
    }  # fmt: skip
    typed = {name: value for name, value in shown.items() if name != "born_on"} | {"direction": "in"}
    again = JobForm(MultiDict({**typed, "born_on-day": "1", "born_on-month": "2", "born_on-year": "1990"}))
    assert again.validate(), again.errors
    assert {name: again[name].data for name in stored} == stored


def test_a_forms_own_checks_see_only_good_values() -> None:
    seen: list[Any] = []

    class Checked(Form):
        hours = fields.WholeNumberField("Hours", high=80)

        def validate_hours(self, field: Any) -> None:
            seen.append(field.data)
            if field.data == 13:
                raise ValidationError("Not 13")

    assert not Checked(MultiDict({"hours": "x"})).validate()
    assert not Checked(MultiDict({"hours": "13"})).validate()
    assert Checked(MultiDict({"hours": "14"})).validate()
    assert seen == [13, 14]


@pytest.mark.parametrize(
    ("label", "noun"),
    [("Start date", "the start date"), ("NI number", "the NI number"), ("What happened?", "an answer"),
     ("How long it took", "an answer"), ("", "an answer")],
)  # fmt: skip
def test_a_label_becomes_a_noun(label: str, noun: str) -> None:
    class One(Form):
        text = fields.TextField(label)

    assert One().text.noun == noun


def test_what_the_components_read() -> None:
    form = JobForm()
    assert {name: field(form, name).component for name in form._fields} == {
        "employer": "text", "note": "textarea", "started_on": "date", "born_on": "dob", "hours": "number",
        "children": "number", "pay": "money", "length": "text", "begins": "time", "channel": "select",
        "direction": "radios", "team": "radios", "benefits": "checkboxes", "seen": "yesno",
        "satisfied": "scale",
        "evidence": "file", "reference": "hidden", "postcode": "text", "email": "text", "phone": "text",
        "ni_number": "text",
    }  # fmt: skip
    for each in form:
        for name in ("hint", "optional", "width", "raw", "options", "inline", "noun", "suffix", "attributes"):
            assert hasattr(each, name), (each.name, name)
