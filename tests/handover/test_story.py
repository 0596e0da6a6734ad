"""The story one reads first: what one should know on one page, and no sensitive note."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from caseworker.barriers.models import BarrierAssessment
from caseworker.core import clock
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import exit_enrolment
from caseworker.plans.models import Goal
from caseworker.plans.rules import ActionDetails, GoalDetails
from caseworker.plans.services import add_goal
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.conftest import Given
from tests.support.builders import a_participant, kept
from tests.support.client import PageClient
from tests.support.counting import statements

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


def a_story(team: Team) -> Enrolment:
    case = started(team, days_ago=40)
    person = case.participant
    person.phone, person.no_texts, person.safe_times = "07700900123", True, "mornings"
    person.learning_needs = "Large print helps"
    goal = GoalDetails(
        words="A job near home", horizon="short", target_on=TODAY + 60 * DAY, support="Bus fares"
    )
    add_goal(
        case,
        goal,
        ActionDetails(words="Write a CV", owner="participant", due_on=TODAY + 7 * DAY),
        recorded_by=team.keyworker,
        today=TODAY,
    )
    for theme, barrier in (("transport", "no_transport"), ("safety", "domestic_abuse")):
        kept(
            BarrierAssessment(
                enrolment_id=case.id,
                theme=theme,
                barrier=barrier,
                state="something",
                severity=3,
                assessed_on=TODAY - DAY,
            )
        )
    spoke(team, case, days_ago=3, note="Looked at the bus times")
    spoke(team, case, days_ago=2, note="SECRET THING", sensitive=True)
    return case


@pytest.mark.both_databases
def test_the_story_holds_what_one_should_know_and_no_sensitive_note(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        case = a_story(team)
    client.sign_in(team.keyworker)
    with statements(app) as sent:
        page = client.page(f"/enrolments/{case.id}/story")
    assert len(sent) < 18, len(sent)
    for words in ("A job near home", "Write a CV", "Looked at the bus times", "Never text them", "mornings"):
        assert words in page.text, words
    assert "Large print helps" in page.text and "Bus fares" in page.text
    assert "SECRET" not in page.text
    answer = client.get(f"/enrolments/{case.id}/story.pdf")
    assert answer.mimetype == "application/pdf"
    assert case.participant.family_name not in answer.headers["Content-Disposition"]
    reader = PdfReader(BytesIO(answer.data))
    text = " ".join(" ".join(each.extract_text().split()) for each in reader.pages)
    assert len(reader.pages) == 1
    for words in ("A job near home", "Write a CV", "Looked at the bus times", "Never text them", "mornings"):
        assert words in text, words
    assert "SECRET" not in text
    assert "abuse" not in text.lower()
    assert "1 more in the case file" in text


def test_paper_holds_no_help_of_goals_kept_off_it_and_no_note_of_leaving(
    client: PageClient, given: Given, team: Team
) -> None:
    with given() as session:
        case = a_story(team)
        hidden, ticked = (
            GoalDetails(
                words=f"Feel safe {number}",
                horizon="short",
                target_on=TODAY + 30 * DAY,
                theme="safety",
                support=f"Refuge worker {number}",
            )
            for number in (1, 2)
        )
        for details in (hidden, ticked):
            add_goal(case, details, None, recorded_by=team.keyworker, today=TODAY)
        session.flush()
        max(session.scalars(select(Goal)), key=lambda goal: goal.words or "").printed = True
        before = started(
            team, days_ago=300, person=a_participant(organisation_id=team.programme.organisation_id)
        )
        exit_enrolment(before, exited_on=TODAY - 200 * DAY, exit_reason="health", today=TODAY)
        before.exit_note = "Left when the ward took them"
        before.participant_id = case.participant_id
    client.sign_in(team.keyworker)
    page = client.page(f"/enrolments/{case.id}/story")
    for words in ("Bus fares", "Refuge worker 1", "Refuge worker 2", "Left when the ward took them"):
        assert words in page.text, words
    reader = PdfReader(BytesIO(client.get(f"/enrolments/{case.id}/story.pdf").data))
    text = " ".join(" ".join(each.extract_text().split()) for each in reader.pages)
    for words in ("Large print helps", "Bus fares", "Refuge worker 2"):
        assert words in text, words
    for words in ("Refuge worker 1", "Feel safe 1", "Known from before", "the ward"):
        assert words not in text, words


def test_the_story_of_somebody_nobody_knows_yet_says_so(client: PageClient, given: Given, team: Team) -> None:
    with given():
        case = started(team, days_ago=None)
    client.sign_in(team.keyworker)
    page = client.page(f"/enrolments/{case.id}/story")
    assert "Nobody has spoken with them yet" in page.text
    answer = client.get(f"/enrolments/{case.id}/story.pdf")
    assert len(PdfReader(BytesIO(answer.data)).pages) == 1


def test_a_huge_story_is_one_page(client: PageClient, given: Given, team: Team) -> None:
    with given():
        case = a_story(team)
        case.participant.safe_times = "only " * 60
        for number in range(12):
            words = f"Goal {number} " + "and much more of it " * 20
            goal = GoalDetails(words=words, horizon="long", target_on=TODAY + 200 * DAY, support="x " * 400)
            add_goal(case, goal, None, recorded_by=team.keyworker, today=TODAY)
            spoke(team, case, days_ago=number % 5, note="long note " * 200)
    client.sign_in(team.keyworker)
    answer = client.get(f"/enrolments/{case.id}/story.pdf")
    assert len(PdfReader(BytesIO(answer.data)).pages) == 1
