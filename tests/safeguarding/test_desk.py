"""The safeguarding lead's desk: unread first, one taker, a chronology that only grows."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.safeguarding import services
from caseworker.safeguarding.models import Concern, ConcernReader, ConcernStep
from caseworker.safeguarding.rules import reference_of
from tests.casefile.situations import NOW, TODAY
from tests.conftest import Given
from tests.core.pdf.reading import read as read_pdf
from tests.safeguarding.situations import ABOUT, AGENCY, SAID, STEP, Worry, a_concern, a_worry, worked_on
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def worry(given: Given) -> Worry:
    with given():
        return a_worry()


@pytest.fixture
def concern(given: Given, worry: Worry) -> Concern:
    with given():
        return a_concern(worry, worry.person)


def button(client: PageClient, page: str, ending: str) -> dict[str, str]:
    """What a page's button of one tap sends."""
    form = client.page(page).soup.select_one(f"form[action$='{ending}']")
    assert form is not None, ending
    return {"at": str(form["action"])} | {
        str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")
    }


def tap(client: PageClient, page: str, ending: str) -> None:
    data = button(client, page, ending)
    assert client.post(data.pop("at"), data=data).status_code == 303


@pytest.mark.both_databases
def test_from_unread_to_closed_and_open_again(
    app: Flask, client: PageClient, worry: Worry, concern: Concern
) -> None:
    client.sign_in(worry.lead)
    page, at = client.page("/"), f"/concerns/{concern.id}"
    assert "A concern waits to be read" in page.text
    desk = client.page("/concerns")
    assert "Unread (1)" in desk.text
    assert desk.link(reference_of(concern.id)) == at
    assert SAID in client.page(at).text
    tap(client, at, "/take")
    assert "waits to be read" not in client.page("/concerns").text
    kept = row(app, Concern)
    assert (kept.acknowledged_at, kept.acknowledged_by_id) == (NOW, worry.lead.id)

    for kind, typed in (
        ("decision", {"words": "Ring her today"}),
        ("action", {"words": "Kwame rings her", "due_on": "tomorrow"}),
        ("told", {"agency": "Her GP", "words": "That we worry"}),
        ("referral", {"agency": "Adult social care", "words": "Please assess"}),
        ("note", {"words": "She has a sister"}),
    ):
        assert client.send(f"{at}/steps/{kind}", "record_version", **typed).status_code == 303
    page = client.page(at)
    for words in ("Ring her today", "Kwame rings her", "Her GP", "Adult social care", "She has a sister"):
        assert words in page.text
    blocked = read(client.send(f"{at}/close", "outcome", outcome="safe"), 422)
    assert "An action is still open" in blocked.text
    client.send(page.link("Mark as done 21 November 2026"), "words", words="She answered")
    assert client.send(f"{at}/close", "outcome", outcome="safe", words="All well").status_code == 303
    assert "Closed on 20 November 2026: Safe now" in client.page(at).text
    assert "No open concerns" in client.page("/concerns").text
    assert reference_of(concern.id) in client.page("/concerns/closed").text
    assert client.send(f"{at}/reopen", "words", words="She rang again").status_code == 303
    kept = row(app, Concern)
    assert (kept.closed_on, kept.outcome) == (None, None)
    kinds = [step.kind for step in sorted(rows(app, ConcernStep), key=lambda step: step.id)]
    assert kinds == [
        "taken", "decision", "action", "told", "referral", "note", "done", "closed", "reopened"
    ]  # fmt: skip


