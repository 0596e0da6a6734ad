"""What somebody says is wrong is put right, or their word stands beside it; a record is kept and not used."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from caseworker.appointments.models import Task
from caseworker.contacts.models import Contact
from caseworker.core import clock, values
from caseworker.enrolments.models import EntryStatement
from caseworker.lawful.models import ProcessingLimit
from caseworker.rights.models import RightsRequest
from tests.casefile.situations import spoke
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.rights.situations import NOON, TODAY, Desk, a_desk, asked
from tests.support.client import PageClient, form_on, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw

WRONG = "Came drunk to the meeting."
RIGHT = "I had taken cold medicine."


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def desk(given: Given) -> Desk:
    with given():
        desk = a_desk()
        spoke(desk.team, desk.case, 3, note=WRONG)
    return desk


def opened(given: Given, client: PageClient, desk: Desk, kind: str) -> str:
    with given():
        made = asked(desk, kind, words="The note of Tuesday is wrong.")
    client.sign_in(desk.officer)
    return f"/requests/{made.id}"


def tap(client: PageClient, page: Page, ending: str) -> Any:
    form = page.soup.select_one(f"form[action$='{ending}']")
    assert form is not None, f"no form to …{ending}"
    return client.post(
        str(form["action"]), data={str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    )


@pytest.mark.both_databases
def test_an_entry_is_named_and_its_keyworker_told(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    here = opened(given, client, desk, "rectification")
    contact = row(app, Contact)
    assert "Your details" in client.page(f"{here}/entries").text
    assert WRONG in client.page(f"{here}/entries?kind=contact").text
    form = client.get_form(f"{here}/entries/contact/{contact.id}")
    assert form.data["wanted"] == ["The note of Tuesday is wrong."]
    client.submit(form, wanted=RIGHT)
    page = client.page(here)
    assert WRONG in page.text and RIGHT in page.text
    tap(client, page, "/put-right")
    task = row(app, Task)
    assert (task.user_id, task.due_on) == (desk.team.keyworker.id, row(app, RightsRequest).due_on)
    assert RIGHT in task.words
    client.send(f"{here}/answer", outcome="changed")
    assert row(app, RightsRequest).outcome == "changed"


def test_a_refusal_leaves_their_word_beside_the_entry(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    here = opened(given, client, desk, "rectification")
    contact = row(app, Contact)
    client.page(f"{here}/statement", 404)
    client.send(f"{here}/entries/contact/{contact.id}", wanted=RIGHT)
    client.send(f"{here}/statement")
    client.send(f"{here}/answer", outcome="accurate", words="Two colleagues wrote the same.")
    said = row(app, EntryStatement)
    assert (said.words, said.enrolment_id, said.record_id) == (RIGHT, desk.case.id, contact.id)
    client.sign_in(desk.team.keyworker)
    for path in ("timeline", "chronology"):
        page = client.page(f"/enrolments/{desk.case.id}/{path}").text
        assert RIGHT in page and "They do not agree: Contact, 17 Nov 2026, 09:00" in page
        assert abs(page.index(RIGHT) - page.index(WRONG)) < 400


def test_their_word_is_taken_away_again(app: Flask, client: PageClient, given: Given, desk: Desk) -> None:
    here = opened(given, client, desk, "rectification")
    contact = row(app, Contact)
    client.send(f"{here}/entries/contact/{contact.id}", wanted=RIGHT)
    client.send(f"{here}/statement")
    assert tap(client, client.page(here), "/take-back").status_code == 303
    assert row(app, EntryStatement).voided_at is not None


def test_hostile_words_are_kept_or_refused(app: Flask, client: PageClient, given: Given, desk: Desk) -> None:
    here = opened(given, client, desk, "rectification")
    place = f"{here}/entries/contact/{row(app, Contact).id}"
    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed in HOSTILE_TEXT[::8]:
        kept = verdict(values.note, typed, 4000, "the note")
        blank = values.is_blank(values.showable(typed))
        cases.append(({"wanted": typed}, {"wanted": REFUSED if blank or kept is None else kept}))
    saved, refused = throw(
        client, lambda: form_on(shows_all(client, place)), cases, lambda: newest(app, RightsRequest)
    )
    assert saved > 20 and refused
    shows_all(client, here)


def test_only_entries_of_the_person_are_named(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    here = opened(given, client, desk, "rectification")
    with given():
        other = a_desk()
    client.page(f"{here}/entries/participant/{other.case.participant_id}", 404)
    client.page(f"{here}/entries?kind=concern", 404)
    client.page(f"{here}/entries?kind=nonsense", 404)
    assert read(
        client.send(f"{here}/entries/participant/{desk.case.participant_id}", wanted=" "), 422
    ).problems
    access = opened(given, client, desk, "access")
    for rest in ("entries", "statement", "limit"):
        client.page(f"{access}/{rest}", 404)


def test_a_record_is_kept_and_not_used_until_that_is_lifted(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    here = opened(given, client, desk, "restriction")
    assert list(read(client.send(f"{here}/limit"), 422).problems) == ["reason"]
    client.send(f"{here}/limit", reason="accuracy")
    made = row(app, ProcessingLimit)
    assert (made.kind, made.purpose, made.request_id) == ("restriction", None, row(app, RightsRequest).id)
    assert "noted already" in read(client.send(f"{here}/limit", reason="claims"), 422).text
    assert "The whole record" in client.page(here).text
    client.send(f"{here}/limits/{made.id}/end")
    assert row(app, ProcessingLimit).until_on == TODAY


def test_an_objection_is_to_one_purpose(app: Flask, client: PageClient, given: Given, desk: Desk) -> None:
    here = opened(given, client, desk, "objection")
    client.send(f"{here}/limit", reason="marketing", purpose="publicity")
    assert row(app, ProcessingLimit).purpose == "publicity"
    assert "Photos and stories" in client.page(here).text


def test_the_pages_ask_few_questions(app: Flask, client: PageClient, given: Given, desk: Desk) -> None:
    here = opened(given, client, desk, "rectification")
    contact = row(app, Contact)
    client.send(f"{here}/entries/contact/{contact.id}", wanted=RIGHT)
    for path in (here, f"{here}/entries?kind=contact", f"{here}/entries/contact/{contact.id}"):
        with statements(app) as found:
            client.page(path)
        assert len(found) < 15, (path, found)
    assert rows(app, EntryStatement) == []
