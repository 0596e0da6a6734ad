"""Every page of documents, in order at both widths, in a few taps."""

import pytest
from flask import Flask

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.documents.models import Document
from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.support.browser import PHONE, Journey
from tests.support.builders import a_user
from tests.support.client import PageClient
from tests.support.stored import row


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def office(given: Given, team: Team) -> User:
    with given():
        return a_user(Role.PROGRAMME_ADMINISTRATOR, db.session.merge(team.programme), name="Bea Hall")


@pytest.fixture
def case(given: Given, team: Team) -> Enrolment:
    with given():
        return started(team)


def at(case: Enrolment, rest: str) -> str:
    return f"/enrolments/{case.id}/documents{rest}"


def test_every_page_is_in_order_and_four_taps_record_one(
    app: Flask, client: PageClient, journey: Journey, team: Team, case: Enrolment, office: User
) -> None:
    """About them, documents, add, choose, save."""
    journey.sign_in(client, team.keyworker)
    journey.page.set_viewport_size(PHONE)
    journey.visit(f"/enrolments/{case.id}/later")
    journey.interactions = 0
    journey.click("Open – Documents")
    journey.page.get_by_role("link", name="Add a document").first.click()
    journey.page.get_by_label("What it is").select_option("passport")
    journey.interactions += 2
    journey.click("Save document")
    journey.page.get_by_text("Document recorded").wait_for()
    assert journey.interactions <= 4
    journey.check()
    key = row(app, Document).id
    for rest in ("/new", f"/{key}/copy"):
        journey.visit(at(case, rest))
    journey.sign_in(client, office)
    for rest in ("", "/new"):
        journey.visit(f"/people/{case.id}/documents{rest}")
