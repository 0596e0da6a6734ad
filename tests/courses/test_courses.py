"""Classes, courses, completions and learners as their tutor sees them, and nobody else."""

import re
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from caseworker.accounts.models import Role
from caseworker.core.db import db, transaction
from caseworker.courses.models import Completion, CourseEnrolment, CourseSession
from caseworker.courses.services import Mark, mark_register, record_completion
from caseworker.participants.services import close_access
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.courses.classes import TODAY, Taught, a_class, a_course, a_learner, taught
from tests.courses.statements import counted
from tests.support.builders import a_user, an_enrolment
from tests.support.client import PageClient, form_on, read

DAY = timedelta(days=1)
SENDABLE = [typed for typed in HOSTILE_TEXT if typed.encode("utf-8", "ignore").decode() == typed]


def mark(given: Given, course: Taught, held: CourseSession, *codes: str) -> None:
    with given() as session:
        found = session.get_one(CourseSession, held.id)
        marks = {place.id: Mark(code) for place, code in zip(course.places, codes, strict=True)}
        mark_register(found, marks, recorded_by=course.tutor, today=TODAY)


def participant(app: Flask, place: CourseEnrolment) -> UUID:
    with app.app_context():
        return db.session.get_one(CourseEnrolment, place.id).enrolment.participant_id


def completions(app: Flask) -> list[Completion]:
    with app.app_context():
        return list(db.session.scalars(select(Completion).where(Completion.voided_at.is_(None))))


# The first page of a tutor


def test_the_first_page_is_todays_class_with_one_button(client: PageClient, course: Taught) -> None:
    page = client.page("/")
    assert page.path == "/classes"
    buttons = page.soup.select("main .govuk-button")
    assert [button["href"] for button in buttons] == [course.register]
    assert page.soup.select("main h2")[0].get_text() == "Today"


def test_empty_registers_and_the_week_ahead(client: PageClient, course: Taught, given: Given) -> None:
    with given():
        days = {days: a_class(course.course, TODAY + days * DAY) for days in (-14, -7, 1, 7, 8)}
    mark(given, course, days[-14], "present", "present", "present")
    page = client.page("/classes")
    empty, week = (page.soup.select_one(f"#{name}") for name in ("empty", "week"))
    assert empty is not None
    assert week is not None
    assert [link["href"] for link in empty.select("a")] == [f"/classes/{days[-7].id}"]
    assert [link["href"] for link in week.select("a")] == [f"/classes/{days[n].id}" for n in (1, 7)]
    (row,) = page.rows("Courses I teach")[1:]
    assert row[2:] == ["2 Mar 2026", "3", "1"]


def test_learners_are_those_who_stayed(client: PageClient, course: Taught, given: Given) -> None:
    """On a course that has ended, those who were there at its end; on one to come, those who have a place."""
    with given() as session:
        session.get_one(CourseEnrolment, course.places[0].id).left_on = TODAY - DAY
        programme = course.course.programme
        past = a_course(
            course.tutor, programme, title="Past", starts_on=TODAY - 90 * DAY, ends_on=TODAY - 30 * DAY
        )
        for left_on in (None, TODAY - 30 * DAY, TODAY - 31 * DAY):
            a_learner(past, joined_on=TODAY - 90 * DAY).left_on = left_on
        coming = a_course(course.tutor, programme, title="To come", starts_on=TODAY + DAY)
        a_learner(coming, joined_on=TODAY + DAY)
    rows = client.page("/classes").rows("Courses I teach")[1:]
    assert [(row[0].split(" Level")[0], row[2], row[3]) for row in rows] == [
        ("To come", "None planned", "1"),
        ("Food safety", "2 Mar 2026", "2"),
        ("Past", "Ended", "2"),
    ]


def test_many_empty_registers_are_counted(client: PageClient, course: Taught, given: Given) -> None:
    with given():
        for days in range(1, 26):
            a_class(course.course, TODAY - days * DAY)
    page = client.page("/classes")
    assert "The newest 20 of 25." in page.text
    assert len(page.soup.select("#empty a")) == 20


