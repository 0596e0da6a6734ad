"""Writing down a risk, looking at it again, and where it shows."""

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseworker.accounts.models import Role
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import book_appointment
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.risks.models import RiskFlag, RiskReview
from caseworker.visits.rules import VisitDetails
from caseworker.visits.services import set_out
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.risks.situations import FACT, MORE, a_risk
from tests.support.builders import a_participant, a_user
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

# A browser cannot send half of a character pair.
SENDABLE = [typed for typed in HOSTILE_TEXT if typed.encode("utf-8", "ignore").decode() == typed]
WHAT_TO_DO = "Two staff, office only"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        enrolment = started(team)
    client.sign_in(team.keyworker)
    return enrolment


def index(case: Enrolment) -> str:
    return f"/enrolments/{case.id}/risks"


@pytest.mark.both_databases
def test_a_risk_is_written_down_sealed_and_shown_before_everything(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    sent = client.send(
        f"{index(case)}/new",
        fact=FACT,
        source="probation",
        what_to_do="two_staff_office_only",
        more=MORE,
    )
    assert (sent.status_code, sent.headers["Location"]) == (303, index(case))
    made = row(app, RiskFlag)
    assert (made.what_to_do, made.source, made.fact, made.more) == (
        "two_staff_office_only",
        "probation",
        FACT,
        MORE,
    )
    assert (made.from_on, made.review_on) == (TODAY, TODAY + timedelta(days=91))
    assert b"CANARY" not in made.fact_sealed
    assert b"CANARY" not in made.more_sealed
    page = client.page(index(case))
    assert FACT in page.text
    assert WHAT_TO_DO in page.text
    for path in (f"/enrolments/{case.id}", f"/enrolments/{case.id}/plan"):
        bar = client.page(path).soup.select_one(".cw-identity__tags")
        assert bar is not None
        assert WHAT_TO_DO in bar.get_text()
    for path in ("contacts/new", "appointments/new"):
        page = client.page(f"/enrolments/{case.id}/{path}")
        assert f"Read this first: {WHAT_TO_DO}" in page.text
        fold = page.soup.select_one("details[data-sensitive]")
        assert fold is not None
        assert not fold.has_attr("open")
        assert FACT in fold.get_text()


def test_undo_takes_it_back_and_a_second_send_makes_none(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    form = client.get_form(f"{index(case)}/new").fill(fact=FACT, source="police", what_to_do="public_place")
    first, second = client.submit(form), client.submit(form)
    assert first.headers["Location"] == second.headers["Location"]
    made = row(app, RiskFlag)
    page = client.page(index(case))
    undo = page.soup.select_one("form[action$='/take-back']")
    assert undo is not None
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in undo.find_all("input")}
    client.post(str(undo["action"]), data=data)
    assert row(app, RiskFlag).voided_at is not None
    assert "Meet in a public place" not in client.page(f"/enrolments/{case.id}").text
    assert client.get(f"{index(case)}/{made.id}/review").status_code == 404


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"fact": ""}, "fact", "Enter what happened"),
        ({"fact": "x" * 2001}, "fact", "1 character too long"),
        ({"what_to_do": None}, "what_to_do", "what to do"),
        ({"from_on": "tomorrow"}, "from_on", "today or"),
        ({"review_on": "today"}, "review_on", "after today"),
        ({"review_on": "22 11 2027"}, "review_on", "within a year"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, Any], field: str, words: str
) -> None:
    right = {"fact": FACT, "source": "police", "what_to_do": "two_staff"}
    page = read(client.send(f"{index(case)}/new", **right | typed), 422)
    assert words in page.problems[field], page.problems
    assert rows(app, RiskFlag) == []


@pytest.mark.parametrize("boxes", [("fact", "more"), ("from_on",), ("review_on",), ("source", "what_to_do")])
def test_hostile_words_are_kept_or_refused(
    app: Flask, client: PageClient, case: Enrolment, boxes: tuple[str, ...]
) -> None:
    form = client.get_form(f"{index(case)}/new").fill(fact=FACT, source="police", what_to_do="two_staff")
    answers = set()
    for typed in SENDABLE[::8]:
        sent = form.data | {name: [typed] for name in boxes} | {"post_token": [secrets.token_urlsafe(32)]}
        answers.add(FlaskClient.open(client, form.action, method="POST", data=sent).status_code)
        with client.session_transaction() as kept:
            kept.pop("_flashes", None)
    assert answers <= {303, 422}
    assert boxes != ("fact", "more") or any("<script" in flag.fact for flag in rows(app, RiskFlag))
    for path in (index(case), f"/enrolments/{case.id}/contacts/new"):
        assert FlaskClient.open(client, path).status_code == 200


@pytest.mark.both_databases
def test_looking_again_moves_the_day_and_undo_moves_it_back(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        flag = a_risk(case, team.keyworker, review_in=-3)
    review = f"{index(case)}/{flag.id}/review"
    stale = client.get_form(review)
    client.send(review, answer="holds", next_on="1 2 27", words="Nothing since")
    assert row(app, RiskFlag).review_on.isoformat() == "2027-02-01"
    done = row(app, RiskReview)
    assert (done.due_on, done.reviewed_on, done.words) == (TODAY - timedelta(days=3), TODAY, "Nothing since")
    page = client.page(index(case))
    assert "Looked at on 20 Nov 2026 (due 17 Nov 2026): Nothing since" in page.text
    undo = page.soup.select_one("form[action$='/take-back']")
    assert undo is not None
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in undo.find_all("input")}
    client.post(str(undo["action"]), data=data)
    assert row(app, RiskFlag).review_on == TODAY - timedelta(days=3)
    assert client.submit(stale).status_code == 409


