"""A programme administrator sees people, bookings and what to chase; never a note, barrier or answer."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from bs4 import Tag
from flask import Flask

from caseworker.accounts.models import Role, User
from caseworker.appointments.models import Appointment
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import add_task, book_appointment
from caseworker.barriers.models import BarrierAssessment
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import exit_enrolment
from caseworker.plans.models import ActionPlan, Goal
from caseworker.progressions.models import Progression
from caseworker.wellbeing.models import WellbeingAssessment
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.conftest import Given
from tests.support.builders import a_participant, a_user, kept
from tests.support.client import PageClient
from tests.support.counting import statements
from tests.support.crawl import walk
from tests.support.page import attribute, words
from tests.support.stored import rows
from tests.support.unseen import looks_missing

CANARIES = (
    "canarynote", "canarybarrier", "canarygoal", "canarytask", "canaryplace", "canaryown", "canaryneeds",
    "canarysafe", "Mental health", "No home", "nothing to live for",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def administrator(given: Given, team: Team, client: PageClient) -> User:
    with given():
        user = a_user(Role.PROGRAMME_ADMINISTRATOR, db.session.merge(team.programme), name="Ada Office")
    client.sign_in(user)
    return user


@pytest.fixture
def case(given: Given, team: Team) -> Enrolment:
    """Somebody with every kind of word that is nobody else's business."""
    with given():
        person = a_participant(
            organisation_id=team.programme.organisation_id,
            given_name="Zebedee",
            safe_times="canarysafe",
            learning_needs="canaryneeds",
            no_voicemail=True,
        )
        enrolment = started(team, person=person)
        spoke(team, enrolment, note="canarynote")
        values = {"theme": "health", "barrier": "mental_health", "state": "something", "severity": 4}
        kept(BarrierAssessment(enrolment=enrolment, assessed_on=TODAY, note="canarybarrier", **values))
        plan = kept(ActionPlan(enrolment=enrolment, started_on=TODAY))
        kept(Goal(plan=plan, words="canarygoal", horizon="short", target_on=TODAY, theme="health"))
        kept(
            WellbeingAssessment(
                enrolment=enrolment,
                instrument="ons4",
                stage="start",
                assessed_on=TODAY,
                completed_how="alone",
                life_satisfaction=1,
            )
        )
        kept(
            Progression(
                enrolment=enrolment, kind="paid_work", started_on=TODAY, evidence_level="self_reported"
            )
        )
        add_task(
            "canarytask", user=team.keyworker, due_on=TODAY, enrolment=enrolment, added_by=team.keyworker
        )
        for about, note in ((enrolment, "canarynote"), (None, "canaryown")):
            book_appointment(
                AppointmentDetails(TODAY + timedelta(days=2), time(10), "telephone", 30, "canaryplace", note),
                with_id=team.keyworker.id,
                enrolment=about,
                booked_by=team.keyworker,
                today=TODAY,
            )
        return enrolment


@pytest.mark.both_databases
def test_no_word_of_a_case_reaches_an_administrator(
    app: Flask, client: PageClient, case: Enrolment, administrator: User
) -> None:
    seen = walk(app, client, each=10)
    assert seen.broken == []
    assert {"office.people", "office.bookings", "office.evidence", "office.book"} <= set(seen.opened)
    for paths in seen.opened.values():
        for path in paths:
            html = client.get(path, follow_redirects=True).data.decode(errors="replace")
            assert not [word for word in CANARIES if word in html], path
    assert "Zebedee" in client.page("/people").text


def test_a_case_and_all_in_it_is_missing_for_an_administrator(
    client: PageClient, case: Enrolment, administrator: User
) -> None:
    base = f"/enrolments/{case.id}"
    parts = ("", "/timeline", "/plan", "/barriers", "/wellbeing", "/contacts/new", "/appointments/new")
    assert looks_missing(client, administrator, case.id, [base + part for part in parts]) == len(parts)
    for path in ("/week", "/day", "/due", "/caseload", "/unfinished", "/find", "/tasks/new"):
        assert client.get(path).status_code == 403


def test_every_count_is_its_list(
    client: PageClient, given: Given, team: Team, case: Enrolment, administrator: User
) -> None:
    with given():
        started(team, days_ago=None)
        exit_enrolment(started(team), exited_on=TODAY, exit_reason="health", today=TODAY)
        started(a_team())
    expected = {
        "people on your programmes": 2,
        "referred and not started": 1,
        "booked in the next 7 days": 1,
        "progressions without evidence": 1,
    }
    found = {}
    for tile in client.page("/people").soup.select(".cw-tile"):
        link, number = tile.select_one(".cw-tile__label"), tile.select_one(".cw-tile__number")
        assert isinstance(link, Tag)
        assert isinstance(number, Tag)
        found[words(link)] = int(words(number))
        assert len(client.page(attribute(link, "href")).soup.select("tbody tr")) == int(words(number))
    assert found == expected