def test_the_desk_orders_by_what_cannot_wait(client: PageClient, given: Given, worry: Worry) -> None:
    with given():
        going_on = a_concern(worry, now=NOW - timedelta(days=3))
        services.take(going_on, by=worry.lead, now=NOW)
        overdue = a_concern(worry, now=NOW - timedelta(days=2))
        services.add_step(overdue, "action", words="x", due_on=YESTERDAY, by=worry.lead, now=NOW)
        unread = a_concern(worry, now=NOW - timedelta(days=1))
        danger = a_concern(worry, in_danger_now=True)
    client.sign_in(worry.lead)
    text = client.page("/concerns").text
    places = [text.index(reference_of(each.id)) for each in (danger, unread, overdue, going_on)]
    assert places == sorted(places)
    assert text.count("Overdue") == 1


def test_others_about_the_same_person_are_linked_unless_about_the_reader(
    client: PageClient, given: Given, worry: Worry, concern: Concern
) -> None:
    with given():
        second = a_concern(worry, worry.person)
        hidden = a_concern(worry, worry.person, about_user_id=worry.lead.id)
    client.sign_in(worry.lead)
    page = client.page(f"/concerns/{concern.id}")
    assert page.link(reference_of(second.id)) == f"/concerns/{second.id}"
    assert reference_of(hidden.id) not in page.text


def test_two_leads_take_it_and_the_first_is_the_one(
    app: Flask, client: PageClient, given: Given, worry: Worry, concern: Concern
) -> None:
    """The second one's page was open before the first one took it."""
    client.sign_in(worry.other_lead)
    data = button(client, f"/concerns/{concern.id}", "/take")
    with given():
        assert services.take(db.session.merge(concern), by=worry.lead, now=NOW)
    answer = client.post(f"/concerns/{concern.id}/take", data=data, follow_redirects=True)
    assert "Kwame Boateng has taken this concern already" in read(answer).text
    assert row(app, Concern).acknowledged_by_id == worry.lead.id
    assert [step.kind for step in rows(app, ConcernStep)] == ["taken"]


@pytest.mark.both_databases
def test_a_step_on_an_old_page_is_a_conflict_and_nothing_is_lost(
    app: Flask, client: PageClient, given: Given, worry: Worry, concern: Concern
) -> None:
    client.sign_in(worry.lead)
    old = client.get_form(f"/concerns/{concern.id}/steps/decision", "words").fill(words="Mine")
    with given():
        services.add_step(db.session.merge(concern), "note", words="Theirs", by=worry.other_lead, now=NOW)
    page = read(client.submit(old), 409)
    assert "Mine" in page.html
    assert [step.kind for step in rows(app, ConcernStep) if step.kind != "taken"] == ["note"]


def test_an_action_is_done_once(app: Flask, client: PageClient, given: Given, worry: Worry) -> None:
    with given():
        concern = a_concern(worry)
        action = services.add_step(concern, "action", words="x", due_on=TODAY, by=worry.lead, now=NOW)
    client.sign_in(worry.lead)
    done = f"/concerns/{concern.id}/actions/{action.id}/done"
    assert client.send(done, "words").status_code == 303
    page = read(client.send(done, "words"), 422)
    assert "marked as done already" in page.text
    assert [step.settles_id for step in rows(app, ConcernStep) if step.kind == "done"] == [action.id]


@pytest.mark.both_databases
def test_a_named_reader_reads_and_does_nothing_until_it_ends(
    app: Flask, client: PageClient, worry: Worry, concern: Concern
) -> None:
    at, reader = f"/concerns/{concern.id}", worry.team.lead
    client.sign_in(worry.lead)
    assert client.send(f"{at}/readers", "reader", reader=str(reader.id)).status_code == 303
    client.sign_in(reader)
    assert client.page("/concerns/raise").link("Concerns you were asked to read") == "/concerns/shared"
    assert client.page("/concerns/shared").link(reference_of(concern.id)) == at
    page = client.page(at)
    assert SAID in page.text
    assert "Record a decision" not in page.text
    for path in doings(concern.id):
        assert client.get(path).status_code == 404, path
    client.sign_in(worry.lead)
    tap(client, at, "/end")
    client.sign_in(reader)
    assert client.get(at).status_code == 404
    assert row(app, ConcernReader).voided_at == NOW


