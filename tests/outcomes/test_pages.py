"""The outcome page and the people behind it: who sees what, and what it costs the database."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.accounts.models import Role, User
from caseworker.core.audit import AuditEvent
from caseworker.core.db import begin, db
from caseworker.participants.models import Participant
from tests.conftest import Given
from tests.outcomes.situations import Place, a_group, a_job, a_place, a_start, known_to_both, scores
from tests.support.builders import a_participant, a_user, an_enrolment, grant_role
from tests.support.client import PageClient
from tests.support.counting import statements
from tests.support.unseen import TOKENS


def a_programme(given: Given, starts: int = 4, **changes: Any) -> Place:
    """One in two came into work; one in four nobody could find."""
    with given():
        place = a_place(code="steady", name="Steady", **changes)
        for number in range(starts):
            start = a_start(
                place, exited_on=date(2025, 1, 6), exit_reason="not_known" if number % 4 == 1 else "health"
            )
            scores(start, 4, 7)
            if number % 2 == 0:
                a_job(start, lasted=number % 4 == 0)
    return place


def test_a_percentage_stands_on_its_numbers(client: PageClient, given: Given) -> None:
    place = a_programme(given)
    client.sign_in(place.lead)
    page = client.page("/programmes/steady/outcomes")
    assert page.h1 == "Outcomes of Steady"
    for words in ("50.0%", "(2 of 4; 95% interval 15.0 to 85.0)", "between 50.0% and 75.0%"):
        assert words in page.text
    assert "too few to generalise" in page.text
    assert "+3.00" in page.text


def test_an_empty_programme_says_what_comes_next(client: PageClient, given: Given) -> None:
    place = a_programme(given, starts=0)
    client.sign_in(place.lead)
    assert "Nobody has started yet" in client.page("/programmes/steady/outcomes").text
    assert "Nothing is recorded as put in" in client.page("/programmes/steady/value").text


@pytest.mark.parametrize(
    ("part", "references"),
    [("counted", 2), ("not_counted", 1), ("unknown", 1), ("excluded", 0), ("not_yet", 0)],
)
def test_the_people_of_each_part_are_listed(
    client: PageClient, given: Given, part: str, references: int
) -> None:
    place = a_programme(given)
    client.sign_in(place.lead)
    page = client.page(f"/programmes/steady/outcomes/into_work?part={part}")
    assert len(page.soup.select("main tbody a[href^='/enrolments/']")) == references


@pytest.mark.parametrize("code", ["into_work", "sustained", "closer_to_work", "engaged", "completed"])
def test_every_indicator_opens(client: PageClient, given: Given, code: str) -> None:
    place = a_programme(given)
    client.sign_in(place.lead)
    client.page(f"/programmes/steady/outcomes/{code}")


@pytest.mark.parametrize(
    "path", ["nothing", "into_work?part=all", "into_work?page=0", "into_work?page=9999999"]
)
def test_what_is_not_there_is_not_found(client: PageClient, given: Given, path: str) -> None:
    place = a_programme(given)
    client.sign_in(place.lead)
    client.page(f"/programmes/steady/outcomes/{path}", status=404)


def test_a_restricted_person_is_counted_and_not_listed(client: PageClient, given: Given) -> None:
    with given() as session:
        place = a_place(code="steady")
        seen, hidden = a_start(place), a_start(place)
        for start in (seen, hidden):
            a_job(start)
        session.get_one(Participant, hidden.participant_id).restricted = True
        references = [
            session.get_one(Participant, start.participant_id).reference for start in (seen, hidden)
        ]
    client.sign_in(place.lead)
    page = client.page("/programmes/steady/outcomes/into_work")
    assert "(2 of 2;" in page.text
    assert references[0] in page.text
    assert references[1] not in page.text
    assert "1 more start of this figure" in page.text


def same_answer(client: PageClient, path: str, missing: str) -> None:
    """The same bytes but for the tokens of the page's forms, and nothing of the programme."""
    here, there = client.get(path), client.get(missing)
    assert (here.status_code, there.status_code) == (404, 404), path
    assert TOKENS.sub(rb"", here.data) == TOKENS.sub(rb"", there.data), path
    assert b"Steady" not in here.data


