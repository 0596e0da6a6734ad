"""A keyworker's whole day, from signing in to signing out, with four pairs of hands.

By mouse, by keyboard alone (every control is reached with Tab), by touch at 360 px, and without JavaScript.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page
from sqlalchemy import func, select

from caseworker.accounts.models import User
from caseworker.accounts.services import set_password
from caseworker.appointments.models import Appointment
from caseworker.contacts.models import CaseWork, Contact, TakenMessage
from caseworker.core.db import begin, db
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant
from caseworker.plans.models import Action, Goal
from caseworker.wellbeing.models import WellbeingAssessment
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.support.browser import DESKTOP, PHONE, WATCH_POLICY, house_check
from tests.support.builders import a_participant

PASSWORD = "an invented password of many words"
# More stops than any page of a case has.
MOST_TABS = 250


@dataclass
class Hands:
    """How somebody works: `press` activates a control, the way these hands do."""

    page: Page
    address: str
    press: Callable[[Locator], None]
    checked: bool
    faults: list[str]

    def visit(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def look(self) -> None:
        if self.checked:
            house_check(self.page, self.faults)

    def control(self, words: str, within: str) -> Locator:
        part = self.page.locator(within)
        link = part.get_by_role("link", name=words, exact=True)
        return link.or_(part.get_by_role("button", name=words, exact=True)).first

    def go(self, words: str, within: str = "body") -> None:
        with self.page.expect_navigation():
            self.press(self.control(words, within))

    def fill(self, name: str, text: str) -> None:
        self.page.locator(f"main [name='{name}']").first.fill(text)

    def choose(self, name: str, value: str) -> None:
        self.press(self.page.locator(f"main input[name='{name}'][value='{value}']").first)

    def pick(self, name: str, value: str) -> None:
        self.page.locator(f"main select[name='{name}']").first.select_option(value)

    def said(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()
        self.look()


def by_click(control: Locator) -> None:
    control.click()


def by_tap(control: Locator) -> None:
    """On its middle, whichever of box and label lies on top there."""
    control.scroll_into_view_if_needed()
    control.tap(force=control.evaluate("e => e.tagName === 'INPUT'"))


def by_key(control: Locator) -> None:
    """Tab until it has the focus, then Enter; a radio or box takes the space bar, as people press it."""
    page = control.page
    for _ in range(MOST_TABS):
        if control.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
        _along_radios(control)
    else:
        raise AssertionError(f"Tab never reaches {control}")
    box = control.evaluate("e => e.tagName === 'INPUT'")
    page.keyboard.press("Space" if box else "Enter")


def _along_radios(control: Locator) -> None:
    """A group of radios is one stop of Tab: the arrow keys go along it."""
    page = control.page
    here = "e => e.type === 'radio' && document.activeElement.name === e.name && document.activeElement !== e"
    for _ in range(20):
        if not control.evaluate(here):
            return
        page.keyboard.press("ArrowDown")


MODES: dict[str, tuple[dict[str, Any], Callable[[Locator], None], bool]] = {
    "mouse": ({"viewport": DESKTOP}, by_click, True),
    "keyboard": ({"viewport": DESKTOP}, by_key, False),
    "touch": ({"viewport": PHONE, "has_touch": True, "is_mobile": True}, by_tap, False),
    "no script": ({"viewport": DESKTOP, "java_script_enabled": False}, by_click, False),
}


@pytest.fixture(params=MODES)
def hands(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Hands]:
    settings, press, checked = MODES[request.param]
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", **settings)
    context.set_default_timeout(15_000)
    context.add_init_script(WATCH_POLICY)
    page, faults = context.new_page(), []
    page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)
    yield Hands(page, address, press, checked, faults)
    context.close()
    assert faults == []


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        team = a_team()
        set_password(team.keyworker, PASSWORD)
    return team


@pytest.fixture
def case(given: Given, team: Team) -> Enrolment:
    with given():
        person = a_participant(
            organisation_id=team.programme.organisation_id, given_name="Seán", family_name="O’Neill"
        )
        return started(team, person=person)


def count(app: Flask, table: Any, *where: Any) -> int:
    with app.app_context():
        begin("read")
        return db.session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def test_a_whole_day(app: Flask, hands: Hands, team: Team, case: Enrolment) -> None:
    sign_in(hands, team.keyworker)
    find(hands, case)
    contact(app, hands, case)
    plan(app, hands, case)
    wellbeing(app, hands, case)
    appointment(app, hands, case)
    other_work(app, hands, case)
    referral(app, hands)
    message(app, hands, case)
    hands.visit(f"/enrolments/{case.id}/timeline")
    for words in ("Face to face: spoke or attended", "Goal added", "Wellbeing questions"):
        assert hands.page.get_by_text(words).first.is_visible()
    hands.go("Sign out")
    hands.page.get_by_role("heading", name="Sign in").wait_for()
    hands.page.goto(f"{hands.address}/enrolments/{case.id}")
    hands.page.get_by_role("heading", name="Sign in").wait_for()


def sign_in(hands: Hands, user: User) -> None:
    hands.visit("/sign-in")
    hands.fill("email", user.email)
    hands.fill("password", PASSWORD)
    hands.go("Sign in")
    hands.said("What is due")


def find(hands: Hands, case: Enrolment) -> None:
    """Three letters without the accent, and Enter."""
    box = hands.page.get_by_role("searchbox").first
    box.fill("sea")
    box.press("Enter")
    hands.page.wait_for_url("**/enrolments/**")
    assert str(case.id) in hands.page.url
    hands.look()


def contact(app: Flask, hands: Hands, case: Enrolment) -> None:
    hands.go("Record a contact")
    hands.look()
    hands.choose("result", "spoke")
    hands.fill("note", "Went through the letter. ‘Nothing’ <b>bold</b> was lost & nothing leaked.")
    hands.go("Save contact")
    hands.said("Contact saved")
    assert count(app, Contact, Contact.enrolment_id == case.id) == 1


def plan(app: Flask, hands: Hands, case: Enrolment) -> None:
    hands.visit(f"/enrolments/{case.id}/plan")
    hands.go("Add a goal")
    hands.fill("words", "Ride the 8.15 bus to work twice before the first day")
    hands.fill("action_words", "Buy a day ticket")
    hands.go("Save goal")
    hands.said("Goal added")
    hands.go("Done Buy a day ticket")
    hands.said("Undo")
    assert count(app, Goal) == 1 and count(app, Action, Action.done_on.is_not(None)) == 1


def wellbeing(app: Flask, hands: Hands, case: Enrolment) -> None:
    hands.visit(f"/enrolments/{case.id}/wellbeing/new")
    for measure, score in (("life_satisfaction", 7), ("worthwhile", 7), ("happiness", 8), ("anxiety", 3)):
        hands.choose(measure, str(score))
    hands.choose("completed_how", "alone")
    hands.go("Save answers")
    hands.said("Wellbeing saved")
    assert count(app, WellbeingAssessment) == 1


def appointment(app: Flask, hands: Hands, case: Enrolment) -> None:
    hands.visit(f"/enrolments/{case.id}")
    hands.go("Appointment")
    hands.choose("preset", "next_week")
    hands.go("Book appointment")
    hands.said("Undo")
    assert count(app, Appointment, Appointment.enrolment_id == case.id) == 1


def other_work(app: Flask, hands: Hands, case: Enrolment) -> None:
    hands.visit(f"/enrolments/{case.id}/timeline")
    hands.go("Add work for them")
    hands.choose("kind", "letter_or_form")
    hands.fill("minutes", "20")
    hands.go("Save work")
    assert count(app, CaseWork) == 1


def referral(app: Flask, hands: Hands) -> None:
    hands.visit("/")
    hands.go("New referral")
    hands.fill("given_name", "Zoë")
    hands.fill("family_name", "D’Souza")
    hands.choose("born_on-not_known", "yes")
    hands.go("Continue")
    hands.pick("referral_source", "jobcentre")
    hands.go("Save referral")
    hands.said("Referral saved")
    assert count(app, Participant, Participant.family_name == "D’Souza") == 1


def message(app: Flask, hands: Hands, case: Enrolment) -> None:
    hands.visit("/")
    hands.go("Take a message")
    hands.fill("caller", "oneill")
    hands.go("Find", "main")
    hands.choose("person", str(case.id))
    hands.choose("wants", "call_back")
    hands.go("Keep message")
    hands.said("Message kept for their keyworker")
    assert count(app, TakenMessage) == 1