def doings(concern_id: UUID) -> list[str]:
    """Every address at which something is done about a concern."""
    at = f"/concerns/{concern_id}"
    kinds = ("note", "decision", "action", "told", "referral")
    return [
        *(f"{at}/steps/{kind}" for kind in kinds),
        *(f"{at}/{name}" for name in ("take", "close", "reopen", "readers", "about")),
    ]


def test_to_anybody_else_it_is_not_there(client: PageClient, worry: Worry, concern: Concern) -> None:
    everywhere = [f"/concerns/{concern.id}", f"/concerns/{concern.id}/sent", *doings(concern.id)]
    for user in (worry.team.colleague, worry.team.lead):
        assert looks_missing(client, user, concern.id, everywhere) == len(everywhere)


def test_whom_it_is_about_can_be_said_later(
    app: Flask, client: PageClient, given: Given, worry: Worry
) -> None:
    """A lead it turns out to be about loses it at once, also as a named reader."""
    with given():
        concern = a_concern(worry)
    client.sign_in(worry.lead)
    at = f"/concerns/{concern.id}"
    assert ABOUT in client.page(at).text
    wrong = read(client.send(f"{at}/about", "about_reference", about_reference="CW-0000000"), 422)
    assert list(wrong.problems) == ["about_reference"]
    typed = {
        "about_reference": worry.person.reference,
        "about_user_id": str(worry.other_lead.id),
        "category": "self_harm",
    }
    assert client.send(f"{at}/about", "about_reference", **typed).status_code == 303
    kept = row(app, Concern)
    assert (kept.about_participant_id, kept.about_user_id) == (worry.person.id, worry.other_lead.id)
    assert kept.category == "self_harm"
    assert "Amara Osei" in client.page(at).text
    refused = client.get_form(f"{at}/readers", "reader")
    assert str(worry.other_lead.id) not in refused.choices["reader"]
    client.sign_in(worry.other_lead)
    assert client.get(at).status_code == 404
    assert "No open concerns" in client.page("/concerns").text


def test_a_referral_is_printed_tagged_and_noted(
    app: Flask, client: PageClient, given: Given, worry: Worry, concern: Concern
) -> None:
    with given():
        worked_on(db.session.merge(concern), worry.lead, TODAY)
    client.sign_in(worry.lead)
    link = client.page(f"/concerns/{concern.id}").link("Print this referral (PDF) 20 Nov 2026, 12:00")
    answer = client.get(link)
    assert answer.mimetype == "application/pdf"
    assert "Amara" not in answer.headers["Content-Disposition"]
    assert b"/StructTreeRoot" in answer.data
    text = " ".join(node.all_text for node in read_pdf(answer.data).root.walk())
    for words in (SAID, STEP, AGENCY, "Amara Osei", "Kwame Boateng", "ask us before you reach them"):
        assert words in text
    assert "Olive Other" not in text
    printed = [line for line in rows(app, AuditEvent) if line.action == "printed"]
    assert [(line.record_id, line.participant_id) for line in printed] == [(concern.id, None)]


@pytest.mark.both_databases
def test_the_pages_ask_little_however_many(
    app: Flask, client: PageClient, given: Given, worry: Worry
) -> None:
    with given():
        concern = a_concern(worry, worry.person)
        worked_on(concern, worry.lead, TODAY)
    client.sign_in(worry.lead)
    counted = []
    for _ in range(2):
        with statements(app) as sent:
            client.page("/concerns")
            client.page(f"/concerns/{concern.id}")
        counted.append(len(sent))
        with given():
            for _ in range(10):
                worked_on(a_concern(worry, worry.person), worry.lead, TODAY)
            for _ in range(5):
                services.add_step(db.session.merge(concern), "note", words="x", by=worry.lead, now=NOW)
    assert counted[0] == counted[1]
    assert counted[0] < 26
