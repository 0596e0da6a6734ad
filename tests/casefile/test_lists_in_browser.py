"""Finding and choosing people in a real browser: by keyboard, at both widths, with and without script."""

import pytest

from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.support.browser import Journey
from tests.support.builders import a_participant
from tests.support.client import PageClient


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def cases(given: Given, team: Team) -> list[Enrolment]:
    with given():
        named = (("Seán", "O’Neill"), ("Łukasz", "Kowalski"), ("Amara", "Osei"))
        people = [a_participant(given_name=given_name, family_name=name) for given_name, name in named]
        keyworkers = (team.keyworker, team.keyworker, team.colleague)
        return [
            started(team, days_ago=40, person=person, keyworker=keyworker)
            for person, keyworker in zip(people, keyworkers, strict=True)
        ]


def test_a_mistyped_name_is_found_by_keyboard_alone(
    journey: Journey, client: PageClient, team: Team, cases: list[Enrolment]
) -> None:
    journey.sign_in(client, team.keyworker)
    journey.visit("/caseload")
    journey.press("/")
    journey.page.keyboard.type("kowalksi")
    journey.press("Enter")
    journey.page.get_by_text("Sounds or looks like what you typed").wait_for()
    assert journey.interactions <= 2
    journey.check()
    journey.page.get_by_role("link", name="Łukasz Kowalski").focus()
    journey.press("Enter")
    journey.page.wait_for_url(f"**/enrolments/{cases[1].id}")
    assert journey.interactions <= 3


def test_a_colleague_s_case_is_opened_with_a_reason(
    journey: Journey, client: PageClient, team: Team, cases: list[Enrolment]
) -> None:
    journey.sign_in(client, team.keyworker)
    journey.visit("/")
    journey.press("/")
    journey.page.keyboard.type("ama")
    journey.press("Enter")
    journey.page.get_by_role("link", name="Open with a reason").click()
    journey.page.get_by_role("heading", name="Open a colleague’s case").wait_for()
    journey.check()
    journey.choose("Covering for a colleague who is away")
    journey.click("Open the case")
    journey.page.wait_for_url(f"**/enrolments/{cases[2].id}")
    journey.check()


def test_all_on_a_page_are_selected_with_one_tap(
    journey: Journey, client: PageClient, team: Team, cases: list[Enrolment]
) -> None:
    journey.sign_in(client, team.lead)
    journey.visit("/caseload?contact=quiet")
    journey.click("Select all on this page")
    assert journey.page.locator("main input[name=enrolment]:checked").count() == 3
    journey.click("Select none")
    assert journey.page.locator("main input[name=enrolment]:checked").count() == 0
    journey.click("Select all on this page")
    journey.click("Hand over")
    journey.page.wait_for_url("**/handover/new")
    assert journey.interactions == 4
    assert "Osei" in journey.page.locator("main").inner_text()


def test_a_list_is_kept_and_printed(
    journey: Journey, client: PageClient, team: Team, cases: list[Enrolment]
) -> None:
    journey.sign_in(client, team.keyworker)
    journey.visit("/caseload?contact=quiet&sort=start")
    journey.click("Keep this list")
    journey.page.get_by_label("What do you call this list?").fill("Ring these")
    journey.check()
    journey.click("Keep this list", "button")
    journey.page.get_by_text("List kept").wait_for()
    journey.check()
    journey.click("Print this list")
    journey.page.wait_for_url("**/caseload/print?*")
    journey.check()
    assert journey.page.locator("tbody tr").count() == 2
