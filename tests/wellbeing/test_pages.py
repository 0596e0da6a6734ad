"""The four questions as a browser without script answers them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.models import ONS4, WellbeingAssessment
from caseworker.wellbeing.questions import QUESTIONS
from caseworker.wellbeing.services import record_wellbeing
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.core.counting import writes
from tests.core.hostile import HOSTILE_DATES, TODAY
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, throw
from tests.support.unseen import looks_missing

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
CARE = "ask in private how they are"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
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


def at(case: Enrolment, rest: str = "") -> str:
    return f"/enrolments/{case.id}/wellbeing{rest}"


def a_sitting(given: Given, team: Team, case: Enrolment, score: int, days_ago: int) -> None:
    with given():
        record_wellbeing(
            db.session.merge(case),
            dict.fromkeys(ONS4, score),
            stage="start",
            completed_how="alone",
            assessed_on=TODAY - timedelta(days=days_ago),
            recorded_by=team.keyworker,
            today=TODAY,
        )


@pytest.mark.both_databases
def test_one_tap_a_question(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(at(case, "/new"))
    assert form.data["stage"] == ["start"]
    assert [form.data[measure] for measure in ONS4] == [[""]] * 4
    response = client.submit(
        form, life_satisfaction=6, worthwhile=7, happiness=0, anxiety=10, completed_how="read_aloud"
    )
    assert (response.status_code, response.headers["Location"]) == (303, at(case))
    sitting = row(app, WellbeingAssessment)
    assert [getattr(sitting, measure) for measure in ONS4] == [6, 7, 0, 10]
    assert (sitting.stage, sitting.completed_how, sitting.assessed_on) == ("start", "read_aloud", TODAY)
    page = client.page(at(case))
    assert CARE in page.text
    assert page.rows("Their answers, 0 to 10, the latest first")[1:] == [
        ["22 Nov 2026 At the start · Read aloud to them", "6", "7", "0", "10"],
        ["Adults in the UK, on average year ending March 2023", "7.45", "7.73", "7.39", "3.23"],
    ]
    assert "ONS Personal well-being in the UK (Open Government Licence), year ending March 2023" in page.text


def test_the_questions_are_asked_in_their_own_words_and_show_no_earlier_answer(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    a_sitting(given, team, case, 9, 30)
    page = client.page(at(case, "/new"))
    legends = [legend.get_text(strip=True) for legend in page.soup.find_all("legend")]
    assert legends[:4] == [question.words for question in QUESTIONS]
    main = page.soup.find("main")
    assert main is not None
    assert main.find("table") is None
    assert main.find("svg") is None
    form = client.get_form(at(case, "/new"))
    assert form.data["stage"] == ["review"]
    assert [form.data[measure] for measure in ONS4] == [[""]] * 4


def test_every_question_can_be_left_out_but_not_all(app: Flask, client: PageClient, case: Enrolment) -> None:
    page = read(client.send(at(case, "/new"), completed_how="alone"), 422)
    assert page.problems == {"": "Answer at least one question, or go back without saving"}
    client.send(at(case, "/new"), completed_how="alone", worthwhile=5)
    sitting = row(app, WellbeingAssessment)
    assert [getattr(sitting, measure) for measure in ONS4] == [None, 5, None, None]
    page = client.page(at(case))
    assert CARE not in page.text
    assert "Not answered" in page.text


def test_how_it_was_answered_is_asked_for(app: Flask, client: PageClient, case: Enrolment) -> None:
    page = read(client.send(at(case, "/new"), worthwhile=5), 422)
    assert page.problems == {"completed_how": "Select how it was answered"}
    assert page.soup.select_one("#worthwhile-6[checked]") is not None
    assert rows(app, WellbeingAssessment) == []


@pytest.mark.parametrize("name", [*ONS4, "stage", "completed_how"])
@pytest.mark.parametrize("typed", ["11", "-1", "5.0", "NaN", "1e0", "５", "<script>", "5\x00", "9" * 50_000])
def test_only_what_is_offered_can_be_picked(
    app: Flask, client: PageClient, case: Enrolment, name: str, typed: str
) -> None:
    form = client.get_form(at(case, "/new")).fill(worthwhile=5, completed_how="alone")
    form.data[name] = [typed]
    assert list(read(client.post(form.action, data=form.data), 422).problems) == [name]
    assert rows(app, WellbeingAssessment) == []


def test_hostile_dates(app: Flask, client: PageClient, case: Enrolment) -> None:
    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed, parsed in HOSTILE_DATES[::3]:
        good = parsed is not None and parsed <= TODAY
        cases.append(({"assessed_on": typed}, {"assessed_on": parsed if good else REFUSED}))
    saved, refused = throw(
        client,
        lambda: client.get_form(at(case, "/new")).fill(worthwhile=5, completed_how="alone"),
        cases,
        lambda: newest(app, WellbeingAssessment),
    )
    assert saved > 3
    assert refused > 15


def test_two_sittings_show_their_change_and_a_chart_with_its_table(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    a_sitting(given, team, case, 3, 60)
    page = client.page(at(case))
    assert page.soup.find("figure") is None
    a_sitting(given, team, case, 7, 1)
    page = client.page(at(case))
    assert "From the first answer to the latest +4 better +4 better +4 better +4 worse" in page.text
    assert len(page.soup.find_all("figure")) == 4
    figure = page.soup.find("figure")
    assert figure is not None
    assert figure.find("table") is not None


def test_a_second_send_records_once_and_undo_takes_it_back(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    form = client.get_form(at(case, "/new")).fill(worthwhile=5, completed_how="alone")
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    undo = client.page(at(case)).soup.select_one("form[action$='/take-back']")
    assert undo is not None
    data = {str(tag["name"]): str(tag["value"]) for tag in undo.find_all("input")}
    assert [client.post(str(undo["action"]), data=data).status_code for _ in range(2)] == [303, 303]
    assert row(app, WellbeingAssessment).voided_at is not None
    assert "Not asked yet" in client.page(at(case)).text


def test_another_s_answers_are_not_there(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    a_sitting(given, team, case, 3, 1)
    key = rows(app, WellbeingAssessment)[0].id
    every = [at(case), at(case, "/new"), at(case, f"/{key}/take-back")]
    for user in (team.colleague, team.tutor):
        assert looks_missing(client, user, case.id, every) == 3


def test_looking_writes_the_look_and_nothing_else(app: Flask, client: PageClient, case: Enrolment) -> None:
    for path in (at(case), at(case, "/new")):
        with writes(app) as seen:
            client.page(path)
        assert {statement.split()[2].strip('"') for statement in seen} <= {"audit_event"}


def test_under_fifteen_statements_however_many_sittings(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    lengths = []
    for _ in range(2):
        for number in range(4):
            a_sitting(given, team, case, 4, number)
        client.page(at(case))
        with statements(app) as sent:
            client.page(at(case))
        lengths.append(len(sent))
    assert lengths[0] == lengths[1] < 15