@pytest.mark.usefixtures("at_noon")
def test_a_tutor_without_courses_is_told_what_comes(client: PageClient, given: Given) -> None:
    with given():
        tutor = a_user(Role.TUTOR)
    client.sign_in(tutor)
    assert "You have no courses yet" in client.page("/classes").text


def test_a_day_without_a_class_names_the_next(client: PageClient, course: Taught, given: Given) -> None:
    with given() as session:
        session.get_one(CourseSession, course.today.id).held_on = TODAY + 2 * DAY
    assert "Your next one is on Wednesday 4 March 2026." in client.page("/classes").text


# The course


def test_attendance_and_completion_of_each_learner(client: PageClient, course: Taught, given: Given) -> None:
    with given():
        held = [a_class(course.course, TODAY - days * DAY) for days in range(1, 15)]
    for number, each in enumerate(held):
        mark(given, course, each, "absent" if number < 2 else "late", "apology", "not_required")
    with given() as session:
        place = session.get_one(CourseEnrolment, course.places[1].id)
        facts: dict[str, Any] = {"completed_on": TODAY - DAY, "achieved_on": TODAY, "grade": "Merit"}
        record_completion(place, **facts, certificate_seen_on=None, recorded_by=course.tutor, today=TODAY)
    page = client.page(course.page)
    rows = page.rows("3 learners")[1:]
    assert [row[1] for row in rows] == ["12 of 14 (86 %)", "0 of 14 (0 %)", "No class counted yet"]
    assert rows[1][2] == "Completed 1 Mar 2026 Achieved 2 Mar 2026, Merit · certificate not seen yet"
    assert "All learners together: 43 % (12 of 28 marks)" in page.text
    assert page.rows("15 classes")[1] == ["Monday 2 March 2026, 10:00", "Empty", "–"]
    assert [row[2] for row in page.rows("15 classes")[2:5]] == ["0 of 2", "0 of 2", "1 of 2"]


def test_who_left_and_who_joins_later_is_said(client: PageClient, course: Taught, given: Given) -> None:
    with given() as session:
        session.get_one(CourseEnrolment, course.places[0].id).left_on = TODAY - DAY
        a_learner(course.course, "Zoe", joined_on=TODAY + DAY)
    text = client.page(course.page).text
    assert "left on 1 Mar 2026" in text
    assert "joins on 3 Mar 2026" in text
    assert "Zoe" not in client.page(course.register).text


def test_the_whole_class_completes_in_one_go(app: Flask, client: PageClient, course: Taught) -> None:
    form = client.get_form(f"{course.page}/complete")
    assert form.data["places"] == [str(place.id) for place in course.places]
    response = client.submit(form)
    assert (response.status_code, response.location) == (303, course.page)
    assert {row.place_id: row.completed_on for row in completions(app)} == {
        place.id: TODAY for place in course.places
    }
    page = client.page(course.page)
    assert "3 completions recorded" in page.text
    undo = page.soup.select_one(".cw-banner--saved form")
    assert undo is not None
    sent = {field["name"]: field["value"] for field in undo.find_all("input")}
    assert client.post(str(undo["action"]), data=sent).status_code == 303
    assert completions(app) == []
    assert len(client.get_form(f"{course.page}/complete").data["places"]) == 3


def test_some_of_the_class_complete(app: Flask, client: PageClient, course: Taught) -> None:
    chosen = [str(course.places[0].id), str(course.places[2].id)]
    client.send(f"{course.page}/complete", places=chosen, completed_on="27 2 2026")
    assert sorted(str(row.place_id) for row in completions(app)) == sorted(chosen)
    rest = client.get_form(f"{course.page}/complete")
    assert rest.choices["places"] == [str(course.places[1].id)]
    client.submit(rest)
    assert "Everybody on this course has a completion" in client.page(f"{course.page}/complete").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"places": None}, "places"),
        ({"completed_on": ""}, "completed_on"),
        ({"completed_on": "31 2 2026"}, "completed_on"),
        ({"completed_on": "tomorrow"}, "completed_on"),
        ({"completed_on": "1 1 2020"}, "completed_on"),
    ],
)
def test_a_completion_that_cannot_be_is_refused_and_kept(
    app: Flask, client: PageClient, course: Taught, changes: dict[str, Any], field: str
) -> None:
    form = client.get_form(f"{course.page}/complete").fill(**{"places": [str(course.places[0].id)]} | changes)
    typed = dict(form.data)
    page = read(client.submit(form), 422)
    assert list(page.problems) == [field]
    kept = form_on(page).data
    assert (kept["places"], kept["completed_on"]) == (typed["places"], typed["completed_on"])
    assert completions(app) == []


