"""A screen in a participant's hands: nothing of the case, of anybody or of anything else is on it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseworker.accounts.passwords import hash_password
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.core.drafts import Draft
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.models import HandedScreen, WellbeingAssessment
from tests.casefile.situations import Team, a_team, spoke, started
from tests.conftest import Given
from tests.core.hostile import TODAY
from tests.support.builders import a_participant
from tests.support.client import PageClient, form_on, read
from tests.support.stored import row, rows

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
CANARIES = ("Zephyrine", "Quillfeather", "Gooseberry arrears", "CW-", "Priya", "Shah", "cw-nav", "Timeline")


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        team = a_team()
        team.keyworker.password_hash = hash_password(PASSWORD)
        return team


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        person = a_participant(
            organisation_id=team.programme.organisation_id, given_name="Zephyrine", family_name="Quillfeather"
        )
        enrolment = started(team, 30, person)
        spoke(team, enrolment, note="Gooseberry arrears")
    client.sign_in(team.keyworker)
    return enrolment


def hand_over(client: PageClient, case: Enrolment, instrument: str = "ons4") -> str:
    """Lock this browser; the address of the questions."""
    answer = client.send(f"/enrolments/{case.id}/wellbeing/hand-over", instrument=instrument)
    assert answer.status_code == 303
    return answer.headers["Location"]


def shows_nothing(answer: TestResponse) -> None:
    text = answer.get_data(as_text=True)
    for canary in CANARIES:
        assert canary not in text, (answer.request.path, canary)
    assert "no-store" in answer.headers["Cache-Control"]


def unlock(client: PageClient, place: str, password: str = PASSWORD) -> TestResponse:
    return client.send(f"{place}/unlock", holding="password", password=password)


@pytest.mark.both_databases
def test_they_answer_alone_give_it_back_and_the_worker_goes_on(
    app: Flask, client: PageClient, case: Enrolment, team: Team
) -> None:
    place = hand_over(client, case)
    page = client.page(place)
    assert page.h1 == "A few questions for you"
    assert page.soup.find("nav") is None
    shows_nothing(client.get(place))
    answer = client.submit(form_on(page), life_satisfaction=1, worthwhile=7)
    assert (answer.status_code, answer.headers["Location"]) == (303, place)
    shows_nothing(client.get(place))
    assert client.page(place).h1 == "Thank you. Please give the screen back"
    made = row(app, WellbeingAssessment)
    assert (made.completed_how, made.assessed_on, made.entered_by_id) == ("alone", TODAY, team.keyworker.id)
    assert (made.life_satisfaction, made.worthwhile, made.happiness) == (1, 7, None)
    assert "This screen is locked" in client.page(f"/enrolments/{case.id}", 403).text
    answer = unlock(client, place)
    assert answer.headers["Location"] == f"/enrolments/{case.id}/wellbeing"
    page = client.page(answer.headers["Location"])
    assert "ask in private how they are" in page.text
    assert page.soup.select_one("form[action$='/take-back']") is not None
    assert row(app, HandedScreen).ended_at is not None
    assert client.get(place).headers["Location"] == "/"


def every_address(app: Flask, case: Enrolment) -> list[tuple[str, str]]:
    """(method, address) of every route there is, with this case's key wherever one is asked for."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            kinds = {name: type(rule._converters[name]).__name__ for name in rule.arguments}
            values = {
                name: {"UUIDConverter": case.id, "IntegerConverter": 1}.get(kind, "2026-01-05")
                for name, kind in kinds.items()
            }
            built = rule.build(values)
            assert built is not None
            found += [(method, built[1]) for method in rule.methods or () if method in ("GET", "POST")]
    return found


def test_no_address_opens_while_it_is_handed_over(
    app: Flask, client: PageClient, case: Enrolment, team: Team
) -> None:
    unlocked = client.get(f"/enrolments/{case.id}").get_data(as_text=True)
    assert all(canary in unlocked for canary in CANARIES)
    place = hand_over(client, case)
    every = [pair for pair in every_address(app, case) if pair[1] != "/sign-out"]
    assert len(every) > 80
    asked = [
        *every,
        ("GET", "/nowhere"),
        ("POST", "/nowhere"),
        ("GET", f"/participants/{case.participant_id}"),
    ]
    for method, path in asked:
        if path.startswith("/static/"):
            continue
        answer = client.open(path, method=method)
        assert answer.status_code == 403, (method, path, answer.status_code)
        assert "This screen is locked" in answer.get_data(as_text=True)
        shows_nothing(answer)
    for path in (place, f"{place}/unlock", f"{place}?next=/", f"{place}/unlock?next=/"):
        shows_nothing(client.get(path))
    assert client.get(f"/questions/{case.id}").status_code == 403
    assert rows(app, WellbeingAssessment) == []


def test_cookies_from_before_and_other_tabs_open_nothing(client: PageClient, case: Enrolment) -> None:
    name = client.application.config["SESSION_COOKIE_NAME"]
    before = client.get_cookie(name)
    assert before is not None
    place = hand_over(client, case)
    other = client.application.test_client()
    assert isinstance(other, PageClient)
    other.set_cookie(name, before.value)
    assert other.get(f"/enrolments/{case.id}").headers["Location"].startswith("/sign-in")
    during = client.get_cookie(name)
    assert during is not None
    unlock(client, place)
    other.set_cookie(name, during.value)
    answer = other.get(f"/enrolments/{case.id}")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in")


