"""Work that was not a contact: counted as time, on the timeline, never as being in touch."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from caseworker.contacts.models import CaseWork
from caseworker.core import clock, values
from caseworker.core.db import db
from caseworker.enrolments.models import DueItem, Enrolment
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_NUMBERS, HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.support.client import PageClient, read
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


def path(case: Enrolment) -> str:
    return f"/enrolments/{case.id}/contacts/other-work"


@pytest.mark.both_databases
def test_work_is_kept_shown_counted_and_undone(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        spoke(team, db.session.merge(case), days_ago=2, minutes=45)
    before = [(each.kind, each.due_on) for each in rows(app, DueItem)]
    response = client.send(
        path(case), kind="letter_or_form", minutes="1h 10", done_on="yesterday", note="Wrote to the landlord"
    )
    assert (response.status_code, response.headers["Location"]) == (303, f"/enrolments/{case.id}/timeline")
    kept = row(app, CaseWork)
    assert (kept.kind, kept.minutes, kept.done_on) == ("letter_or_form", 70, TODAY - timedelta(days=1))
    assert kept.note == "Wrote to the landlord"
    assert [(each.kind, each.due_on) for each in rows(app, DueItem)] == before
    page = client.page(f"/enrolments/{case.id}/timeline")
    assert "Time in contact: 45 minutes. Other work for them: 1 hour 10 minutes." in page.text
    assert "Letter or form" in page.text
    assert "Wrote to the landlord" in page.text
    only = client.page(f"/enrolments/{case.id}/timeline?kind=work")
    assert len(only.soup.select(".cw-timeline__entry")) == 1
    undo = page.soup.select_one("form[action$='take-back']")
    assert undo is not None
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in undo.find_all("input")}
    after = read(client.post(str(undo["action"]), data=data, follow_redirects=True))
    assert "Work taken back" in after.text
    assert "Wrote to the landlord" not in after.text
    assert row(app, CaseWork).voided_at is not None


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"kind": None}, "kind"),
        ({"minutes": ""}, "minutes"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "1441"}, "minutes"),
        ({"done_on": "tomorrow"}, "done_on"),
        ({"done_on": "1 1 2020"}, "done_on"),
        ({"note": "x" * 20_001}, "note"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, Any], at: str
) -> None:
    good = {"kind": "other", "minutes": "20", "note": "Kept"}
    assert list(read(client.send(path(case), **(good | typed)), 422).problems) == [at]
    assert rows(app, CaseWork) == []


def test_hostile_notes_and_minutes(app: Flask, client: PageClient, case: Enrolment) -> None:
    def cases() -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
        for typed in HOSTILE_TEXT[::4]:
            kept = verdict(values.note, typed)
            blank = values.is_blank(typed)
            yield {"note": typed}, {"note": None if blank else REFUSED if kept is None else kept}
        for typed, *_rest in HOSTILE_NUMBERS[::2]:
            kept = verdict(values.minutes, typed, 1)
            yield {"minutes": typed}, {"minutes": REFUSED if kept is None else kept}

    saved, refused = throw(
        client,
        lambda: client.get_form(path(case)).fill(kind="other", minutes="5"),
        cases(),
        lambda: newest(app, CaseWork),
    )
    assert saved > 60
    assert refused > 10
    shows_all(client, f"/enrolments/{case.id}/timeline")


def test_others_find_nothing_and_only_whoever_wrote_it_takes_it_back(
    app: Flask, client: PageClient, team: Team, case: Enrolment
) -> None:
    client.send(path(case), kind="other", minutes="5")
    key = row(app, CaseWork).id
    paths = [path(case), f"{path(case)}/{key}/take-back"]
    for user in (team.colleague, team.tutor):
        assert looks_missing(client, user, case.id, paths) == 2
    client.sign_in(team.lead)
    assert client.get(paths[1]).headers["Location"] == f"/enrolments/{case.id}/timeline"
    form = client.get_form(path(case), "kind")
    data = {name: form.data[name] for name in ("csrf_token", "post_token")}
    assert client.post(paths[1], data=data).status_code == 422
    assert row(app, CaseWork).voided_at is None
