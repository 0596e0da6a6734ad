"""Field by field, what was typed or what is saved: never a mixture nobody chose."""

from datetime import date
from itertools import combinations

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from caseworker.core import fields
from caseworker.core.conflicts import differing, sent_as, settled
from caseworker.core.db import db
from caseworker.core.forms import CaseForm
from caseworker.programmes.models import Organisation
from tests.conftest import Given
from tests.support.builders import an_organisation
from tests.support.client import PageClient, form_on, read

HEARD = [("gp", "GP"), ("self", "Themselves"), ("friend", "A friend")]


class AnyForm(CaseForm):
    note = fields.NoteField("Notes", optional=True)
    born_on = fields.DateOfBirthField("Date of birth", optional=True)
    heard = fields.ChoicesField("Heard from", options=HEARD, optional=True)
    weekly = fields.MinutesField("Minutes", optional=True)


SAVED = {"note": "saved text", "born_on": date(1990, 5, 17), "heard": ["gp", "friend"], "weekly": 30}


@pytest.fixture
def saved(app: Flask) -> AnyForm:
    with app.test_request_context():
        return AnyForm(formdata=None, data=SAVED)


def test_a_field_is_sent_as_a_browser_would_send_it(saved: AnyForm) -> None:
    assert sent_as(saved.note) == [("note", "saved text")]
    assert sent_as(saved.born_on) == [("born_on-day", "17"), ("born_on-month", "5"), ("born_on-year", "1990")]
    assert sent_as(saved.heard) == [("heard", "gp"), ("heard", "friend")]


@pytest.mark.parametrize("kept", [set(some) for size in range(5) for some in combinations(SAVED, size)])
def test_each_field_is_what_was_chosen_for_it(app: Flask, kept: set[str]) -> None:
    typed = MultiDict(
        [("note", "typed text"), ("born_on-day", "1"), ("born_on-month", "2"), ("born_on-year", "1980"),
         ("heard", "self"), ("weekly", "45")]
    )  # fmt: skip
    with app.test_request_context():
        before, mine = AnyForm(formdata=None, data=SAVED), AnyForm(typed)
        rows = differing(mine, before, ())
        assert {row.name for row in rows} == set(SAVED)
        for row in rows:
            typed.add(f"keep-{row.name}", "saved" if row.name in kept else "typed")
            for name, text in row.saved_as:
                typed.add(f"saved-{name}", text)
        after = AnyForm(settled(typed))
        for name in SAVED:
            assert after[name].data == (before if name in kept else mine)[name].data, name


def test_empty_is_a_choice_too(app: Flask) -> None:
    with app.test_request_context():
        sent = MultiDict([("note", "typed text"), ("keep-note", "saved"), ("heard", "gp")])
        after = AnyForm(settled(sent))
        assert after.note.data is None
        assert after.heard.data == ["gp"]


def test_what_nobody_settled_is_left_alone() -> None:
    sent = MultiDict([("note", "a"), ("keep-note", "typed"), ("saved-note", "b")])
    assert settled(sent) is sent


@pytest.mark.both_databases
def test_keeping_what_a_colleague_saved(trial: Flask, browser_of: PageClient, given: Given) -> None:
    with given():
        key = an_organisation(code="c", name="as it was").id
    mine = browser_of.get_form(f"/trial/{key}")
    assert browser_of.send(f"/trial/{key}", name="what they wrote").status_code == 303
    page = read(browser_of.submit(mine, name="what I wrote"), 409)
    chosen = form_on(page).fill(**{"keep-name": "saved"})
    read(browser_of.submit(chosen), 303)
    with trial.app_context():
        assert db.session.get_one(Organisation, key).name == "what they wrote"