def test_answers_are_saved_once(app: Flask, client: PageClient, case: Enrolment) -> None:
    place = hand_over(client, case)
    first, again = client.get_form(place), client.get_form(place)
    assert [client.submit(first, worthwhile=5).status_code for _ in range(3)] == [303] * 3
    assert client.page(place).h1.startswith("Thank you")
    assert read(client.submit(again, worthwhile=9)).h1.startswith("Thank you")
    assert row(app, WellbeingAssessment).worthwhile == 5


def test_nothing_answered_is_said_and_typing_stays(app: Flask, client: PageClient, case: Enrolment) -> None:
    place = hand_over(client, case)
    page = read(client.send(place), 422)
    assert page.problems == {"": "Answer at least one question, or go back without saving"}
    form = client.get_form(place)
    form.data["worthwhile"], form.data["happiness"] = ["11"], ["4"]
    page = read(client.post(form.action, data=form.data), 422)
    assert list(page.problems) == ["worthwhile"]
    assert page.soup.select_one("#happiness-5[checked]") is not None
    assert rows(app, WellbeingAssessment) == []


def test_guessing_the_password_is_slowed_down(client: PageClient, case: Enrolment) -> None:
    place = hand_over(client, case)
    for _ in range(5):
        page = read(unlock(client, place, "guess"), 422)
        assert page.problems == {"password": "That is not your password"}
    answer = unlock(client, place)
    assert answer.status_code == 429
    assert "Retry-After" in answer.headers
    shows_nothing(answer)
    assert client.get("/").status_code == 403
    with clock.at(NOON + timedelta(minutes=10)):
        assert unlock(client, place).status_code == 303


def test_pages_of_errors_name_nobody(client: PageClient, case: Enrolment) -> None:
    place = hand_over(client, case)
    for path in (place, f"{place}/unlock"):
        answer = client.post(path, data={"worthwhile": "5"})
        assert answer.status_code == 400
        shows_nothing(answer)
        shows_nothing(client.open(path, method="DELETE"))


def test_signing_out_ends_it_and_what_was_saved_stays(
    app: Flask, client: PageClient, case: Enrolment, team: Team
) -> None:
    place = hand_over(client, case)
    client.send(place, worthwhile=5)
    page = client.page(f"{place}/unlock")
    form = page.soup.select_one("form[action='/sign-out']")
    assert form is not None
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    answer = client.post("/sign-out", data=data)
    assert answer.headers["Location"] == "/sign-in"
    shows_nothing(client.get("/sign-in"))
    assert client.get(place).headers["Location"].startswith("/sign-in")
    client.sign_in(team.keyworker)
    assert client.get(place).headers["Location"] == "/"
    assert row(app, WellbeingAssessment).worthwhile == 5


def test_an_ended_session_asks_to_sign_in_and_offers_no_answers_to_others(
    app: Flask, client: PageClient, case: Enrolment, team: Team
) -> None:
    place = hand_over(client, case)
    form = client.get_form(place).fill(worthwhile=0)
    with clock.at(NOON + timedelta(minutes=31)):
        answer = client.submit(form)
        assert answer.headers["Location"].startswith("/sign-in")
        assert client.get("/sign-in").status_code == 200
        assert rows(app, Draft) == [], "a participant's typing is not kept as the worker's"
        client.sign_in(team.keyworker)
        again = hand_over(client, case)
        assert client.get_form(again).data["worthwhile"] == [""]
    assert rows(app, WellbeingAssessment) == []


def test_taking_part_keeps_the_session_alive(client: PageClient, case: Enrolment) -> None:
    place = hand_over(client, case)
    for minutes in (20, 40, 60):
        with clock.at(NOON + timedelta(minutes=minutes)):
            assert client.get(place).status_code == 200


def test_only_whoever_may_record_can_hand_over(client: PageClient, case: Enrolment, team: Team) -> None:
    path = f"/enrolments/{case.id}/wellbeing/hand-over"
    for user in (team.colleague, team.tutor):
        client.sign_in(user)
        assert client.get(path).status_code == 404


def test_the_wheel_is_answered_on_it_too(app: Flask, client: PageClient, case: Enrolment) -> None:
    place = hand_over(client, case, "wheel")
    client.send(place, health=3, getting_there=10)
    made = row(app, WellbeingAssessment)
    assert (made.instrument, made.life_satisfaction) == ("wheel", None)
    assert '"health": 3' in made.answers


def test_the_page_of_the_questions_has_no_password_for_a_browser_to_fill(
    client: PageClient, case: Enrolment
) -> None:
    place = hand_over(client, case)
    assert client.page(place).soup.select_one("input[type=password]") is None
    box = client.page(f"{place}/unlock").soup.select_one("input[type=password]")
    assert box is not None
    assert box["autocomplete"] == "new-password"


def test_handing_over_is_in_the_audit(app: Flask, client: PageClient, case: Enrolment) -> None:
    unlock(client, hand_over(client, case))
    with app.app_context():
        actions = set(db.session.scalars(select(AuditEvent.action)))
    assert {"handed over the screen", "unlocked the screen"} <= actions
