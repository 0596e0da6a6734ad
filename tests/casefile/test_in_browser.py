"""Casework in a real browser: every page checked, and how many clicks, taps and Enters it takes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.contacts.models import Contact
from caseworker.core.clock import now
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import Team, a_team, started
from tests.casefile.test_case_page import a_full_case
from tests.conftest import Given
from tests.support.browser import Journey
from tests.support.client import PageClient


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team, client: PageClient, journey: Journey) -> Enrolment:
    with given():
        made = a_full_case(team)
        for days in (0, 28, 60):
            started(team, days_ago=days)
    journey.sign_in(client, team.keyworker)
    return made


def recorded(app: Flask) -> list[Contact]:
    with app.app_context():
        return list(db.session.scalars(select(Contact).order_by(Contact.id)))


PAGES: dict[str, Callable[[Enrolment], str]] = {
    "home": lambda case: "/",
    "due": lambda case: "/due",
    "caseload": lambda case: "/caseload?status=out_of_touch&sort=next",
    "find": lambda case: "/find",
    "case": lambda case: f"/enrolments/{case.id}",
    "timeline": lambda case: f"/enrolments/{case.id}/timeline?kind=contact",
    "contact": lambda case: f"/enrolments/{case.id}/contacts/new",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_passes_the_house_checks(journey: Journey, case: Enrolment, name: str) -> None:
    journey.visit(PAGES[name](case))
    for fold in journey.page.locator("main details").all():
        fold.evaluate("fold => { fold.open = true; }")
    journey.check()


def test_a_contact_takes_three_interactions_by_mouse(app: Flask, journey: Journey, case: Enrolment) -> None:
    before = len(recorded(app))
    journey.visit(f"/enrolments/{case.id}/timeline")
    journey.click("Record a contact")
    journey.choose("No answer")
    journey.click("Save contact")
    journey.page.get_by_text("Contact saved").wait_for()
    assert journey.interactions <= 3
    made = recorded(app)[before:]
    assert [(row.result, row.channel) for row in made] == [("no_answer", "text")]
    assert now() - made[0].happened_at < timedelta(minutes=5)


def test_a_contact_takes_two_interactions_by_keyboard(app: Flask, journey: Journey, case: Enrolment) -> None:
    before = len(recorded(app))
    journey.visit(f"/enrolments/{case.id}")
    journey.page.get_by_role("link", name="Record a contact").first.focus()
    journey.press("Enter")
    journey.page.get_by_label("Spoke or attended").focus()
    journey.page.keyboard.press("Space")
    journey.type("Note (optional)", "Typed without a mouse")
    journey.press("Control+Enter")
    journey.page.get_by_text("Contact saved").wait_for()
    assert journey.interactions <= 2
    with app.app_context():
        rows = db.session.scalars(select(Contact).order_by(Contact.id)).all()
        assert [row.note for row in rows[before:]] == ["Typed without a mouse"]


def test_somebody_is_found_in_two_interactions(journey: Journey, case: Enrolment) -> None:
    journey.visit("/")
    journey.press("/")
    journey.page.keyboard.type("sea")
    journey.press("Enter")
    journey.page.wait_for_url(f"**/enrolments/{case.id}")
    assert journey.interactions <= 2


def test_undo_is_one_tap(app: Flask, journey: Journey, case: Enrolment) -> None:
    journey.visit(f"/enrolments/{case.id}/contacts/new")
    journey.choose("Left a message")
    journey.click("Save contact")
    journey.click("Undo")
    journey.page.get_by_text("Contact taken back").wait_for()
    assert [row.void_reason for row in recorded(app)][-1] == "undone"


def test_the_privacy_key_hides_the_names(journey: Journey, case: Enrolment) -> None:
    journey.visit(f"/enrolments/{case.id}")
    name = journey.page.locator(".cw-identity__name")
    journey.press("p")
    assert "blur" in str(name.evaluate("tag => getComputedStyle(tag).filter"))
