"""The case page: everything about somebody on one page, for those who may see them and nobody else."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from caseworker.accounts.models import Role, User
from caseworker.barriers.models import BarrierAssessment
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.core.ids import new_id
from caseworker.courses.models import Completion, Course, CourseEnrolment
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import exit_enrolment, settle_plan_dues
from caseworker.participants.models import Agreement
from caseworker.plans.models import Action, ActionPlan, Goal
from caseworker.progressions.models import Progression
from caseworker.wellbeing.models import WellbeingAssessment
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.conftest import Given
from tests.support.builders import a_participant, a_user, kept
from tests.support.client import PageClient
from tests.support.counting import statements
from tests.support.page import Page, words

pytestmark = pytest.mark.both_databases
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


def a_full_case(team: Team) -> Enrolment:
    """Something of every feature."""
    person = a_participant(
        given_name="Seán",
        family_name="O’Neill",
        phone="07700900123",
        no_voicemail=True,
        safe_times="Mon to Wed, 10 to 2",
    )
    case = started(team, days_ago=40, person=person)
    spoke(team, case, days_ago=30, note="Agreed to send the CV", minutes=25)
    spoke(team, case, days_ago=3, channel="text", result="no_answer")
    by = {"entered_by_id": team.keyworker.id}
    kept(
        Agreement(
            participant_id=person.id,
            purpose="photo",
            answer="declined",
            given_on=TODAY - 40 * DAY,
            notice_version="1",
        )
    )
    for theme, barrier, severity in (("money", "debt", 3), ("housing", None, 1)):
        kept(
            BarrierAssessment(
                enrolment=case,
                theme=theme,
                barrier=barrier,
                state="something",
                severity=severity,
                assessed_on=TODAY - 39 * DAY,
                **by,
            )
        )
    a_plan(case, by)
    kept(
        WellbeingAssessment(
            enrolment=case,
            instrument="ons4",
            stage="start",
            assessed_on=TODAY - 38 * DAY,
            completed_how="alone",
            life_satisfaction=4,
            worthwhile=5,
            happiness=None,
            anxiety=7,
            **by,
        )
    )
    kept(
        Progression(
            enrolment=case,
            kind="paid_work",
            started_on=TODAY - 5 * DAY,
            weekly_minutes=960,
            pay_pence=1244,
            pay_period="hour",
            employer="Harbour Kitchen",
            evidence_level="self_reported",
            **by,
        )
    )
    a_completion(case, team.tutor, by)
    return case


def a_plan(case: Enrolment, by: dict[str, Any]) -> None:
    plan = kept(ActionPlan(enrolment=case, started_on=TODAY - 38 * DAY, agreed_on=TODAY - 37 * DAY, **by))
    settle_plan_dues(case, plan.id, plan.agreed_on, None)
    goal = kept(Goal(plan=plan, words="Work in a kitchen", horizon="short", target_on=TODAY + 30 * DAY, **by))
    kept(Action(goal=goal, words="Book food hygiene", owner="participant", due_on=TODAY + DAY, **by))
    kept(
        Action(
            goal=goal, words="Was done", owner="keyworker", due_on=TODAY, state="done", done_on=TODAY, **by
        )
    )
    kept(
        Goal(
            plan=plan,
            words="Get a bank account",
            horizon="short",
            target_on=TODAY,
            state="done",
            closed_on=TODAY - DAY,
            **by,
        )
    )


def a_completion(case: Enrolment, tutor: User, by: dict[str, Any]) -> None:
    course = kept(
        Course(
            programme_id=case.programme_id,
            tutor_id=tutor.id,
            title="Food hygiene",
            subject="Catering",
            level="2",
            guided_minutes=600,
            starts_on=TODAY - 30 * DAY,
            ends_on=TODAY - 10 * DAY,
        )
    )
    place = kept(CourseEnrolment(enrolment=case, course=course, joined_on=TODAY - 30 * DAY, **by))
    kept(Completion(place=place, completed_on=TODAY - 10 * DAY, **by))


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        made = a_full_case(team)
    client.sign_in(team.keyworker)
    return made


def card(page: Page, name: str) -> str:
    found = page.soup.select_one(f"#{name}")
    assert found is not None
    return words(found)


def test_the_page_holds_everything_about_the_case(client: PageClient, case: Enrolment) -> None:
    page = client.page(f"/enrolments/{case.id}")
    assert page.h1 == "Seán O’Neill"
    assert page.title == f"{case.participant.reference} – Caseworker"
    for words_of_safety in ("No voicemail", "Call only: Mon to Wed, 10 to 2", "In work", "36"):
        assert words_of_safety in page.text
    assert "Keyworker Priya Shah" in card(page, "details")
    assert "Last contact 30 days ago" in card(page, "details")
    assert "Last attempt 3 days ago" in card(page, "details")
    assert "(overdue)" in card(page, "details")
    assert "Photo of them No" in card(page, "agreements")
    assert "Ask how to reach them safely" in card(page, "later")
    assert "Harbour Kitchen" in card(page, "progressions")
    assert "Work in a kitchen" in card(page, "goals")
    assert "Book food hygiene" in card(page, "goals")
    assert "Was done" not in card(page, "goals")
    assert "Get a bank account" not in card(page, "goals")
    assert "Debt" in page.text
    for entry in ("Agreed to send the CV", "Course completed: Food hygiene", "Support started"):
        assert entry in card(page, "recent")


def test_what_is_sensitive_is_folded(client: PageClient, case: Enrolment) -> None:
    page = client.page(f"/enrolments/{case.id}")
    for words_ in ("Things are worthwhile", "Debt"):
        places = list(page.soup.find_all(string=re.compile(words_)))
        assert places
        assert all(place.find_parent("details") for place in places), words_


def test_who_looked_is_shown_and_looking_is_written_down(
    app: Flask, client: PageClient, case: Enrolment, team: Team
) -> None:
    assert "Nobody before you" in client.page(f"/enrolments/{case.id}").text
    client.page(f"/enrolments/{case.id}/timeline")
    client.sign_in(team.lead)
    page = client.page(f"/enrolments/{case.id}")
    assert "Priya Shah, 20 Nov 2026, 12:00 (2 times)" in page.text
    assert (
        f"Leads of the programme (its administrators see who it is, no notes): {team.programme.name}"
        in page.text
    )
    with app.app_context():
        looks = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all()
        assert [look.user_id for look in looks] == [team.keyworker.id, team.keyworker.id, team.lead.id]
        assert {look.participant_id for look in looks} == {case.participant_id}


def test_a_missing_case_and_one_of_others_answer_the_same_bytes(
    client: PageClient, given: Given, case: Enrolment, team: Team
) -> None:
    with given():
        verifier = a_user(Role.VERIFIER, team.programme)
    for user in (team.colleague, team.tutor, verifier):
        client.sign_in(user)
        for ending in ("", "/timeline", "/contacts/new"):
            there = client.get(f"/enrolments/{case.id}{ending}")
            missing = client.get(f"/enrolments/{new_id()}{ending}")
            assert (there.status_code, missing.status_code) == (404, 404)
            assert unstamped(there.data) == unstamped(missing.data)
            assert b"Neill" not in there.data


def unstamped(body: bytes) -> bytes:
    """Without the CSRF and post tokens, which differ on any two pages."""
    soup = BeautifulSoup(body, "html5lib")
    for tag in soup.select("[name=csrf_token], [name=post_token], meta[name=csrf-token]"):
        tag.decompose()
    return soup.encode()


def test_another_time_with_us_is_linked(
    client: PageClient, given: Given, case: Enrolment, team: Team
) -> None:
    with given():
        old = db.session.merge(case)
        exit_enrolment(old, exited_on=TODAY, exit_reason="into_work", today=TODAY)
        again = started(team, days_ago=0, person=old.participant)
    page = client.page(f"/enrolments/{again.id}")
    assert page.link(team.programme.name) == f"/enrolments/{case.id}"
    assert "Nothing has happened yet" not in card(page, "recent")


def test_a_new_case_says_the_next_step(client: PageClient, given: Given, team: Team) -> None:
    with given():
        fresh = started(team, days_ago=None)
    client.sign_in(team.keyworker)
    page = client.page(f"/enrolments/{fresh.id}")
    assert "Nothing has happened yet" in page.text
    assert "No open goal" in page.text
    assert "Not started" in page.text


def test_the_case_page_asks_few_questions_however_much_happened(
    app: Flask, client: PageClient, given: Given, case: Enrolment, team: Team
) -> None:
    sent: list[int] = []
    for more in (0, 70):
        with given():
            for number in range(more):
                spoke(team, db.session.merge(case), days_ago=number % 30)
        for path in (f"/enrolments/{case.id}", f"/enrolments/{case.id}/timeline"):
            client.page(path)
            with statements(app) as found:
                client.page(path)
            sent.append(len(found))
    # One question fewer once they were spoken with: what to try next is asked only after a try.
    assert sent[2] <= sent[0]
    assert sent[3] == sent[1]
    assert max(sent) <= 15