@pytest.mark.both_databases
def test_an_administrator_books_and_takes_it_back(
    app: Flask, client: PageClient, team: Team, case: Enrolment, administrator: User
) -> None:
    form = client.get_form(f"/people/{case.id}/book")
    assert form.data["with_id"] == [str(team.keyworker.id)]
    assert "note" not in form.data
    response = client.submit(form, preset="two_weeks", starts_time="9:00", place="Library")
    assert response.headers["Location"] == "/people"
    made = rows(app, Appointment)[-1]
    assert (made.starts_on, made.with_id) == (TODAY + timedelta(days=14), team.keyworker.id)
    assert (made.entered_by_id, made.enrolment_id) == (administrator.id, case.id)
    page = client.page("/people")
    assert "Booked for Friday 4 December 2026 at 09:00." in page.text
    undo = page.soup.select_one("form[action$='take-back']")
    assert undo is not None
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in undo.find_all("input")}
    assert client.post(str(undo["action"]), data=data).status_code == 303
    assert rows(app, Appointment)[-1].voided_at is not None


def test_other_programmes_restricted_records_and_other_roles_are_missing(
    client: PageClient, given: Given, team: Team, case: Enrolment, administrator: User
) -> None:
    with given():
        elsewhere = started(a_team())
        hidden = started(
            team, person=a_participant(organisation_id=team.programme.organisation_id, restricted=True)
        )
    for other in (elsewhere, hidden):
        assert looks_missing(client, administrator, other.id, [f"/people/{other.id}/book"]) == 1
    assert hidden.participant.reference not in client.page("/people").text
    for user in (team.keyworker, team.lead, team.tutor):
        assert looks_missing(client, user, case.id, [f"/people/{case.id}/book"]) == 1


def test_the_list_asks_the_same_few_questions(
    app: Flask, client: PageClient, given: Given, team: Team, administrator: User
) -> None:
    sent = []
    for more in (1, 20):
        with given():
            for _ in range(more):
                started(team)
        client.page("/people")
        with statements(app) as found:
            client.page("/people")
        sent.append(len(found))
    assert sent[0] == sent[1] < 12


@pytest.mark.both_databases
def test_an_administrator_finds_people_of_their_programmes_and_nobody_else(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment, administrator: User
) -> None:
    organisation = team.programme.organisation_id
    with given():
        one = started(
            team,
            person=a_participant(organisation_id=organisation, given_name="Seán", family_name="O’Neill"),
        )
        left = started(
            team, person=a_participant(organisation_id=organisation, given_name="Sean", family_name="Lefty")
        )
        exit_enrolment(left, exited_on=TODAY, exit_reason="health", today=TODAY)
        hidden = started(
            team,
            person=a_participant(organisation_id=organisation, given_name="Seanna", restricted=True),
        )
        elsewhere = started(a_team(), person=a_participant(given_name="Seán", family_name="Elsewhere"))
    assert client.page("/people").soup.select_one("form[role=search][action='/people/find']") is not None
    for typed, expected in (
        ("sea", {one, left}), ("ONEILL sean", {one}), ("oneil", {one}), (one.participant.reference, {one}),
        ("17 5 1990 lefty", {left}), (elsewhere.participant.reference, set()), ("<script>", set()),
        ("%", set()),        ("’'\" OR 1=1", set()), ("a" * 300, set()), (" ", set()),
    ):  # fmt: skip
        page = client.send("/people/find", "find", find=typed)
        shown = page.get_data(as_text=True)
        assert page.status_code == 200
        assert hidden.participant.reference not in shown
        assert {
            each for each in (one, left, elsewhere) if f"{each.participant.reference} ·" in shown
        } == expected
    found = client.send("/people/find", "find", find="lefty").get_data(as_text=True)
    assert "Left 20 Nov 2026" in found
    assert f"/people/{left.id}/book" not in found
    with statements(app) as asked:
        client.send("/people/find", "find", find="sea on")
    assert len(asked) < 30  # two pages
    client.sign_in(team.keyworker)
    assert client.get("/people/find").status_code == 403


@pytest.mark.both_databases
def test_an_administrator_moves_a_booking_and_loses_none_of_it(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment, administrator: User
) -> None:
    made = next(each for each in rows(app, Appointment) if each.enrolment_id)
    assert f"/people/bookings/{made.id}/move" in client.get("/people/bookings").get_data(as_text=True)
    path = f"/people/bookings/{made.id}/move"
    form, stale = client.get_form(path), client.get_form(path)
    assert "note" not in form.data
    assert "place" not in form.data
    assert client.submit(form).headers["Location"] == "/people/bookings"
    moved = next(each for each in rows(app, Appointment) if each.id == made.id)
    assert (moved.starts_on, moved.starts_time) == (TODAY + timedelta(days=9), time(10))
    assert (moved.place, moved.note, moved.with_id) == ("canaryplace", "canarynote", team.keyworker.id)
    again = client.submit(stale, preset="tomorrow")
    assert again.status_code == 409
    assert "canary" not in again.get_data(as_text=True)
    assert client.send(path, starts_on="1 1 2020").status_code == 422
    for user in (team.keyworker, team.lead, team.tutor):
        assert looks_missing(client, user, made.id, [path]) == 1
