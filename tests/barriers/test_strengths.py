"""Strengths beside barriers, and change since the start, on their pages."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from caseworker.barriers.models import Strength
from caseworker.barriers.services import Finding, record_findings
from caseworker.core import clock, values
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.support.client import PageClient
from tests.support.counting import statements
from tests.support.page import attribute
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw
from tests.support.unseen import looks_missing


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


def at(case: Enrolment, rest: str = "") -> str:
    return f"/enrolments/{case.id}{rest}"


NEW = "/barriers/strengths/new"


@pytest.mark.both_databases
def test_a_strength_is_added_shown_sealed_and_taken_back(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    page = client.page(at(case, "/plan"))
    assert "None noted yet" in page.text
    client.send(page.link("Add a strength – Strengths"), words="Bakes for the whole street", kind="has_done")
    kept = row(app, Strength)
    assert (kept.words, kept.kind, kept.noted_on) == ("Bakes for the whole street", "has_done", TODAY)
    assert b"street" not in kept.words_sealed
    for path in ("/plan", "/barriers"):
        assert "Has done before: Bakes for the whole street" in client.page(at(case, path)).text
    client.send(at(case, NEW), words="Sings")
    form = client.page(at(case, "/plan")).soup.select_one("form[action$='/take-back']")
    assert form is not None
    data = {attribute(tag, "name"): attribute(tag, "value") for tag in form.find_all("input")}
    assert client.post(attribute(form, "action"), data=data).status_code == 303
    assert "Sings" not in client.page(at(case, "/plan")).text


def test_a_second_send_adds_one_strength(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(at(case, NEW)).fill(words="Sings")
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    assert len(rows(app, Strength)) == 1


def test_hostile_strengths(app: Flask, client: PageClient, case: Enrolment) -> None:
    cases = []
    for typed in HOSTILE_TEXT[::3]:
        kept = verdict(values.note, typed, 1000)
        cases.append(({"words": typed}, {"words": REFUSED if kept is None else kept}))
    saved, refused = throw(
        client, lambda: client.get_form(at(case, NEW)), cases, lambda: newest(app, Strength)
    )
    assert saved > 80
    assert refused > 1
    shows_all(client, at(case, "/plan"))


def test_others_get_what_a_missing_case_gets(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    client.send(at(case, NEW), words="Sings")
    key = row(app, Strength).id
    ends = [at(case, NEW), at(case, f"/barriers/strengths/{key}/take-back")]
    for user in (team.colleague, team.tutor):
        assert looks_missing(client, user, case.id, ends) == 2


@pytest.mark.both_databases
def test_change_since_the_start_is_said_with_a_chart_and_its_table(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        kept = db.session.merge(case)
        for days, severity in ((8, 4), (4, 3), (0, 2)):
            record_findings(
                kept,
                [Finding("housing", "something", None, severity)],
                assessed_on=TODAY - timedelta(days=days),
                recorded_by=team.keyworker,
                today=TODAY,
            )
    for path in ("/plan", "/barriers"):
        page = client.page(at(case, path))
        assert "Housing: 4 (Stops progress) → 2 (Moderate) since 12 Nov 2026" in page.text
        assert len(page.soup.select("figure.cw-chart svg")) == 2
        assert page.soup.select("figure.cw-chart table td")
    with statements(app) as sent:
        client.page(at(case, "/plan"))
    assert len(sent) < 15
