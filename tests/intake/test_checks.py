"""Eligibility and its evidence, the three states of equality answers, and a referral that never began."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.intake.eligible import Criterion, standing
from caseworker.intake.equality import questions_of
from caseworker.intake.models import EligibilityCheck, EqualityAnswer
from caseworker.intake.questions import QUESTIONS
from caseworker.programmes.models import ProgrammeRule
from tests.casefile.situations import TODAY, Team, started
from tests.conftest import Given
from tests.intake.test_person import at, tap
from tests.support.builders import LONG_AGO, kept
from tests.support.client import PageClient, read
from tests.support.stored import row, rows

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("answer", "evidence", "until", "found"),
    [
        (None, None, None, "not_asked"),
        ("met", "Bill", None, "met"),
        ("met", "Bill", TODAY, "met"),
        ("met", "Bill", TODAY - timedelta(days=1), "expired"),
        ("met", None, None, "no_evidence"),
        ("not_met", None, None, "not_met"),
        ("not_met", "Bill", TODAY - timedelta(days=1), "not_met"),
        ("not_known", None, None, "not_known"),
    ],
)
def test_how_a_criterion_stands(answer: str, evidence: str, until: date, found: str) -> None:
    assert standing(answer, evidence, until, TODAY) == found


def test_how_long_evidence_holds() -> None:
    assert Criterion.read("a", "A", {"valid_days": 90}).holds_until(TODAY) == TODAY + timedelta(days=90)
    assert Criterion.read("a", "A", {}).holds_until(TODAY) is None


@pytest.mark.both_databases
def test_eligibility_with_its_evidence_until_it_runs_out(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    path = at(case, "eligibility")
    assert "Not asked yet" in client.page(path).text
    client.send(f"{path}/lives_here", answer="met")
    assert "Met, no evidence seen" in client.page(path).text
    client.send(
        f"{path}/lives_here", answer="met", evidence="Council tax bill", seen_on="yesterday",
        copy=(BytesIO(PDF), "bill.pdf"),
    )  # fmt: skip
    first, check = rows(app, EligibilityCheck)
    assert first.voided_at is not None
    assert check.valid_until_on == TODAY - timedelta(days=1) + timedelta(days=90)
    page = client.page(path)
    copy = client.get(page.link("Open the copy : Lives in the area"))
    assert (copy.data, copy.headers["Content-Disposition"][:10]) == (PDF, "attachment")
    assert client.get(f"{path}/nothing").status_code == 404


def test_evidence_that_ran_out_is_flagged(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        kept(
            EligibilityCheck(
                enrolment_id=case.id, criterion="lives_here", answer="met", evidence="Council tax bill",
                seen_on=TODAY - timedelta(days=91), valid_until_on=TODAY - timedelta(days=1),
            )
        )  # fmt: skip
    assert "Evidence out of date" in client.page(at(case, "eligibility")).text
    assert "0 of 1 met. Evidence is out of date" in client.page(at(case, "later")).text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "answer"),
        ({"answer": "met", "seen_on": "today"}, "evidence"),
        ({"answer": "met", "evidence": "Council tax bill", "seen_on": "tomorrow"}, "seen_on"),
        ({"answer": "met", "copy": (BytesIO(b"MZ"), "x.pdf")}, "copy"),
    ],
)
def test_a_check_that_is_wrong_is_refused(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, Any], field: str
) -> None:
    page = read(client.send(at(case, "eligibility/lives_here"), **typed), 422)
    assert list(page.problems) == [field]
    assert rows(app, EligibilityCheck) == []


def test_two_checks_at_once_are_a_conflict(app: Flask, client: PageClient, case: Enrolment) -> None:
    path = at(case, "eligibility/lives_here")
    client.send(path, answer="met")
    stale = client.get_form(path).fill(answer="not_met")
    client.send(path, answer="not_known")
    response = client.submit(stale)
    assert response.status_code == 409
    live = [each for each in rows(app, EligibilityCheck) if each.voided_at is None]
    assert [each.answer for each in live] == ["not_known"]


@pytest.mark.both_databases
def test_three_states_that_are_never_mixed(app: Flask, client: PageClient, case: Enrolment) -> None:
    path = at(case, "equality")
    form = client.get_form(path)
    assert {form.data[name][0] for name in form.choices} == {"not_asked"}
    assert {"religion", "orientation", "gender_identity", "pregnancy"} & set(form.choices) == set()
    client.submit(form, sex="female", ethnicity="declined", carer="no")
    found = {each.question: (each.state, each.answer) for each in rows(app, EqualityAnswer)}
    assert found == {
        "sex": ("answered", "female"),
        "ethnicity": ("declined", None),
        "carer": ("answered", "no"),
    }
    form = client.get_form(path)
    assert (form.data["sex"], form.data["ethnicity"], form.data["veteran"]) == (
        ["female"],
        ["declined"],
        ["not_asked"],
    )
    client.submit(form, sex="declined", carer="not_asked")
    every = rows(app, EqualityAnswer)
    live = {each.question: (each.state, each.answer) for each in every if each.voided_at is None}
    assert live["sex"] == ("declined", None)
    assert live["carer"] == ("not_asked", None)
    assert len(every) == 5
    left = client.page(at(case, "later"))
    assert "2 of 9 asked" in left.text


def test_none_is_required_and_saving_nothing_records_nothing(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    assert client.send(at(case, "equality")).status_code == 303
    assert rows(app, EqualityAnswer) == []


def test_answers_of_a_colleague_are_not_overwritten(app: Flask, client: PageClient, case: Enrolment) -> None:
    stale = client.get_form(at(case, "equality")).fill(sex="male")
    client.send(at(case, "equality"), sex="female", carer="yes")
    assert client.submit(stale).status_code == 409
    assert {each.answer for each in rows(app, EqualityAnswer)} == {"female", "yes"}


def test_a_programme_switches_on_the_unusual_questions(
    given: Given, app: Flask, team: Team, case: Enrolment
) -> None:
    with given() as session:
        enrolment = session.merge(case)
        usual = questions_of(enrolment, TODAY)
        kept(
            ProgrammeRule(
                programme_id=team.programme.id, kind="equality", code="equality", label="Equality questions",
                settings={"questions": ["religion"]}, source="Made up for a test", from_on=LONG_AGO,
            )
        )  # fmt: skip
        assert {each.code for each in questions_of(enrolment, TODAY)} - {each.code for each in usual} == {
            "religion"
        }
        assert all(question.answers for question in QUESTIONS)


@pytest.mark.both_databases
def test_a_referral_that_never_began_is_closed_and_taken_back(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        waiting = started(team, days_ago=None)
    client.sign_in(team.keyworker)
    path = client.page(at(waiting, "later")).link("They did not start")
    page = client.page(client.send(path, reason="no_contact").headers["Location"])
    found = row(app, Enrolment)
    assert (found.exited_on, found.exit_reason, found.non_start_reason) == (
        TODAY,
        "did_not_start",
        "no_contact",
    )
    assert found.started_on is None
    assert tap(client, page, "/non-start/take-back").status_code == 303
    found = row(app, Enrolment)
    assert (found.exited_on, found.exit_reason, found.non_start_reason) == (None, None, None)
    assert [item for item in rows(app, DueItem) if item.closed_on] == []


def test_a_non_start_needs_a_reason_and_a_day_in_order(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        waiting = started(team, days_ago=None)
    path = at(waiting, "non-start")
    assert list(read(client.send(path), 422).problems) == ["reason"]
    page = read(client.send(path, reason="died", closed_on="1 1 2026"), 422)
    assert list(page.problems) == ["closed_on"]
    client.send(path, reason="died")
    with app.app_context():
        found = db.session.get(Enrolment, waiting.id)
        assert found is not None
        assert found.exit_reason == "died"
    assert client.get(at(case, "non-start")).status_code == 404
    assert "did_not_start" in {each.code for each in codes("exit_reason")}
