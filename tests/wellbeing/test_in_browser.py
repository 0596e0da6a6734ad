"""One tap a question and Save, counted; and a handed screen that Back and other tabs do not open."""

import pytest
from flask import Flask

from caseworker.accounts.passwords import hash_password
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.instruments import READINESS_WHEEL
from caseworker.wellbeing.models import ONS4, HandedScreen, WellbeingAssessment
from caseworker.wellbeing.services import record_wellbeing
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.support.browser import PHONE, Journey
from tests.support.client import PageClient
from tests.support.stored import row

PASSWORD = "correct horse battery staple"
TAPPED = """() => [...document.querySelectorAll('main label, main button, main a')]
  .map(e => [e.textContent.trim(), Math.round(e.getBoundingClientRect().height)])"""


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        team = a_team()
        team.keyworker.password_hash = hash_password(PASSWORD)
        return team


@pytest.fixture
def case(given: Given, team: Team) -> Enrolment:
    with given():
        return started(team)


def tap(journey: Journey, name: str, score: int) -> None:
    journey.page.locator(f"input[name={name}][value='{score}']").check(force=True)
    journey.interactions += 1


@pytest.mark.parametrize(("instrument", "keys"), [
    ("ons4", ONS4), ("wheel", tuple(item.key for item in READINESS_WHEEL.items)),
])  # fmt: skip
def test_one_tap_a_question_and_save(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment, instrument: str,
    keys: tuple[str, ...],
) -> None:  # fmt: skip
    """On a phone, in the participant's hands."""
    journey.sign_in(client, team.keyworker)
    journey.page.set_viewport_size(PHONE)
    journey.visit(f"/enrolments/{case.id}/wellbeing/hand-over")
    journey.page.locator(f"input[value={instrument}]").check()
    journey.click("Lock and hand over")
    journey.check()
    small = [found for found in journey.page.evaluate(TAPPED) if found[1] < 44]
    assert small == []
    journey.interactions = 0
    for number, key in enumerate(keys):
        tap(journey, key, number + 1)
    journey.click("Save my answers")
    assert journey.interactions == len(keys) + 1
    journey.page.get_by_role("heading", name="Thank you").wait_for()
    journey.check()
    assert row(app, WellbeingAssessment).completed_how == "alone"


def test_with_a_worker_it_is_one_tap_more(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment
) -> None:
    journey.sign_in(client, team.keyworker)
    journey.visit(f"/enrolments/{case.id}/wellbeing/new")
    for key in ONS4:
        tap(journey, key, 5)
    journey.choose("Read aloud to them")
    journey.click("Save answers")
    assert journey.interactions == len(ONS4) + 2
    assert row(app, WellbeingAssessment).completed_how == "read_aloud"


def test_neither_back_nor_another_tab_opens_a_handed_screen(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment
) -> None:
    name = case.participant.family_name
    journey.sign_in(client, team.keyworker)
    journey.visit(f"/enrolments/{case.id}")
    assert name in journey.page.content()
    journey.visit(f"/enrolments/{case.id}/wellbeing/hand-over")
    journey.click("Lock and hand over")
    for _ in range(2):
        journey.page.go_back()
        assert name not in journey.page.content()
        assert case.participant.reference not in journey.page.content()
    journey.check()
    other = journey.page.context.new_page()
    for path in ("/", f"/enrolments/{case.id}", "/caseload", "/account"):
        other.goto(journey.address + path)
        assert other.get_by_role("heading", name="This screen is locked").is_visible()
    other.get_by_role("link", name="Go to the questions").click()
    other.keyboard.press("Tab")
    other.locator("input[name=worthwhile][value='7']").focus()
    other.keyboard.press("Space")
    other.get_by_role("button", name="Save my answers").focus()
    other.keyboard.press("Enter")
    other.get_by_role("heading", name="Thank you").wait_for()
    other.go_back()
    assert name not in other.content()
    other.goto(journey.address + "/")
    other.get_by_role("link", name="For staff").click()
    other.get_by_label("Your password").fill(PASSWORD)
    other.keyboard.press("Enter")
    other.get_by_text("The screen is yours again").wait_for()
    assert row(app, HandedScreen).ended_at is not None
    journey.visit(f"/enrolments/{case.id}")
    assert name in journey.page.content()


def test_every_page_of_wellbeing_is_in_order(
    client: PageClient, given: Given, journey: Journey, team: Team, case: Enrolment
) -> None:
    wheel = {item.key: number + 1 for number, item in enumerate(READINESS_WHEEL.items)}
    sittings = [("ons4", dict.fromkeys(ONS4, 4)), ("wheel", wheel)]
    sittings += [("ons4", dict.fromkeys(ONS4, 7)), ("wheel", wheel | {"health": 9})]
    with given():
        for instrument, answers in sittings:
            record_wellbeing(
                db.session.merge(case), answers, instrument=instrument, stage="review", completed_how="alone",
                assessed_on=clock.today(), recorded_by=team.keyworker, today=clock.today(),
            )  # fmt: skip
    journey.sign_in(client, team.keyworker)
    for rest in ("", "/new", "/new/wheel", "/new/swemwbs", "/hand-over"):
        journey.visit(f"/enrolments/{case.id}/wellbeing{rest}")
