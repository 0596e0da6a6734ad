"""A visit on a phone, counted: out in three taps, back in one, half an hour more in one."""

from datetime import timedelta

from flask import Flask

from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import book_appointment
from caseworker.core import clock
from caseworker.core.calendar import uk_time
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.visits.models import Visit
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.risks.situations import a_risk
from tests.support.browser import PHONE, Journey
from tests.support.client import PageClient
from tests.support.stored import row


def a_day(given: Given) -> tuple[Team, Enrolment]:
    """Somebody with a risk who is to be visited at home today."""
    with given():
        team = a_team()
        case = started(team, started_on=clock.today(), referred_on=clock.today() - timedelta(days=9))
        at = uk_time(clock.now() + timedelta(minutes=20))
        book_appointment(
            AppointmentDetails(
                at.date(), at.time().replace(second=0, microsecond=0), "home_visit", 30, "14 High Street"
            ),
            with_id=team.keyworker.id,
            enrolment=case,
            booked_by=team.keyworker,
            today=clock.today(),
        )
        a_risk(case, team.keyworker)
        return team, case


def test_out_in_three_and_back_in_one_on_a_phone(
    app: Flask, client: PageClient, given: Given, journey: Journey
) -> None:
    team, case = a_day(given)
    journey.page.set_viewport_size(PHONE)
    journey.sign_in(client, team.keyworker)
    journey.visit("/week")
    journey.page.get_by_role("link", name="Set out").first.click()
    journey.interactions += 1
    journey.check()
    assert journey.page.get_by_text("Read this first:").is_visible()
    journey.page.get_by_label("Who looks out for you").select_option(str(team.colleague.id))
    journey.interactions += 1  # the first time: after that it is whoever it was before
    journey.click("Check out")
    journey.check()
    assert journey.interactions <= 3
    journey.visit("/")
    before = journey.interactions
    journey.click("30 minutes more")
    assert journey.interactions == before + 1
    first = row(app, Visit).expected_back_at
    journey.visit(f"/enrolments/{case.id}/contacts/new")
    before = journey.interactions
    journey.click("I am back")
    assert journey.interactions == before + 1
    journey.check()
    visit = row(app, Visit)
    assert visit.back_at is not None
    assert visit.back_at < first


def test_the_buddy_sees_it_on_home_and_answers_in_two(
    app: Flask, client: PageClient, given: Given, journey: Journey
) -> None:
    team, case = a_day(given)
    with given():
        db.session.add(
            Visit(
                visitor_id=team.keyworker.id,
                buddy_id=team.colleague.id,
                enrolment_id=case.id,
                place="14 High Street",
                phone="07700900123",
                out_at=clock.now() - timedelta(hours=2),
                expected_back_at=clock.now() - timedelta(minutes=40),
                entered_by_id=team.keyworker.id,
            )
        )
    journey.page.set_viewport_size(PHONE)
    journey.sign_in(client, team.colleague)
    journey.visit("/")
    journey.page.get_by_role("link", name="What to do").click()
    journey.interactions += 1
    journey.check()
    journey.click("I am seeing to it")
    journey.check()
    assert journey.interactions == 2
    assert row(app, Visit).answered_at is not None
