"""The tutor's ten minutes between two classes, on a telephone, in a real browser."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from caseworker.core import clock
from caseworker.core.db import db
from caseworker.courses.models import Attendance, Completion
from tests.conftest import Given
from tests.courses.classes import Taught, a_class, taught
from tests.support.browser import PHONE, Journey
from tests.support.client import PageClient

# Interactions: a click, tap or Enter that navigates, opens, selects or submits.
REGISTER_BUDGET = 5
COMPLETION_BUDGET = 5


@pytest.fixture
def course(given: Given, client: PageClient, journey: Journey) -> Taught:
    """Fifteen learners, and a class today; the tutor holds a telephone."""
    day = clock.today()
    with given():
        made = taught(15, starts_on=day - timedelta(days=30), ends_on=day + timedelta(days=30))
        for place in made.places:
            place.joined_on = day - timedelta(days=30)
        made.today = a_class(made.course, day)
        a_class(made.course, day - timedelta(days=7))
        a_class(made.course, day + timedelta(days=7))
    journey.page.set_viewport_size(PHONE)
    journey.sign_in(client, made.tutor)
    return made


def marks(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(db.session.scalars(select(Attendance.mark)))


def tap(page: Page, learner: str, mark: str) -> None:
    row = page.get_by_role("group", name=learner)
    row.get_by_role("radio", name=mark, exact=True).check()


def test_fifteen_learners_two_absent(app: Flask, journey: Journey, course: Taught) -> None:
    journey.visit("/")
    journey.interactions = 0
    page = journey.page
    page.get_by_role("link", name="Mark the register").click()
    journey.check()
    for learner in ("Mark of Bethan", "Mark of Zoe007"):
        tap(page, learner, "Absent")
    journey.click("Save register")
    journey.interactions += 3
    page.get_by_text("Register saved", exact=True).first.wait_for()
    assert journey.interactions <= REGISTER_BUDGET
    assert marks(app) == ["absent"] * 2 + ["present"] * 13
    journey.check()


def test_the_whole_class_completes(app: Flask, journey: Journey, course: Taught) -> None:
    journey.visit("/")
    journey.interactions = 0
    journey.click("Food safety")
    journey.check()
    journey.click("Record completions")
    journey.check()
    journey.click("Save completions")
    journey.page.get_by_text("15 completions recorded").wait_for()
    assert journey.interactions <= COMPLETION_BUDGET
    with app.app_context():
        assert len(list(db.session.scalars(select(Completion)))) == 15
    journey.check()


def test_minutes_are_asked_beside_late(app: Flask, journey: Journey, course: Taught) -> None:
    journey.visit(course.register)
    page = journey.page
    row = page.get_by_role("group", name="Mark of Amara")
    minutes = row.get_by_role("textbox")
    assert not minutes.is_visible()
    tap(page, "Mark of Amara", "Late")
    assert minutes.is_visible()
    minutes.fill("0")
    journey.check()
    journey.click("Save register")
    page.get_by_role("heading", name="There is a problem").wait_for()
    journey.check()
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.name") == course.lates[0]
    minutes.fill("20")
    journey.click("Save register")
    page.get_by_text("Register saved", exact=True).first.wait_for()
    with app.app_context():
        late = select(Attendance.minutes_late).where(Attendance.minutes_late.is_not(None))
        assert list(db.session.scalars(late)) == [20]


def test_by_keyboard_alone(app: Flask, journey: Journey, course: Taught) -> None:
    journey.visit(course.register)
    page = journey.page
    page.locator(f"input[name={course.marks[0]}][value=present]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Register saved", exact=True).first.wait_for()
    assert marks(app) == ["absent"] + ["present"] * 14


def test_without_javascript(app: Flask, browser: Browser, journey: Journey, course: Taught) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.add_cookies(journey.page.context.cookies())  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{journey.address}/classes")
    page.get_by_role("link", name="Mark the register").click()
    tap(page, "Mark of Callum", "Late")
    page.get_by_role("group", name="Mark of Callum").get_by_role("textbox").fill("12")
    page.get_by_role("button", name="Save register").click()
    page.get_by_text("Register saved", exact=True).first.wait_for()
    assert marks(app) == ["late"] + ["present"] * 14
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("heading", name="Food safety").wait_for()
    page.get_by_role("button", name="This class did not happen").click()
    page.get_by_text("Did not happen", exact=True).wait_for()
    context.close()
