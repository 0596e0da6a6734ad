"""A risk written down in a browser, read before the next meeting, by keyboard."""

from datetime import timedelta

from flask import Flask

from caseworker.core import clock
from caseworker.risks.models import RiskFlag
from tests.casefile.situations import a_team, started
from tests.conftest import Given
from tests.support.browser import PHONE, Journey
from tests.support.client import PageClient
from tests.support.stored import row


def test_a_risk_in_five_taps_then_read_before_a_booking(
    app: Flask, client: PageClient, given: Given, journey: Journey
) -> None:
    with given():
        team = a_team()
        day = clock.today()
        case = started(team, started_on=day, referred_on=day - timedelta(days=9))
    journey.page.set_viewport_size(PHONE)
    journey.sign_in(client, team.keyworker)
    journey.visit(f"/enrolments/{case.id}/risks")
    journey.page.get_by_role("link", name="Add a risk").first.click()
    journey.interactions += 1
    journey.check()
    journey.page.get_by_label("What happened or was said").fill("Shouted at the front desk today")
    journey.page.get_by_label("Where it comes from").select_option("staff_saw")
    journey.interactions += 1
    journey.choose("Two staff, office only")
    journey.click("Save risk")
    journey.check()
    assert journey.interactions <= 5
    assert row(app, RiskFlag).what_to_do == "two_staff_office_only"
    journey.visit(f"/enrolments/{case.id}/appointments/new")
    fact = journey.page.get_by_text("Shouted at the front desk today")
    assert journey.page.get_by_text("Read this first:").is_visible()
    assert not fact.is_visible()
    journey.page.locator("summary", has_text="Why, and who says so").focus()
    journey.press("Enter")
    assert fact.is_visible()
    journey.check()
