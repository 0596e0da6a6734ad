"""A message for a colleague's participant: found by name alone, read by whoever works the case."""

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseworker.accounts.models import Role, User
from caseworker.appointments.models import Task
from caseworker.contacts.message_services import take_message
from caseworker.contacts.models import Contact, TakenMessage
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.core.ids import new_id
from caseworker.enrolments.models import DueItem, Enrolment
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.support.builders import a_participant, a_user
from tests.support.client import Form, PageClient, form_on, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

TAKE = "/messages/take"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team) -> Enrolment:
    with given():
        return a_case(team, "Seán", "O’Neill")


@pytest.fixture
def office(given: Given, team: Team) -> User:
    with given():
        return a_user(Role.PROGRAMME_ADMINISTRATOR, db.session.merge(team.programme), name="Sue Office")


def a_case(team: Team, given_name: str, family_name: str, **changes: Any) -> Enrolment:
    restricted = bool(changes.pop("restricted", False))
    person = a_participant(
        organisation_id=team.programme.organisation_id,
        given_name=given_name,
        family_name=family_name,
        restricted=restricted,
    )
    return started(team, person=person, **changes)


def looked(client: PageClient, typed: str) -> Page:
    form = client.get_form(TAKE, "caller")
    return read(client.submit(form, button="Find", caller=typed))


def filled(client: PageClient, typed: str = "sean on") -> Form:
    form = form_on(looked(client, typed), "caller")
    return form.fill(wants="call_back", words="Before four, please")


def taken(given: Given, team: Team, case: Enrolment, words: str | None = "Before four, please") -> None:
    with given():
        take_message(db.session.merge(case), wants="call_back", words=words, taken_by=team.colleague, now=NOW)


def tap(client: PageClient, page: Page, ending: str) -> Page:
    form = page.soup.select_one(f"form[action$='{ending}']")
    assert form is not None, ending
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    return read(client.post(str(form["action"]), data=data, follow_redirects=True))


