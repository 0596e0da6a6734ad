"""Stopping all contact in three interactions on a phone by keyboard, and the officer's pages looked at."""

from datetime import timedelta

from flask import Flask

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.models import ContactStop, LawfulBasis, Notice
from caseworker.lawful.services import limit
from tests.casefile.situations import a_team, started
from tests.conftest import Given
from tests.support.browser import PHONE, Journey
from tests.support.builders import LONG_AGO, a_user, kept
from tests.support.client import PageClient
from tests.support.stored import row


def test_three_interactions_at_360_by_keyboard(
    app: Flask, client: PageClient, given: Given, journey: Journey
) -> None:
    today = clock.today()
    with given():
        team = a_team()
        case = started(team, referred_on=today, started_on=today, today=today)
    journey.sign_in(client, team.keyworker)
    journey.page.set_viewport_size(PHONE)
    journey.visit(f"/enrolments/{case.id}")
    journey.page.get_by_role("link", name="They died, or want no contact").focus()
    journey.press("Enter")
    journey.page.get_by_role("heading", name="Stop all contact").wait_for()
    journey.check()
    journey.page.get_by_label("They died", exact=True).focus()
    journey.press("Space")
    journey.page.get_by_role("button", name="Stop all contact").focus()
    journey.press("Enter")
    journey.page.get_by_text("They have died.").wait_for()
    assert journey.interactions == 3
    assert row(app, ContactStop).kind == "died"
    journey.check()
    journey.visit(f"/enrolments/{case.id}/no-contact")
    journey.visit(f"/enrolments/{case.id}/timeline")
    assert journey.page.get_by_text("All contact stopped").count() >= 1


def test_the_officers_pages_are_in_order(client: PageClient, given: Given, journey: Journey) -> None:
    today = clock.today()
    with given() as session:
        team = a_team()
        officer = a_user(Role.DATA_PROTECTION, team.programme)
        kept(
            LawfulBasis(
                programme_id=team.programme.id, purpose="support", article_6="public_task",
                article_9="health_social_care", keep_from="exit", keep_months=72, source="Board paper 12",
                from_on=LONG_AGO,
            )
        )  # fmt: skip
        notice = kept(
            Notice(
                organisation_id=team.programme.organisation_id, version_name="2026-2", language="english",
                words="Who we are.", from_on=today - timedelta(days=1),
            )
        )  # fmt: skip
        case = started(team, referred_on=today, started_on=today, today=today)
        session.flush()
        person = db.session.get_one(Enrolment, case.id).participant
        limit(person, kind="restriction", reason="accuracy", from_on=today, by=officer, today=today)
    journey.sign_in(client, officer)
    page = f"/lawful/{team.programme.id}"
    rest = ("/lawful", page, f"{page}/basis?purpose=support", f"{page}/fields/religion")
    for path in (*rest, "/lawful/notices", f"/lawful/notices/{notice.id}", "/lawful/notices/new"):
        journey.visit(path)
    journey.sign_in(client, team.keyworker)
    for ending in ("", "/agreements", "/agreements/new?about=photo", f"/agreements/notice/{notice.id}"):
        journey.visit(f"/enrolments/{case.id}{ending}")
        assert journey.page.get_by_text("This record is kept and not used.").count() == 1
