"""Forty people in five, counted in a real browser; every page of handing over looked at on the way."""

from datetime import timedelta

import pytest
from flask import Flask

from caseworker.accounts.models import User
from caseworker.core import clock
from caseworker.courses.models import Course
from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.support.browser import Journey
from tests.support.builders import kept
from tests.support.client import PageClient
from tests.support.stored import rows

DAY = timedelta(days=1)


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def cases(given: Given, team: Team) -> list[Enrolment]:
    with given():
        day = clock.today()
        cases = [started(team, referred_on=day - 40 * DAY, started_on=day) for _ in range(40)]
        for number, case in enumerate(cases):
            case.participant.phone = f"077009001{number:02}"
        course = {"programme_id": team.programme.id, "tutor_id": team.tutor.id, "level": "1"}
        words = {"title": "First aid", "subject": "Health", "guided_minutes": 60}
        kept(Course(**course, **words, starts_on=day, ends_on=day + 30 * DAY))
        return cases


def pick(journey: Journey, label: str, words: str) -> None:
    """One choice from a list."""
    journey.page.get_by_label(label, exact=True).select_option(label=words)
    journey.interactions += 1


def keyworkers(app: Flask) -> set[object]:
    return {row.keyworker_id for row in rows(app, Enrolment)}


def hand_over_all(journey: Journey, to: User) -> None:
    journey.click("Select all on this page")
    journey.click("Hand over")
    journey.check()
    pick(journey, "Who takes them", to.name)
    pick(journey, "Why", "Sharing out the caseload")
    journey.page.get_by_role("main").get_by_role("button", name="Hand over", exact=True).click()
    journey.interactions += 1


def test_forty_people_take_five_with_a_reason_and_one_to_undo(
    app: Flask, client: PageClient, journey: Journey, team: Team, cases: list[Enrolment]
) -> None:
    journey.sign_in(client, team.lead)
    journey.visit("/caseload")
    hand_over_all(journey, team.colleague)
    journey.page.get_by_text("40 people handed over").wait_for()
    assert journey.interactions <= 5
    assert keyworkers(app) == {team.colleague.id}
    journey.check()
    journey.page.get_by_role("button", name="Undo", exact=True).first.click()
    journey.page.get_by_text("40 people are back").wait_for()
    assert keyworkers(app) == {team.keyworker.id}


def test_everybody_of_a_keyworker_takes_five_too(
    app: Flask, client: PageClient, journey: Journey, team: Team, cases: list[Enrolment]
) -> None:
    journey.sign_in(client, team.lead)
    journey.visit("/handover")
    journey.page.get_by_role("main").get_by_role("link", name="Hand over", exact=True).first.click()
    journey.interactions += 1
    journey.check()
    journey.click(team.keyworker.name)
    pick(journey, "Who takes them", team.colleague.name)
    pick(journey, "Why", "Colleague leaves the job")
    journey.page.get_by_role("main").get_by_role("button", name="Hand over", exact=True).click()
    journey.interactions += 1
    journey.page.get_by_text("40 people handed over").wait_for()
    assert journey.interactions <= 5
    assert keyworkers(app) == {team.colleague.id}
    # What the new keyworker sees of it, and what is read first.
    journey.sign_in(client, team.colleague)
    journey.visit("/")
    journey.click("handed to you")
    journey.check()
    journey.page.get_by_role("link", name="Their story").first.click()
    journey.page.get_by_role("heading", name="The story so far").wait_for()
    journey.check()


def test_a_course_and_a_message_list_for_those_chosen(
    app: Flask, client: PageClient, journey: Journey, team: Team, cases: list[Enrolment]
) -> None:
    journey.sign_in(client, team.keyworker)
    journey.visit("/caseload")
    journey.click("Select all on this page")
    journey.click("Message list")
    journey.check()
    assert journey.page.get_by_label("All numbers, to copy").input_value().count("\n") == 39
    journey.visit("/caseload")
    journey.click("Select all on this page")
    journey.click("Add to a course")
    journey.check()
    journey.click("Add to the course")
    journey.page.get_by_text("40 people added to the course").wait_for()


@pytest.mark.parametrize("what", ["leave", "start-again", "story"])
def test_leaving_and_coming_back(
    app: Flask, client: PageClient, journey: Journey, team: Team, cases: list[Enrolment], what: str
) -> None:
    journey.sign_in(client, team.keyworker)
    case = cases[0]
    journey.visit(f"/enrolments/{case.id}/leave")
    pick(journey, "Why they leave", "Health")
    journey.page.get_by_label("What to know if they come back").fill("Mornings suit best")
    journey.click("They leave")
    journey.page.get_by_text("They have left the programme").wait_for()
    assert journey.interactions == 2
    journey.visit(f"/enrolments/{case.id}/{what}")
