"""The interaction budgets of booking, in a real browser, with every page of appointments looked at."""

from datetime import time, timedelta

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.appointments.models import Appointment, Task
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import add_task, book_appointment
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.support.browser import Journey
from tests.support.builders import a_user
from tests.support.client import PageClient
from tests.support.stored import row, rows


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team) -> Enrolment:
    with given():
        return started(team, referred_on=clock.today() - timedelta(days=40), started_on=clock.today())


@pytest.fixture
def missed(given: Given, team: Team, case: Enrolment) -> Appointment:
    day = clock.today() - timedelta(days=1)
    with given():
        return book_appointment(
            AppointmentDetails(day, time(10), "telephone", place="The library"),
            with_id=team.keyworker.id,
            enrolment=db.session.merge(case),
            booked_by=team.keyworker,
            today=day,
        )


def choose_two_weeks(journey: Journey) -> None:
    journey.page.get_by_label("In two weeks").check()
    journey.interactions += 1


def test_booking_from_the_case_takes_three(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment
) -> None:
    journey.sign_in(client, team.keyworker)
    journey.visit(f"/enrolments/{case.id}")
    journey.click("Appointment")
    journey.check()
    choose_two_weeks(journey)
    journey.click("Book appointment")
    assert journey.interactions <= 3
    assert row(app, Appointment).starts_on == clock.today() + timedelta(days=14)
    journey.check()


def test_a_no_show_is_booked_again_in_three(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment, missed: Appointment
) -> None:
    journey.sign_in(client, team.keyworker)
    journey.visit(f"/enrolments/{case.id}")
    journey.page.get_by_role("link", name="Did not come").click()
    journey.interactions += 1
    journey.check()
    choose_two_weeks(journey)
    journey.click("Save contact")
    assert journey.interactions <= 3
    first, again = rows(app, Appointment)
    assert (first.result, again.rebooked_from_id) == ("did_not_attend", first.id)
    journey.check()


def test_a_task_is_done_with_one_tap(
    app: Flask, client: PageClient, given: Given, journey: Journey, team: Team, case: Enrolment
) -> None:
    with given():
        add_task("Ring", user=team.keyworker, due_on=clock.today(), enrolment=None, added_by=team.keyworker)
    journey.sign_in(client, team.keyworker)
    journey.visit("/")
    journey.page.get_by_role("button", name="Done").click()
    journey.interactions += 1
    journey.page.get_by_text("Task done").wait_for()
    assert journey.interactions == 1
    assert row(app, Task).done_on == clock.today()


def test_every_page_of_appointments_is_in_order(
    client: PageClient, given: Given, journey: Journey, team: Team, case: Enrolment, missed: Appointment
) -> None:
    with given():
        office = a_user(Role.PROGRAMME_ADMINISTRATOR, db.session.merge(team.programme))
        add_task(
            "Ring the college about the place " * 3,
            user=team.keyworker,
            due_on=clock.today(),
            enrolment=db.session.merge(case),
            added_by=team.keyworker,
        )
    journey.sign_in(client, team.keyworker)
    for path in (
        "/", "/week", f"/day?on={missed.starts_on}", "/appointments/new", "/tasks/new", "/account/calendar",
        f"/appointments/{missed.id}", "/due?show=now", "/unfinished?show=barrier",
    ):  # fmt: skip
        journey.visit(path)
    journey.visit("/account/calendar")
    journey.click("Make a secret address")
    journey.check()
    journey.sign_in(client, office)
    for path in ("/people", "/people/bookings", "/people/evidence", f"/people/{case.id}/book"):
        journey.visit(path)