@pytest.mark.both_databases
def test_a_colleague_takes_it_and_the_keyworker_reads_it(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    client.sign_in(team.colleague)
    form = filled(client)
    assert form.data["person"] == [str(case.id)]
    response = client.submit(form, button="Keep message")
    assert (response.status_code, response.headers["Location"]) == (303, TAKE)
    kept = row(app, TakenMessage)
    assert (kept.enrolment_id, kept.wants, kept.words) == (case.id, "call_back", "Before four, please")
    assert "Before four" not in repr(kept.words_sealed)
    assert client.page("/messages").text.count("Before four") == 0

    client.sign_in(team.keyworker)
    home = client.page("/")
    assert home.soup.select_one("a[href='/messages']") is not None
    page = client.page("/messages")
    assert "Before four, please" in page.text
    assert "taken by Tom Evans" in page.text
    page = tap(client, page, "/read")
    assert "New" not in page.text.split("Messages", 1)[1].split("Make it a task")[0]
    assert row(app, TakenMessage).read_by_id == team.keyworker.id
    assert client.page("/").soup.select_one("a[href='/messages']") is None
    tap(client, page, "/unread")
    assert row(app, TakenMessage).read_at is None


def test_the_taker_is_shown_a_name_and_a_reference_and_nothing_else(
    client: PageClient, given: Given, team: Team, case: Enrolment, office: User
) -> None:
    for user in (team.colleague, office):
        client.sign_in(user)
        main = looked(client, "sean" if user is office else "o'neill").soup.find("main")
        assert main is not None
        assert "Seán O’Neill" in main.get_text()
        assert case.participant.reference in main.get_text()
        for secret in ("Priya Shah", "1990", "On programme", "36", f"/enrolments/{case.id}"):
            assert secret not in main.get_text()
        assert not [tag for tag in main.find_all("a") if "enrolments" in str(tag.get("href"))]
    client.sign_in(team.colleague)
    assert looks_missing(client, team.colleague, case.id, [f"/enrolments/{case.id}"]) == 1


@pytest.mark.both_databases
def test_who_is_found_and_who_is_not(
    client: PageClient, given: Given, team: Team, case: Enrolment, office: User
) -> None:
    with given():
        other = a_team()
        a_case(other, "Seán", "Elsewhere")
        a_case(team, "Seán", "Secret", restricted=True)
        again = a_case(team, "Sean", "Twice", days_ago=300)
        again.exited_on, again.exit_reason = TODAY - timedelta(days=100), "own_choice"
        db.session.flush()
        newer = started(team, person=again.participant)
    client.sign_in(office)
    form = form_on(looked(client, "sean"), "caller")
    assert set(form.choices["person"]) == {str(case.id), str(newer.id)}
    assert form_on(looked(client, case.participant.reference), "caller").choices["person"] == [str(case.id)]
    for typed in ("secret", "elsewhere", "", "   ", "zz", "%", "_"):
        assert "person" not in form_on(looked(client, typed), "caller").choices


def test_nobody_s_goes_to_the_leads(client: PageClient, given: Given, team: Team) -> None:
    with given():
        case = a_case(team, "Ann", "Waiting", keyworker=None)
    taken(given, team, case)
    client.sign_in(team.lead)
    assert "Before four, please" in client.page("/messages").text
    for user in (team.keyworker, team.colleague):
        client.sign_in(user)
        assert "No messages" in client.page("/messages").text


@pytest.mark.both_databases
def test_it_becomes_a_task_or_a_contact_in_one_tap(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    taken(given, team, case)
    client.sign_in(team.keyworker)
    page = tap(client, client.page("/messages"), "/task")
    assert "Task added for today" in page.text
    task = row(app, Task)
    assert (task.words, task.due_on) == ("Wants to be called back: Before four, please", TODAY)
    assert (task.user_id, task.enrolment_id) == (team.keyworker.id, case.id)
    with app.app_context():
        due = db.session.scalar(select(DueItem.due_on).where(DueItem.kind == "contact"))
    page = tap(client, client.page("/messages"), "/contact")
    contact = row(app, Contact)
    assert (contact.direction, contact.channel, contact.two_way) == ("in", "telephone", False)
    assert (contact.note, contact.happened_at) == ("Wants to be called back. Before four, please", NOW)
    with app.app_context():
        assert db.session.scalar(select(DueItem.due_on).where(DueItem.kind == "contact")) == due
    tap(client, page, "take-back")
    assert row(app, Contact).voided_at is not None
    assert row(app, TakenMessage).read_at is not None


def test_undo_of_taking_until_it_is_read(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    client.sign_in(team.colleague)
    for read_first in (False, True):
        client.submit(filled(client), button="Keep message")
        page = client.page(TAKE)
        message = (
            rows(app, TakenMessage)[-1]
            if not read_first
            else next(each for each in rows(app, TakenMessage) if each.voided_at is None)
        )
        if read_first:
            with given():
                kept = db.session.get(TakenMessage, message.id)
                assert kept is not None
                kept.read_at = NOW
            form = page.soup.select_one("form[action$='take-back']")
            assert form is not None
            data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
            assert client.post(str(form["action"]), data=data).status_code == 422
        else:
            assert "Message taken back" in tap(client, page, "take-back").text
    assert sorted(each.voided_at is None for each in rows(app, TakenMessage)) == [False, True]


def test_others_find_nothing(
    client: PageClient, app: Flask, given: Given, team: Team, case: Enrolment
) -> None:
    taken(given, team, case)
    key = row(app, TakenMessage).id
    parts = [f"/messages/{key}/{part}" for part in ("read", "unread", "task", "contact")]
    for user in (team.tutor, team.colleague):
        assert looks_missing(client, user, key, parts) == 4
    assert looks_missing(client, team.keyworker, key, [f"/messages/{key}/take-back"]) == 1
    client.sign_in(team.tutor)
    assert client.get(TAKE).status_code == 403
    client.sign_in(team.keyworker)
    for part in parts:
        assert client.get(part).headers["Location"] == "/messages"


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"wants": None}, "wants"),
        ({"person": None}, "person"),
        ({"caller": ""}, "caller"),
        ({"caller": "nobody"}, "caller"),
        ({"words": "x" * 401}, "words"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    app: Flask, client: PageClient, team: Team, case: Enrolment, changes: dict[str, object], at: str
) -> None:
    client.sign_in(team.colleague)
    page = read(client.submit(filled(client).fill(**changes), button="Keep message"), 422)
    assert at in page.problems
    assert rows(app, TakenMessage) == []
    box = page.soup.find("textarea", {"name": "words"})
    assert box is not None
    assert box.get_text().strip() == str(changes.get("words", "Before four, please"))


def test_somebody_of_another_programme_cannot_be_smuggled_in(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        other = a_case(a_team(), "Seán", "O’Neill")
    client.sign_in(team.colleague)
    for key in (other.id, new_id(), "x", "=1+1"):
        form = filled(client)
        form.data["person"] = [str(key)]
        assert "person" in read(client.submit(form, button="Keep message"), 422).problems
    assert rows(app, TakenMessage) == []


def test_a_second_send_keeps_one(app: Flask, client: PageClient, team: Team, case: Enrolment) -> None:
    client.sign_in(team.colleague)
    form = filled(client)
    answers = [client.submit(form, button="Keep message").status_code for _ in range(2)]
    assert (answers, len(rows(app, TakenMessage))) == ([303, 303], 1)


def test_hostile_text_finds_and_says_nothing_bad(client: PageClient, team: Team, case: Enrolment) -> None:
    client.sign_in(team.colleague)
    form = filled(client)
    answers = set()
    for typed in [each for each in HOSTILE_TEXT if each.encode("utf-8", "ignore").decode() == each][::5]:
        for name in ("caller", "words"):
            data = form.data | {name: [typed], "post_token": [secrets.token_urlsafe(32)]}
            answers.add(FlaskClient.open(client, TAKE, method="POST", data=data).status_code)
        data = form.data | {"caller": [typed], "look": ["yes"]}
        assert FlaskClient.open(client, TAKE, method="POST", data=data).status_code in {200, 422}
        with client.session_transaction() as kept:
            kept.pop("_flashes", None)
    assert answers <= {303, 422}
    client.sign_in(team.keyworker)
    assert FlaskClient.open(client, "/messages").status_code == 200


@pytest.mark.both_databases
def test_the_list_asks_the_same_few_questions(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    client.sign_in(team.keyworker)
    counted = []
    for _ in range(2):
        with statements(app) as sent:
            client.page("/messages")
        counted.append(len(sent))
        for number in range(5):
            with given():
                other = a_case(team, "Ann", f"More{number}")
            taken(given, team, other)
    assert counted[0] < 15
    assert counted[1] <= counted[0] + 2


def test_taking_is_on_the_list_of_who_looked(
    app: Flask, client: PageClient, team: Team, case: Enrolment
) -> None:
    client.sign_in(team.colleague)
    client.submit(filled(client), button="Keep message")
    with app.app_context():
        looks = db.session.scalars(
            select(AuditEvent.user_id).where(
                AuditEvent.action == "looked", AuditEvent.participant_id == case.participant_id
            )
        ).all()
    assert looks == [team.colleague.id]


def test_the_one_found_is_never_chosen_unseen(
    app: Flask, client: PageClient, team: Team, case: Enrolment
) -> None:
    client.sign_in(team.colleague)
    form = client.get_form(TAKE, "caller").fill(caller="sean", wants="other")
    assert list(read(client.submit(form, button="Keep message"), 422).problems) == ["person"]
    assert rows(app, TakenMessage) == []
