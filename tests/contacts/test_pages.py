"""Recording, correcting and taking back a contact, as a browser without script does it."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from caseworker.contacts.models import Contact
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.drafts import find_draft, keep_draft
from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.support.client import PageClient, read

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


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        enrolment = started(team)
    client.sign_in(team.keyworker)
    return enrolment


def address(enrolment: Enrolment) -> str:
    return f"/enrolments/{enrolment.id}/contacts/new"


def stored(app: Flask) -> list[dict[str, Any]]:
    with app.app_context():
        rows = db.session.scalars(select(Contact).order_by(Contact.id))
        names = ("happened_at", "channel", "direction", "result", "minutes", "note", "sensitive", "two_way")
        return [{name: getattr(row, name) for name in names} for row in rows]


@pytest.mark.both_databases
def test_two_answers_are_enough(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(address(case))
    assert form.data["channel"] == ["face_to_face"]
    assert form.data["happened_on"] == ["20 11 2026"]
    assert form.data["happened_time"] == ["12:00"]
    response = client.submit(form, result="spoke")
    assert (response.status_code, response.headers["Location"]) == (303, f"/enrolments/{case.id}")
    assert stored(app) == [
        {
            "happened_at": NOW,
            "channel": "face_to_face",
            "direction": "out",
            "result": "spoke",
            "minutes": None,
            "note": None,
            "sensitive": False,
            "two_way": True,
        }
    ]
    page = client.page(f"/enrolments/{case.id}")
    assert "Contact saved" in page.text
    assert "Face to face: spoke or attended" in page.text


def test_everything_on_the_page_is_kept(app: Flask, client: PageClient, case: Enrolment) -> None:
    client.send(
        address(case),
        channel="video",
        result="late",
        happened_on="yesterday",
        happened_time="9.15am",
        minutes="1h 30",
        direction="in",
        note="Talked about the bus.\r\nAgreed to try it.",
        sensitive="yes",
    )
    (row,) = stored(app)
    assert row["happened_at"] == datetime(2026, 11, 19, 9, 15, tzinfo=UTC)
    assert (row["channel"], row["direction"], row["minutes"]) == ("video", "in", 90)
    assert row["note"] == "Talked about the bus.\nAgreed to try it."
    assert row["sensitive"]


def test_a_sensitive_note_is_folded(client: PageClient, case: Enrolment) -> None:
    client.send(address(case), result="spoke", note="not for the room", sensitive="yes")
    folded = client.page(f"/enrolments/{case.id}/timeline").soup.select_one("details[data-sensitive]")
    assert folded is not None
    assert "not for the room" in folded.get_text()
    assert not folded.has_attr("open")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"result": None}, "result", "Select what came of it"),
        ({"channel": None}, "channel", "Select how it was made"),
        ({"happened_on": ""}, "happened_on", "Enter the day, like 31 3 2026"),
        ({"happened_on": "31 2 2026"}, "happened_on", "There is no 31 February 2026"),
        ({"happened_on": "tomorrow"}, "happened_on", "today or earlier"),
        ({"happened_time": "12:01"}, "happened_time", "now or earlier"),
        ({"happened_time": "25:00"}, "happened_time", "must be a time"),
        ({"happened_on": "29 3 2026", "happened_time": "01:30"}, "happened_time", "the clocks go forward"),
        ({"minutes": "NaN"}, "minutes", "must be"),
        ({"minutes": "1e999"}, "minutes", "must be"),
        ({"minutes": "1441"}, "minutes", "1,440"),
        ({"note": "x" * 20_001}, "note", "1 character too long"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, Any], field: str, words: str
) -> None:
    kept = {"result": "spoke", "note": "Something worth keeping"} | typed
    page = read(client.send(address(case), **kept), 422)
    assert words in page.problems[field if field != "channel" else "channel"]
    shown = page.soup.find("textarea")
    assert shown is not None
    assert shown.get_text().strip() == kept["note"].strip()
    assert stored(app) == []


@pytest.mark.parametrize("name", ["channel", "result", "direction", "sensitive"])
@pytest.mark.parametrize("typed", ["", "nothing", "<script>", "spoke\x00", "=cmd()", "\u202e", "9" * 50_000])
def test_only_what_is_offered_can_be_picked(
    app: Flask, client: PageClient, case: Enrolment, name: str, typed: str
) -> None:
    form = client.get_form(address(case)).fill(result="spoke")
    form.data[name] = [typed]
    response = client.post(form.action, data=form.data)
    if name == "sensitive" and typed in {"", "\u202e"}:  # nothing that can be seen is nothing
        assert response.status_code == 303
        return
    assert name in read(response, 422).problems
    assert stored(app) == []


@pytest.mark.parametrize(
    ("name", "every"), [("note", 2), ("happened_on", 4), ("happened_time", 4), ("minutes", 4)]
)
def test_hostile_text_is_kept_or_refused_and_never_an_accident(
    client: PageClient, case: Enrolment, name: str, every: int
) -> None:
    form = client.get_form(address(case)).fill(result="spoke")
    answers = []
    for number, typed in enumerate(SENDABLE[::every]):
        form.data |= {name: [typed], "post_token": [secrets.token_urlsafe(32)]}
        # Every answer's page is drawn; every twentieth is looked at from end to end, which takes longer.
        send = client.open if number % 20 == 0 else partial(FlaskClient.open, client)
        answers.append(send(form.action, method="POST", data=form.data).status_code)
        with client.session_transaction() as kept:
            kept.pop("_flashes", None)  # nobody saves hundreds of forms without looking at a page
    assert set(answers) <= {303, 422}
    assert 422 in answers
    for path in (f"/enrolments/{case.id}", f"/enrolments/{case.id}/timeline"):
        assert FlaskClient.open(client, path).status_code == 200


def test_a_second_send_records_once(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(address(case)).fill(result="spoke")
    first, second = client.submit(form), client.submit(form)
    assert first.status_code == second.status_code == 303
    assert second.headers["Location"] == first.headers["Location"]
    assert len(stored(app)) == 1


def test_a_draft_is_offered_back_and_dropped_on_saving(
    app: Flask, client: PageClient, given: Given, case: Enrolment, team: Team
) -> None:
    form = client.get_form(address(case)).fill(note="half a sent", result="late", happened_on="yesterday")
    typed = MultiDict([(name, value) for name, values in form.data.items() for value in values])
    with given():
        assert keep_draft(team.keyworker.id, address(case), typed)
    page = client.page(address(case))
    assert "Your unsaved text is back" in page.text
    form = client.get_form(address(case))
    assert "".join(form.data["note"]).strip() == "half a sent"
    assert form.data["result"] == ["late"]
    assert form.data["happened_on"] == ["yesterday"]
    response = client.submit(form)
    assert response.status_code == 303, read(response, 422).problems
    with app.app_context():
        assert find_draft(team.keyworker.id, address(case)) is None


@pytest.mark.both_databases
def test_a_correction_shows_both_with_the_reason(client: PageClient, given: Given, team: Team) -> None:
    with given():
        enrolment = started(team)
        contact = spoke(team, enrolment, days_ago=1, note="Monday at ten")
    client.sign_in(team.keyworker)
    form = client.get_form(f"/enrolments/{enrolment.id}/contacts/{contact.id}/correct")
    assert form.data["happened_time"] == ["09:00"]
    response = client.submit(form, note="Tuesday at ten", reason="wrong_detail")
    assert response.headers["Location"] == f"/enrolments/{enrolment.id}/timeline"
    text = client.page(f"/enrolments/{enrolment.id}/timeline").text
    assert text.index("Tuesday at ten") < text.index("Monday at ten")
    assert "Corrected: see the newer entry" in text
    assert "a detail was wrong" in text


def test_a_correction_needs_its_reason(client: PageClient, given: Given, team: Team) -> None:
    with given():
        enrolment = started(team)
        contact = spoke(team, enrolment)
    client.sign_in(team.keyworker)
    path = f"/enrolments/{enrolment.id}/contacts/{contact.id}/correct"
    page = read(client.send(path, note="Tuesday"), 422)
    assert page.problems == {"reason": "Select why it is corrected"}


def test_undo_takes_the_contact_back_once(app: Flask, client: PageClient, case: Enrolment) -> None:
    client.send(address(case), result="spoke")
    form = client.page(f"/enrolments/{case.id}").soup.select_one("form[action$='take-back']")
    assert form is not None
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    for _ in range(2):
        response = client.post(str(form["action"]), data=data)
        assert (response.status_code, response.headers["Location"]) == (303, f"/enrolments/{case.id}")
    page = client.page(f"/enrolments/{case.id}")
    assert "Contact taken back" in page.text
    assert "spoke or attended" not in page.text


@pytest.mark.parametrize("part", ["new", "correct", "take-back", "take-back/all"])
def test_another_s_case_is_not_there(
    client: PageClient, given: Given, team: Team, case: Enrolment, part: str
) -> None:
    with given():
        contact = spoke(team, db.session.merge(case))
    for user in (team.colleague, team.tutor):
        client.sign_in(user)
        base = f"/enrolments/{case.id}/contacts"
        path = f"{base}/new" if part == "new" else f"{base}/{contact.id}/{part}"
        answer = client.post(path, data={}) if part == "take-back" else client.get(path)
        assert answer.status_code in {400, 404}
        assert b"Person" not in answer.data


def test_a_contact_of_another_case_is_not_there(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        other = spoke(team, started(team))
    assert client.get(f"/enrolments/{case.id}/contacts/{other.id}/correct").status_code == 404


def test_the_title_has_the_reference_and_not_the_name(client: PageClient, case: Enrolment) -> None:
    page = client.page(address(case))
    assert "CW-" in page.title
    assert "Person" not in page.title
    assert page.h1 == "Record a contact"


def test_today_is_the_day_on_the_page(client: PageClient, case: Enrolment) -> None:
    assert TODAY.isoformat() == "2026-11-20"
    assert "20 November 2026" in client.page(address(case)).text
