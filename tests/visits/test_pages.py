"""Setting out, being back, being late: by the colleague, the buddy and the lead."""

import secrets
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseworker.accounts.models import Role, User
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import book_appointment
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.visits.models import Visit
from caseworker.visits.rules import VisitDetails
from caseworker.visits.services import set_out
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.risks.situations import a_risk
from tests.support.builders import a_user
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

MINUTE = timedelta(minutes=1)
PLACE = "CANARY-PLACE 14 High Street"
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


def out(
    given: Given,
    team: Team,
    case: Enrolment | None = None,
    *,
    minutes: int = 60,
    at: datetime = NOW,
    **who: User,
) -> Visit:
    with given():
        visitor, buddy = who.get("visitor", team.keyworker), who.get("buddy", team.colleague)
        return set_out(
            visitor,
            VisitDetails(PLACE, at + minutes * MINUTE, buddy.id, "07700 900123"),
            enrolment=db.session.merge(case) if case else None,
            appointment_id=None,
            now=at,
        )


def tap(client: PageClient, page: Page, ending: str) -> Page:
    form = page.soup.select_one(f"form[action$='{ending}']")
    assert form is not None, ending
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    return read(client.post(str(form["action"]), data=data, follow_redirects=True))


@pytest.mark.both_databases
def test_out_and_back_from_a_case(app: Flask, client: PageClient, team: Team, case: Enrolment) -> None:
    path = f"/enrolments/{case.id}/visit"
    form = client.get_form(path)
    assert form.data["preset"] == ["60"]
    assert str(team.keyworker.id) not in form.choices["buddy_id"]
    form.fill(place=PLACE, buddy_id=str(team.colleague.id), phone="07700 900123")
    first, second = client.submit(form), client.submit(form)
    visit = row(app, Visit)
    assert first.headers["Location"] == second.headers["Location"] == f"/visits/{visit.id}"
    assert (visit.place, visit.phone, visit.enrolment_id) == (PLACE, "07700900123", case.id)
    assert b"CANARY" not in visit.place_sealed
    assert (visit.out_at, visit.expected_back_at) == (NOW, NOW + 60 * MINUTE)
    assert client.get(path).headers["Location"] == f"/visits/{visit.id}"
    home = client.page("/")
    assert "You are out on a visit. Expected back at 20 November 2026, 13:00" in home.text.replace(
        "20 Nov 2026", "20 November 2026"
    )
    assert "You are out on a visit" in client.page(f"/enrolments/{case.id}/contacts/new").text
    with clock.at(NOW + 50 * MINUTE):
        client.sign_in(team.keyworker)
        done = tap(client, client.page("/"), "/back")
        assert "Good that you are back" in done.text
        assert row(app, Visit).back_at == NOW + 50 * MINUTE
        again = tap(client, done, "/out-again")
        assert row(app, Visit).back_at is None
        assert "I am back" in again.text


def test_from_an_appointment_everything_is_filled_in(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        book_appointment(
            AppointmentDetails(TODAY, time(14), "home_visit", 45, PLACE),
            with_id=team.keyworker.id,
            enrolment=db.session.merge(case),
            booked_by=team.keyworker,
            today=TODAY,
        )
        a_risk(case, team.keyworker)
    out(given, team, at=NOW - 600 * MINUTE)
    with given():
        db.session.scalars(select(Visit)).one().back_at = NOW
    path = next(str(a["href"]) for a in client.page("/week").soup.select("a[href$='/visit']"))
    assert "Read this first: Two staff, office only" in client.page(path).text
    form = client.get_form(path)
    assert form.data["place"] == [PLACE]
    assert form.data["back_time"] == ["15:15"]
    assert form.data["buddy_id"] == [str(team.colleague.id)]
    assert form.data["phone"] == ["07700900123"] or form.data["phone"] == ["07700 900123"]
    client.submit(form)
    made = rows(app, Visit)[-1]
    assert made.expected_back_at == NOW.replace(hour=15, minute=15)
    assert made.appointment_id is not None


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"place": ""}, "place", "where you go"),
        ({"place": "x" * 201}, "place", "1 character too long"),
        ({"preset": None, "back_time": ""}, "back_time", "Choose when you will be back"),
        ({"back_time": "11:59"}, "back_time", "16 hours at most"),
        ({"back_time": "25:00"}, "back_time", "must be a time"),
        ({"phone": "ring me"}, "phone", "number"),
    ],
)
def test_what_does_not_fit_is_said(
    app: Flask, client: PageClient, team: Team, case: Enrolment, typed: dict[str, Any], field: str, words: str
) -> None:
    right = {"place": PLACE, "buddy_id": str(team.lead.id)}
    page = read(client.send("/visits/new", **right | typed), 422)
    assert words in page.problems[field], page.problems
    assert rows(app, Visit) == []


