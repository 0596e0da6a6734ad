"""The budget of a new referral in a real browser, and every page of intake looked at."""

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Agreement, Participant
from caseworker.programmes.models import ProgrammeRule
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.support.browser import Journey
from tests.support.builders import LONG_AGO, a_participant, a_user, kept
from tests.support.client import PageClient
from tests.support.stored import row, rows


@pytest.fixture
def team(given: Given) -> Team:
    """On today's clock: the served application is not stopped at noon."""
    with given():
        team = a_team()
        kept(
            ProgrammeRule(
                programme_id=team.programme.id, kind="eligibility", code="lives_here",
                label="Lives in the area", source="Made up for a test", from_on=LONG_AGO,
                settings={"question": "Do they live here?", "evidence": ["Bill"], "valid_days": 90},
            )
        )  # fmt: skip
        return team


def needed_on(journey: Journey) -> set[str]:
    """The boxes and choices of a form that are neither optional, nor folded away, nor filled already."""
    return set(
        journey.page.evaluate(
            """() => [...document.querySelectorAll("main form.cw-form .govuk-form-group")]
              .filter(group => !group.closest("details") && !group.parentElement.closest(".govuk-form-group"))
              .map(group => (group.querySelector("legend, label") || {innerText: ""}).innerText.trim())
              .filter(words => words && !words.includes("(optional)"))"""
        )
    )


def test_two_pages_and_five_answers(app: Flask, client: PageClient, journey: Journey, team: Team) -> None:
    journey.sign_in(client, team.keyworker)
    journey.visit("/")
    journey.click("New referral")
    journey.check()
    first = needed_on(journey)
    journey.type("First names", "Amara")
    journey.type("Surname", "Osei")
    journey.page.get_by_label("Day", exact=True).fill("4")
    journey.page.get_by_label("Month", exact=True).fill("3")
    journey.page.get_by_label("Year", exact=True).fill("1985")
    journey.click("Continue")
    journey.check()
    second = needed_on(journey)
    assert len(first) + len(second) == 5, (first, second)
    journey.page.get_by_label("Who referred them").select_option(label="Jobcentre Plus")
    journey.interactions += 1
    journey.click("Save referral")
    journey.page.get_by_text("Referral saved").wait_for()
    assert journey.interactions <= 4
    assert row(app, Participant).family_name == "Osei"
    journey.check()


def test_warned_before_saving(
    app: Flask, client: PageClient, given: Given, journey: Journey, team: Team
) -> None:
    with given():
        person = a_participant(
            organisation_id=team.programme.organisation_id, given_name="Amara", family_name="Osei"
        )
        started(team, person=person, referred_on=clock.today(), started_on=None, today=clock.today())
    journey.sign_in(client, team.keyworker)
    journey.visit("/referrals/new")
    journey.type("First names", "Ammara")
    journey.type("Surname", "Osey")
    for box, text in (("Day", "17"), ("Month", "5"), ("Year", "1990")):
        journey.page.get_by_label(box, exact=True).fill(text)
    journey.click("Continue")
    journey.page.get_by_text("They may be known here already").wait_for()
    journey.check()
    assert len(rows(app, Enrolment)) == 1
    journey.choose("A different person")
    journey.page.get_by_label("Who referred them").select_option(label="Food bank")
    journey.click("Save referral")
    journey.page.get_by_text("Referral saved").wait_for()
    assert len(rows(app, Participant)) == 2


def test_every_page_of_intake_is_in_order(
    client: PageClient, given: Given, journey: Journey, team: Team
) -> None:
    today = clock.today()
    with given():
        case = started(team, referred_on=today, started_on=today, today=today)
        waiting = started(team, days_ago=None, referred_on=today, today=today)
        share = kept(
            Agreement(
                participant_id=case.participant_id, purpose="share", answer="given", given_on=today,
                notice_version="1", agency="Citizens Advice", how="paper",
            )
        )  # fmt: skip
        office = a_user(Role.PROGRAMME_ADMINISTRATOR, db.session.merge(team.programme))
    journey.sign_in(client, team.keyworker)
    for ending in (
        "later", "details", "safety", "status", "agreements", "agreements/new",
        f"agreements/{share.id}/withdraw", "eligibility", "eligibility/lives_here", "equality", "",
    ):  # fmt: skip
        journey.visit(f"/enrolments/{case.id}/{ending}".rstrip("/"))
    journey.visit(f"/enrolments/{waiting.id}/non-start")
    journey.visit("/caseload")
    journey.sign_in(client, office)
    journey.visit("/people")
    journey.click("New referral")
    journey.check()
