"""What somebody needs is asked once and obeyed; an emergency card opens with agreement; words with tutors."""

import secrets
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseworker.appointments.models import Appointment
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import book_appointment
from caseworker.care.models import CommunicationNeeds, EmergencyCard, LearnerMessage, LearnerMessageRead
from caseworker.care.rules import NeedsSaid
from caseworker.care.services import record_card, record_needs, write_message
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.courses.models import Course, CourseSession
from caseworker.courses.services import give_place
from caseworker.enrolments.models import Enrolment
from caseworker.plans.rules import GoalDetails
from caseworker.plans.services import add_goal
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.handover.test_chosen import a_course
from tests.handover.test_pages import choose
from tests.risks.situations import a_risk
from tests.support.builders import a_participant, kept
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

DAY = timedelta(days=1)
WHO, WHAT = "CANARY-WHO my sister Ann", "CANARY-WHAT sit with me and ring her"
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
        person = a_participant(organisation_id=team.programme.organisation_id, phone="07700 900456")
        enrolment = started(team, person=person)
    client.sign_in(team.keyworker)
    return enrolment


@pytest.fixture
def course(given: Given, team: Team, case: Enrolment) -> Course:
    """A course of the tutor with the person on it and a class today."""
    with given():
        made = a_course(team)
        made.level = "level_1"
        give_place(made, db.session.get_one(Enrolment, case.id), joined_on=TODAY - DAY, entered_by=None)
        kept(CourseSession(course_id=made.id, held_on=TODAY, starts_at_time=time(14), minutes=60, room="2"))
        return made


def needing(given: Given, team: Team, case: Enrolment, **said: Any) -> None:
    with given():
        person = db.session.merge(case.participant)
        record_needs(person, NeedsSaid(**said), recorded_by=team.keyworker, today=TODAY)


def a_card(given: Given, team: Team, case: Enrolment, *, shown: bool) -> EmergencyCard:
    with given():
        return record_card(
            db.session.merge(case.participant),
            who=WHO,
            phone="07700 900111",
            what_to_do=WHAT,
            shown_to_staff=shown,
            recorded_by=team.keyworker,
            today=TODAY,
        )


