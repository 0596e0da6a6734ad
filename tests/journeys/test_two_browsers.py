"""Two people, one plan: whoever saves second sees both texts and settles it field by field."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from caseworker.accounts.models import User
from caseworker.core.db import begin, db
from caseworker.plans.models import Goal
from caseworker.plans.rules import GoalDetails
from caseworker.plans.services import add_goal
from tests.casefile.situations import TODAY, Team, a_team, started
from tests.conftest import Given
from tests.support.browser import DESKTOP, house_check
from tests.support.client import PageClient


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def windows(browser: Browser) -> Iterator[list[BrowserContext]]:
    opened = [browser.new_context(viewport=DESKTOP, locale="en-GB") for _ in range(2)]
    yield opened
    for each in opened:
        each.close()


def opened_by(window: BrowserContext, address: str, client: PageClient, user: User, path: str) -> Page:
    client.sign_in(user)
    name = client.application.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    window.add_cookies([{"name": name, "value": cookie.value, "url": address}])
    page = window.new_page()
    page.goto(address + path)
    page.locator("main details").evaluate_all("folds => folds.forEach(fold => { fold.open = true; })")
    return page


def said_in(app: Flask, key: Any) -> tuple[str, str | None]:
    with app.app_context():
        begin("read")
        goal = db.session.get_one(Goal, key)
        return goal.words or "", goal.support


def test_a_keyworker_and_a_lead_change_one_goal(
    app: Flask, address: str, client: PageClient, given: Given, team: Team, windows: list[BrowserContext]
) -> None:
    with given():
        case = started(team)
        details = GoalDetails("Visit the library", "short")
        goal = add_goal(case, details, None, recorded_by=team.keyworker, today=TODAY)
        db.session.flush()
        key = goal.id
    path = f"/enrolments/{case.id}/plan/goals/{key}/edit"
    theirs = opened_by(windows[0], address, client, team.lead, path)
    mine = opened_by(windows[1], address, client, team.keyworker, path)
    theirs.locator("main [name=words]").fill("Visit the library on Monday")
    theirs.locator("main [name=support]").fill("A lift there")
    theirs.get_by_role("button", name="Save goal").click()
    theirs.get_by_text("Visit the library on Monday").first.wait_for()

    mine.locator("main [name=words]").fill("Join the library’s job club")
    mine.locator("main [name=support]").fill("Somebody to come along")
    mine.get_by_role("button", name="Save goal").click()
    mine.get_by_role("heading", name="Somebody else saved this first").wait_for()
    faults: list[str] = []
    house_check(mine, faults)
    assert faults == []
    for text in ("Visit the library on Monday", "A lift there"):
        assert mine.get_by_text(text, exact=True).is_visible()
    mine.locator("input[name='keep-support'][value=saved]").check()
    mine.get_by_role("button", name="Save what I chose").click()
    mine.get_by_text("Join the library’s job club").first.wait_for()
    assert said_in(app, key) == ("Join the library’s job club", "A lift there")
