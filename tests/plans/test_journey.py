"""What a keyworker does most in a case, on a telephone, within its number of taps."""

import pytest
from flask import Flask

from caseworker.enrolments.models import Enrolment
from caseworker.plans.models import Action, Goal
from caseworker.wellbeing.models import ONS4, WellbeingAssessment
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.support.browser import PHONE, Journey
from tests.support.client import PageClient
from tests.support.stored import row


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team, client: PageClient, journey: Journey) -> Enrolment:
    with given():
        enrolment = started(team)
    journey.sign_in(client, team.keyworker)
    journey.page.set_viewport_size(PHONE)
    return enrolment


def test_a_goal_with_its_first_action_ticked_and_reached(
    app: Flask, journey: Journey, case: Enrolment
) -> None:
    journey.visit(f"/enrolments/{case.id}/plan")
    journey.page.locator(".cw-top__actions").get_by_role("link", name="Add a goal").click()
    journey.type("What do they want to do?", "Start the care course")
    journey.type("First action (optional)", "Ring the college")
    journey.click("Save goal")
    journey.check()
    assert journey.interactions + 1 <= 3
    assert row(app, Goal).words == "Start the care course"

    journey.interactions = 0
    journey.click("Done Ring the college")
    journey.check()
    assert journey.interactions == 1
    assert row(app, Action).done_on is not None
    journey.click("Undo")
    assert row(app, Action).done_on is None

    journey.interactions = 0
    journey.click("Reached – goal: Start the care course")
    journey.check()
    journey.click("Save")
    assert journey.interactions <= 3
    assert row(app, Goal).state == "done"


def test_the_part_below_something_shows_by_itself(journey: Journey, case: Enrolment) -> None:
    journey.visit(f"/enrolments/{case.id}/barriers/assess")
    more = journey.page.locator("#severity_money")
    assert not more.is_visible()
    journey.page.locator("#state_money-2").check()
    assert more.is_visible()
    journey.page.locator("#state_money").check()
    assert not more.is_visible()


def test_the_four_questions_are_a_tap_each(app: Flask, journey: Journey, case: Enrolment) -> None:
    journey.visit(f"/enrolments/{case.id}/wellbeing/new")
    for measure in ONS4:
        journey.page.locator(f"#{measure}-8").click()
        journey.interactions += 1
    journey.choose("With help")
    journey.click("Save answers")
    journey.check()
    assert journey.interactions == len(ONS4) + 2
    sitting = row(app, WellbeingAssessment)
    assert [getattr(sitting, measure) for measure in ONS4] == [7, 7, 7, 7]