@pytest.mark.both_databases
def test_not_asked_and_asked_none_and_needs_are_three_answers(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    safety, path = f"/enrolments/{case.id}/risks", f"/enrolments/{case.id}/needs"
    assert "Not asked yet." in client.page(safety).text
    form = client.get_form(path)
    first, second = client.submit(form), client.submit(form)
    assert first.headers["Location"] == second.headers["Location"] == safety
    assert len(rows(app, CommunicationNeeds)) == 1
    assert "Asked: they need nothing." in client.page(safety).text
    client.send(
        path, language="bsl", interpreter="bsl", prints=["large_print", "reads_with_help"], helps="Face me"
    )
    newest = rows(app, CommunicationNeeds)[-1]
    assert (newest.language, newest.large_print, newest.easy_read, newest.helps) == (
        "bsl",
        True,
        False,
        "Face me",
    )
    assert b"Face" not in newest.helps_sealed
    page = client.page(safety)
    assert "British Sign Language · Needs a BSL interpreter · Large print · Reads with help" in page.text
    bar = client.page(f"/enrolments/{case.id}").soup.select_one(".cw-identity__tags")
    assert bar is not None
    assert "Needs a BSL interpreter" in bar.get_text()
    assert read(client.send(path, language=None, interpreter=None), 422).problems.keys() == {
        "language",
        "interpreter",
    }


@pytest.mark.both_databases
def test_undo_brings_back_what_they_said_before(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    needing(given, team, case, large_print=True)
    stale = client.get_form(f"/enrolments/{case.id}/needs")
    client.send(f"/enrolments/{case.id}/needs", prints=["easy_read"])
    page = client.page(f"/enrolments/{case.id}/risks")
    undo = page.soup.select_one("form[action$='/take-back']")
    assert undo is not None
    assert client.submit(stale).status_code in {303, 409}
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in undo.find_all("input")}
    answer = client.post(str(undo["action"]), data=data)
    assert answer.status_code in {303, 404}


def test_prints_texts_and_lists_obey(given: Given, client: PageClient, team: Team, case: Enrolment) -> None:
    with given():
        enrolment = db.session.get_one(Enrolment, case.id)
        add_goal(enrolment, GoalDetails("Find work", "short"), None, recorded_by=team.keyworker, today=TODAY)
    page = client.page(f"/enrolments/{case.id}/plan/print")
    assert "Nobody has asked them yet how they read best." in page.text
    needing(given, team, case, language="polish", interpreter="bsl", large_print=True, reads_with_help=True)
    page = client.page(f"/enrolments/{case.id}/plan/print")
    first = [a for a in page.soup.select(".govuk-button") if "govuk-button--secondary" not in a["class"]]
    assert [a.get_text() for a in first if "PDF" in a.get_text()] == ["Large print (PDF)"]
    assert "Read it with them." in page.text
    text = client.page(f"/enrolments/{case.id}/contacts/text").text
    assert (
        "Needs a BSL interpreter to talk; texts are fine. Polish first: keep to short, plain words." in text
    )
    listed = read(choose(client, "/handover/message-list", [case]))
    assert "Needs a BSL interpreter to talk; texts are fine" in listed.text


def test_a_screen_in_their_hands_is_large_for_whoever_needs_it(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    needing(given, team, case, large_print=True, reads_with_help=True)
    path = f"/enrolments/{case.id}/wellbeing/hand-over"
    page = client.page(path)
    assert "They told us: Large print · Reads with help. Go through the questions together." in page.text
    sent = client.send(path)
    body = client.page(sent.headers["Location"]).soup.body
    assert body is not None
    assert "cw-bare--large" in body["class"]


@pytest.mark.both_databases
def test_a_meeting_asks_whether_the_interpreter_is_booked(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    path = f"/enrolments/{case.id}/appointments/new"
    assert "Is it booked?" not in client.page(path).text
    needing(given, team, case, interpreter="bsl")
    assert "They need a BSL interpreter. Is it booked?" in client.page(path).text
    client.send(path, starts_on="today", starts_time="16:00", interpreter="not_yet")
    made = row(app, Appointment)
    assert made.interpreter == "not_yet"
    assert "Book a BSL interpreter" in client.page("/week").text
    client.send(f"/appointments/{made.id}", interpreter="booked")
    assert row(app, Appointment).interpreter == "booked"
    assert "Book a BSL interpreter" not in client.page("/week").text


@pytest.mark.both_databases
def test_the_card_opens_for_tutors_only_where_they_agreed_and_each_opening_is_noted(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment, course: Course
) -> None:
    whose = case.participant_id
    path = f"/learners/{whose}/emergency-card"
    a_card(given, team, case, shown=False)
    assert looks_missing(client, team.tutor, whose, [path]) == 1
    assert "Emergency card" not in client.page(f"/learners/{whose}").text
    sheet = f"/classes/{_class(app).id}/trip-sheet"
    assert "CANARY" not in client.page(sheet).html
    a_card(given, team, case, shown=True)
    before = _openings(app)
    for where in (path, sheet):
        page = client.page(where)
        assert WHO in page.text
        assert WHAT in page.text
        assert page.soup.select_one("a[href='tel:07700900111']") is not None
    assert _openings(app) == [*before, (team.tutor.id, whose), (team.tutor.id, whose)]
    a_card(given, team, case, shown=False)
    assert client.get(path).status_code == 404


def _class(app: Flask) -> Any:
    return row(app, CourseSession)


def _openings(app: Flask) -> list[tuple[Any, Any]]:
    return [
        (each.user_id, each.participant_id)
        for each in rows(app, AuditEvent)
        if (each.action, each.record_kind) == ("looked", "emergency card")
    ]


def test_the_card_is_kept_sealed_and_taken_back(app: Flask, client: PageClient, case: Enrolment) -> None:
    path = f"/enrolments/{case.id}/emergency-card"
    assert read(client.send(path, who="", phone="nobody"), 422).problems.keys() == {"who", "phone", "shown"}
    client.send(path, who=WHO, phone="07700 900111", what_to_do=WHAT, shown="yes")
    made = row(app, EmergencyCard)
    assert (made.who, made.what_to_do, made.shown_to_staff, made.agreed_on) == (WHO, WHAT, True, TODAY)
    assert all(b"CANARY" not in sealed for sealed in (made.who_sealed, made.what_to_do_sealed))
    page = client.page(f"/enrolments/{case.id}/risks")
    assert "Their tutors may open it." in page.text
    undo = page.soup.select_one("form[action$='/take-back']")
    assert undo is not None
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in undo.find_all("input")}
    client.post(str(undo["action"]), data=data)
    assert "They have given none." in client.page(f"/enrolments/{case.id}/risks").text


@pytest.mark.both_databases
def test_words_between_tutor_and_keyworker(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment, course: Course
) -> None:
    mine, theirs = f"/enrolments/{case.id}/learner-messages", f"/learners/{case.participant_id}/messages"
    page = client.page(mine)
    assert page.html.index("Tutors read these.") < page.html.index('name="words"')
    form = client.get_form(mine).fill(kind="helps", words="CANARY-WORDS A seat by the door")
    first, second = client.submit(form), client.submit(form)
    assert first.headers["Location"] == second.headers["Location"]
    assert b"CANARY" not in row(app, LearnerMessage).words_sealed
    client.sign_in(team.tutor)
    assert f"{case.participant.full_name} · {case.participant.reference} 1" in client.page("/classes").text
    assert "New" in client.page(theirs).text
    assert "CANARY-WORDS A seat by the door" in client.page(theirs).text
    assert case.participant.full_name not in client.page("/classes").text
    assert [each.user_id for each in rows(app, LearnerMessageRead)] == [team.tutor.id]
    client.send(theirs, kind="worry", words="Left early twice")
    client.sign_in(team.keyworker)
    assert "Words from tutors 1" in client.page("/").text
    assert "A worry" in client.page("/unfinished?show=tutor").text
    assert "Left early twice" in client.page(mine).text
    assert "Words from tutors" not in client.page("/").text


def test_only_the_writer_takes_a_message_back(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment, course: Course
) -> None:
    with given():
        said = write_message(case.participant_id, "helps", "Mine", by=team.keyworker, now=NOW)
    client.sign_in(team.tutor)
    path = f"/learners/{case.participant_id}/messages/{said.id}/take-back"
    assert client.get(path).status_code == 404
    client.sign_in(team.keyworker)
    client.send(f"/enrolments/{case.id}/learner-messages", kind="progress", words="Getting on")
    page = client.page(f"/enrolments/{case.id}/learner-messages")
    undo = page.soup.select_one("form[action$='/take-back']")
    assert undo is not None
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in undo.find_all("input")}
    client.post(str(undo["action"]), data=data)
    assert "Getting on" not in client.page(f"/enrolments/{case.id}/learner-messages").text


def test_a_tutor_reads_what_helps_and_nothing_else(
    given: Given, client: PageClient, team: Team, case: Enrolment, course: Course
) -> None:
    needing(given, team, case, language="somali", large_print=True, helps="CANARY-HELPS Big letters")
    with given():
        a_risk(case, team.keyworker)
    client.sign_in(team.tutor)
    page = client.page(f"/learners/{case.participant_id}")
    assert "Somali · Large print" in page.text
    assert "CANARY-HELPS Big letters" in page.text
    for where in (
        f"/learners/{case.participant_id}",
        f"/learners/{case.participant_id}/messages",
        "/classes",
    ):
        html = client.page(where).html
        assert "CANARY-FACT" not in html
        assert "Two staff" not in html
    paths = [f"/enrolments/{case.id}/{each}" for each in ("needs", "emergency-card", "learner-messages")]
    for user in (team.tutor, team.colleague):
        assert looks_missing(client, user, case.id, paths) == 3
    with given():
        elsewhere = a_team()
    own = [f"/learners/{case.participant_id}{each}" for each in ("/messages", "/emergency-card")]
    for user in (elsewhere.tutor, team.keyworker):
        assert looks_missing(client, user, case.participant_id, own) == 2


def test_hostile_words(app: Flask, client: PageClient, case: Enrolment) -> None:
    answers = set()
    forms = {
        "needs": ("helps", "language", "interpreter", "prints"),
        "emergency-card": ("who", "phone", "what_to_do", "shown"),
        "learner-messages": ("words", "kind"),
    }
    for page, boxes in forms.items():
        form = client.get_form(f"/enrolments/{case.id}/{page}")
        if page == "emergency-card":
            form.fill(who="Ann", phone="07700 900111", shown="no")
        form.data |= {"words": ["Well"]} if page == "learner-messages" else {}
        for typed in SENDABLE[::20]:
            for box in boxes:
                sent = form.data | {box: [typed], "post_token": [secrets.token_urlsafe(32)]}
                answers.add(
                    (page, FlaskClient.open(client, form.action, method="POST", data=sent).status_code)
                )
                with client.session_transaction() as cookie:
                    cookie.pop("_flashes", None)
            form = client.get_form(f"/enrolments/{case.id}/{page}") if page != "learner-messages" else form
            if page == "emergency-card":
                form.fill(who="Ann", phone="07700 900111", shown="no")
    assert {status for _, status in answers} <= {303, 409, 422}
    assert {page for page, status in answers if status == 303} == set(forms)


@pytest.mark.both_databases
def test_the_pages_ask_little(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment, course: Course
) -> None:
    needing(given, team, case, interpreter="bsl")
    a_card(given, team, case, shown=True)
    with given():
        book_appointment(
            AppointmentDetails(TODAY, time(15), "face_to_face"),
            with_id=team.keyworker.id,
            enrolment=db.session.get_one(Enrolment, case.id),
            booked_by=team.keyworker,
            today=TODAY,
        )
    mine = [
        f"/enrolments/{case.id}{end}" for end in ("/needs", "/emergency-card", "/learner-messages", "/risks")
    ]
    held, whose = _class(app).id, case.participant_id
    theirs = [f"/learners/{whose}", f"/learners/{whose}/messages", "/classes", f"/classes/{held}/trip-sheet"]
    found = {}
    for user, paths in ((team.keyworker, [*mine, "/week", "/"]), (team.tutor, theirs)):
        client.sign_in(user)
        for path in paths:
            client.page(path)
            with statements(app) as sent:
                client.page(path)
            found[path] = len(sent)
    assert max(found.values()) < 15, found
