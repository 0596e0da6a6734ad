"""What a keyworker sees of the courses of somebody's case."""

from datetime import timedelta

import pytest
from flask import Flask

from caseworker.accounts.models import Role, User
from caseworker.courses.models import CourseEnrolment, CourseSession
from caseworker.courses.services import Mark, mark_not_held, mark_register, record_completion
from tests.conftest import Given
from tests.courses.classes import NAMES, TODAY, Taught, a_class, a_course, a_learner
from tests.courses.statements import counted
from tests.support.builders import a_user, an_enrolment
from tests.support.client import PageClient

DAY = timedelta(days=1)


@pytest.fixture
def lead(given: Given, course: Taught, client: PageClient) -> User:
    """A lead of the programme, signed in, once the tutor has taught for two days."""
    with given() as session:
        place = session.get_one(CourseEnrolment, course.places[0].id)
        yesterday, before = a_class(course.course, TODAY - DAY), a_class(course.course, TODAY - 2 * DAY)
        for held, mark in (
            (session.get_one(CourseSession, course.today.id), Mark("late", 10)),
            (yesterday, Mark("apology")),
        ):
            mark_register(held, {place.id: mark}, recorded_by=course.tutor, today=TODAY)
        mark_register(before, {place.id: Mark("present")}, recorded_by=course.tutor, today=TODAY)
        mark_not_held(before, today=TODAY)
        made = a_user(Role.LEAD, place.enrolment.programme)
    client.sign_in(made)
    return made


def address(place: CourseEnrolment) -> str:
    return f"/enrolments/{place.enrolment_id}/learning"


def test_places_attendance_and_marks(client: PageClient, course: Taught, lead: User) -> None:
    page = client.page(address(course.places[0]))
    (row,) = page.rows("Courses")[1:]
    assert row[0].endswith(f"with {course.tutor.name}")
    assert row[1:] == ["from 2 Feb 2026", "1 of 2 (50 %)", "Not yet"]
    assert page.rows("The newest marks")[1:] == [
        ["2 Mar 2026", "Food safety", "Late (10 minutes)"],
        ["1 Mar 2026", "Food safety", "Sent an apology"],
    ]
    current = page.soup.select('.cw-subnav [aria-current="page"]')
    assert [link["href"] for link in current] == [address(course.places[0])]


def test_a_completion_told_by_the_tutor_is_told_to_the_case(
    client: PageClient, course: Taught, given: Given, lead: User
) -> None:
    with given() as session:
        record_completion(
            session.get_one(CourseEnrolment, course.places[0].id),
            completed_on=TODAY - DAY,
            achieved_on=TODAY,
            grade="Pass",
            certificate_seen_on=TODAY,
            recorded_by=course.tutor,
            today=TODAY,
        )
    (row,) = client.page(address(course.places[0])).rows("Courses")[1:]
    assert row[3] == "Completed 1 Mar 2026 Achieved 2 Mar 2026, Pass · certificate seen 2 Mar 2026"
    timeline = client.page(f"/enrolments/{course.places[0].enrolment_id}/timeline").text
    assert timeline.count("Food safety") == 1


def test_the_courses_of_another_case_are_not_shown(
    client: PageClient, course: Taught, given: Given, lead: User
) -> None:
    with given():
        without = an_enrolment(course.course.programme)
    assert "No courses yet" in client.page(f"/enrolments/{without.id}/learning").text


def test_a_case_that_is_not_ones_own_is_missing(client: PageClient, course: Taught, given: Given) -> None:
    with given():
        keyworker = a_user(Role.KEYWORKER)
    client.sign_in(keyworker)
    assert client.get(address(course.places[0])).status_code == 404


def test_the_number_of_queries_does_not_grow(
    app: Flask, client: PageClient, course: Taught, given: Given, lead: User
) -> None:
    def asked() -> int:
        with counted(app) as statements:
            client.page(address(course.places[0]))
        return len(statements)

    few = asked()
    with given() as session:
        enrolment = session.get_one(CourseEnrolment, course.places[0].id).enrolment
        for name in NAMES:
            other = a_course(course.tutor, course.course.programme, title=name)
            place = a_learner(other, name)
            place.enrolment_id = enrolment.id
            session.flush()
            held = a_class(other)
            mark_register(held, {place.id: Mark("present")}, recorded_by=course.tutor, today=TODAY)
    assert len(client.page(address(course.places[0])).rows("Courses")) == 1 + 6
    assert asked() == few
