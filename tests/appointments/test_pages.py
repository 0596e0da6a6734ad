"""Booking, moving, writing up and undoing, as a browser without script does it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.appointments.models import Appointment, Task
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import book_appointment
from caseworker.contacts.models import Contact
from caseworker.core import clock
from caseworker.core.calendar import at_uk
from caseworker.core.db import db
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.participants.services import close_access
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.support.builders import a_participant
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

DAY = timedelta(days=1)


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


def booked(
    given: Given, team: Team, case: Enrolment | None, days: int = 7, at: time = time(10), **changes: Any
) -> Appointment:
    """An appointment so many days from today, agreed long enough ago to lie in the past."""
    values: dict[str, Any] = {
        "starts_on": TODAY + days * DAY,
        "starts_time": at,
        "channel": "telephone",
    }
    with given():
        made = book_appointment(
            AppointmentDetails(**values | changes),
            with_id=team.keyworker.id,
            enrolment=db.session.merge(case) if case else None,
            booked_by=team.keyworker,
            today=min(TODAY, TODAY + days * DAY),
        )
        db.session.flush()
        return made


def new(case: Enrolment) -> str:
    return f"/enrolments/{case.id}/appointments/new"


def outcome(case: Enrolment, appointment: Appointment, result: str = "") -> str:
    asked = f"?result={result}" if result else ""
    return f"/enrolments/{case.id}/appointments/{appointment.id}/outcome{asked}"


def tap(client: PageClient, page: Page, ending: str) -> Page:
    """Press the one-button form whose address ends so, and go where it leads."""
    form = page.soup.select_one(f"form[action$='{ending}']")
    assert form is not None, ending
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    return read(client.post(str(form["action"]), data=data, follow_redirects=True))


@pytest.mark.both_databases
def test_the_same_time_next_week_needs_nothing_but_saving(
    app: Flask, client: PageClient, case: Enrolment, team: Team
) -> None:
    form = client.get_form(new(case))
    assert (form.data["preset"], form.data["starts_time"]) == (["next_week"], ["12:30"])
    response = client.submit(form)
    assert (response.status_code, response.headers["Location"]) == (303, f"/enrolments/{case.id}")
    made = row(app, Appointment)
    assert (made.starts_on, made.starts_time) == (date(2026, 11, 27), time(12, 30))
    assert made.starts_at == datetime(2026, 11, 27, 12, 30, tzinfo=NOW.tzinfo)
    assert (made.with_id, made.enrolment_id, made.length_minutes) == (team.keyworker.id, case.id, 30)
    page = client.page(f"/enrolments/{case.id}")
    assert "Booked for Friday 27 November 2026 at 12:30." in page.text
    assert "Friday 27 November 2026, 12:30" in page.text


def test_the_next_offers_what_the_last_one_was(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    booked(given, team, case, at=time(14, 15), channel="video", length_minutes=90)
    form = client.get_form(new(case))
    assert form.data["starts_time"] == ["14:15"]
    assert (form.data["channel"], form.data["length_minutes"]) == (["video"], ["90"])


@pytest.mark.both_databases
def test_everything_is_kept_and_sealed(app: Flask, client: PageClient, case: Enrolment, team: Team) -> None:
    client.send(
        new(case),
        starts_on="1 12 26",
        starts_time="2.30pm",
        length_minutes="1h 30",
        channel="home_visit",
        with_id=str(team.lead.id),
        place="The old library",
        note="Bring the form",
    )
    made = row(app, Appointment)
    assert (made.starts_on, made.starts_time, made.length_minutes) == (date(2026, 12, 1), time(14, 30), 90)
    assert (made.with_id, made.channel) == (team.lead.id, "home_visit")
    assert (made.place, made.note) == ("The old library", "Bring the form")
    assert b"library" not in made.place_sealed
    assert b"form" not in made.note_sealed


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"preset": None, "starts_on": ""}, "starts_on", "Choose a day above"),
        ({"starts_on": "yesterday"}, "starts_on", "today or later"),
        ({"starts_on": "31 2 2027"}, "starts_on", "There is no 31 February 2027"),
        ({"starts_time": ""}, "starts_time", "Enter the time"),
        ({"starts_time": "25:00"}, "starts_time", "must be a time"),
        ({"starts_on": "28 3 2027", "starts_time": "01:30"}, "starts_time", "the clocks go forward"),
        ({"length_minutes": "4"}, "length_minutes", "5"),
        ({"length_minutes": "721"}, "length_minutes", "720"),
        ({"length_minutes": "NaN"}, "length_minutes", "must be"),
        ({"place": "x" * 161}, "place", "1 character too long"),
        ({"note": "x" * 20_001}, "note", "1 character too long"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_booked(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, Any], field: str, words: str
) -> None:
    page = read(client.send(new(case), **typed), 422)
    assert words in page.problems[field]
    assert rows(app, Appointment) == []


def test_a_preset_on_the_spring_sunday_is_refused_in_words(client: PageClient, case: Enrolment) -> None:
    with clock.at(datetime(2027, 3, 21, 12, tzinfo=NOW.tzinfo)):
        client.sign_in(_user(client, case))
        page = read(client.send(new(case), preset="next_week", starts_time="1:30"), 422)
    assert "There is no 01:30 on 28 March 2027" in page.problems["starts_time"]


def _user(client: PageClient, case: Enrolment) -> Any:
    with client.application.app_context():
        found = db.session.get(Enrolment, case.id)
        assert found is not None
        assert found.keyworker is not None
        return found.keyworker


def test_wall_time_stays_when_the_clocks_change(app: Flask, client: PageClient, case: Enrolment) -> None:
    client.send(new(case), starts_on="30 3 2027", starts_time="10:00")
    made = row(app, Appointment)
    assert made.starts_time == time(10)
    assert made.starts_at == at_uk(date(2027, 3, 30), time(10)) == datetime(2027, 3, 30, 9, tzinfo=NOW.tzinfo)


@pytest.mark.both_databases
def test_a_clash_is_told_and_never_refused(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        another = started(team)
    booked(given, team, another, at=time(10, 15))
    client.send(new(case), preset="next_week", starts_time="10:00")
    assert len(rows(app, Appointment)) == 2
    text = client.page(f"/enrolments/{case.id}").text
    assert "Check: the colleague has something else at 10:15." in text
    week = client.page("/week?on=2026-11-27")
    assert len(week.soup.select("th .cw-tag--warn")) == 2
    client.send(new(case), preset="next_week", starts_time="10:45")
    assert "something else" not in client.page(f"/enrolments/{case.id}").text


def test_the_participant_s_own_clash_is_told(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    booked(given, team, case, at=time(10))
    client.send(new(case), preset="next_week", starts_time="10:10", with_id=str(team.lead.id))
    text = client.page(f"/enrolments/{case.id}").text
    assert "Check: the participant has something else at 10:00." in text
    assert "the colleague" not in text


def test_a_day_off_is_said(client: PageClient, case: Enrolment) -> None:
    client.send(new(case), starts_on="25 12 2026")
    assert "Check: that is a weekend or a bank holiday." in client.page(f"/enrolments/{case.id}").text


def test_booking_is_undone(app: Flask, client: PageClient, case: Enrolment) -> None:
    client.send(new(case))
    page = tap(client, client.page(f"/enrolments/{case.id}"), "take-back")
    assert "The booking is taken back" in page.text
    assert row(app, Appointment).voided_at is not None
    assert "Booked" not in [heading.get_text() for heading in page.soup.find_all("h2")]


def test_a_second_send_books_once(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(new(case))
    assert client.submit(form).headers["Location"] == client.submit(form).headers["Location"]
    assert len(rows(app, Appointment)) == 1


def test_two_who_move_it_at_once_are_told(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    made = booked(given, team, case)
    first, second = (client.get_form(f"/appointments/{made.id}") for _ in range(2))
    assert client.submit(first, starts_time="15:00").status_code == 303
    assert client.submit(second, starts_time="16:00").status_code == 409
    assert row(app, Appointment).starts_time == time(15)


@pytest.mark.both_databases
def test_came_is_a_contact_asked_once(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    made = booked(given, team, case, days=-2, length_minutes=45)
    page = client.page(f"/enrolments/{case.id}")
    assert "Not written up" in page.text
    form = client.get_form(outcome(case, made, "spoke"))
    response = client.submit(form, note="Came with her CV")
    assert response.status_code == 303
    contact, appointment = row(app, Contact), row(app, Appointment)
    assert contact.happened_at == made.starts_at
    assert (contact.channel, contact.result, contact.minutes) == ("telephone", "spoke", 45)
    assert contact.note == "Came with her CV"
    assert (appointment.result, appointment.closed_on) == ("spoke", TODAY - 2 * DAY)
    assert appointment.contact_id == contact.id
    text = client.page(f"/enrolments/{case.id}").text
    assert "Not written up" not in text
    assert text.count("Came with her CV") == 1
    with app.app_context():
        due = db.session.scalar(select(DueItem.due_on).where(DueItem.kind == "contact"))
    assert due == TODAY - 2 * DAY + 28 * DAY


def test_late_is_recorded_with_its_real_day(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    made = booked(given, team, case, days=-9)
    client.send(outcome(case, made, "spoke"), happened_on="12 11 2026", happened_time="16:20")
    assert row(app, Contact).happened_at == datetime(2026, 11, 12, 16, 20, tzinfo=NOW.tzinfo)
    kept = row(app, Appointment)
    assert (kept.closed_on, kept.starts_on) == (date(2026, 11, 12), TODAY - 9 * DAY)


@pytest.mark.both_databases
def test_a_no_show_is_an_attempt_and_books_again_in_one_save(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    made = booked(given, team, case, days=-1, at=time(14))
    form = client.get_form(outcome(case, made, "did_not_attend"))
    assert (form.data["result"], form.data["again"]) == (["did_not_attend"], ["next_week"])
    assert client.submit(form).status_code == 303
    contact = row(app, Contact)
    assert (contact.result, contact.two_way) == ("did_not_attend", False)
    first, again = rows(app, Appointment)
    assert first.result == "did_not_attend"
    assert (again.starts_on, again.starts_time) == (TODAY + 7 * DAY, time(14))
    assert (again.rebooked_from_id, again.channel) == (first.id, "telephone")
    page = client.page(f"/enrolments/{case.id}")
    assert "Booked for Friday 27 November 2026 at 14:00." in page.text
    asked = tap(client, page, "take-back")
    assert "Appointment is not booked any more Friday 27 November 2026, 14:00" in asked.text
    page = tap(client, asked, "take-back")
    first, again = rows(app, Appointment)
    assert (first.result, first.contact_id) == (None, None)
    assert again.voided_at is not None
    assert row(app, Contact).voided_at is not None
    assert "Not written up" in page.text


def test_what_has_not_begun_can_only_be_called_off(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    made = booked(given, team, case)
    page = read(client.send(outcome(case, made, "spoke")), 422)
    assert "has not begun yet" in page.problems["result"]
    assert rows(app, Contact) == []
    form = client.get_form(outcome(case, made, "cancelled_with_notice"))
    assert form.data["happened_on"] == ["20 11 2026"]
    assert client.submit(form).status_code == 303
    assert row(app, Appointment).result == "cancelled_with_notice"


def test_writing_up_twice_is_refused(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    made = booked(given, team, case, days=-1)
    first, second = (client.get_form(outcome(case, made, "spoke")) for _ in range(2))
    assert client.submit(first).status_code == 303
    assert client.submit(second).status_code == 409
    assert len(rows(app, Contact)) == 1
    assert client.get(outcome(case, made)).headers["Location"] == f"/enrolments/{case.id}"


@pytest.mark.parametrize("typed", ["", "nothing", "<script>", "9" * 5000, "spoke\x00"])
def test_a_result_of_the_address_that_is_none_is_left_out(
    given: Given, client: PageClient, team: Team, case: Enrolment, typed: str
) -> None:
    made = booked(given, team, case, days=-1)
    form = client.get_form(outcome(case, made))
    response = client.get(outcome(case, made).split("?")[0], query_string={"result": typed})
    assert read(response).h1 == "What came of the appointment"
    assert form.data["result"] == []


@pytest.mark.both_databases
def test_the_timeline_has_it_until_the_contact_tells(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    booked(given, team, case, note="Ask about the bus")
    path = f"/enrolments/{case.id}/timeline?kind=appointment"
    assert "Appointment: telephone" in client.page(path).text
    assert "Ask about the bus" in client.page(path).text
    past = booked(given, team, case, days=-1)
    assert len(client.page(path).soup.select(".cw-timeline__entry")) == 2
    client.send(outcome(case, past, "spoke"))
    assert len(client.page(path).soup.select(".cw-timeline__entry")) == 1


def test_time_for_oneself_is_booked_and_done(app: Flask, client: PageClient, case: Enrolment) -> None:
    response = client.send("/appointments/new", starts_on="today", starts_time="11:00", note="Team meeting")
    assert response.headers["Location"] == "/week"
    page = client.page("/week")
    assert "Team meeting" in page.text
    page = tap(client, page, "/done")
    assert row(app, Appointment).result == "spoke"
    tap(client, page, "/reopen")
    assert row(app, Appointment).result is None
    assert rows(app, Contact) == []


def test_the_day_sheet_names_nobody(given: Given, client: PageClient, team: Team) -> None:
    with given():
        person = a_participant(
            organisation_id=team.programme.organisation_id,
            given_name="Zebedee",
            family_name="Quillfeather",
            no_voicemail=True,
            no_letters=True,
            safe_times="Mon, 10 to 2",
        )
        case = started(team, person=person)
    client.sign_in(team.keyworker)
    booked(given, team, case, days=0, at=time(15), place="4 Secret Lane", note="about the tribunal")
    with given():
        db.session.add(
            Task(
                user_id=team.keyworker.id,
                enrolment_id=case.id,
                words="ring the tribunal",
                due_on=TODAY,
                entered_by_id=team.keyworker.id,
            )
        )
    html = client.page("/day").html
    for never in ("Zebedee", "Quillfeather", "Secret Lane", "tribunal"):
        assert never not in html
    text = client.page("/day").text
    assert "15:00 to 15:30" in text
    assert "Z.Q." in text
    assert "No voicemail · No letters · Call only: Mon, 10 to 2" in text
    assert person.reference in text
    assert "Zebedee" in client.page("/week").html


@pytest.mark.parametrize("asked", ["", "x", "2026-13-45", "9999-12-31", "0001-01-01", "<b>", "1" * 400])
def test_any_day_of_an_address_opens(client: PageClient, case: Enrolment, asked: str) -> None:
    for path in ("/week", "/day"):
        assert client.get(path, query_string={"on": asked}).status_code == 200


def test_others_find_nothing(given: Given, client: PageClient, team: Team, case: Enrolment) -> None:
    made = booked(given, team, case, days=-1)
    base = f"/enrolments/{case.id}"
    paths = [
        f"{base}/appointments/new",
        f"{base}/tasks/new",
        f"{base}/appointments/{made.id}/outcome",
    ]
    own = [f"/appointments/{made.id}{part}" for part in ("", "/take-back", "/done", "/reopen")]
    for user in (team.colleague, team.tutor):
        assert looks_missing(client, user, case.id, paths) == 3
        assert looks_missing(client, user, made.id, own) == 4


def test_an_appointment_of_another_case_is_not_there(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        other = started(team)
    made = booked(given, team, other)
    assert client.get(outcome(case, made)).status_code == 404


def test_what_a_colleague_keeps_for_themselves_is_theirs(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    made = booked(given, team, None)
    client.sign_in(team.lead)
    assert client.get(f"/appointments/{made.id}").status_code == 404


def test_a_handed_over_case_leaves_one_s_week(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    booked(given, team, case, days=0, at=time(15))
    assert case.participant.reference in client.page("/week").text
    with given():
        close_access(case.id, TODAY - DAY, user_id=team.keyworker.id)
    assert case.participant.reference not in client.page("/week").text


@pytest.mark.both_databases
def test_the_week_asks_the_same_few_questions(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    sent = []
    for more in (1, 12):
        for number in range(more):
            booked(given, team, case, days=0, at=time(9 + number % 8, number))
        client.page("/week")
        with statements(app) as found:
            client.page("/week")
        sent.append(len(found))
    assert sent[0] == sent[1] < 10


@pytest.mark.both_databases
def test_a_task_is_added_done_and_undone(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    response = client.send(f"/enrolments/{case.id}/tasks/new", words="Ring the college", due_on="tomorrow")
    assert response.headers["Location"] == f"/enrolments/{case.id}"
    kept = row(app, Task)
    assert (kept.words, kept.due_on, kept.enrolment_id) == ("Ring the college", TODAY + DAY, case.id)
    assert b"college" not in kept.words_sealed
    week = client.page("/week?on=2026-11-21")
    page = tap(client, week, f"{kept.id}/done")
    assert row(app, Task).done_on == TODAY
    assert "Task done" in page.text
    tap(client, page, f"{kept.id}/reopen")
    assert row(app, Task).done_on is None
    for user in (team.colleague, team.lead, team.tutor):
        own = [f"/tasks/{kept.id}{part}" for part in ("/done", "/reopen", "/take-back")]
        assert looks_missing(client, user, kept.id, own) == 3


def test_a_task_needs_its_words(app: Flask, client: PageClient, case: Enrolment) -> None:
    page = read(client.send("/tasks/new", words=" ", due_on="whenever"), 422)
    assert set(page.problems) == {"words", "due_on"}
    assert rows(app, Task) == []


def test_adding_a_task_is_undone(app: Flask, client: PageClient, case: Enrolment) -> None:
    client.send("/tasks/new", words="Tidy up")
    page = tap(client, client.page("/"), "take-back")
    assert "Task taken back" in page.text
    assert row(app, Task).voided_at is not None


def test_a_task_is_done_from_its_case_and_one_goes_back_there(
    app: Flask, client: PageClient, case: Enrolment, team: Team
) -> None:
    client.send(f"/enrolments/{case.id}/tasks/new", words="Ring the <b>college</b>", due_on="1 12 2026")
    page = client.page(f"/enrolments/{case.id}")
    assert "Ring the <b>college</b> Priya Shah, 1 Dec 2026" in page.text
    assert "Ring the <b>college</b>" in client.page("/due?show=later&kind=task").text
    client.sign_in(team.lead)
    seen = client.page(f"/enrolments/{case.id}")
    assert "Ring the <b>college</b>" in seen.text
    assert seen.soup.select("form[action$='/done']") == []
    client.sign_in(team.keyworker)
    done = tap(client, client.page(f"/enrolments/{case.id}"), "/done")
    assert done.soup.select_one("#tasks") is None
    assert "Task done" in done.text
    assert "Recent activity" in done.text
