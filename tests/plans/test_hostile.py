"""Hostile strings and dates in every box of the plan: saved as reviewed, or refused with all of it kept."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from caseworker.core import clock, values
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.plans import services
from caseworker.plans.models import Action, ActionPlan, Goal
from caseworker.plans.rules import ActionDetails, GoalDetails, last_day
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_DATES, HOSTILE_TEXT, TODAY
from tests.core.verdicts import verdict
from tests.support.client import Form, PageClient
from tests.support.stored import newest
from tests.support.throwing import REFUSED, shows_all, throw

# The box itself takes every one of them in tests of the fields; here each form takes its share.
SOME_TEXT, SOME_DATES = HOSTILE_TEXT[::5], HOSTILE_DATES[::4]
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


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
    client.sign_in(team.keyworker)
    return enrolment


@pytest.fixture
def goal(given: Given, team: Team, case: Enrolment) -> Goal:
    step = ActionDetails("Ring the college", "participant", TODAY)
    with given():
        made = services.add_goal(
            db.session.merge(case),
            GoalDetails("Start the course", "long"),
            step,
            recorded_by=team.keyworker,
            today=TODAY,
        )
        db.session.flush()
        _ = made.actions
        return made


def line(typed: str, *, needed: bool) -> Any:
    """What becomes of text in a box of one line, or REFUSED."""
    if values.is_blank(typed) and not needed:
        return None
    kept = verdict(values.text, typed)
    return REFUSED if kept is None else kept


def lines(typed: str, *, needed: bool, most: int = 1000) -> Any:
    if values.is_blank(typed) and not needed:
        return None
    kept = verdict(values.note, typed, most)
    return REFUSED if kept is None else kept


def day(parsed: date | None, first: date = date.min, last: date = date.max) -> Any:
    return parsed if parsed is not None and first <= parsed <= last else REFUSED


def plan(case: Enrolment, rest: str) -> str:
    return f"/enrolments/{case.id}/plan{rest}"


def test_text_of_a_new_goal_and_its_first_action(app: Flask, client: PageClient, case: Enrolment) -> None:
    def form() -> Form:
        return client.get_form(plan(case, "/goals/new")).fill(words="Start", target_on="")

    def stored() -> Mapping[str, Any]:
        action = newest(app, Action)
        return newest(app, Goal) | {"action_words": action["words"]}

    cases = []
    for typed in HOSTILE_TEXT:
        expected = {
            "words": lines(typed, needed=True),
            "measure": lines(typed, needed=False),
            "support": lines(typed, needed=False),
            "action_words": line(typed, needed=False),
        }
        cases.append((dict.fromkeys(expected, typed), expected))
    saved, refused = throw(client, form, cases, stored)
    assert saved > 300
    assert refused > 5
    shows_all(client, plan(case, ""))


def test_text_of_a_changed_goal(app: Flask, client: PageClient, case: Enrolment, goal: Goal) -> None:
    def form() -> Form:
        return client.get_form(plan(case, f"/goals/{goal.id}/edit"))

    cases = []
    for typed in SOME_TEXT[::2]:
        expected = {"words": lines(typed, needed=True), "support": lines(typed, needed=False)}
        cases.append((dict.fromkeys(expected, typed), expected))
    saved, refused = throw(client, form, cases, lambda: newest(app, Goal))
    assert saved > 30
    assert refused > 0


def test_text_of_an_action(app: Flask, client: PageClient, case: Enrolment, goal: Goal) -> None:
    path = plan(case, f"/goals/{goal.id}/actions/new")
    cases = [({"words": typed}, {"words": line(typed, needed=True)}) for typed in SOME_TEXT]
    saved, refused = throw(client, lambda: client.get_form(path), cases, lambda: newest(app, Action))
    assert saved > 60
    assert refused > 0


def test_the_day_of_a_goal_and_of_its_first_action(app: Flask, client: PageClient, case: Enrolment) -> None:
    def form() -> Form:
        return client.get_form(plan(case, "/goals/new")).fill(
            words="Start", horizon="long", action_words="Ring"
        )

    def stored() -> Mapping[str, Any]:
        return newest(app, Goal) | {"action_due_on": newest(app, Action)["due_on"]}

    last = last_day("long", TODAY)
    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed, parsed in HOSTILE_DATES:
        wanted = last if values.is_blank(typed) else day(parsed, TODAY, last)
        cases.append(({"target_on": typed}, {"target_on": wanted}))
    for typed, parsed in SOME_DATES:
        cases.append(({"action_due_on": typed}, {"action_due_on": day(parsed, TODAY)}))
    saved, refused = throw(client, form, cases, stored)
    assert saved > 10
    assert refused > 90


def test_the_day_of_an_action(app: Flask, client: PageClient, case: Enrolment, goal: Goal) -> None:
    path = plan(case, f"/actions/{goal.actions[0].id}/edit")
    cases = [({"due_on": typed}, {"due_on": day(parsed)}) for typed, parsed in SOME_DATES]
    saved, refused = throw(client, lambda: client.get_form(path), cases, lambda: newest(app, Action))
    assert saved == sum(parsed is not None for _, parsed in SOME_DATES)
    assert refused > 15


@pytest.mark.parametrize("ending", ["agree", "review"])
def test_the_day_of_agreement_and_review(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal, ending: str
) -> None:
    name, first = "agreed_on", case.referred_on
    if ending == "review":
        name, first = "reviewed_on", TODAY - timedelta(days=1)
        client.send(plan(case, "/agree"), agreed_how="paper", agreed_on="yesterday")

    def form() -> Form:
        found = client.get_form(plan(case, f"/{ending}"))
        return found.fill(agreed_how="paper") if ending == "agree" else found

    cases = [({name: typed}, {name: day(parsed, first, TODAY)}) for typed, parsed in SOME_DATES]
    cases.append(({name: " Yesterday "}, {name: TODAY - timedelta(days=1)}))
    saved, refused = throw(client, form, cases, lambda: newest(app, ActionPlan))
    assert saved > 0
    assert refused > 20


@pytest.mark.parametrize("ending", ["reached", "drop"])
def test_the_day_a_goal_is_closed(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal, ending: str
) -> None:
    path = plan(case, f"/goals/{goal.id}/{ending}")

    def form() -> Form:
        found = client.get_form(path)
        return found.fill(drop_reason="other") if ending == "drop" else found

    refused_days = [
        ({"closed_on": typed}, {"closed_on": REFUSED})
        for typed, parsed in SOME_DATES
        if day(parsed, case.referred_on, TODAY) is REFUSED
    ]
    saved, refused = throw(client, form, refused_days, lambda: newest(app, Goal))
    assert (saved, refused > 20) == (0, True)
    last = [({"closed_on": " Yesterday "}, {"closed_on": TODAY - timedelta(days=1)})]
    assert throw(client, form, last, lambda: newest(app, Goal)) == (1, 0)
