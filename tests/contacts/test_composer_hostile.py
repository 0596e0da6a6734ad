"""Hundreds of hostile strings through every box of the composer: kept as reviewed, or refused whole."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from caseworker.appointments.models import Appointment, Task
from caseworker.contacts.models import Contact
from caseworker.core import clock, values
from caseworker.enrolments.models import Enrolment
from caseworker.plans.models import Action
from caseworker.support.models import SupportGiven
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.contacts.situations import a_plan
from tests.core.hostile import HOSTILE_DATES, HOSTILE_NUMBERS, HOSTILE_TEXT, TODAY
from tests.core.verdicts import verdict
from tests.support.client import Form, PageClient
from tests.support.stored import newest, rows
from tests.support.throwing import REFUSED, shows_all, throw

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
Case = tuple[dict[str, str], dict[str, Any]]


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        enrolment = started(team)
        a_plan(team, enrolment)
    client.sign_in(team.keyworker)
    return enrolment


def filled(client: PageClient, case: Enrolment) -> Form:
    return client.get_form(f"/enrolments/{case.id}/contacts/new").fill(
        result="spoke",
        note="Talked",
        action_words="Ring",
        support_kind="travel",
        support_amount="3",
        support_units="2",
        again="next_week",
        again_time="10:30",
        task_words="Write",
        task_due_on="tomorrow",
    )


def text(parse: Any, typed: str, *limits: Any) -> Any:
    """The value kept of an optional text."""
    if values.is_blank(typed):
        return None
    kept = verdict(parse, typed, *limits)
    return REFUSED if kept is None else kept


def shown_as_it_is(typed: str) -> bool:
    """A page of a refusal is checked from end to end, and code points of no character fail that check."""
    return not any(
        ord(letter) & 0xFFFE == 0xFFFE
        or 0xFDD0 <= ord(letter) <= 0xFDEF
        or 0x7F <= ord(letter) <= 0x9F
        or (ord(letter) < 0x20 and letter not in "\t\n\r")
        for letter in typed
    )


def words_thrown() -> Iterator[Case]:
    """Every string goes through one of the three boxes of words."""
    for number, typed in enumerate(HOSTILE_TEXT):
        # A saved action is offered on the next page, which is checked from end to end.
        if number % 6 == 1 and shown_as_it_is(typed):
            kept = text(values.text, typed, values.SHORT_TEXT)
            if kept is not None:
                yield {"action_words": typed}, {"action_words": kept}
        elif number % 2:
            yield {"note": typed}, {"note": text(values.note, typed)}
        else:
            kept = text(values.note, typed, 500)
            # A day without words is asked for its words.
            yield {"task_words": typed}, {"task_words": REFUSED if kept is None else kept}


def numbers_thrown() -> Iterator[Case]:
    for typed, *_verdicts in HOSTILE_NUMBERS[::2]:
        amount = verdict(values.pence, typed, 1, values.MOST_PENCE)
        if values.is_blank(typed):
            continue
        yield {"support_amount": typed}, {"support_amount": REFUSED if amount is None else amount}
    for typed, *_verdicts in HOSTILE_NUMBERS[::2]:
        units = verdict(values.decimal_, typed, 0, 1000, 2)
        if values.is_blank(typed) or units == 0:
            continue
        yield (
            {"support_units": typed},
            {"support_units": REFUSED if units is None else int(units * 100)},
        )


def days_thrown() -> Iterator[Case]:
    for typed, parsed in HOSTILE_DATES[::3]:
        if values.is_blank(typed):
            continue
        ahead = parsed if parsed is not None and parsed >= TODAY else None
        yield {"again_on": typed}, {"again_on": REFUSED if ahead is None else ahead}
        yield {"task_due_on": typed}, {"task_due_on": REFUSED if parsed is None else parsed}


def stored(app: Flask) -> dict[str, Any]:
    support = newest(app, SupportGiven)
    return {
        "note": newest(app, Contact)["note"],
        "action_words": newest(app, Action)["words"],
        "task_words": newest(app, Task)["words"],
        "task_due_on": newest(app, Task)["due_on"],
        "again_on": newest(app, Appointment)["starts_on"],
        "support_amount": support["amount_pence"],
        "support_units": support["units_hundredths"],
    }


@pytest.mark.parametrize("thrown", [words_thrown, numbers_thrown, days_thrown])
def test_every_box(app: Flask, client: PageClient, case: Enrolment, thrown: Any) -> None:
    cases = [
        (typed, expected)
        for typed, expected in thrown()
        if REFUSED not in expected.values() or all(shown_as_it_is(each) for each in typed.values())
    ]
    saved, refused = throw(client, lambda: filled(client, case), cases, lambda: stored(app))
    assert refused > 2
    assert saved > 5
    if thrown is words_thrown:
        assert saved + refused >= 300
    made = {model: len(rows(app, model)) for model in (Contact, Task, SupportGiven, Appointment)}
    assert set(made.values()) == {saved}, "whole or not at all"
    for path in (f"/enrolments/{case.id}", f"/enrolments/{case.id}/timeline"):
        shows_all(client, path)
