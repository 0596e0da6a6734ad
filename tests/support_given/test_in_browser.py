"""Every page of help given, in order at both widths, and help recorded from the case in a few taps."""

import pytest
from flask import Flask

from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.support.models import SupportGiven
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.support.browser import PHONE, Journey
from tests.support.client import PageClient
from tests.support.stored import row
from tests.support_given.situations import a_budget, helped


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team) -> Enrolment:
    with given():
        return started(team)


def test_help_is_recorded_on_a_phone_in_five(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment
) -> None:
    """Support, add, choose, type, save: typing is free."""
    journey.sign_in(client, team.keyworker)
    journey.page.set_viewport_size(PHONE)
    journey.visit(f"/enrolments/{case.id}")
    journey.click("Support")
    journey.page.get_by_role("link", name="Add help given").first.click()
    journey.page.get_by_label("What help").select_option("food_parcel")
    journey.type("How much of it (optional)", "1")
    journey.interactions += 2
    journey.click("Save help given")
    journey.page.get_by_text("Help recorded").wait_for()
    assert journey.interactions <= 5
    assert row(app, SupportGiven).units_hundredths == 100
    journey.check()


def test_every_page_is_in_order(
    client: PageClient, given: Given, journey: Journey, team: Team, case: Enrolment
) -> None:
    with given():
        kept = db.session.merge(case)
        budget = a_budget(team, 50_000, approval_over_pence=5000)
        helped(kept, team.keyworker, 1250, budget, units_hundredths=200, theme="transport", note="Bus fares")
        asked = helped(kept, team.keyworker, 9900, budget)
    journey.sign_in(client, team.keyworker)
    for rest in ("", "/new", f"/{asked.id}/receipt"):
        journey.visit(f"/enrolments/{case.id}/support{rest}")
    journey.visit(f"/enrolments/{case.id}/timeline?kind=support")
    journey.sign_in(client, team.lead)
    place = f"/programmes/{team.programme.code}/budgets"
    for path in ("/programmes", place, f"{place}/new", f"{place}/{budget.id}", "/support-waiting"):
        journey.visit(path)
    journey.visit(f"/enrolments/{case.id}/support/{asked.id}/answer")
