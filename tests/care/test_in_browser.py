"""Words between keyworker and tutor, and an emergency card on a phone, in a browser."""

from datetime import time, timedelta

from flask import Flask

from caseworker.care.models import LearnerMessage
from caseworker.care.services import record_card
from caseworker.core import clock
from caseworker.courses.models import Course, CourseSession
from caseworker.courses.services import give_place
from tests.casefile.situations import a_team, started
from tests.conftest import Given
from tests.support.browser import PHONE, Journey
from tests.support.builders import kept
from tests.support.client import PageClient
from tests.support.stored import row


def test_a_tutor_reads_answers_and_opens_the_card(
    app: Flask, client: PageClient, given: Given, journey: Journey
) -> None:
    with given():
        team, day = a_team(), clock.today()
        case = started(team, started_on=day, referred_on=day - timedelta(days=9))
        course = kept(
            Course(
                programme_id=team.programme.id,
                tutor_id=team.tutor.id,
                title="First aid",
                subject="Health",
                level="level_1",
                guided_minutes=600,
                starts_on=day - timedelta(days=5),
                ends_on=day + timedelta(days=5),
            )
        )
        kept(CourseSession(course_id=course.id, held_on=day, starts_at_time=time(14), minutes=60))
        give_place(course, case, joined_on=day, entered_by=None)
        record_card(
            case.participant,
            who="My sister Ann",
            phone="07700 900111",
            what_to_do=None,
            shown_to_staff=True,
            recorded_by=team.keyworker,
            today=day,
        )
    journey.sign_in(client, team.keyworker)
    journey.visit(f"/enrolments/{case.id}/learner-messages")
    assert journey.page.get_by_text("Tutors read these.").is_visible()
    journey.type("Message", "A seat by the door helps")
    journey.press("Control+Enter")
    journey.page.wait_for_url("**/learner-messages")
    journey.page.get_by_text("Message sent to their tutors").wait_for()
    assert row(app, LearnerMessage).words == "A seat by the door helps"
    journey.page.set_viewport_size(PHONE)
    journey.sign_in(client, team.tutor)
    journey.visit("/classes")
    journey.page.locator("#messages a").click()
    journey.check()
    assert journey.page.get_by_text("A seat by the door helps").is_visible()
    journey.visit(f"/learners/{case.participant_id}")
    journey.click("Emergency card")
    journey.check()
    assert journey.page.get_by_role("link", name="07700 900111").is_visible()
