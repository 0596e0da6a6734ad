"""A photo of a payslip from a phone in four interactions, and every page of work looked at by axe."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.employers import applications
from caseworker.employers import services as employing
from caseworker.employers.applications import Going
from caseworker.employers.models import Employer
from caseworker.employers.services import EmployerDetails, VacancyDetails
from caseworker.enrolments.models import Enrolment
from caseworker.progressions import changing, readiness, services
from caseworker.progressions.changing import NewTerms
from caseworker.progressions.models import Progression
from caseworker.progressions.services import StepDetails
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.progressions.situations import work_rules
from tests.progressions.test_change_pages import PHOTO
from tests.support.browser import PHONE, Journey
from tests.support.builders import a_user
from tests.support.client import PageClient
from tests.support.stored import row


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        team = a_team()
        work_rules(team.programme)
        return team


@pytest.fixture
def case(given: Given, team: Team) -> Enrolment:
    with given():
        return started(team, 300)


@pytest.fixture
def job(given: Given, team: Team, case: Enrolment) -> Progression:
    """A job with a pay rise, a break and a readiness list."""
    with given() as session:
        by, today = team.keyworker, clock.today()
        enrolment = session.merge(case)
        step = services.record_progression(
            enrolment,
            StepDetails("paid_work", today - timedelta(days=120), "self_reported", weekly_minutes=960,
                        pay_pence=1221, pay_period="hour", employer="Brook Bakery", job_title="Baker"),
            recorded_by=by, today=today,
        )  # fmt: skip
        rise = NewTerms(today - timedelta(days=30), 1200, 1300, "hour")
        changing.change_terms(step, rise, recorded_by=by, today=today)
        first = today - timedelta(days=60)
        changing.record_break(step, from_on=first, until_on=None, recorded_by=by, today=today)
        readiness.note_readiness(
            enrolment, {"cv": "need", "email": "have"}, noted_by=by, today=today, now=clock.now()
        )
        session.flush()
        return step


@pytest.fixture
def bakery(given: Given, team: Team, case: Enrolment) -> Employer:
    with given() as session:
        by, today = team.keyworker, clock.today()
        made = employing.add_employer(
            team.programme.organisation_id,
            EmployerDetails(
                "Brook Bakery", "manufacturing", "Cardiff", "Mia, 029 2018 0000", "Flexible shifts"
            ),
            added_by=by,
        )
        vacancy = employing.add_vacancy(
            made,
            VacancyDetails("Baker", "paid_work", 2, today, 960, 1271, "hour", "Early mornings"),
            added_by=by,
        )
        applications.apply(session.merge(case), Going("applied", today, vacancy), recorded_by=by, today=today)
        return made


def test_a_payslip_from_a_phone_in_four(
    app: Flask,
    client: PageClient,
    journey: Journey,
    team: Team,
    case: Enrolment,
    job: Progression,
    tmp_path: Path,
) -> None:
    photo = tmp_path / "IMG_2041.jpg"
    photo.write_bytes(PHOTO)
    journey.page.set_viewport_size(PHONE)
    journey.sign_in(client, team.keyworker)
    journey.visit(f"/enrolments/{case.id}")
    journey.interactions = 0
    journey.click("Progressions")
    journey.page.get_by_role("link", name="Add evidence").click()
    journey.interactions += 1
    journey.page.locator("input[type=file]").set_input_files(photo)
    journey.interactions += 1
    journey.click("Save evidence")
    assert journey.interactions <= 4
    journey.page.get_by_text("Evidence added").wait_for()
    journey.check()
    assert row(app, Progression).evidence_level == "official"


def test_an_administrator_sends_one_in_four(
    app: Flask,
    client: PageClient,
    given: Given,
    journey: Journey,
    team: Team,
    job: Progression,
    tmp_path: Path,
) -> None:
    photo = tmp_path / "IMG_2041.jpg"
    photo.write_bytes(PHOTO)
    with given():
        clerk = a_user(Role.PROGRAMME_ADMINISTRATOR, team.programme)
    journey.sign_in(client, clerk)
    journey.visit("/people/evidence")
    journey.page.get_by_role("link", name="Add evidence").click()
    journey.check()
    journey.page.locator("input[type=file]").set_input_files(photo)
    journey.interactions = 2
    journey.click("Save evidence")
    assert journey.interactions <= 4
    journey.page.get_by_text("Evidence added").wait_for()
    assert row(app, Progression).evidence_level == "official"


def test_an_offer_becomes_a_progression_in_one_tap(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment, bakery: Employer
) -> None:
    """One tap opens the form with all that is known; only the day is typed."""
    journey.sign_in(client, team.keyworker)
    journey.visit(f"/enrolments/{case.id}/applications")
    for words in ("Interview today", "Offered today"):
        journey.page.get_by_role("button", name=words).click()
    journey.interactions = 0
    journey.page.get_by_role("link", name="Record the progression").click()
    journey.interactions += 1
    assert journey.page.get_by_label("Employer, college or host").input_value() == "Brook Bakery"
    journey.type("First day", "today")
    journey.click("Save progression")
    assert journey.interactions == 2
    journey.page.get_by_text("Progression recorded").wait_for()
    assert row(app, Progression).job_title == "Baker"


def test_every_page_of_work_is_sound(
    client: PageClient, journey: Journey, team: Team, case: Enrolment, job: Progression, bakery: Employer
) -> None:
    journey.sign_in(client, team.keyworker)
    with client.application.app_context():
        gap = db.session.merge(job).breaks[0].id
    work, one = f"/enrolments/{case.id}/progressions", f"/enrolments/{case.id}/progressions/{job.id}"
    for path in (
        work, f"{work}/new", f"{work}/readiness", f"{one}/terms", f"{one}/break", f"{one}/breaks/{gap}/back",
        f"{one}/evidence", f"{one}/description", f"{one}/end", f"{one}/check",
        f"/enrolments/{case.id}/applications", f"/enrolments/{case.id}/applications/new",
        "/employers", "/employers/new", "/employers/vacancies", f"/employers/{bakery.id}",
        f"/employers/{bakery.id}/edit", f"/employers/{bakery.id}/vacancies/new",
    ):  # fmt: skip
        journey.visit(path)