def test_somebody_of_another_course_is_not_completed(
    app: Flask, client: PageClient, course: Taught, given: Given
) -> None:
    with given():
        other = taught()
    form = client.get_form(f"{course.page}/complete")
    form.data["places"] = [str(other.places[0].id)]
    assert list(read(client.submit(form), 422).problems) == ["places"]
    assert completions(app) == []


def test_three_facts_on_the_learners_own_form(app: Flask, client: PageClient, course: Taught) -> None:
    address = f"{course.page}/places/{course.places[0].id}/completion"
    client.send(address, completed_on="20 2 2026")
    client.send(address, "grade", achieved_on="today", grade="Distinction", certificate_seen_on="1/3/26")
    (row,) = completions(app)
    assert (row.completed_on, row.achieved_on, row.grade, row.certificate_seen_on) == (
        TODAY - 10 * DAY, TODAY, "Distinction", TODAY - DAY,
    )  # fmt: skip
    form = client.get_form(address, holding="grade")
    assert form.data["grade"] == ["Distinction"]
    page = client.page(address)
    (back,) = [each for each in page.soup.select("main form") if "take-back" in str(each.get("action"))]
    sent = {field["name"]: field["value"] for field in back.find_all("input")}
    assert client.post(str(back["action"]), data=sent).status_code == 303
    assert completions(app) == []


@pytest.mark.parametrize("name", ["completed_on", "achieved_on", "grade", "certificate_seen_on"])
def test_hostile_typing_breaks_nothing(app: Flask, client: PageClient, course: Taught, name: str) -> None:
    """What is refused leaves no completion; what is taken is a line of text or a day."""
    form = client.get_form(f"{course.page}/places/{course.places[0].id}/completion")
    form.fill(completed_on="today")
    answers = set()
    for typed in [*SENDABLE[::3], "31 2 2026", "NaN", "1e999", "=cmd()", "<script>", "x" * 50_000]:
        form.data |= {name: [typed], "post_token": [secrets.token_urlsafe(32)], "record_version": [""]}
        # The page check refuses characters that no page may hold, and some of these are such.
        status = FlaskClient.open(client, form.action, method="POST", data=form.data).status_code
        answers.add(status)
        with client.session_transaction() as kept:
            kept.pop("_flashes", None)
        if status == 303:
            with app.app_context(), transaction() as session:
                session.execute(delete(Completion))
        assert completions(app) == []
    assert answers == {303, 422} or (name == "completed_on" and answers == {422})


@pytest.mark.both_databases
def test_two_completions_of_one_learner_meet(client: PageClient, course: Taught) -> None:
    address = f"{course.page}/places/{course.places[0].id}/completion"
    mine, theirs = client.get_form(address), client.get_form(address)
    assert client.submit(theirs, completed_on="1 3 2026").status_code == 303
    page = read(client.submit(mine, completed_on="today", grade="Pass"), 409)
    assert [row[0] for row in page.differing()] == ["Completed on", "Grade"]


def test_an_address_of_an_undo_that_never_was(client: PageClient, course: Taught) -> None:
    form = client.get_form(f"{course.page}/complete")
    for made_at in ("1", "9" * 40):
        form.action = f"{course.page}/completions/take-back/{made_at}"
        assert client.submit(form).status_code in (404, 422)


# The learner


def test_a_learners_page_says_what_helps_and_how_to_reach_them(
    app: Flask, client: PageClient, course: Taught, given: Given
) -> None:
    with given() as session:
        place = session.get_one(CourseEnrolment, course.places[0].id)
        person = place.enrolment.participant
        person.preferred_name, person.learning_needs = "Mara", "Large print, and time to read"
        person.no_voicemail, person.safe_times = True, "weekdays after ten"
    mark(given, course, course.today, "late", "present", "present")
    page = client.page(f"/learners/{participant(app, course.places[0])}")
    assert page.h1.startswith("Mara")
    assert "Mara" not in page.title
    for words in ("Large print, and time to read", "No voicemail", "Call only: weekdays after ten"):
        assert words in page.text
    assert "No texts" not in page.text
    assert page.rows("The newest marks")[1] == ["2 Mar 2026", "Food safety", "Late"]
    assert page.rows("Courses")[1][2] == "1 of 1 (100 %)"


