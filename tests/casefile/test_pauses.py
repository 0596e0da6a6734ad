"""Pausing the clock on its pages: the plan says so, what is due waits, and comes back moved."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.casefile.rebuild import rebuild
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import DueItem, Enrolment, ReviewPause
from tests.casefile.situations import NOW, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_DATES
from tests.support.client import PageClient, form_on, read
from tests.support.page import attribute
from tests.support.stored import row, rows
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


def dues(app: Flask) -> dict[str, date]:
    with app.app_context():
        return {due.kind: due.due_on for due in db.session.scalars(select(DueItem))}


def at(case: Enrolment, rest: str) -> str:
    return f"/enrolments/{case.id}{rest}"


def tap(client: PageClient, case: Enrolment, ending: str) -> None:
    form = client.page(at(case, "/plan")).soup.select_one(f"form[action$='{ending}']")
    assert form is not None
    data = {attribute(tag, "name"): attribute(tag, "value") for tag in form.find_all("input")}
    assert client.post(attribute(form, "action"), data=data).status_code == 303


@pytest.mark.both_databases
def test_what_is_due_waits_and_comes_back_moved(
    app: Flask, client: PageClient, given: Given, case: Enrolment
) -> None:
    before = dues(app)
    assert set(before) == {"contact", "plan"}
    page = client.page(client.page(at(case, "/plan")).link("Pause the clock"))
    response = client.submit(form_on(page), reason="custody", from_on="16 11 2026")
    assert response.status_code == 303
    assert dues(app) == {}
    assert "still lasting, what is due waits" in client.page(at(case, "/plan")).text
    pause = row(app, ReviewPause)
    client.send(at(case, f"/pauses/{pause.id}/end"), until_on="20 11 2026")
    after = dues(app)
    assert (after["contact"] - before["contact"]).days == 5
    assert (before["plan"], after["plan"]) == (date(2026, 11, 24), date(2026, 12, 1))
    tap(client, case, "/resume")
    assert dues(app) == {}
    with given():
        assert rebuild().dues_mended == 0
    client.send(at(case, f"/pauses/{pause.id}/end"), until_on="20 11 2026")
    with given():
        assert rebuild().dues_mended == 0


def test_undo_gives_the_days_back(app: Flask, client: PageClient, case: Enrolment) -> None:
    before = dues(app)
    client.send(at(case, "/pauses/new"), reason="health")
    tap(client, case, "/take-back")
    assert dues(app) == before
    assert "still lasting" not in client.page(at(case, "/plan")).text


def test_a_double_click_pauses_once(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(at(case, "/pauses/new")).fill(reason="health")
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    assert len(rows(app, ReviewPause)) == 1


def test_ending_a_pause_somebody_else_ended_is_a_conflict(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    client.send(at(case, "/pauses/new"), reason="health")
    path = at(case, f"/pauses/{row(app, ReviewPause).id}/end")
    stale = client.get_form(path)
    client.send(path, until_on="tomorrow")
    assert client.submit(stale).status_code == 409


def test_hostile_dates_are_refused_or_kept(app: Flask, client: PageClient, case: Enrolment) -> None:
    for typed, parsed in HOSTILE_DATES[::3]:
        if parsed is None or typed.strip() == "":
            page = read(client.send(at(case, "/pauses/new"), reason="health", from_on=typed), 422)
            assert set(page.problems) == {"from_on"}
    assert rows(app, ReviewPause) == []


def test_others_get_what_a_missing_case_gets(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    client.send(at(case, "/pauses/new"), reason="health")
    pause = row(app, ReviewPause)
    with given():
        outsider = a_team().keyworker
    ends = ("/pauses/new", f"/pauses/{pause.id}/end", f"/pauses/{pause.id}/take-back")
    for user in (outsider, team.tutor):
        assert looks_missing(client, user, case.id, [at(case, rest) for rest in ends]) == 3