def test_another_programmes_lead_gets_what_a_missing_page_gets(client: PageClient, given: Given) -> None:
    a_programme(given)
    with given():
        stranger = a_place(code="other").lead
    client.sign_in(stranger)
    for rest in ("outcomes", "outcomes/into_work", "value", "value/wellbeing", "reports/VR-NOTHING.pdf"):
        same_answer(client, f"/programmes/steady/{rest}", f"/programmes/nothere/{rest}")
    same_answer(client, "/groups/steady/outcomes", "/groups/nothere/outcomes")


@pytest.mark.parametrize(
    "role", [Role.KEYWORKER, Role.TUTOR, Role.PROGRAMME_ADMINISTRATOR, Role.SAFEGUARDING_LEAD]
)
def test_these_roles_see_no_figures(client: PageClient, given: Given, role: Role) -> None:
    place = a_programme(given)
    with given():
        user = a_user(role, place.programme)
    client.sign_in(user)
    for path in ("outcomes", "outcomes/into_work", "value", "value/wellbeing"):
        client.page(f"/programmes/steady/{path}", status=404)


def group(given: Given) -> tuple[User, list[str]]:
    with given() as session:
        _, one, two, lead = a_group()
        starts = known_to_both(one, two)
        for start in starts:
            a_job(start)
        found = [session.get_one(Participant, start.participant_id).reference for start in starts]
    return lead, found


def test_a_group_lead_sees_figures_and_no_people(client: PageClient, given: Given) -> None:
    lead, references = group(given)
    client.sign_in(lead)
    page = client.page("/groups/group/outcomes")
    assert "1 person known to more than one organisation" in page.text
    for path in (
        "/groups/group/outcomes", "/groups/group/value", "/groups/group/value/earnings-with-benefit",
        "/programmes/one/outcomes", "/programmes/one/value", "/programmes/one/value/earnings-with-benefit",
    ):  # fmt: skip
        text = client.page(path).text
        assert not any(reference in text for reference in references), path
        assert "Show the people" not in text
    client.page("/programmes/one/outcomes/into_work", status=404)


def test_a_group_lead_who_leads_one_programme_sees_its_people_only(client: PageClient, given: Given) -> None:
    with given() as session:
        _, one, two, lead = a_group()
        starts = known_to_both(one, two)
        for start in starts:
            a_job(start)
        grant_role(lead, Role.LEAD, one.programme)
        mine, other = (session.get_one(Participant, start.participant_id).reference for start in starts)
    client.sign_in(lead)
    assert mine in client.page("/programmes/one/outcomes/into_work").text
    elsewhere = client.page("/programmes/two/outcomes/into_work").text
    assert other not in elsewhere
    assert "not open to you" in elsewhere


def count(app: Flask, client: PageClient, path: str) -> int:
    client.page(path)
    with statements(app) as sent:
        client.page(path)
    return len(sent)


FIELDS: dict[str, Any] = {
    "referred_on": date(2024, 4, 1),
    "started_on": date(2024, 5, 1),
    "benefit_at_start": "none",
}
PAGES = (
    ("/programmes/steady/outcomes", 30),
    ("/programmes/steady/outcomes/into_work", 14),
    ("/programmes/steady/value", 26),
    ("/programmes/steady/value/earnings-with-benefit", 28),
)


def test_pages_cost_the_same_for_few_and_many(app: Flask, client: PageClient, given: Given) -> None:
    place = a_programme(given)
    client.sign_in(place.lead)
    few = {path: count(app, client, path) for path, _ in PAGES}
    with given():
        for _ in range(40):
            a_job(an_enrolment(place.programme, a_participant(place.organisation), **FIELDS))
    many = {path: count(app, client, path) for path, _ in PAGES}
    assert many == few
    for path, most in PAGES:
        assert few[path] <= most, (path, few[path])


def test_looking_at_people_is_audited_once_a_list(client: PageClient, given: Given, app: Flask) -> None:
    place = a_programme(given)
    client.sign_in(place.lead)
    client.page("/programmes/steady/outcomes/into_work")
    client.page("/programmes/steady/value/wellbeing")
    with app.app_context():
        begin("read")
        events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.number))
        listed = [event.record_kind for event in events if event.action == "listed"]
    assert listed == ["outcome_people", "value_people"]
