"""Every page of onward referrals, in order at both widths, in a few taps."""

import pytest
from flask import Flask

from caseworker.enrolments.models import Enrolment
from caseworker.referrals.models import OnwardReferral
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.referrals.test_pages import AGENCY, agree, at
from tests.support.browser import PHONE, Journey
from tests.support.client import PageClient
from tests.support.stored import row


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team) -> Enrolment:
    with given():
        enrolment = started(team, 300)
        agree(enrolment.participant, team)
        return enrolment


def test_a_referral_on_a_phone(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment
) -> None:
    """Support, onward referrals, refer, choose why, save: naming the agency is typing."""
    journey.sign_in(client, team.keyworker)
    journey.page.set_viewport_size(PHONE)
    journey.visit(f"/enrolments/{case.id}/support")
    journey.interactions = 0
    journey.click("Onward referrals")
    journey.page.get_by_role("link", name="Refer them on").first.click()
    journey.type("Another agency (optional)", AGENCY)
    journey.page.get_by_label("Why", exact=True).select_option("housing")
    journey.interactions += 2
    journey.click("Save referral")
    journey.page.get_by_text("Referral recorded").wait_for()
    assert journey.interactions <= 4
    journey.check()
    key = row(app, OnwardReferral).id
    for rest in ("/new", f"/{key}"):
        journey.visit(at(case, rest))
    journey.visit("/unfinished?show=referral")
