"""The private calendar: valid, opened by its secret alone, and saying no more than initials."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from caseworker.accounts.models import User
from caseworker.appointments.models import CalendarAddress
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import book_appointment, close_appointment, new_calendar_address
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.core.logs import JsonLines
from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.support.builders import a_participant
from tests.support.client import PageClient
from tests.support.page import Page, attribute
from tests.support.stored import rows

CANARIES = ("Zebedee", "Quillfeather", "Secret Lane", "tribunal")


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
        person = a_participant(
            organisation_id=team.programme.organisation_id,
            given_name="Zebedee",
            family_name="Quillfeather",
        )
        enrolment = started(team, person=person)
        book_appointment(
            AppointmentDetails(
                TODAY + timedelta(days=3), time(10), "home_visit", 45, "4 Secret Lane", "the tribunal"
            ),
            with_id=team.keyworker.id,
            enrolment=enrolment,
            booked_by=team.keyworker,
            today=TODAY,
        )
        return enrolment


def address(given: Given, team: Team) -> str:
    with given():
        token = new_calendar_address(db.session.merge(team.keyworker), now=NOW)
    return f"/calendar/{token}.ics"


def unfolded(body: bytes) -> list[str]:
    assert body.endswith(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    return body.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def blocks(lines: list[str]) -> list[str]:
    """Checks that what begins ends, in order; gives the names of the top-level parts."""
    open_ones, found = [], []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_ones.append(value)
            if len(open_ones) == 2:
                found.append(value)
        elif name == "END":
            assert open_ones.pop() == value
    assert open_ones == []
    return found


@pytest.mark.both_databases
def test_it_is_a_calendar_of_initials(client: PageClient, given: Given, team: Team, case: Enrolment) -> None:
    response = client.get(address(given, team))
    assert (response.status_code, response.mimetype) == (200, "text/calendar")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = unfolded(response.data)
    assert blocks(lines) == ["VTIMEZONE", "VEVENT"]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    assert "DTSTART;TZID=Europe/London:20261123T100000" in event
    assert "DURATION:PT45M" in event
    assert "SUMMARY:Z.Q." in event
    assert "STATUS:CONFIRMED" in event
    assert {line.split(":")[0].split(";")[0] for line in event} == {
        "BEGIN", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "STATUS", "CLASS",
    }  # fmt: skip


def test_no_name_place_or_note_is_in_it(
    client: PageClient,
    given: Given,
    team: Team,
    case: Enrolment,
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = address(given, team)
    body = client.get(path).data.decode()
    assert not [word for word in CANARIES if word in body]
    assert case.participant.reference not in body
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    said = "".join(JsonLines().format(record) for record in caplog.records)
    assert "appointments.calendar_of" in said
    assert token not in said


def test_an_empty_calendar_still_holds_its_zone(client: PageClient, given: Given, team: Team) -> None:
    assert blocks(unfolded(client.get(address(given, team)).data)) == ["VTIMEZONE"]


def test_what_was_called_off_is_cancelled_and_what_is_nobody_s_has_no_initials(
    client: PageClient, given: Given, team: Team
) -> None:
    with given():
        made = book_appointment(
            AppointmentDetails(TODAY, time(16), "other", note="the tribunal"),
            with_id=team.keyworker.id,
            enrolment=None,
            booked_by=team.keyworker,
            today=TODAY,
        )
        close_appointment(made, result="cancelled_by_us", closed_on=TODAY, now=NOW)
    lines = unfolded(client.get(address(given, team)).data)
    assert "STATUS:CANCELLED" in lines
    assert "SUMMARY:Appointment" in lines


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 42, "A" * 5000, "%00" * 43, "Ä" * 43])
def test_a_wrong_secret_opens_nothing(client: PageClient, case: Enrolment, token: str) -> None:
    assert client.get(f"/calendar/{token}.ics").status_code == 404


@pytest.mark.both_databases
def test_a_revoked_or_replaced_one_opens_nothing(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    first = address(given, team)
    second = address(given, team)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    client.sign_in(team.keyworker)
    page = client.page("/account/calendar")
    assert _tap(client, page, "/account/calendar/end").status_code == 303
    assert client.get(second).status_code == 404
    assert len(rows(app, CalendarAddress)) == 2


def test_who_may_no_longer_sign_in_or_see_has_no_calendar(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    path = address(given, team)
    with given():
        for grant in _again(team.keyworker).grants:
            grant.until_on = TODAY - timedelta(days=1)
    assert client.get(path).status_code == 404
    with given():
        keyworker = _again(team.keyworker)
        for grant in keyworker.grants:
            grant.until_on = None
        keyworker.active = False
    assert client.get(path).status_code == 404


def test_a_restricted_or_handed_over_case_leaves_the_calendar(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    path = address(given, team)
    with given():
        db.session.merge(case).voided_at = NOW
    assert "VEVENT" not in client.get(path).data.decode()


def test_the_address_is_shown_once_and_kept_as_a_hash(
    app: Flask, client: PageClient, team: Team, case: Enrolment
) -> None:
    client.sign_in(team.keyworker)
    page = client.page("/account/calendar")
    assert "You have none." in page.text
    made = _tap(client, page, "/account/calendar/new")
    assert made.status_code == 200
    box = Page(made.get_data(as_text=True), "/account/calendar/new", 200).soup.select_one("#calendar-address")
    assert box is not None
    shown = attribute(box, "value")
    token = shown.rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in client.page("/account/calendar").html
    (kept,) = rows(app, CalendarAddress)
    assert token.encode() not in kept.token_hash
    client.post("/sign-out")
    assert client.get(f"/calendar/{token}.ics").status_code == 200


@pytest.mark.both_databases
def test_reading_it_is_written_down_and_writes_nothing_else(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    path = address(given, team)
    before = len(rows(app, AuditEvent))
    client.get(path)
    (line,) = rows(app, AuditEvent)[before:]
    assert (line.action, line.record_kind, line.user_id) == ("listed", "calendar", team.keyworker.id)


def test_wall_time_holds_across_a_change_of_clocks(client: PageClient, given: Given, team: Team) -> None:
    day = date(2027, 3, 30)
    with given():
        book_appointment(
            AppointmentDetails(day, time(9), "telephone"),
            with_id=team.keyworker.id,
            enrolment=None,
            booked_by=team.keyworker,
            today=TODAY,
        )
    lines = unfolded(client.get(address(given, team)).data)
    assert "DTSTART;TZID=Europe/London:20270330T090000" in lines


def _again(user: User) -> User:
    found = db.session.get(User, user.id)
    assert found is not None
    return found


def _tap(client: PageClient, page: Page, action: str) -> TestResponse:
    form = page.soup.select_one(f"form[action='{action}']")
    assert form is not None
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    return client.post(action, data=data)