def test_it_ends_with_a_reason_alone(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        flag = a_risk(case, team.keyworker)
    review = f"{index(case)}/{flag.id}/review"
    page = read(client.send(review, answer="ends"), 422)
    assert "why it ends" in str(page.problems)
    client.send(review, answer="ends", end_reason="never_true")
    ended = row(app, RiskFlag)
    assert (ended.ended_on, ended.end_reason) == (TODAY, "never_true")
    bar = client.page(f"/enrolments/{case.id}").soup.select_one(".cw-identity__tags")
    assert bar is not None
    assert WHAT_TO_DO not in bar.get_text()
    assert "it turned out not to be true" in client.page(index(case)).text
    assert client.get(review).status_code == 303


@pytest.mark.both_databases
def test_an_overdue_review_stays_on_home_until_somebody_looks(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        a_risk(case, team.keyworker, review_in=-400)
        a_risk(case, team.keyworker, review_in=1)
        left = db.session.merge(case)
        left.exited_on, left.exit_reason = TODAY - timedelta(days=5), "other"
    assert "Risks to look at again 1" in client.page("/").text
    page = client.page("/unfinished?show=risk")
    assert case.participant.reference in page.text
    client.sign_in(team.colleague)
    assert "Risks to look at again" not in client.page("/").text
    with given():
        db.session.get_one(Enrolment, case.id).keyworker_id = None
    client.sign_in(team.lead)
    assert "Risks to look at again 1" in client.page("/").text


def test_the_day_sheet_and_the_week_say_what_to_do_and_never_why(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        a_risk(case, team.keyworker)
        book_appointment(
            AppointmentDetails(TODAY, NOW.time(), "home_visit"),
            with_id=team.keyworker.id,
            enrolment=db.session.merge(case),
            booked_by=team.keyworker,
            today=TODAY,
        )
    for path in ("/week", "/day"):
        page = client.page(path)
        assert WHAT_TO_DO in page.text
        assert "CANARY" not in page.html


def test_who_books_for_the_programme_reads_what_to_do_and_nothing_else(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        a_risk(case, team.keyworker)
        administrator = a_user(Role.PROGRAMME_ADMINISTRATOR, team.programme)
    client.sign_in(administrator)
    page = client.page(f"/people/{case.id}/book")
    assert f"Read this first: {WHAT_TO_DO}" in page.text
    assert "CANARY" not in page.html
    assert "Probation" not in page.text
    looks_missing(client, administrator, case.id, [index(case), f"{index(case)}/new"])


def test_nobody_else_learns_that_there_is_a_risk(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        flag = a_risk(case, team.keyworker)
        stranger = a_user(Role.LEAD, a_team().programme)
    paths = [
        index(case),
        f"{index(case)}/new",
        f"{index(case)}/{flag.id}/review",
        f"{index(case)}/{flag.id}/take-back",
    ]
    for user in (team.tutor, team.colleague, stranger):
        assert looks_missing(client, user, case.id, paths) == 4
    client.sign_in(team.keyworker)
    with given():
        other = started(team, person=a_participant(organisation_id=team.programme.organisation_id))
    assert client.get(f"{index(other)}/{flag.id}/review").status_code == 404


@pytest.mark.both_databases
def test_it_costs_no_statement_on_a_case_page_and_one_on_a_form(
    app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    paths = [f"/enrolments/{case.id}", f"/enrolments/{case.id}/contacts/new", index(case), "/week", "/"]
    for path in paths:
        client.page(path)
    before, after = [], []
    for path in paths:
        with statements(app) as sent:
            client.page(path)
        before.append(len(sent))
    with given():
        for what_to_do in ("two_staff", "call_before", "public_place"):
            a_risk(case, team.keyworker, what_to_do=what_to_do, review_in=-2)
    for path in paths:
        with statements(app) as sent:
            client.page(path)
        after.append(len(sent))
    assert after[0] == before[0] <= 15, (before, after)
    assert after[1] == before[1] + 1 < 16, (before, after)
    assert max(after[2:]) < 15, after


def test_looking_is_noted(app: Flask, given: Given, client: PageClient, team: Team, case: Enrolment) -> None:
    with given():
        a_risk(case, team.keyworker)
    client.page(index(case))
    looks = [
        each for each in rows(app, AuditEvent) if each.action == "looked" and each.record_kind == "risks"
    ]
    assert [each.participant_id for each in looks] == [case.participant_id]


@pytest.mark.both_databases
def test_the_timeline_says_that_there_is_a_risk_and_never_the_fact(
    given: Given, client: PageClient, team: Team, case: Enrolment
) -> None:
    with given():
        flag = a_risk(case, team.keyworker)
        set_out(
            team.keyworker,
            VisitDetails("14 High Street", NOW + timedelta(hours=1), team.colleague.id),
            enrolment=db.session.get_one(Enrolment, case.id),
            appointment_id=None,
            now=NOW,
        )
    client.send(f"{index(case)}/{flag.id}/review", answer="ends", end_reason="no_longer")
    page = client.page(f"/enrolments/{case.id}/timeline?kind=safety")
    for title in ("Risk written down", "Risk ended", "Visit"):
        assert title in page.text
    assert "CANARY" not in page.html
    assert "CANARY" not in client.page(f"/enrolments/{case.id}/chronology").html
