"""Hostile text in every box of leaving, starting again and handing over: kept, or refused in words."""

import secrets
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.values import Invalid, is_blank, note
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import exit_enrolment
from caseworker.leaving.queries import exit_of
from caseworker.leaving.services import undo_exit
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.handover.test_pages import opened
from tests.support.client import Form, PageClient
from tests.support.stored import row, rows

# A browser cannot send half of a character pair.
SENDABLE = [typed for typed in HOSTILE_TEXT if typed.encode("utf-8", "ignore").decode() == typed]


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


def sent(client: PageClient, form: Form, **typed: str) -> int:
    data = form.data | {name: [text] for name, text in typed.items()}
    data["post_token"] = [secrets.token_urlsafe(32)]
    status = FlaskClient.open(client, form.action, method="POST", data=data).status_code
    with client.session_transaction() as kept:
        kept.pop("_flashes", None)  # nobody saves hundreds of forms without looking at a page
    return status


def test_what_to_know_is_kept_letter_for_letter(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        case = started(team)
    client.sign_in(team.keyworker)
    path, kept = f"/enrolments/{case.id}/leave", 0
    for typed in SENDABLE[::12]:
        form = client.get_form(path, "exit_reason").fill(exit_reason="other")
        try:
            expected = note(typed, 4000, "the note") if not is_blank(typed) else None
        except Invalid:
            assert sent(client, form, note=typed) == 422
            continue
        assert sent(client, form, note=typed) == 303, ascii(typed)[:60]
        assert row(app, Enrolment).exit_note == expected
        assert FlaskClient.open(client, path).status_code == 200
        assert FlaskClient.open(client, f"/enrolments/{case.id}/story.pdf").status_code == 200
        with given():
            found = db.session.get(Enrolment, case.id)
            assert found is not None
            left = exit_of(found)
            assert left is not None
            undo_exit(left, by=team.keyworker, now=NOW)
        kept += 1
    assert kept > 10


@pytest.mark.parametrize("name", ["exited_on", "exit_reason", "record_version"])
def test_leaving_refuses_what_is_no_day_or_reason(
    app: Flask, client: PageClient, given: Given, team: Team, name: str
) -> None:
    with given():
        case = started(team)
    client.sign_in(team.keyworker)
    form = client.get_form(f"/enrolments/{case.id}/leave", "exit_reason")
    answers = {sent(client, form, **{name: typed}) for typed in SENDABLE[::8]}
    assert answers <= {409, 422}
    assert row(app, Enrolment).exited_on is None


@pytest.mark.parametrize("name", ["to_id", "reason", "kind", "from_on", "until_on", "team", "stood"])
def test_handing_over(app: Flask, client: PageClient, given: Given, team: Team, name: str) -> None:
    with given():
        case = started(team)
    client.sign_in(team.lead)
    form = opened(client, [case]).fill(to_id=team.colleague.id, reason="leave")
    answers = {sent(client, form, **{name: typed}) for typed in SENDABLE[::8]}
    assert answers <= {303, 422}
    assert row(app, Enrolment).keyworker_id in (team.keyworker.id, team.colleague.id)


@pytest.mark.parametrize(
    "name", ["programme_id", "referral_source", "keyworker_id", "referred_on", "started_on"]
)
def test_starting_again(app: Flask, client: PageClient, given: Given, team: Team, name: str) -> None:
    with given():
        case = started(team, days_ago=30)
        exit_enrolment(case, exited_on=TODAY, exit_reason="health", today=TODAY)
    client.sign_in(team.keyworker)
    form = client.get_form(f"/enrolments/{case.id}/start-again", "programme_id")
    form.fill(programme_id=team.programme.id, referral_source="self")
    answers = {sent(client, form, **{name: typed}) for typed in SENDABLE[::8]}
    assert answers <= {303, 422}
    assert len(rows(app, Enrolment)) in (1, 2)
