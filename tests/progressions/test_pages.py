"""Progressions as a browser without script records and reads them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, url_for

from caseworker.core import clock, values
from caseworker.core.db import db
from caseworker.core.files import StoredFile
from caseworker.enrolments.models import Enrolment
from caseworker.progressions import services
from caseworker.progressions.forms import ilr_outcome
from caseworker.progressions.models import Progression, SustainmentCheck
from caseworker.progressions.services import StepDetails
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.core.counting import writes
from tests.core.hostile import HOSTILE_DATES, HOSTILE_NUMBERS, HOSTILE_TEXT, TODAY
from tests.core.verdicts import verdict
from tests.progressions.situations import SELF, work_rules
from tests.support.client import Form, PageClient, form_on, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw
from tests.support.unseen import looks_missing

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
BEGAN = TODAY - timedelta(days=5)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        team = a_team()
        work_rules(team.programme)
        return team


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        enrolment = started(team, 300)
    client.sign_in(team.keyworker)
    return enrolment


def at(case: Enrolment, rest: str = "") -> str:
    return f"/enrolments/{case.id}/progressions{rest}"


def a_step(given: Given, team: Team, case: Enrolment, **changes: Any) -> Progression:
    values: dict[str, Any] = {"kind": "paid_work", "started_on": BEGAN, "evidence": SELF}
    with given():
        made = services.record_progression(
            db.session.merge(case),
            StepDetails(**values | changes),
            recorded_by=team.keyworker,
            today=TODAY,
        )
        db.session.flush()
        return made


def tap(client: PageClient, page: Page, ending: str) -> Any:
    form = page.soup.select_one(f"form[action$='{ending}']")
    assert form is not None, f"no form to …{ending}"
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    return client.post(str(form["action"]), data=data)


@pytest.mark.both_databases
def test_a_job_with_its_hours_pay_and_document(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(at(case, "/new"))
    assert form.data["evidence"] == ["self_reported"]
    response = client.submit(
        form, kind="paid_work", started_on="17 11 2026", hours="16.5", pay="12.21", pay_period="hour",
        employer="Brook Bakery", job_title="Baker", evidence="document_seen",
        evidence_file=(BytesIO(PDF), "contract.pdf"),
    )  # fmt: skip
    assert (response.status_code, response.headers["Location"]) == (303, at(case))
    step = row(app, Progression)
    assert (step.started_on, step.weekly_minutes, step.pay_pence) == (BEGAN, 990, 1221)
    page = client.page(at(case))
    for words in ("Brook Bakery", "16 hours 30 minutes", "£12.21 an hour", "Document seen", "EMP1"):
        assert words in page.text
    assert "Into work Yes 17 Nov 2026" in page.text
    assert "In work for 26 weeks Not yet due 18 May 2027" in page.text
    document = client.get(page.link("contract.pdf"))
    assert (document.data, document.headers["Content-Type"]) == (PDF, "application/pdf")
    assert document.headers["Content-Disposition"].startswith("attachment; filename=CW-")


def test_two_answers_are_enough(app: Flask, client: PageClient, case: Enrolment) -> None:
    assert client.send(at(case, "/new"), kind="volunteering", started_on="today").status_code == 303
    step = row(app, Progression)
    assert (step.weekly_minutes, step.pay_pence, step.pay_period, step.employer) == (None,) * 4
    assert "Usual week Not known" in client.page(at(case)).text


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"kind": ""}, "kind", "Select what it is"),
        ({"started_on": ""}, "started_on", "Enter the first day"),
        ({"started_on": "31 2 2026"}, "started_on", "There is no 31 February 2026"),
        ({"started_on": "tomorrow"}, "started_on", "today or earlier"),
        ({"ended_on": "1 1 2026"}, "ended_on", "on or after the first"),
        ({"hours": "NaN"}, "hours", "must be a number"),
        ({"hours": "100.01"}, "hours", "between 0 and 100"),
        ({"pay": "1e999", "pay_period": "hour"}, "pay", "must be"),
        ({"pay": "12"}, "pay", "Enter both the pay and what it is for"),
        ({"pay_period": "week"}, "pay", "Enter both the pay and what it is for"),
        ({"evidence": None}, "evidence", "Select how we know"),
        ({"evidence_file": (BytesIO(b"MZ\x90\x00"), "x.pdf")}, "evidence_file", "PDF"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, Any], field: str, said: str
) -> None:
    kept = {"kind": "paid_work", "started_on": "17 11 2026", "employer": "Brook Bakery"} | typed
    page = read(client.send(at(case, "/new"), **kept), 422)
    assert list(page.problems) == [field]
    assert said in page.problems[field]
    assert form_on(page, "employer").data["employer"] == ["Brook Bakery"]
    assert rows(app, Progression) == rows(app, StoredFile) == []


@pytest.mark.parametrize("name", ["kind", "pay_period", "contract", "evidence"])
@pytest.mark.parametrize("typed", ["nothing", "<script>", "hour\x00", "=cmd()", "9" * 50_000])
def test_only_what_is_offered_can_be_picked(
    app: Flask, client: PageClient, case: Enrolment, name: str, typed: str
) -> None:
    form = client.get_form(at(case, "/new")).fill(kind="paid_work", started_on="today", pay="12")
    form.data["pay_period"] = ["hour"]
    form.data[name] = [typed]
    assert list(read(client.post(form.action, data=form.data), 422).problems) == [name]
    assert rows(app, Progression) == []


def test_a_second_send_records_once_and_undo_takes_it_back(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    form = client.get_form(at(case, "/new")).fill(kind="paid_work", started_on="today")
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    assert len(rows(app, Progression)) == 1
    page = client.page(at(case))
    assert [tap(client, page, "/take-back").status_code for _ in range(2)] == [303, 303]
    assert row(app, Progression).voided_at is not None
    assert "No progression yet" in client.page(at(case)).text


@pytest.mark.both_databases
def test_a_check_says_whether_they_are_still_there(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    step = a_step(given, team, case, started_on=TODAY - timedelta(weeks=26))
    assert "In work for 26 weeks Not known 22 Nov 2026" in client.page(at(case)).text
    path = at(case, f"/{step.id}/check")
    assert read(client.send(path), 422).problems == {"result": "Select whether they are still there"}
    client.send(path, result="still_there", evidence="employer_confirmed")
    page = client.page(at(case))
    assert "In work for 26 weeks Yes 22 Nov 2026 Employer confirmed" in page.text
    assert tap(client, page, "/take-back").status_code == 303
    assert row(app, SustainmentCheck).voided_at is not None
    assert "In work for 26 weeks Not known" in client.page(at(case)).text


def test_a_last_day_is_given_with_its_reason_and_a_stale_form_is_a_conflict(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    step = a_step(given, team, case)
    path = at(case, f"/{step.id}/end")
    stale = client.get_form(path).fill(ended_on="today")
    client.send(path, ended_on="yesterday", end_reason="redundancy")
    assert client.submit(stale).status_code == 409
    assert row(app, Progression).ended_on == TODAY - timedelta(days=1)
    page = client.page(at(case))
    assert "21 Nov 2026 (Redundancy)" in page.text
    assert "In work for 26 weeks No it ended before it had lasted long enough" in page.text


def text(typed: str, most: int) -> Any:
    if values.is_blank(typed):
        return None
    kept = verdict(values.text, typed, most)
    return REFUSED if kept is None else kept


def day(parsed: date | None, first: date = date.min) -> Any:
    return parsed if parsed is not None and first <= parsed <= TODAY else REFUSED


def new_step(client: PageClient, case: Enrolment) -> Form:
    return client.get_form(at(case, "/new")).fill(kind="paid_work", started_on="today")


def test_hostile_text(app: Flask, client: PageClient, case: Enrolment) -> None:
    cases = []
    for typed in HOSTILE_TEXT[::2]:
        expected = {"employer": text(typed, 160), "job_title": text(typed, 120)}
        cases.append((dict.fromkeys(expected, typed), expected))
    saved, refused = throw(client, lambda: new_step(client, case), cases, lambda: newest(app, Progression))
    assert saved > 150
    assert refused > 2
    shows_all(client, at(case))


def test_hostile_numbers(app: Flask, client: PageClient, case: Enrolment) -> None:
    def form() -> Form:
        return new_step(client, case).fill(pay="12", pay_period="hour")

    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed, _whole, number, pence in HOSTILE_NUMBERS[::2]:
        hours: Any = REFUSED if number is None or number > 100 else int((number * 60).to_integral_value())
        blank = values.is_blank(typed)
        cases.append(({"hours": typed}, {"hours": hours} if hours is REFUSED and not blank else
                      {"weekly_minutes": None if blank else hours}))  # fmt: skip
        if pence is not None:
            cases.append(({"pay": typed}, {"pay_pence": pence}))
        elif blank or verdict(values.pence, typed, 0, values.MOST_PENCE) is None:
            cases.append(({"pay": typed}, {"pay": REFUSED}))
    saved, refused = throw(client, form, cases, lambda: newest(app, Progression))
    assert saved > 10
    assert refused > 60


def test_hostile_dates(app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment) -> None:
    cases = [({"started_on": typed}, {"started_on": day(parsed)}) for typed, parsed in HOSTILE_DATES[::2]]
    saved, refused = throw(client, lambda: new_step(client, case), cases, lambda: newest(app, Progression))
    assert saved > 5
    assert refused > 30
    first = TODAY - timedelta(days=250)
    step = a_step(given, team, case, started_on=first)
    some = HOSTILE_DATES[1::4]
    cases = [({"ended_on": typed}, {"ended_on": day(parsed, first)}) for typed, parsed in some]
    path = at(case, f"/{step.id}/end")
    throw(client, lambda: client.get_form(path), cases, lambda: newest(app, Progression))
    path = at(case, f"/{step.id}/check")
    cases = [({"checked_on": typed}, {"checked_on": day(parsed, first)}) for typed, parsed in some]
    throw(
        client,
        lambda: client.get_form(path).fill(result="left"),
        cases,
        lambda: newest(app, SustainmentCheck),
    )


@pytest.mark.parametrize(
    ("kind", "minutes", "code"),
    [
        ("paid_work", 960, "EMP1"),
        ("paid_work", 959, "EMP2"),
        ("paid_work", None, ""),
        ("self_employment", 960, "EMP4"),
        ("self_employment", 0, "EMP5"),
        ("apprenticeship", None, "EDU2"),
        ("volunteering", 60, "VOL1"),
        ("higher_pay", 2000, ""),
        ("unable_to_contact", None, "OTH3"),
    ],
)
def test_the_ilr_outcome_is_derived(kind: str, minutes: int | None, code: str) -> None:
    assert ilr_outcome(kind, minutes) == code


def paths(app: Flask, case: Enrolment, step: Progression) -> list[str]:
    """Every address of the feature, about this step and about checks, changes and papers that are not."""
    keys: dict[str, Any] = {"enrolment_id": case.id}
    with app.test_request_context():
        return [
            url_for(rule.endpoint, **dict.fromkeys(rule.arguments, step.id) | keys)
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith("progressions.")
        ]


def test_another_s_progressions_are_not_there(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    every = paths(app, case, a_step(given, team, case))
    assert len(every) >= 20
    for user in (team.colleague, team.tutor):
        assert looks_missing(client, user, case.id, every) == len(every)


def test_a_step_of_another_case_is_not_there(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        other = started(team, 300)
    step = a_step(given, team, other)
    for ending in ("check", "end", "document", "terms", "break", "evidence", "description", "reopen"):
        assert client.get(at(case, f"/{step.id}/{ending}")).status_code == 404


def test_looking_writes_the_look_and_nothing_else(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    step = a_step(given, team, case)
    client.page(at(case))
    for path in paths(app, case, step):
        with writes(app) as seen:
            client.get(path)
        assert {statement.split()[2].strip('"') for statement in seen} <= {"audit_event"}, path


def test_under_fifteen_statements_however_many_steps(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    lengths = []
    a_step(given, team, case)
    for _ in range(2):
        client.page(at(case))
        with statements(app) as sent:
            client.page(at(case))
        lengths.append(len(sent))
        for number in range(6):
            a_step(given, team, case, employer=f"Shop {number}")
    assert lengths[0] == lengths[1] < 15, lengths
