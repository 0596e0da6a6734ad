"""A concern in three interactions from a case, at 360 px, by keyboard alone and without script."""

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseworker.safeguarding.models import Concern
from tests.conftest import Given
from tests.safeguarding.situations import SAID, Worry, a_concern, a_worry
from tests.support.browser import PHONE, Journey
from tests.support.client import PageClient
from tests.support.stored import row, rows


@pytest.fixture
def worry(given: Given) -> Worry:
    with given():
        return a_worry()


def test_three_interactions_on_a_phone_and_by_keyboard(
    app: Flask, client: PageClient, journey: Journey, worry: Worry
) -> None:
    journey.sign_in(client, worry.team.keyworker)
    journey.page.set_viewport_size(PHONE)
    journey.visit(f"/enrolments/{worry.case.id}")
    journey.interactions = 0
    journey.click("Raise a concern")
    journey.type("What was seen or said?", SAID)
    journey.choose("Self-harm or suicide")
    journey.check()
    journey.click("Send concern")
    journey.page.get_by_text("Its reference is").wait_for()
    assert journey.interactions == 3
    journey.check()
    concern = row(app, Concern)
    assert (concern.said, concern.category) == (SAID, "self_harm")

    journey.visit(f"/enrolments/{worry.case.id}")
    journey.interactions = 0
    journey.page.get_by_role("link", name="Raise a concern").focus()
    journey.press("Enter")
    journey.page.get_by_label("What was seen or said?").focus()
    journey.page.keyboard.type("She rang in tears")
    journey.press("Control+Enter")
    journey.page.get_by_text("Its reference is").wait_for()
    assert journey.interactions == 2
    assert [each.about_participant_id for each in rows(app, Concern)] == [worry.person.id] * 2

    journey.sign_in(client, worry.lead)
    for path in ("/concerns", f"/concerns/{concern.id}", f"/concerns/{concern.id}/steps/referral"):
        journey.visit(path)


def test_without_script(
    app: Flask, client: PageClient, browser: Browser, address: str, given: Given, worry: Worry
) -> None:
    with given():
        concern = a_concern(worry, worry.person)
    client.sign_in(worry.lead)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    context.add_cookies([{"name": name, "value": cookie.value, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/account")
    page.get_by_role("link", name="Raise a concern").click()
    page.get_by_label("What was seen or said?").fill(SAID)
    page.get_by_role("button", name="Send concern").click()
    page.get_by_text("Its reference is").wait_for()
    page.get_by_role("link", name="Read and take them").click()
    page.goto(f"{address}/concerns/{concern.id}")
    page.get_by_role("button", name="Take this concern").click()
    page.get_by_text("The alerts stop").wait_for()
    context.close()
    assert sorted(each.acknowledged_at is None for each in rows(app, Concern)) == [False, True]
