"""Two people who must not meet: a booking says whom to speak to, never who, why or that there is a pair."""

import re
from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.appointments.models import Appointment
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import book_appointment
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.courses.models import CourseEnrolment
from caseworker.courses.services import give_place
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Scope
from caseworker.participants.services import open_access
from caseworker.risks.models import KeepApart
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.handover.test_chosen import a_course
from tests.handover.test_pages import choose
from tests.risks.situations import WHY, apart
from tests.support.builders import a_participant, a_user
from tests.support.client import PageClient, form_on, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

TOKENS = re.compile(r'value="[\w.-]{43,}"|name="csrf-token" content="[^"]*"')
SPEAK = "Speak to the programme lead before booking"
DAY = timedelta(days=1)
TUESDAY = TODAY + 4 * DAY


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


@pytest.fixture
def other(given: Given, team: Team) -> Enrolment:
    """Somebody of the same programme whom the keyworker does not see."""
    with given():
        person = a_participant(
            organisation_id=team.programme.organisation_id, given_name="Canary", family_name="Keptaway"
        )
        return started(team, person=person, keyworker=team.colleague)


@pytest.fixture
def pair(given: Given, team: Team, case: Enrolment, other: Enrolment) -> KeepApart:
    with given():
        return apart(case.participant, other.participant, team.lead)


def booked(
    given: Given, team: Team, case: Enrolment, at: time = time(9), place: str | None = "Library"
) -> Appointment:
    with given():
        return book_appointment(
            AppointmentDetails(TUESDAY, at, "face_to_face", place=place),
            with_id=team.colleague.id,
            enrolment=db.session.get_one(Enrolment, case.id),
            booked_by=team.colleague,
            today=TODAY,
        )


def send(client: PageClient, case: Enrolment, **typed: str) -> Page:
    said = {"starts_on": "tue", "starts_time": "15:00", "channel": "face_to_face", "place": " LIBRARY. "}
    answer = client.send(f"/enrolments/{case.id}/appointments/new", **said | typed)
    return read(answer, 422) if answer.status_code == 422 else read(client.get(answer.headers["Location"]))


def bare(page: Page) -> str:
    """A page without what is new each time."""
    return TOKENS.sub("", page.html)


def says_nothing_else(page: Page) -> None:
    assert page.problems == {"": SPEAK}
    for told in ("Canary", "Keptaway", "CANARY", "apart", "must not meet"):
        assert told not in page.html


@pytest.mark.both_databases
def test_a_lead_records_a_pair_by_reference_and_ends_it(
    app: Flask, client: PageClient, team: Team, case: Enrolment, other: Enrolment
) -> None:
    client.sign_in(team.lead)
    path = f"/enrolments/{case.id}/keep-apart"
    client.send(path, other=f" {other.participant.reference.lower()} ", reason=WHY)
    made = row(app, KeepApart)
    assert {made.one_id, made.other_id} == {case.participant_id, other.participant_id}
    assert b"CANARY" not in made.reason_sealed
    for mine, theirs in ((case, other), (other, case)):
        page = client.page(f"/enrolments/{mine.id}/risks")
        assert theirs.participant.full_name in page.text
        assert WHY in page.text
    again = read(client.send(path, other=other.participant.reference), 422)
    assert again.problems == {"other": "They are to be kept apart already"}
    same = read(client.send(path, other=case.participant.reference), 422)
    assert "same person" in same.problems["other"]
    page = client.page(f"/enrolments/{case.id}/risks")
    form = page.soup.select_one("form[action$='/end']")
    assert form is not None
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    assert client.post(str(form["action"]), data=data).status_code == 303
    assert row(app, KeepApart).until_on == TODAY


