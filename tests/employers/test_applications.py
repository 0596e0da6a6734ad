"""Going for a job: stages kept, an offer that becomes a progression, and who may see it."""

from typing import Any

import pytest
from flask import Flask, url_for

from caseworker.employers.models import Application, ApplicationStage, Employer, ProgressionEmployer
from caseworker.enrolments.models import Enrolment
from caseworker.progressions.models import Progression
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.employers.test_employers import _at_noon, a_vacancy, an_employer, known, team
from tests.progressions.test_pages import tap, text
from tests.support.client import Form, PageClient, read
from tests.support.counting import statements
from tests.support.stored import newest, row, rows
from tests.support.throwing import shows_all, throw
from tests.support.unseen import looks_missing

__all__ = ["_at_noon", "known", "team"]


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        made = started(team, 60)
    client.sign_in(team.keyworker)
    return made


def at(case: Enrolment, rest: str = "") -> str:
    return f"/enrolments/{case.id}/applications{rest}"


@pytest.mark.both_databases
def test_from_interest_to_the_first_day(
    app: Flask, client: PageClient, given: Given, team: Team, known: Employer, case: Enrolment
) -> None:
    vacancy = a_vacancy(given, team, known)
    assert "No application yet" in client.page(at(case)).text
    form = client.get_form(at(case, "/new")).fill(vacancy=str(vacancy.id))
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    again = read(client.send(at(case, "/new"), vacancy=str(vacancy.id)), 422)
    assert list(again.problems) == ["vacancy"]
    for stage in ("Applied", "Interview", "Offered"):
        assert tap(client, client.page(at(case)), "/on").status_code == 303
        assert stage in client.page(at(case)).text
    assert row(app, Application).stage == "offered"
    assert [each.stage for each in rows(app, ApplicationStage)] == [
        "interested", "applied", "interview", "offered",
    ]  # fmt: skip
    page = client.page(at(case))
    form = client.get_form(page.link("Record the progression – Baker, Brook Bakery"))
    assert (form.data["kind"], form.data["employer"], form.data["job_title"]) == (
        ["paid_work"], ["Brook Bakery"], ["Baker"],
    )  # fmt: skip
    assert (form.data["hours"], form.data["pay"]) == (["16"], ["12.71"])
    assert client.submit(form, started_on="today").status_code == 303
    assert row(app, ProgressionEmployer).employer_id == known.id
    assert row(app, Application).stage == "started"
    assert "1 progression is with them" in client.page(f"/employers/{known.id}").text
    index = client.page(f"/enrolments/{case.id}/progressions")
    assert "Brook Bakery" in index.text


def test_undo_of_a_stage_and_of_the_whole(app: Flask, client: PageClient, case: Enrolment) -> None:
    client.send(at(case, "/new"), employer="Corner Shop", job_title="Till")
    tap(client, client.page(at(case)), "/on")
    page = client.page(at(case))
    assert tap(client, page, "/take-back").status_code == 303
    assert row(app, Application).stage == "interested"
    client.send(at(case, f"/{row(app, Application).id}/stage"), stage="withdrew", stage_on="yesterday")
    assert row(app, Application).stage == "interested", "what was known later stands"
    client.send(at(case, f"/{row(app, Application).id}/stage"), stage="not_successful")
    assert row(app, Application).stage == "not_successful"


def test_undo_of_the_first_stage_takes_the_application(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    client.send(at(case, "/new"), employer="Corner Shop")
    assert tap(client, client.page(at(case)), "/take-back").status_code == 303
    assert row(app, Application).voided_at is not None
    assert "No application yet" in client.page(at(case)).text


def test_a_progression_with_an_employer_we_know_is_joined_to_it_and_undo_parts_them(
    app: Flask, client: PageClient, known: Employer, case: Enrolment
) -> None:
    path = f"/enrolments/{case.id}/progressions"
    client.send(f"{path}/new", kind="paid_work", started_on="today", employer="brook  BAKERY")
    assert row(app, ProgressionEmployer).employer_id == known.id
    assert tap(client, client.page(path), "/take-back").status_code == 303
    assert rows(app, ProgressionEmployer) == []
    assert row(app, Progression).voided_at is not None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "employer"),
        ({"employer": "Corner Shop", "stage_on": "tomorrow"}, "stage_on"),
        ({"employer": "Corner Shop", "stage": None}, "stage"),
        ({"employer": "x" * 161}, "employer"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, Any], field: str
) -> None:
    page = read(client.send(at(case, "/new"), **typed), 422)
    assert list(page.problems) == [field]
    assert rows(app, Application) == []


