"""Raising a concern: by any role, with one thing to say; nothing of it is shown to its sender again."""

import secrets
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.core.drafts import Draft
from caseworker.core.ids import new_id
from caseworker.participants.models import Scope
from caseworker.participants.services import open_access
from caseworker.safeguarding.models import Concern
from tests.casefile.situations import NOW, TODAY
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.safeguarding.situations import SAID, Worry, a_concern, a_worry
from tests.support.builders import a_participant, a_programme, a_user, grant_role
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.stored import row, rows

RAISE = "/concerns/raise"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def worry(given: Given) -> Worry:
    with given():
        return a_worry()


@pytest.mark.both_databases
def test_from_a_case_with_one_thing_to_say(app: Flask, client: PageClient, worry: Worry) -> None:
    client.sign_in(worry.team.keyworker)
    case = client.page(f"/enrolments/{worry.case.id}")
    page = client.page(case.link("Raise a concern"))
    assert page.text.index("call 999") < page.text.index("What was seen or said?")
    assert "Amara Osei" in page.text
    assert "Kwame Boateng, Olive Other" in page.text
    response = client.send(page.path, "said", said=SAID)
    assert response.status_code == 303
    concern = row(app, Concern)
    assert response.headers["Location"] == f"/concerns/{concern.id}/sent"
    assert (concern.said, concern.about_participant_id, concern.about) == (SAID, worry.person.id, None)
    assert concern.organisation_id == worry.team.programme.organisation_id
    assert (concern.happened_on, concern.category, concern.acknowledged_at) == (TODAY, None, None)
    assert SAID.encode() not in concern.said_sealed

    thanks = client.page(response.headers["Location"])
    assert "SC-" in thanks.text
    assert "Kwame Boateng, Olive Other" in thanks.text
    for address in (f"/concerns/{concern.id}", f"/concerns/{concern.id}/steps/note", "/concerns"):
        assert client.get(address).status_code in {403, 404}
    for address in (thanks.path, page.path, f"/enrolments/{worry.case.id}", "/concerns/shared"):
        assert SAID not in client.page(address).html


@pytest.mark.parametrize("role", list(Role))
def test_any_role_raises_one_in_words(app: Flask, client: PageClient, given: Given, role: Role) -> None:
    """Everywhere, below an organisation or on a programme: each has the link on its own first page."""
    with given():
        worry = a_worry()
        user = a_user(role, worry.team.programme)
    client.sign_in(user)
    link = client.page("/").link("Raise a concern")
    assert link == RAISE
    response = client.send(link, "said", said=SAID, about="The man in the red coat", category="adult")
    concern = row(app, Concern)
    assert response.headers["Location"] == f"/concerns/{concern.id}/sent"
    assert (concern.about, concern.category) == ("The man in the red coat", "adult")
    assert concern.programme_id == worry.team.programme.id


def test_a_reference_of_somebody_seen_is_the_person(app: Flask, client: PageClient, worry: Worry) -> None:
    client.sign_in(worry.team.keyworker)
    client.send(RAISE, "said", said=SAID, about=worry.person.reference.lower())
    assert row(app, Concern).about_participant_id == worry.person.id


def test_somebody_unseen_is_as_nobody(app: Flask, client: PageClient, given: Given, worry: Worry) -> None:
    with given():
        other = a_participant()
    client.sign_in(worry.team.keyworker)
    unseen = client.page(f"{RAISE}/{other.id}")
    nobody = client.page(f"{RAISE}/{new_id()}")
    plain = client.page(RAISE)
    assert unseen.text == nobody.text == plain.text
    client.send(unseen.path, "said", said=SAID, about=other.reference)
    concern = row(app, Concern)
    assert (concern.about_participant_id, concern.about) == (None, other.reference)


def test_a_tutor_raises_one_about_their_learner_by_its_page(client: PageClient, given: Given) -> None:
    with given():
        worry = a_worry()
        open_access(
            worry.person.id,
            scope=Scope.LEARNER,
            why="learner",
            user_id=worry.team.tutor.id,
            because_id=new_id(),
            from_on=TODAY,
        )
    client.sign_in(worry.team.tutor)
    assert "Amara Osei" in client.page(f"{RAISE}/{worry.person.id}").text


def test_only_what_was_seen_or_said_is_asked_for(app: Flask, client: PageClient, worry: Worry) -> None:
    client.sign_in(worry.team.keyworker)
    page = read(client.send(RAISE, "said", about="Somebody", told="Nobody"), 422)
    assert list(page.problems) == ["said"]
    assert "Somebody" in page.html
    page = read(client.send(RAISE, "said", said=SAID, happened_on="tomorrow"), 422)
    assert list(page.problems) == ["happened_on"]
    assert rows(app, Concern) == []


