"""Ideas for a step: of every theme, written into the form by one tap and never saved by it."""

from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask

from caseworker.barriers.services import Finding, record_findings
from caseworker.core import clock
from caseworker.core.codes import code, codes, editions
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.plans import services
from caseworker.plans.ideas import ideas_for
from caseworker.plans.models import Action, Goal
from caseworker.plans.rules import GoalDetails
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.plans.test_pages import plan
from tests.support.client import PageClient, form_on, read
from tests.support.stored import row, rows


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


def test_every_theme_has_at_least_four_ideas_that_fit_it() -> None:
    found = codes("suggested_action")
    counts = Counter(row.extras["theme"] for row in found)
    assert set(counts) == {row.code for row in codes("barrier_theme")}
    assert min(counts.values()) >= 4
    for each in found:
        if each.extras["barrier"]:
            assert code("barrier_code", each.extras["barrier"]).extras["theme"] == each.extras["theme"]
        assert code("action_owner", each.extras["owner"]).label_en
        assert 1 <= (each.number("days") or 0) <= 28
        assert len(each.label_en) <= 90
    assert editions()["suggested_action"].doubts


def test_ideas_for_the_barrier_named_come_first() -> None:
    first = ideas_for(["money", "money", "housing"], {"no_bank_account"}, TODAY)
    assert (first[0].code, first[0].theme) == ("money_account", "money")
    assert {idea.theme for idea in first} == {"money", "housing"}
    assert max(Counter(idea.theme for idea in first).values()) <= 5
    assert ideas_for([], set(), TODAY) == []


def serious(given: Given, team: Team, case: Enrolment) -> None:
    with given():
        found = [Finding("money", "something", "no_bank_account", 3)]
        record_findings(
            db.session.merge(case), found, assessed_on=TODAY, recorded_by=team.keyworker, today=TODAY
        )


def test_a_tap_fills_the_first_action_and_keeps_what_was_typed(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    assert client.page(plan(case, "/goals/new")).soup.select_one("#ideas") is None
    serious(given, team, case)
    form = client.get_form(plan(case, "/goals/new"), "words").fill(
        words="Be paid into my account", measure="It is"
    )
    form.fill(words="Be paid into my account", measure="It is")
    form.data["idea"] = ["money_check"]
    page = read(client.post(form.action, data=form.data))
    assert rows(app, Goal) == []
    filled = form_on(page, "words")
    assert filled.data["words"] == ["Be paid into my account"]
    assert filled.data["action_words"] == ["Do a benefits check together"]
    assert filled.data["action_owner"] == ["keyworker"]
    assert filled.data["action_due_on"] == ["4 12 2026"]
    assert client.submit(filled).status_code == 303
    assert (row(app, Action).words, row(app, Action).owner) == ("Do a benefits check together", "keyworker")


def test_a_tap_fills_an_action_of_a_goal_by_its_theme(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        goal = services.add_goal(
            db.session.merge(case),
            GoalDetails("Get there on time", "short", theme="transport"),
            None,
            recorded_by=team.keyworker,
            today=TODAY,
        )
    path = plan(case, f"/goals/{goal.id}/actions/new")
    page = client.page(path)
    ideas = page.soup.select("#ideas button[form=writing]")
    assert len(ideas) == 5
    form = form_on(page, "words")
    form.data["idea"] = [str(ideas[0]["value"])]
    filled = form_on(read(client.post(form.action, data=form.data)), "words")
    assert filled.data["words"] == [str(code("suggested_action", form.data["idea"][0]).label_en)]
    assert client.submit(filled).status_code == 303
    assert len(rows(app, Action)) == 1


@pytest.mark.parametrize("typed", ["nothing", "<script>", "' OR 1=1", "money_check\x00", "9" * 9000])
def test_an_idea_there_is_not_changes_nothing(
    app: Flask, client: PageClient, case: Enrolment, typed: str
) -> None:
    form = client.get_form(plan(case, "/goals/new"), "words")
    form.data["idea"] = [typed]
    assert list(read(client.post(form.action, data=form.data), 422).problems) == ["words"]
    assert rows(app, Goal) == []