def test_a_reference_that_is_not_theirs_is_as_one_that_is_not_there(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        foreign = started(a_team()).participant
        hidden = started(team, person=a_participant(restricted=True)).participant
    client.sign_in(team.lead)
    said = []
    for reference in ("CW-0000000", foreign.reference, hidden.reference):
        page = read(client.send(f"/enrolments/{case.id}/keep-apart", other=reference), 422)
        said.append(bare(page).replace(reference, ""))
    assert said[0] == said[1] == said[2]


@pytest.mark.both_databases
def test_a_booking_that_brings_them_together_says_whom_to_speak_to(
    app: Flask,
    given: Given,
    client: PageClient,
    team: Team,
    case: Enrolment,
    other: Enrolment,
    pair: KeepApart,
) -> None:
    booked(given, team, other)
    says_nothing_else(send(client, case))
    assert len(rows(app, Appointment)) == 1
    assert "Booked" in send(client, case, starts_on="wed").text
    assert "Booked" in send(client, case, place="Town hall").text
    assert "Booked" in send(client, case, channel="telephone").text


@pytest.mark.both_databases
def test_the_answer_is_the_same_whether_one_sees_the_other_or_not(
    given: Given, client: PageClient, team: Team, case: Enrolment, other: Enrolment, pair: KeepApart
) -> None:
    booked(given, team, other)
    first = send(client, case)
    with given():
        open_access(
            other.participant_id,
            scope=Scope.CASE,
            why="keyworker",
            because_id=other.id,
            from_on=TODAY,
            user_id=team.keyworker.id,
        )
    assert client.get(f"/enrolments/{other.id}").status_code == 200
    second = send(client, case)
    assert bare(first) == bare(second)
    says_nothing_else(second)


@pytest.mark.both_databases
def test_it_asks_the_database_as_often_with_a_pair_as_without(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment, other: Enrolment
) -> None:
    booked(given, team, other)
    counts = []
    for number in range(2):
        form = client.get_form(f"/enrolments/{case.id}/appointments/new")
        form.fill(starts_on="tue", starts_time="15:00", place="Library")
        with statements(app) as sent:
            client.submit(form)
        counts.append(len([each for each in sent if "keep_apart" in each]))
        if number == 0:
            with given():
                apart(case.participant, other.participant, team.lead)
    assert counts == [1, 1]


def test_only_a_lead_lets_it_go_ahead_and_says_why(
    app: Flask,
    given: Given,
    client: PageClient,
    team: Team,
    case: Enrolment,
    other: Enrolment,
    pair: KeepApart,
) -> None:
    booked(given, team, other)
    page = send(client, case)
    assert page.soup.select_one("[name=despite]") is None
    forged = form_on(page)
    forged.data["despite"] = ["both_agreed"]
    says_nothing_else(read(client.submit(forged), 422))
    client.sign_in(team.lead)
    page = send(client, case)
    says_nothing_else(page)
    assert client.submit(form_on(page), despite="both_agreed").status_code == 303
    assert len(rows(app, Appointment)) == 2
    (told,) = [each for each in rows(app, AuditEvent) if each.action == "let meet"]
    assert (told.why, told.user_id, told.participant_id, told.record_id) == (
        "both_agreed",
        team.lead.id,
        None,
        None,
    )


def test_moving_writing_up_and_the_office_are_told_the_same(
    given: Given, client: PageClient, team: Team, case: Enrolment, other: Enrolment, pair: KeepApart
) -> None:
    booked(given, team, other, place=None)
    mine = booked(given, team, case, place="Town hall", at=time(16))
    page = read(client.send(f"/appointments/{mine.id}", place=""), 422)
    says_nothing_else(page)
    composed = client.send(
        f"/enrolments/{case.id}/contacts/new",
        channel="face_to_face",
        result="spoke",
        note="Met",
        again_on="tue",
        again_time="9:30",
    )
    says_nothing_else(read(composed, 422))
    with given():
        office = a_user(Role.PROGRAMME_ADMINISTRATOR, team.programme)
    client.sign_in(office)
    answer = client.send(
        f"/people/{case.id}/book", starts_on="tue", starts_time="15:00", channel="face_to_face"
    )
    says_nothing_else(read(answer, 422))


@pytest.mark.both_databases
def test_nobody_joins_a_course_that_would_bring_them_together(
    app: Flask,
    given: Given,
    client: PageClient,
    team: Team,
    case: Enrolment,
    other: Enrolment,
    pair: KeepApart,
) -> None:
    with given():
        course = a_course(team)
        third = started(team)
        give_place(course, db.session.get_one(Enrolment, other.id), joined_on=TODAY, entered_by=None)
    page = read(choose(client, "/handover/add-to-course", [case, third]))
    assert SPEAK not in page.text
    answer = read(client.submit(form_on(page, "joined_on")), 422)
    says_nothing_else(answer)
    assert len(rows(app, CourseEnrolment)) == 1
    assert client.submit(form_on(answer, "joined_on"), enrolment=[str(third.id)]).status_code == 303
    client.sign_in(team.lead)
    page = read(choose(client, "/handover/add-to-course", [case]))
    answer = read(client.submit(form_on(page, "joined_on")), 422)
    says_nothing_else(answer)
    assert client.submit(form_on(answer, "joined_on"), despite="staff_present").status_code == 303
    assert len(rows(app, CourseEnrolment)) == 3


def test_both_chosen_at_once_are_told_the_same(
    given: Given, client: PageClient, team: Team, case: Enrolment, other: Enrolment, pair: KeepApart
) -> None:
    with given():
        a_course(team)
    client.sign_in(team.lead)
    page = read(choose(client, "/handover/add-to-course", [case, other]))
    answer = read(client.submit(form_on(page, "joined_on")), 422)
    assert answer.problems == {"": SPEAK}
    assert SPEAK not in str(answer.rows("Who is added"))


def test_a_pair_is_for_leads_who_see_both(
    given: Given, client: PageClient, team: Team, case: Enrolment, other: Enrolment, pair: KeepApart
) -> None:
    for user in (team.keyworker, team.lead):
        client.sign_in(user)
        page = client.page(f"/enrolments/{case.id}/risks")
        assert ("Keptaway" in page.text) is (user is team.lead)
        assert ("Keep apart" in page.text) is (user is team.lead)
    paths = [
        f"/enrolments/{case.id}/keep-apart",
        *(f"/enrolments/{case.id}/keep-apart/{pair.id}/{end}" for end in ("end", "take-back")),
    ]
    for user in (team.keyworker, team.colleague, team.tutor):
        assert looks_missing(client, user, case.id, paths) == 3
    with given():
        elsewhere = a_team()
        foreign = started(elsewhere)
        apart(foreign.participant, case.participant, team.lead)
    client.sign_in(elsewhere.lead)
    page = client.page(f"/enrolments/{foreign.id}/risks")
    assert "Somebody on another programme. Speak to Morgan Bell" in page.text
    assert case.participant.reference not in page.html
    assert WHY not in page.html


def test_the_register_of_who_looked_says_nothing_of_a_pair(
    app: Flask, client: PageClient, team: Team, case: Enrolment, other: Enrolment, pair: KeepApart
) -> None:
    client.sign_in(team.lead)
    assert "Keptaway" in client.page(f"/enrolments/{case.id}/risks").text
    looks = [each for each in rows(app, AuditEvent) if each.participant_id == other.participant_id]
    assert [each.record_kind for each in looks if each.user_id == team.lead.id] == ["risks"]
    about = [each for each in rows(app, AuditEvent) if each.record_kind == "keep_apart"]
    assert [each.participant_id for each in about] == [None]