def test_every_text_is_kept_as_typed(app: Flask, client: PageClient, worry: Worry) -> None:
    client.sign_in(worry.team.keyworker)
    form = client.get_form(RAISE, "said")
    sendable = [each for each in HOSTILE_TEXT if each.encode("utf-8", "ignore").decode() == each]
    for words in sendable[::16]:
        typed = {name: [words] for name in ("said", "done_at_once", "told", "about")}
        data = form.data | typed | {"post_token": [secrets.token_urlsafe(32)]}
        assert FlaskClient.open(client, RAISE, method="POST", data=data).status_code in {303, 422}, words
        with client.session_transaction() as kept:
            kept.pop("_flashes", None)
    found = rows(app, Concern)
    assert len(found) >= 10
    client.sign_in(worry.lead)
    for concern in found[:10]:
        page = client.page(f"/concerns/{concern.id}")
        assert concern.said in page.soup.get_text()


def test_sent_twice_it_is_one(app: Flask, client: PageClient, worry: Worry) -> None:
    client.sign_in(worry.team.keyworker)
    form = client.get_form(RAISE, "said").fill(said=SAID)
    first, second = client.submit(form), client.submit(form)
    assert first.headers["Location"] == second.headers["Location"]
    row(app, Concern)


def test_what_was_typed_waits_and_goes_when_sent(app: Flask, client: PageClient, worry: Worry) -> None:
    client.sign_in(worry.team.keyworker)
    form = client.get_form(f"{RAISE}/{worry.person.id}", "said")
    kept = {"draft_path": form.action, "said": SAID, "csrf_token": form.data["csrf_token"][0]}
    assert client.post("/drafts", data=kept).status_code < 300
    again = client.get_form(f"{RAISE}/{worry.person.id}", "said")
    assert again.data["said"] == [SAID]
    client.submit(again)
    assert rows(app, Draft) == []


def test_where_it_belongs_is_asked_only_of_those_in_several_places(
    app: Flask, client: PageClient, given: Given, worry: Worry
) -> None:
    with given():
        second = a_programme(name="Zebra")
        grant_role(db.session.merge(worry.team.colleague), Role.KEYWORKER, second)
    client.sign_in(worry.team.keyworker)
    assert "place" not in client.get_form(RAISE, "said").data
    client.sign_in(worry.team.colleague)
    client.send(RAISE, "said", said=SAID, place=str(second.id))
    concern = row(app, Concern)
    assert (concern.organisation_id, concern.programme_id) == (second.organisation_id, second.id)


def test_where_nobody_may_read_it_the_page_says_so(
    app: Flask, client: PageClient, given: Given, worry: Worry
) -> None:
    """The only two leads: one is whom it is about, the other is gone."""
    with given() as session:
        session.merge(worry.other_lead).active = False
        a_user(Role.ADMINISTRATOR, name="Sam Winter")
    client.sign_in(worry.team.keyworker)
    assert "Kwame Boateng. They decide" in client.page(RAISE).text
    response = client.send(RAISE, "said", said=SAID, colleague=str(worry.lead.id))
    thanks = client.page(response.headers["Location"])
    assert "Nobody here can read it yet" in thanks.text
    assert "Sam Winter" in thanks.text
    assert "Kwame" not in thanks.text.split("Who reads this")[1]
    concern = row(app, Concern)
    client.sign_in(worry.lead)
    assert client.get(f"/concerns/{concern.id}").status_code == 404
    assert "wait" not in client.page("/concerns").text


def test_the_page_of_thanks_is_its_senders_alone(client: PageClient, given: Given, worry: Worry) -> None:
    with given():
        concern = a_concern(worry)
    for user in (worry.team.colleague, worry.lead):
        client.sign_in(user)
        assert client.get(f"/concerns/{concern.id}/sent").status_code == 404


def test_the_audit_files_it_under_nobody(app: Flask, client: PageClient, worry: Worry) -> None:
    client.sign_in(worry.team.keyworker)
    response = client.send(f"{RAISE}/{worry.person.id}", "said", said=SAID)
    client.page(response.headers["Location"])
    client.sign_in(worry.lead)
    client.page(response.headers["Location"].removesuffix("/sent"))
    lines = rows(app, AuditEvent)
    assert {"created", "looked"} <= {line.action for line in lines if line.record_kind == "concern"}
    assert {line.participant_id for line in lines if line.user_id} == {None}


@pytest.mark.both_databases
def test_the_form_asks_little(app: Flask, client: PageClient, given: Given, worry: Worry) -> None:
    with given():
        for _ in range(30):
            a_user(Role.KEYWORKER, a_programme())
    client.sign_in(worry.team.keyworker)
    with statements(app) as sent:
        client.page(f"{RAISE}/{worry.person.id}")
    assert len(sent) < 15, "\n".join(sent)