def bare(response: TestResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """An answer without what differs by request: tokens, and the number and time of the request."""
    text = response.get_data(as_text=True)
    text = re.sub(r'(name="(?:csrf_token|post_token)" value|name="csrf-token" content)="[^"]*"', r"\1", text)
    headers = [pair for pair in response.headers if pair[0] not in ("Date", "X-Request-ID", "Set-Cookie")]
    return response.status_code, text, headers


def test_what_is_not_ones_own_is_as_if_it_were_missing(
    app: Flask, client: PageClient, course: Taught, given: Given
) -> None:
    with given():
        other = taught()
        elsewhere = an_enrolment(course.course.programme)
        ended = a_learner(course.course, "Gone")
    with given():
        close_access(ended.id, TODAY - DAY)
    missing = uuid4()
    stranger, gone = participant(app, other.places[0]), participant(app, ended)
    addresses = {
        "/learners/{}": [stranger, elsewhere.participant_id, gone],
        "/classes/{}": [other.today.id],
        "/courses/{}": [other.course.id],
        "/courses/{}/complete": [other.course.id],
        f"/courses/{{}}/places/{other.places[0].id}/completion": [other.course.id, course.course.id],
        "/enrolments/{}": [elsewhere.id, course.places[0].enrolment_id],
        "/enrolments/{}/learning": [elsewhere.id, course.places[0].enrolment_id],
    }
    client.page("/classes")
    for address, keys in addresses.items():
        expected = bare(client.get(address.format(missing)))
        assert expected[0] == 404
        for key in keys:
            assert bare(client.get(address.format(key))) == expected, address


def test_a_learner_whose_page_is_closed_has_no_link(client: PageClient, course: Taught, given: Given) -> None:
    with given():
        close_access(course.places[0].id, TODAY - DAY)
    page = client.page(course.page)
    assert "Amara" in page.text
    assert len([link for link in page.soup.select("main a") if "/learners/" in str(link["href"])]) == 2


def test_a_restricted_name_is_kept_back_from_the_roll(
    client: PageClient, course: Taught, given: Given
) -> None:
    with given() as session:
        place = session.get_one(CourseEnrolment, course.places[0].id)
        place.enrolment.participant.restricted = True
        close_access(place.id, TODAY - DAY)
    for address in (course.page, course.register, f"{course.page}/complete"):
        page = client.page(address)
        assert "Amara" not in page.text
        assert "Name kept back" in page.text
    assert client.submit(client.get_form(course.register), "Save register").status_code == 303


def test_other_roles_have_no_classes(client: PageClient, course: Taught, given: Given) -> None:
    with given():
        keyworker = a_user(Role.KEYWORKER)
    client.sign_in(keyworker)
    assert client.get("/classes").status_code == 403
    for address in (course.register, course.page):
        assert client.get(address).status_code == 404


# Queries


@pytest.mark.both_databases
@pytest.mark.usefixtures("at_noon")
def test_the_number_of_queries_does_not_grow(app: Flask, client: PageClient, given: Given) -> None:
    def numbers(learners: int, courses: int) -> list[int]:
        with given():
            own = taught(learners)
            for number in range(courses):
                other = a_course(own.tutor, own.course.programme, title=f"Course {number}")
                a_class(other, TODAY - DAY)
                a_class(other, TODAY + DAY)
        mark(given, own, own.today, *["present"] * learners)
        client.sign_in(own.tutor)
        person = participant(app, own.places[0])
        places = ("/classes", own.register, own.page, f"{own.page}/complete", f"/learners/{person}")
        found = []
        for address in places:
            with counted(app) as statements:
                client.page(address)
            found.append(len(statements))
        return found

    few, many = numbers(2, 0), numbers(12, 5)
    assert many == few
    assert max(few) <= 14
