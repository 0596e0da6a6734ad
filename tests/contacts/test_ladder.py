"""What to try next with somebody who does not answer: a table of situations, and what is due for them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.casefile.rebuild import rebuild
from caseworker.contacts.models import Contact
from caseworker.contacts.rules import (
    Climb,
    Reached,
    attempts_since,
    climb,
    is_attempt,
    last_spoken,
    read_ladder,
)
from caseworker.contacts.services import take_back_contact
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.heard import Heard, Minimum
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.rules import Spell, contact_due
from caseworker.participants.models import Participant
from tests.casefile.situations import NOW, TODAY, Team, a_clock, a_team, spoke, started
from tests.conftest import Given
from tests.support.client import PageClient

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 2)
SETTINGS: dict[str, Any] = {
    "steps": [
        {"channel": "telephone", "after_days": 0, "words": "Ring them"},
        {"channel": "text", "after_days": 2, "words": "Text them"},
        {"channel": "telephone", "after_days": 3, "words": "Ring them at another time of day"},
        {"channel": "letter", "after_days": 5, "words": "Write to them"},
        {"channel": "lead", "after_days": 10, "words": "The lead decides"},
    ]
}
STEPS = read_ladder(SETTINGS)
T, X, L, E, F = "telephone", "text", "letter", "email", "face_to_face"


def tried(*ways: str) -> list[Reached]:
    """One attempt a day from MONDAY on."""
    return [Reached(MONDAY + number * DAY, way, False, True) for number, way in enumerate(ways)]


@pytest.mark.parametrize(
    ("ways", "closed", "words", "days_after_monday"),
    [
        ((), (), None, None),
        ((T,), (), "Text them", 2),
        ((X,), (), "Ring them", 0),
        ((F,), (), "Ring them", 0),
        ((F, T), (), "Text them", 3),
        ((E, E, E), (), "Ring them", 2),
        ((T, T), (), "Text them", 3),
        ((T, X), (), "Ring them at another time of day", 4),
        ((X, T), (), "Ring them at another time of day", 4),
        ((T, L), (), "Text them", 3),
        ((T, X, T), (), "Write to them", 7),
        ((T, T, X), (), "Write to them", 7),
        ((T, T, T, X), (), "Write to them", 8),
        ((L, T, T), (), "Text them", 4),
        ((T,), (X,), "Ring them at another time of day", 3),
        ((T, T), (X,), "Write to them", 6),
        ((T, T), (X, L), "exhausted", None),
        ((T,), (T, X, L), "exhausted", None),
        ((T, X, T, L), (), "exhausted", None),
        ((L, X, T, T), (), "exhausted", None),
        ((T, X, T, L, E, T), (), "exhausted", None),
        ((T, X, T), (L,), "exhausted", None),
    ],
)
def test_the_next_step(
    ways: tuple[str, ...], closed: tuple[str, ...], words: str | None, days_after_monday: int | None
) -> None:
    found = climb(STEPS, tried(*ways), closed)
    assert found.attempts == len(ways)
    assert found.exhausted is (words == "exhausted")
    assert (found.step.words if found.step else None) == (None if found.exhausted else words)
    day = None if days_after_monday is None else MONDAY + days_after_monday * DAY
    assert found.due_on == day


def test_without_steps_nothing_is_exhausted() -> None:
    assert climb([], tried(T)) == Climb(1, None, None, False)


def test_only_tries_since_they_were_spoken_with_count() -> None:
    talk = Reached(MONDAY, T, True, False)
    theirs = Reached(MONDAY, T, False, False)
    assert attempts_since([]) == []
    assert attempts_since([*tried(T, X), talk]) == []
    assert attempts_since([*tried(T, X), talk, theirs, *tried(L)]) == tried(L)
    later = Reached(MONDAY + DAY, F, True, False)
    assert last_spoken([talk, later, *tried(X)]) == {T: MONDAY, F: MONDAY + DAY}


@pytest.mark.parametrize(
    ("result", "direction", "wanted"),
    [
        ("no_answer", "out", True), ("left_message", "out", True), ("message_sent", "out", True),
        ("wrong_number", "out", True), ("did_not_attend", "out", True), ("left_message", "in", False),
        ("spoke", "out", False), ("late", "in", False), ("cancelled_by_us", "out", False),
    ],
)  # fmt: skip
def test_what_is_an_attempt(result: str, direction: str, wanted: bool) -> None:
    assert is_attempt(result, direction) is wanted


class Rule:
    code: Any = "least"
    settings: Any = {"every_days": 14, "two_way": True, "channels": ["face_to_face"]}
    from_on: Any = date(2020, 1, 1)
    until_on: Any = None


class Clock(Rule):
    code: Any = "clock"
    settings: Any = {"contact_days": 28, "plan_working_days": 10, "review_days": 28}


SPELL = Spell(UUID(int=1), MONDAY, None)


@pytest.mark.parametrize(
    ("heard", "due_on", "rule"),
    [
        (None, 14, "least"),
        (Heard({}), 14, "least"),
        (Heard({"face_to_face": MONDAY + 3 * DAY}), 17, "least"),
        (Heard({"telephone": MONDAY + 3 * DAY}), 14, "least"),
        (Heard({"telephone": MONDAY + 9 * DAY, "face_to_face": MONDAY + 20 * DAY}), 34, "least"),
        (Heard({}, (MONDAY + 5 * DAY, "ladder")), 5, "ladder"),
        (Heard({}, (MONDAY + 30 * DAY, "ladder")), 14, "least"),
    ],
)
def test_the_soonest_of_clock_minimum_and_ladder_is_due(heard: Heard | None, due_on: int, rule: str) -> None:
    due = contact_due(SPELL, [Clock()], heard, [Rule()])
    assert due is not None
    assert (due.due_on, due.rule) == (MONDAY + due_on * DAY, rule)


def test_a_ladder_alone_makes_nothing_due() -> None:
    assert contact_due(SPELL, [], Heard({}, (MONDAY, "ladder"))) is None


def test_a_minimum_that_attempts_would_satisfy_is_refused() -> None:
    with pytest.raises(ValueError, match="two-way"):
        Minimum.read({"every_days": 7, "two_way": False})


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        made = a_team()
        a_clock(made.programme, kind="contact_ladder", code="ladder", settings=SETTINGS)
        a_clock(made.programme, kind="minimum_contact", code="least", settings={"every_days": 21})
        return made


@pytest.fixture
def case(given: Given, team: Team) -> Enrolment:
    with given():
        return started(team)


def due(app: Flask) -> tuple[date, str]:
    with app.app_context():
        found = db.session.execute(
            select(DueItem.due_on, DueItem.rule).where(DueItem.kind == "contact")
        ).one()
        return found[0], found[1]


@pytest.mark.both_databases
def test_what_is_due_follows_tries_and_talks_and_the_rebuild_agrees(
    app: Flask, given: Given, team: Team, case: Enrolment
) -> None:
    begun = TODAY - 10 * DAY
    assert due(app) == (begun + 21 * DAY, "least")
    with given():
        kept = db.session.merge(case)
        attempt = spoke(team, kept, days_ago=5, result="no_answer")
    assert due(app) == (TODAY - 3 * DAY, "ladder")
    with given():
        spoke(team, db.session.merge(case), days_ago=3, channel="text", result="message_sent")
    assert due(app) == (TODAY, "ladder")
    with given():
        assert rebuild().dues_mended == 0
    with given():
        talk = spoke(team, db.session.merge(case), days_ago=1)
    assert due(app) == (TODAY + 20 * DAY, "least")
    with given():
        rows = [db.session.get(Contact, key) for key in (talk.id, attempt.id)]
        for row in rows:
            assert row is not None
            take_back_contact(row, by=team.keyworker, now=NOW)
    assert due(app) == (TODAY - 3 * DAY, "ladder")
    with given():
        assert rebuild().dues_mended == 0


def test_the_page_says_what_to_try_next_and_obeys_the_flags(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    client.sign_in(team.keyworker)
    for path in (f"/enrolments/{case.id}", f"/enrolments/{case.id}/contacts/new"):
        assert "tried" not in client.page(path).text.lower()
    with given():
        spoke(team, db.session.merge(case), days_ago=1, result="no_answer")
    for path in (f"/enrolments/{case.id}", f"/enrolments/{case.id}/contacts/new"):
        assert "Tried once since you last spoke. Next: Text them, by 21 Nov 2026" in client.page(path).text
    with given():
        person = db.session.get(Participant, case.participant_id)
        assert person is not None
        person.no_texts = True
    text = client.page(f"/enrolments/{case.id}").text
    assert "Next: Ring them at another time of day, by 22 Nov 2026" in text
    with given():
        kept = db.session.get(Enrolment, case.id)
        assert kept is not None
        spoke(team, kept, result="left_message")
        spoke(team, kept, channel="letter", result="message_sent")
    text = client.page(f"/enrolments/{case.id}").text
    assert "Tried 3 times since you last spoke, and no step is left: the programme lead decides." in text
    with given():
        kept = db.session.get(Enrolment, case.id)
        assert kept is not None
        spoke(team, kept)
    assert "Tried" not in client.page(f"/enrolments/{case.id}").text
