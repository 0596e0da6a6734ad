"""Texts in ready words: what they say and never say, whom they may go to, and how one is kept."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from flask import Flask

from caseworker.appointments.models import Appointment
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import book_appointment
from caseworker.contacts.models import Contact
from caseworker.contacts.wording import ready_texts, sms_link
from caseworker.core import clock
from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.participants.models import Participant
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.support.builders import a_participant
from tests.support.client import PageClient, read
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

MEETING = (date(2026, 11, 27), time(10, 30))
HARD_WORDS = (
    "job", "work coach", "benefit", "food", "debt", "hous", "health", "caseworker", "support", "programme",
    "keyworker", "charity", "appointment at", "participant",
)  # fmt: skip


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
        person = a_participant(
            organisation_id=team.programme.organisation_id,
            given_name="Seán {day}",
            family_name="O’Neill",
            phone="07700900123",
        )
        enrolment = started(team, person=person)
    client.sign_in(team.keyworker)
    return enrolment


@pytest.fixture
def meeting(given: Given, team: Team, case: Enrolment) -> Appointment:
    with given():
        return book_appointment(
            AppointmentDetails(*MEETING, "face_to_face", place="Debt advice centre"),
            with_id=team.keyworker.id,
            enrolment=db.session.get(Enrolment, case.id),
            booked_by=team.keyworker,
            today=TODAY,
        )


def path(case: Enrolment) -> str:
    return f"/enrolments/{case.id}/contacts/text"


def change(given: Given, case: Enrolment, **values: object) -> None:
    with given():
        person = db.session.get(Participant, case.participant_id)
        assert person is not None
        for name, value in values.items():
            setattr(person, name, value)


@pytest.mark.parametrize("kind", [each.code for each in codes("message_wording")])
def test_a_wording_says_first_names_and_nothing_that_gives_anything_away(kind: str) -> None:
    said = {each.code: each.text for each in ready_texts("Amara", "Priya Shah", MEETING, TODAY)}[kind]
    assert "Amara" in said
    assert "Priya" in said
    assert "Shah" not in said
    assert "{" not in said
    assert len(said) <= 160, "it is one text"
    assert not [word for word in HARD_WORDS if word in said.lower()]


def test_a_meeting_is_told_with_its_day_and_time() -> None:
    texts = {each.code: each.text for each in ready_texts("Amara", "Priya Shah", MEETING, TODAY)}
    assert "Friday 27 November at 10:30" in texts["reminder"]
    without = {each.code for each in ready_texts("Amara", "Priya Shah", None, TODAY)}
    assert "reminder" not in without
    assert "call_me" in without


def test_the_phone_is_opened_with_the_words_as_they_are() -> None:
    assert (
        sms_link("07700900123", "A & B? Ça va=1") == "sms:07700900123?&body=A%20%26%20B%3F%20%C3%87a%20va%3D1"
    )
    assert sms_link(None, "A") == ""


@pytest.mark.both_databases
def test_one_tap_keeps_it_as_an_attempt_and_moves_no_clock(
    app: Flask, client: PageClient, case: Enrolment, meeting: Appointment
) -> None:
    due = row(app, DueItem).due_on if len(rows(app, DueItem)) == 1 else None
    page = client.page(f"/enrolments/{case.id}")
    link = page.link("Text a reminder 27 Nov 2026 10:30")
    page = client.page(str(link))
    assert "About the appointment on Friday 27 November 2026 at 10:30." in page.text
    assert "Seán {day}, this is Priya. We are meeting on Friday 27 November at 10:30." in page.text
    assert "Debt advice" not in page.text
    form = next(each for each in page.soup.select("main form") if each.find("input", {"value": "reminder"}))
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    for _ in range(2):
        response = client.post(str(link), data=data)
        assert (response.status_code, response.headers["Location"]) == (303, f"/enrolments/{case.id}")
    kept = row(app, Contact)
    assert (kept.channel, kept.direction, kept.result) == ("text", "out", "message_sent")
    assert (kept.two_way, kept.message_kind) == (False, "reminder")
    assert "Friday 27 November" in kept.note
    if due is not None:
        assert row(app, DueItem).due_on == due
    page = client.page(f"/enrolments/{case.id}")
    assert "reminder of an appointment" in page.text
    undo = page.soup.select_one("form[action$='take-back']")
    assert undo is not None
    client.post(
        str(undo["action"]), data={str(t["name"]): str(t.get("value", "")) for t in undo.find_all("input")}
    )
    assert row(app, Contact).voided_at is not None


def test_a_reminder_is_of_a_meeting_still_to_come(
    client: PageClient, team: Team, case: Enrolment, meeting: Appointment
) -> None:
    asked = f"{path(case)}?appointment={meeting.id}"
    assert "Friday 27 November" in client.page(asked).text
    with clock.at(NOW + timedelta(days=8)):
        client.sign_in(team.keyworker)
        page = client.page(asked)
    assert "27 November" not in page.text
    assert page.soup.find("input", {"value": "reminder"}) is None


def test_never_to_somebody_who_must_not_be_texted(
    app: Flask, client: PageClient, given: Given, case: Enrolment
) -> None:
    data = {
        str(tag["name"]): str(tag.get("value", ""))
        for tag in client.page(path(case)).soup.select("main form")[0].find_all("input")
    }
    change(given, case, no_texts=True, no_voicemail=True, no_letters=True)
    page = client.page(path(case))
    assert page.soup.select_one("main textarea") is None
    assert page.soup.select_one("a[href^='sms:']") is None
    assert "Never text them. Nothing can be sent" in page.text
    assert "Telephone: yes. Never leave a message on their telephone" in page.text
    assert "Leaving a message: no" in page.text
    assert "E-mail: yes" in page.text
    assert "Letter: no. Never post anything to them" in page.text
    assert "Never text them" in read(client.post(path(case), data=data), 422).text
    assert rows(app, Contact) == []


def test_safe_times_are_said_before_sending(client: PageClient, given: Given, case: Enrolment) -> None:
    change(given, case, safe_times="After six")
    assert "Only at safe times: After six" in client.page(path(case)).text


@pytest.mark.parametrize(
    ("reason", "stopped"), [("died", True), ("do_not_contact", True), ("moved_away", False)]
)
def test_nothing_goes_to_whoever_died_or_asked_for_none(
    client: PageClient, given: Given, case: Enrolment, reason: str, stopped: bool
) -> None:
    with given():
        left = db.session.get(Enrolment, case.id)
        assert left is not None
        left.exited_on, left.exit_reason = TODAY - timedelta(days=1), reason
    assert ("They must not be contacted" in client.page(path(case)).text) is stopped


@pytest.mark.parametrize("typed", ["", "reminder", "nothing", "<script>", "call_me\x00", "9" * 50_000])
def test_only_a_wording_that_is_offered_can_be_kept(
    app: Flask, client: PageClient, case: Enrolment, typed: str
) -> None:
    form = client.page(path(case)).soup.select("main form")[0]
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    assert client.post(path(case), data=data | {"wording": typed}).status_code == 422
    assert rows(app, Contact) == []


@pytest.mark.parametrize("asked", ["", "x", "%00", "<script>", "9" * 3000])
def test_an_address_that_names_no_appointment_opens(client: PageClient, case: Enrolment, asked: str) -> None:
    assert client.get(path(case), query_string={"appointment": asked}).status_code == 200


def test_others_find_nothing(client: PageClient, team: Team, case: Enrolment) -> None:
    for user in (team.colleague, team.tutor):
        assert looks_missing(client, user, case.id, [path(case)]) == 1
