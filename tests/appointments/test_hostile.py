"""Hostile text in every box of booking, tasks and outcomes: kept, or refused in words; never an accident."""

import secrets
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from caseworker.core import clock
from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import NOW, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.support.client import PageClient

# A browser cannot send half of a character pair.
SENDABLE = [typed for typed in HOSTILE_TEXT if typed.encode("utf-8", "ignore").decode() == typed]
BOXES = {
    "appointments/new": ("note", "place", "starts_on", "starts_time", "length_minutes", "preset", "with_id"),
    "tasks/new": ("words", "due_on"),
}


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(given: Given, client: PageClient) -> Enrolment:
    with given():
        team = a_team()
        enrolment = started(team)
    client.sign_in(team.keyworker)
    return enrolment


@pytest.mark.parametrize(("page", "name"), [(page, name) for page, names in BOXES.items() for name in names])
def test_hostile_text(client: PageClient, case: Enrolment, page: str, name: str) -> None:
    form = client.get_form(f"/enrolments/{case.id}/{page}")
    if page == "tasks/new":
        form.data["words"] = ["Ring"]
    answers = set()
    for typed in SENDABLE[::6]:
        sent = form.data | {name: [typed], "post_token": [secrets.token_urlsafe(32)]}
        answers.add(FlaskClient.open(client, form.action, method="POST", data=sent).status_code)
        with client.session_transaction() as kept:
            kept.pop("_flashes", None)  # nobody saves hundreds of forms without looking at a page
    assert answers <= {303, 422}
    for path in (f"/enrolments/{case.id}", f"/enrolments/{case.id}/timeline", "/", "/week", "/day"):
        assert client.get(path).status_code == 200
