"""The whole path on the demonstration, in a browser: recorded once, and found again behind a figure."""

import re
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.accounts.services import set_password
from caseworker.core.db import begin, db, transaction
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme
from tests.support.browser import Journey

pytestmark = pytest.mark.demonstration

PASSWORD = "an invented password of many words"
KEYWORKER, TUTOR, LEAD = "Priya Shah", "Marek Wójcik", "Ruth Adeyemi"
PROGRAMME = "fresh-start"


@pytest.fixture
def reference(app: Flask) -> str:
    """Somebody open on the keyworker's caseload, not in work; passwords are set on the way."""
    with app.app_context():
        with transaction():
            for name in (KEYWORKER, TUTOR, LEAD):
                user = db.session.scalars(select(User).where(User.name == name)).one()
                user.second_step = None
                set_password(user, PASSWORD)
        begin("read")
        found = db.session.scalars(
            select(Participant.reference)
            .join(Enrolment, Enrolment.participant_id == Participant.id)
            .join(Programme, Programme.id == Enrolment.programme_id)
            .join(User, User.id == Enrolment.keyworker_id)
            .where(
                User.name == KEYWORKER,
                Programme.code == PROGRAMME,
                Enrolment.exited_on.is_(None),
                Enrolment.status_at_start == "11",
                ~Participant.restricted,
            )
            .order_by(Participant.reference)
        )
        return str(found.first())


def sign_in(journey: Journey, app: Flask, name: str) -> None:
    with app.app_context():
        begin("read")
        email = db.session.scalars(select(User.email).where(User.name == name)).one()
    journey.visit("/sign-in")
    journey.type("E-mail address", email)
    journey.type("Password", PASSWORD)
    journey.click("Sign in")
    journey.page.get_by_role("button", name="Sign out").wait_for()
    journey.check()


def said(journey: Journey, words: str) -> None:
    journey.page.get_by_text(words).first.wait_for()
    journey.check()


def test_recorded_once_and_traced_from_the_pound_to_the_record(
    app: Flask, journey: Journey, reference: str
) -> None:
    sign_in(journey, app, KEYWORKER)
    case = find(journey, reference)
    record(journey, case)
    journey.click("Sign out")

    sign_in(journey, app, TUTOR)
    journey.page.get_by_role("link", name=re.compile("register", re.IGNORECASE)).first.click()
    journey.check()
    journey.click("Save register")
    said(journey, "Register saved")
    journey.click("Sign out")

    sign_in(journey, app, LEAD)
    trace(journey, case)
    report(journey)


def find(journey: Journey, reference: str) -> UUID:
    page = journey.page
    page.keyboard.press("/")
    page.keyboard.type(reference)
    journey.press("Enter")
    page.wait_for_url(re.compile("/enrolments/"))
    journey.check()
    return UUID(page.url.rsplit("/", 1)[1])


def record(journey: Journey, case: UUID) -> None:
    """A contact, a barrier, a goal with its first action, the four questions, and a job."""
    page = journey.page
    journey.click("Record a contact")
    journey.choose("Spoke or attended")
    journey.type("Note (optional)", "Talked about the job that starts")
    journey.click("Save contact")
    said(journey, "Contact saved")

    journey.visit(f"/enrolments/{case}/barriers/assess")
    page.locator("input[name=state_transport][value=something]").check()
    page.locator("[name=severity_transport]").first.select_option("3")
    journey.click("Save barriers")
    said(journey, "Barriers saved")

    journey.visit(f"/enrolments/{case}/plan/goals/new")
    journey.type("What do they want to do?", "Ride the 8.15 bus to work twice before the first day")
    journey.type("First action (optional)", "Buy a day ticket")
    journey.click("Save goal")
    said(journey, "Goal added")

    journey.visit(f"/enrolments/{case}/wellbeing/new")
    for measure, score in (("life_satisfaction", 7), ("worthwhile", 7), ("happiness", 8), ("anxiety", 3)):
        page.locator(f"input[name={measure}][value='{score}']").check()
    journey.choose("On their own")
    journey.click("Save answers")
    said(journey, "Wellbeing saved")

    journey.visit(f"/enrolments/{case}/progressions/new")
    page.locator("[name=kind]").first.select_option("paid_work")
    page.locator("[name=started_on]").fill("today")
    page.locator("[name=hours]").fill("30")
    page.locator("[name=pay]").fill("12.71")
    page.locator("input[name=pay_period][value=hour]").check()
    page.locator("[name=employer]").fill("An invented bakery")
    journey.click("Save progression")
    said(journey, "Progression recorded")


def trace(journey: Journey, case: UUID) -> None:
    """From the programme's percentage to the person's record."""
    page = journey.page
    journey.visit(f"/programmes/{PROGRAMME}/outcomes")
    page.get_by_role("link", name=re.compile("Show the people – Into work")).click()
    journey.check()
    page.locator(f'main a[href="/enrolments/{case}"]').click()
    said(journey, "An invented bakery")
    journey.visit(f"/programmes/{PROGRAMME}/value")
    page.get_by_role("link", name="Life satisfaction, change between first and latest score").first.click()
    said(journey, "How it is worked out")
    page.get_by_role("link", name=re.compile("^CW-")).first.click()
    page.wait_for_url(re.compile("/enrolments/"))
    journey.check()


def report(journey: Journey) -> None:
    """The lead's PDF, in two more clicks."""
    journey.visit(f"/programmes/{PROGRAMME}/value")
    with journey.page.expect_download() as waiting:
        journey.click("Make the PDF report")
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"%PDF-")
    assert waiting.value.suggested_filename.startswith(f"{PROGRAMME}-")
