"""The budgets of a contact, counted in a real browser; every page of contacts looked at; no script needed."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseworker.appointments.models import Appointment
from caseworker.contacts.models import Contact, TakenMessage
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.plans.models import Action
from caseworker.plans.rules import ActionDetails, GoalDetails
from caseworker.plans.services import add_goal
from tests.casefile.situations import Team, a_clock, a_team
from tests.conftest import Given
from tests.contacts.test_ladder import SETTINGS
from tests.support.browser import Journey
from tests.support.builders import a_participant, an_enrolment
from tests.support.client import PageClient
from tests.support.stored import row, rows


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        made = a_team()
        a_clock(made.programme, kind="contact_ladder", code="ladder", settings=SETTINGS)
        return made


@pytest.fixture
def case(given: Given, team: Team) -> Enrolment:
    with given():
        person = a_participant(
            organisation_id=team.programme.organisation_id,
            given_name="Seán",
            family_name="O’Neill",
            phone="07700900123",
        )
        enrolment = an_enrolment(team.programme, person, team.keyworker)
        add_goal(
            enrolment,
            GoalDetails("Find work near home", "short"),
            ActionDetails("Finish the CV", "participant", clock.today() + timedelta(days=5)),
            recorded_by=team.keyworker,
            today=clock.today(),
        )
        return enrolment


def open_part(journey: Journey, words: str) -> None:
    journey.page.locator("summary", has_text=words).click()
    journey.interactions += 1


def test_a_contact_takes_three(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment
) -> None:
    journey.sign_in(client, team.keyworker)
    journey.visit(f"/enrolments/{case.id}")
    journey.click("Record a contact")
    journey.choose("Spoke or attended")
    journey.press("Control+Enter")
    journey.page.get_by_text("Contact saved").wait_for()
    assert journey.interactions <= 3
    assert row(app, Contact).two_way


def test_contact_outcome_action_and_next_appointment_take_six_and_undo_asks_first(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment
) -> None:
    journey.sign_in(client, team.keyworker)
    journey.visit(f"/enrolments/{case.id}")
    journey.click("Record a contact")
    journey.check()
    journey.choose("Spoke or attended")
    journey.page.locator("#note").fill("A good talk")
    open_part(journey, "Plan: what was done, what is next")
    journey.choose("Finish the CV")
    journey.page.get_by_label("What will be done").fill("Send it to three employers")
    journey.page.get_by_label("Same time next week").check()
    journey.interactions += 1
    journey.press("Control+Enter")
    journey.page.get_by_text("Contact saved.").wait_for()
    assert journey.interactions <= 6
    actions = {each.words: each.done_on for each in rows(app, Action)}
    assert actions == {"Finish the CV": clock.today(), "Send it to three employers": None}
    assert row(app, Appointment).starts_on == clock.today() + timedelta(days=7)
    assert row(app, Contact).note == "A good talk"
    journey.check()
    journey.click("Undo")
    journey.check()
    journey.click("Take all of it back")
    journey.page.get_by_text("Contact taken back").wait_for()
    assert row(app, Appointment).voided_at is not None
    assert [each.done_on for each in rows(app, Action)] == [None, None]


def test_why_they_did_not_come_is_asked_only_then(
    client: PageClient, journey: Journey, team: Team, case: Enrolment
) -> None:
    journey.sign_in(client, team.keyworker)
    journey.visit(f"/enrolments/{case.id}/contacts/new")
    why = journey.page.get_by_label("Forgot")
    assert not why.is_visible()
    journey.choose("Did not attend")
    assert why.is_visible()
    journey.check()


def test_without_script_the_whole_form_works(
    app: Flask, client: PageClient, browser: Browser, journey: Journey, team: Team, case: Enrolment
) -> None:
    journey.sign_in(client, team.keyworker)
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    plain.add_cookies(journey.page.context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(f"{journey.address}/enrolments/{case.id}/contacts/new")
    page.get_by_label("Spoke or attended").check()
    page.locator("summary", has_text="A task for you").click()
    page.get_by_label("By when").fill("31 2 2026")
    page.get_by_role("button", name="Save contact").click()
    assert "There is no 31 February" in page.inner_text("main")
    assert page.get_by_label("By when").is_visible()
    page.get_by_label("What you are to do").fill("Ring the college")
    page.get_by_label("By when").fill("tomorrow")
    page.get_by_role("button", name="Save contact").click()
    assert "Contact saved" in page.inner_text("body")
    page.goto(f"{journey.address}/enrolments/{case.id}/contacts/text")
    assert page.get_by_role("button", name="Copy").count() == 0
    assert "Seán" in page.locator("textarea").first.input_value()
    plain.close()
    assert len(rows(app, Contact)) == 1


def test_a_message_is_taken_in_five_and_read_by_the_keyworker(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment
) -> None:
    journey.sign_in(client, team.colleague)
    journey.visit("/")
    journey.click("Take a message")
    journey.check()
    journey.page.get_by_label("Who is it from?").fill("sean")
    journey.page.get_by_role("main").get_by_role("button", name="Find", exact=True).click()
    journey.interactions += 1
    journey.check()
    journey.choose("Wants to be called back")
    journey.click("Keep message")
    journey.page.get_by_text("Message kept").wait_for()
    assert journey.interactions <= 5
    assert row(app, TakenMessage).enrolment_id == case.id
    journey.sign_in(client, team.keyworker)
    journey.visit("/")
    journey.visit("/messages")
    journey.page.get_by_role("button", name="Make it a task").click()
    journey.page.get_by_text("Task added for today").wait_for()
    journey.check()


def test_every_page_of_contacts_is_in_order(
    client: PageClient, given: Given, journey: Journey, team: Team, case: Enrolment
) -> None:
    journey.sign_in(client, team.keyworker)
    for part in ("text", "other-work", "new"):
        journey.visit(f"/enrolments/{case.id}/contacts/{part}")
    journey.visit(f"/enrolments/{case.id}/contacts/text")
    journey.page.get_by_role("button", name="I have sent it").first.click()
    journey.page.get_by_text("Text kept as an attempt").wait_for()
    assert "Tried once since you last spoke. Next: Ring them" in journey.page.inner_text("main")
    journey.check()
    journey.visit(f"/enrolments/{case.id}/timeline")
    journey.page.get_by_role("link", name="Correct").first.click()
    journey.check()
    with given():
        person = db.session.merge(case).participant
        person.no_texts = True
    journey.visit(f"/enrolments/{case.id}/contacts/text")