def test_a_time_that_has_passed_is_tomorrows(
    app: Flask, client: PageClient, team: Team, case: Enrolment
) -> None:
    with clock.at(NOW.replace(hour=23)):
        client.sign_in(team.keyworker)
        client.send("/visits/new", place="Hostel", buddy_id=str(team.lead.id), back_time="00:30")
    assert row(app, Visit).expected_back_at == datetime(2026, 11, 21, 0, 30, tzinfo=NOW.tzinfo)


@pytest.mark.both_databases
def test_nobody_is_out_twice(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    form = client.get_form("/visits/new").fill(place="Here", buddy_id=str(team.lead.id))
    visit = out(given, team)
    assert client.submit(form).headers["Location"] == f"/visits/{visit.id}"
    with pytest.raises(RuleBroken, match="out on a visit already"):
        out(given, team)
    with pytest.raises(RuleBroken, match="not yourself"):
        out(given, team, visitor=team.lead, buddy=team.lead)
    assert row(app, Visit).id == visit.id


def test_half_an_hour_more_counts_from_now_when_late(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    visit = out(given, team)
    page = client.page(f"/visits/{visit.id}")
    tap(client, page, "/longer")
    assert row(app, Visit).expected_back_at == NOW + 90 * MINUTE
    with clock.at(NOW + 100 * MINUTE):
        client.sign_in(team.colleague)
        tap(client, client.page(f"/visits/{visit.id}"), "/answer")
        assert row(app, Visit).answered_at is not None
        client.sign_in(team.keyworker)
        tap(client, client.page("/"), "/longer")
    stored = row(app, Visit)
    assert (stored.expected_back_at, stored.answered_at) == (NOW + 130 * MINUTE, None)


@pytest.mark.both_databases
def test_the_buddy_learns_where_and_what_to_do_and_answers(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    visit = out(given, team, case)
    client.sign_in(team.colleague)
    assert "not back" not in client.page("/").text
    with clock.at(NOW + 75 * MINUTE):
        client.sign_in(team.colleague)
        assert "Priya Shah is not back from a visit. Expected 15 minutes ago." in client.page("/").text
        page = client.page(f"/visits/{visit.id}")
        assert PLACE in page.text
        assert page.soup.select_one("a[href='tel:07700900123']") is not None
        assert "999" in page.text
        assert case.participant.reference not in page.html
        assert case.participant.family_name not in page.text
        page = tap(client, page, "/answer")
        assert "Somebody has been seeing to it" in page.text
        assert page.soup.select_one("form[action$='/answer']") is None
        assert "is not back" in client.page("/").text
        done = tap(client, page, "/back")
        assert "Noted: they are back" in done.text
    assert row(app, Visit).back_at == NOW + 75 * MINUTE
    looks = [each for each in rows(app, AuditEvent) if (each.action, each.record_kind) == ("looked", "visit")]
    assert {each.participant_id for each in looks} == {case.participant_id}


def test_an_administrator_who_looks_out_for_somebody_sees_it_on_their_first_page(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        buddy = a_user(Role.PROGRAMME_ADMINISTRATOR, db.session.merge(team.programme))
    out(given, team, case, buddy=buddy)
    with clock.at(NOW + 75 * MINUTE):
        client.sign_in(buddy)
        assert "Priya Shah is not back from a visit. Expected 15 minutes ago." in client.page("/people").text


def test_a_check_in_that_was_forgotten_stays_and_takes_the_real_time(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    visit = out(given, team)
    with clock.at(NOW + timedelta(hours=20)):
        client.sign_in(team.keyworker)
        assert "You are late: are you safe?" in client.page("/").text
        path = f"/visits/{visit.id}/back-earlier"
        page = read(client.send(path, back_time="11:00"), 422)
        assert "after you set out" in page.problems["back_time"]
        stale = client.get_form(path)
        client.send(path, back_time="12:50")
        assert row(app, Visit).back_at == NOW + 50 * MINUTE
        assert client.submit(stale, back_time="12:40").status_code in {303, 409}
    assert row(app, Visit).back_at == NOW + 50 * MINUTE


def test_a_lead_sees_everybody_who_is_out(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        other = a_team()
    visit, foreign = out(given, team), out(given, other, visitor=other.keyworker, buddy=other.colleague)
    client.sign_in(team.lead)
    page = client.page("/visits")
    assert "1 colleague out" in page.text
    assert "Priya Shah" in page.text
    assert client.get(f"/visits/{visit.id}").status_code == 200
    assert client.get(f"/visits/{foreign.id}").status_code == 404


def test_a_lead_learns_where_a_restricted_person_lives_only_when_a_colleague_is_missing(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    visit = out(given, team, case)
    with given():
        db.session.merge(case).participant.restricted = True
    client.sign_in(team.lead)
    assert PLACE not in client.page("/visits").text
    assert (
        looks_missing(client, team.lead, visit.id, [f"/visits/{visit.id}", f"/visits/{visit.id}/back"]) == 2
    )
    client.sign_in(team.colleague)
    assert PLACE in client.page("/visits").text
    with clock.at(NOW + 61 * MINUTE):
        client.sign_in(team.lead)
        assert PLACE in client.page("/visits").text
        assert client.get(f"/visits/{visit.id}").status_code == 200


def test_nobody_else_learns_of_a_visit(given: Given, client: PageClient, team: Team, case: Enrolment) -> None:
    visit = out(given, team, case)
    with given():
        another = a_user(Role.KEYWORKER, team.programme)
        office = a_user(Role.PROGRAMME_ADMINISTRATOR, team.programme)
    paths = [
        f"/visits/{visit.id}{rest}"
        for rest in ("", "/back", "/back-earlier", "/longer", "/answer", "/take-back")
    ]
    for user in (another, team.tutor, office):
        assert looks_missing(client, user, visit.id, paths) == len(paths)
    assert looks_missing(client, team.colleague, visit.id, [f"/visits/{visit.id}/longer"]) == 1
    assert looks_missing(client, another, case.id, [f"/enrolments/{case.id}/visit"]) == 1


def test_hostile_words_and_times(app: Flask, client: PageClient, team: Team, case: Enrolment) -> None:
    form = client.get_form("/visits/new").fill(place="Here", buddy_id=str(team.lead.id))
    answers = set()
    for typed in SENDABLE[::8]:
        for boxes in (("place",), ("back_time", "phone", "preset", "buddy_id")):
            sent = form.data | {name: [typed] for name in boxes} | {"post_token": [secrets.token_urlsafe(32)]}
            answers.add(FlaskClient.open(client, form.action, method="POST", data=sent).status_code)
    assert answers <= {303, 422}
    for path in ("/", "/visits"):
        assert FlaskClient.open(client, path).status_code == 200


@pytest.mark.both_databases
def test_the_pages_ask_little(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    visit = out(given, team, case, visitor=team.colleague, buddy=team.keyworker)
    counts = []
    for path in ("/visits", f"/visits/{visit.id}", "/", f"/enrolments/{case.id}/visit", "/visits/new"):
        client.page(path)
        with statements(app) as sent:
            client.page(path)
        counts.append((path, len(sent)))
    assert all(count < 15 for _, count in counts), counts