def test_a_vacancy_of_another_organisation_is_no_answer(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        other = a_team()
    theirs = a_vacancy(given, other, an_employer(given, other, "Elsewhere Ltd"))
    form = client.get_form(at(case, "/new"))
    form.data["vacancy"] = [str(theirs.id)]
    assert list(read(client.post(form.action, data=form.data), 422).problems) == ["vacancy"]


def test_another_s_applications_are_not_there(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    client.send(at(case, "/new"), employer="Corner Shop")
    keys: dict[str, Any] = {
        "enrolment_id": case.id,
        "application_id": row(app, Application).id,
        "stage_id": row(app, ApplicationStage).id,
    }
    with app.test_request_context():
        paths = [
            url_for(rule.endpoint, **{name: keys[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith("applications.")
        ]
    for user in (team.colleague, team.tutor):
        assert looks_missing(client, user, case.id, paths) == len(paths) >= 5
    with given():
        other = started(team, 60)
    client.sign_in(team.keyworker)
    assert client.get(at(other, f"/{keys['application_id']}/stage")).status_code == 404
    new = client.get_form(f"/enrolments/{other.id}/progressions/new?application={keys['application_id']}")
    assert new.data["employer"] == [""]


def test_hostile_text(app: Flask, client: PageClient, case: Enrolment) -> None:
    def form() -> Form:
        return client.get_form(at(case, "/new")).fill(employer="Corner Shop")

    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed in HOSTILE_TEXT[::9]:
        cases.append(({"job_title": typed}, {"job_title": text(typed, 120)}))
    saved, _refused = throw(client, form, cases, lambda: newest(app, Application))
    assert saved > 30
    shows_all(client, at(case))


@pytest.mark.both_databases
def test_few_statements_however_many_applications(app: Flask, client: PageClient, case: Enrolment) -> None:
    lengths = []
    for batch in (1, 6):
        for number in range(batch):
            client.send(at(case, "/new"), employer=f"Shop {batch} {number}")
        for path in (at(case), at(case, "/new")):
            client.page(path)
            with statements(app) as sent:
                client.page(path)
            lengths.append(len(sent))
    assert lengths[:2] == lengths[2:]
    assert max(lengths) < 15, lengths


@pytest.mark.both_databases
def test_all_of_it_is_in_the_timeline(
    client: PageClient, given: Given, team: Team, known: Employer, case: Enrolment
) -> None:
    vacancy = a_vacancy(given, team, known)
    work = f"/enrolments/{case.id}/progressions"
    client.send(at(case, "/new"), vacancy=str(vacancy.id), stage="offered")
    client.send(at(case, "/new"), employer="Corner Shop", job_title="Till")
    client.send(f"{work}/readiness", cv="need", photo_id="have")
    client.send(f"{work}/new", kind="paid_work", started_on="1 11 2026", employer="Brook Bakery")
    links = client.page(work)
    for words, typed in (
        ("Add evidence", {"level": "employer_confirmed"}),
        ("Are they still there?", {"result": "still_there"}),
        ("Hours or pay changed", {"from_on": "10 11 2026", "hours": "20", "pay": "13", "pay_period": "hour"}),
        ("A break", {"from_on": "12 11 2026", "until_on": "13 11 2026"}),
    ):
        assert client.send(links.link(f"{words} – Paid work, 1 Nov 2026"), **typed).status_code == 303, words
    page = client.page(f"/enrolments/{case.id}/timeline?kind=progression")
    for words in (
        "Application: offered",
        "Baker, Brook Bakery",
        "Application: interested",
        "Till, Corner Shop",
        "Ready for work",
        "CV: need it",
        "Photo ID: have it",
        "Evidence added",
        "Asked whether they are still there",
        "Hours, pay or contract changed",
        "20 hours a week",
        "A break from work",
        "until 13 Nov 2026",
    ):
        assert words in page.text, words
