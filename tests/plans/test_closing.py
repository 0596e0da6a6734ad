"""A goal reached with what came of it; a goal's numbers; an action set aside with its reason."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.plans import services
from caseworker.plans.models import Action, Goal
from caseworker.plans.rules import ActionDetails, GoalDetails
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_NUMBERS, HOSTILE_TEXT
from tests.plans.test_hostile import line, lines
from tests.plans.test_pages import plan, tap
from tests.support.client import PageClient, read
from tests.support.stored import newest, row
from tests.support.throwing import REFUSED, shows_all, throw


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
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
    step = ActionDetails("Ring the college", "participant", TODAY + timedelta(days=14))
    with given():
        made = services.add_goal(
            db.session.merge(case),
            GoalDetails("Start the care course", "short"),
            step,
            recorded_by=team.keyworker,
            today=TODAY,
        )
        db.session.flush()
        _ = made.actions
        return made


@pytest.mark.both_databases
def test_reached_with_outcome_and_evidence_and_undone(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal
) -> None:
    path = plan(case, f"/goals/{goal.id}/reached")
    client.send(path, outcome="She began on Monday.", outcome_evidence="document_seen")
    done = row(app, Goal)
    assert (done.outcome, done.outcome_evidence) == ("She began on Monday.", "document_seen")
    assert b"Monday" not in done.outcome_sealed
    page = client.page(plan(case))
    assert "She began on Monday." in page.text
    assert "How we know: Document seen" in page.text
    assert tap(client, page, "/reopen").status_code == 303
    again = row(app, Goal)
    assert (again.outcome, again.outcome_evidence, again.state) == (None, None, "not_started")


def test_neither_outcome_nor_evidence_is_asked_for(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal
) -> None:
    assert client.send(plan(case, f"/goals/{goal.id}/reached")).status_code == 303
    assert (row(app, Goal).outcome, row(app, Goal).outcome_evidence) == (None, None)


def test_hostile_text_in_the_outcome(app: Flask, client: PageClient, case: Enrolment, goal: Goal) -> None:
    path = plan(case, f"/goals/{goal.id}/reached")
    refused = [({"outcome": typed}, {"outcome": lines(typed, needed=False)}) for typed in HOSTILE_TEXT]
    wrong = [pair for pair in refused if pair[1]["outcome"] is REFUSED]
    saved = next(pair for pair in refused if "<script" in pair[0]["outcome"].lower())
    found = throw(client, lambda: client.get_form(path), [*wrong, saved], lambda: newest(app, Goal))
    assert found[0] == 1
    assert found[1] > 10
    shows_all(client, plan(case))


@pytest.mark.both_databases
def test_where_they_start_and_want_to_be(app: Flask, client: PageClient, case: Enrolment) -> None:
    said = {"measure_from": "0", "measure_to": "12.5", "measure_unit": "hours a week"}
    client.send(plan(case, "/goals/new"), words="Work more", **said)
    kept = newest(app, Goal)
    assert (kept["measure_from_hundredths"], kept["measure_to_hundredths"]) == (0, 1250)
    assert "0 → 12.5 hours a week" in client.page(plan(case)).text
    form = client.get_form(plan(case, f"/goals/{kept['id']}/edit"))
    assert [form.data[name][0] for name in said] == ["0", "12.5", "hours a week"]
    client.submit(form, measure_from="", measure_unit="")
    kept = newest(app, Goal)
    assert (kept["measure_from_hundredths"], kept["measure_unit"]) == (None, None)
    assert "– → 12.5" in client.page(plan(case)).text


def test_numbers_are_enough_for_the_advice(client: PageClient, case: Enrolment) -> None:
    form = client.get_form(plan(case, "/goals/new")).fill(words="Apply for warehouse work", theme="skills")
    without = read(client.submit(form, button="Help with this goal"))
    assert "Nothing says how you will both know it is done" in without.text
    form.fill(measure_to="3", measure_unit="interviews")
    assert "It is clear" in read(client.submit(form, button="Help with this goal")).text


def test_hostile_numbers_and_units(app: Flask, client: PageClient, case: Enrolment) -> None:
    def form() -> Any:
        return client.get_form(plan(case, "/goals/new")).fill(words="Work more")

    refused = 0
    for typed in HOSTILE_NUMBERS:
        text = str(typed[0] if isinstance(typed, tuple) else typed)
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            continue  # no form carries half a character
        response = client.submit(form(), measure_to=text)
        assert response.status_code in (303, 422), ascii(text)
        if response.status_code == 422:
            refused += 1
            assert list(read(response, 422).problems) == ["measure_to"]
        else:
            kept = newest(app, Goal)["measure_to_hundredths"]
            assert kept is None or 0 <= kept <= 100_000_000
    assert refused > 10
    cases = [
        (
            {"measure_unit": typed},
            {"measure_unit": line(typed, needed=False) if len(typed) <= 40 else REFUSED},
        )
        for typed in HOSTILE_TEXT[::9]
        if len(typed.strip()) <= 40
    ]
    assert throw(client, form, cases, lambda: newest(app, Goal))[0] > 20


@pytest.mark.both_databases
def test_an_action_is_set_aside_with_its_reason_and_opened_again(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal
) -> None:
    path = plan(case, f"/actions/{goal.actions[0].id}/drop")
    page = read(client.send(path), 422)
    assert page.problems == {"drop_reason": "Select why it no longer matters"}
    form = client.get_form(path)
    assert "left_programme" not in form.choices["drop_reason"]
    stale = client.get_form(path).fill(drop_reason="other")
    assert client.submit(form, drop_reason="no_longer_needed").status_code == 303
    assert client.submit(stale).status_code == 409
    dropped = row(app, Action)
    assert (dropped.state, dropped.drop_reason) == ("no_longer_relevant", "no_longer_needed")
    assert dropped.dropped_on == TODAY
    page = client.page(plan(case))
    assert "Set aside 20 Nov 2026 No longer needed" in page.text
    assert tap(client, page, "/not-done").status_code == 303
    again = row(app, Action)
    assert (again.state, again.drop_reason, again.dropped_on) == ("not_started", None, None)


def test_what_is_set_aside_is_not_ticked_and_what_is_done_not_set_aside(
    given: Given, team: Team, goal: Goal
) -> None:
    with given():
        action = db.session.merge(goal).actions[0]
        services.drop_action(action, reason="other", today=TODAY)
        with pytest.raises(RuleBroken, match="no longer matters"):
            services.finish_action(action, today=TODAY)
        services.reopen_action(action)
        with pytest.raises(RuleBroken, match="open already"):
            services.reopen_action(action)
        services.finish_action(action, today=TODAY)
        with pytest.raises(RuleBroken, match="done already"):
            services.drop_action(action, reason="other", today=TODAY)
