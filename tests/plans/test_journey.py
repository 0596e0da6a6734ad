"""What a keyworker does most in a case, on a telephone, within its number of taps."""

import pytest
from flask import Flask

from caseworker.enrolments.models import Enrolment
from caseworker.plans.models import Action, Goal, PlanVersion
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
    journey.type("What came of it (optional)", "She began on Monday")
    journey.choose("Document seen")
    journey.click("Save")
    journey.check()
    assert journey.interactions <= 3
    reached = row(app, Goal)
    assert (reached.state, reached.outcome, reached.outcome_evidence) == (
        "done",
        "She began on Monday",
        "document_seen",
    )


def test_a_plan_is_signed_on_the_screen_changed_and_printed(
    app: Flask, journey: Journey, case: Enrolment
) -> None:
    journey.visit(f"/enrolments/{case.id}/plan/goals/new")
    journey.type("What do they want to do?", "Start the care course")
    journey.type("First action (optional)", "Ring the college")
    journey.click("Save goal")
    journey.interactions = 0
    journey.page.locator(".cw-top__actions").get_by_role("link", name="Agree the plan").click()
    box = journey.page.locator(".cw-sign__box")
    assert not box.is_visible()
    journey.choose("Signed on screen")
    assert not journey.page.locator("#typed_name").is_visible()
    journey.check()
    sign(journey)
    journey.click("Clear")
    journey.click("Save agreement")
    assert "Draw the signature in the box" in journey.page.locator(".govuk-error-summary").inner_text()
    sign(journey)
    journey.check()
    journey.click("Save agreement")
    journey.check()
    assert row(app, PlanVersion).agreed_how == "signature"
    path = journey.page.locator("svg.cw-signature path").get_attribute("d") or ""
    assert path.count("M") == 2
    assert path.count("L") >= 6
    journey.click("Agree again")
    journey.check()
    journey.choose("Typed their name")
    assert journey.page.locator("#typed_name").is_visible()
    journey.visit(f"/enrolments/{case.id}/plan/print")
    with journey.page.expect_download() as sent:
        journey.click("One page (PDF)")
    assert sent.value.suggested_filename.startswith(f"plan-{case.participant.reference}-plain-")


def sign(journey: Journey) -> None:
    """Two strokes with the mouse."""
    box = journey.page.locator(".cw-sign__box")
    box.scroll_into_view_if_needed()
    edge = box.bounding_box()
    assert edge is not None
    mouse = journey.page.mouse
    for start in (0.1, 0.6):
        mouse.move(edge["x"] + edge["width"] * start, edge["y"] + edge["height"] * 0.7)
        mouse.down()
        for step in range(1, 5):
            mouse.move(
                edge["x"] + edge["width"] * (start + step * 0.05),
                edge["y"] + edge["height"] * (0.7 - step * 0.1),
            )
        mouse.up()


def test_an_idea_is_one_tap_and_a_goal_with_it_three(app: Flask, journey: Journey, case: Enrolment) -> None:
    journey.visit(f"/enrolments/{case.id}/barriers/assess")
    journey.page.locator("#state_money-2").check()
    journey.page.locator("#severity_money").select_option("3")
    journey.click("Save barriers")
    journey.visit(f"/enrolments/{case.id}/plan")
    journey.interactions = 0
    journey.page.locator(".cw-top__actions").get_by_role("link", name="Add a goal").click()
    journey.check()
    journey.type("What do they want to do?", "Know where my money goes")
    journey.page.locator("#ideas button").first.click()
    journey.check()
    assert journey.page.get_by_label("What do they want to do?").input_value() == "Know where my money goes"
    assert journey.page.locator("#action_words").input_value() != ""
    journey.click("Save goal")
    assert journey.interactions + 2 <= 3
    assert row(app, Goal).words == "Know where my money goes"


def test_what_stands_beside_the_plan_is_for_everybody(journey: Journey, case: Enrolment) -> None:
    for rest in (
        "/plan",
        "/plan/goals/new",
        "/barriers",
        "/barriers/strengths/new",
        "/pauses/new",
    ):
        journey.visit(f"/enrolments/{case.id}{rest}")


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
