"""A keyworker lends out their own people for dates; they return by themselves, and the lead sees it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from caseworker.core import clock
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment, Handover
from caseworker.handover.lending import lend
from caseworker.handover.rules import FOR_A_WHILE, FOR_GOOD, Terms
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

DAY = timedelta(days=1)
LEND = "/handover/lend"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


def tap(client: PageClient, page: Page, ending: str) -> Any:
    form = page.soup.select_one(f"form[action$='{ending}']")
    assert form is not None, ending
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    return client.post(str(form["action"]), data=data)


@pytest.mark.both_databases
def test_all_my_people_are_lent_and_return_by_themselves(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        cases = [started(team) for _ in range(3)]
        started(team, keyworker=team.colleague)
    client.sign_in(team.colleague)
    assert client.get(f"/enrolments/{cases[0].id}").status_code == 404
    client.sign_in(team.keyworker)
    assert LEND in client.page("/caseload").html
    form = client.get_form(LEND, "to_id")
    assert form.data["enrolment"] == [str(case.id) for case in sorted(cases, key=lambda case: str(case.id))]
    response = client.submit(form, to_id=team.colleague.id, reason="leave", until_on="4 12 26")
    assert response.headers["Location"] == LEND
    page = client.page(LEND)
    assert "3 people lent out" in page.text
    assert ["Tom Evans", "3", "20 Nov 2026 to 4 Dec 2026 Now"] in [
        line[:3] for line in page.rows("What you lent out")
    ]
    assert {each.keyworker_id for each in rows(app, Enrolment)} == {team.keyworker.id, team.colleague.id}
    assert len(rows(app, Handover)) == 1
    client.submit(form)
    assert len(rows(app, Handover)) == 1
    client.sign_in(team.lead)
    assert "by Priya Shah" in client.page("/handover").text
    client.sign_in(team.colleague)
    assert client.get(f"/enrolments/{cases[0].id}").status_code == 200
    with clock.at(NOW + 15 * DAY):
        client.sign_in(team.colleague)
        assert client.get(f"/enrolments/{cases[0].id}").status_code == 404


@pytest.mark.both_databases
def test_it_is_ended_early_or_taken_back_by_whoever_lent(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        case = started(team)
    client.sign_in(team.keyworker)
    client.send(LEND, "to_id", to_id=team.colleague.id, reason="leave", until_on="4 12 26")
    made = row(app, Handover)
    ends = [f"/handover/lent/{made.id}/{each}" for each in ("end", "undo")]
    for user in (team.colleague, team.tutor, team.lead):
        assert looks_missing(client, user, made.id, ends) == 2
    client.sign_in(team.keyworker)
    assert tap(client, client.page(LEND), "/end").status_code == 303
    assert row(app, Handover).ended_on == TODAY
    client.send(LEND, "to_id", to_id=team.colleague.id, reason="leave", until_on="4 12 26")
    assert tap(client, client.page(LEND), "/undo").status_code == 303
    assert rows(app, Handover)[1].void_reason == "undone"
    with clock.at(NOW + DAY):
        client.sign_in(team.colleague)
        assert client.get(f"/enrolments/{case.id}").status_code == 404


def test_what_is_wrong_is_said_and_nothing_is_lent(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        started(team)
    client.sign_in(team.keyworker)
    right = {"to_id": team.colleague.id, "reason": "leave", "until_on": "4 12 26"}
    for wrong, field in (
        ({"until_on": ""}, "until_on"),
        ({"until_on": "<b>"}, "until_on"),
        ({"until_on": "1 1 26"}, "until_on"),
        ({"until_on": "1 1 2029"}, "until_on"),
        ({"from_on": "1 11 26"}, "from_on"),
        ({"enrolment": None}, "enrolment"),
    ):
        page = read(client.send(LEND, "to_id", **right | wrong), 422)
        assert list(page.problems) == [field]
    assert rows(app, Handover) == []
    client.sign_in(team.tutor)
    assert client.get(LEND).status_code == 403


def test_only_one_s_own_are_lent_and_only_for_a_while(db_session: Session) -> None:
    team = a_team()
    mine, other = started(team), started(team, keyworker=team.colleague)
    terms = Terms(FOR_A_WHILE, "leave", TODAY, TODAY + DAY)
    with pytest.raises(RuleBroken, match="not on your caseload any more"):
        lend([mine, other], team.colleague, terms, by=team.keyworker, today=TODAY)
    with pytest.raises(RuleBroken, match="Only a lead"):
        lend([mine], team.colleague, Terms(FOR_GOOD, "leave", TODAY), by=team.keyworker, today=TODAY)


def test_the_page_asks_little(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    client.sign_in(team.keyworker)
    assert "Nobody is on your caseload" in client.page(LEND).text
    sent = []
    for more in (1, 15):
        with given():
            for _ in range(more):
                started(team)
        client.page(LEND)
        with statements(app) as found:
            client.page(LEND)
        sent.append(len(found))
    assert sent[0] == sent[1] < 15
