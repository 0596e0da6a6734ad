"""What a phone shows before the page itself: one line of menu, one line of the parts of the case."""

import pytest

from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import Team, a_team
from tests.casefile.test_case_page import a_full_case
from tests.conftest import Given
from tests.support.browser import PHONE, Journey
from tests.support.client import PageClient

STRIPS = (".cw-nav__list", ".cw-subnav__list")


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team, client: PageClient, journey: Journey) -> Enrolment:
    with given():
        made = a_full_case(team)
    journey.sign_in(client, team.keyworker)
    journey.page.set_viewport_size(PHONE)
    return made


def test_menu_and_parts_are_one_line_each_and_every_link_is_reached_by_tab(
    journey: Journey, case: Enrolment
) -> None:
    journey.visit(f"/enrolments/{case.id}")
    for strip in STRIPS:
        links = journey.page.locator(f"{strip} a")
        assert len({link.bounding_box()["y"] for link in links.all()}) == 1  # type: ignore[index]
        links.first.focus()
        for _ in range(links.count() - 1):
            journey.press("Tab")
        focused = journey.page.locator(":focus")
        assert focused.inner_text() == links.last.inner_text()
        box = focused.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


def test_the_strip_begins_where_one_is(journey: Journey, case: Enrolment) -> None:
    journey.visit(f"/enrolments/{case.id}/progressions")
    here = journey.page.locator(".cw-subnav__list [aria-current]")
    box = here.bounding_box()
    assert here.inner_text() == "Progressions"
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
