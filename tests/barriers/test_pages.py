"""The assessment as a browser without script fills it in."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from caseworker.barriers.forms import NOTE_LENGTH, THEMES
from caseworker.barriers.models import BarrierAssessment
from caseworker.barriers.queries import history_of
from caseworker.barriers.rules import moved_since_start
from caseworker.barriers.services import Finding, record_findings
from caseworker.core import clock, values
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.core.counting import writes
from tests.core.hostile import HOSTILE_DATES, HOSTILE_TEXT, TODAY
from tests.core.verdicts import verdict
from tests.support.client import Form, PageClient, form_on, read
from tests.support.counting import statements
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw
from tests.support.unseen import looks_missing

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


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
    return f"/enrolments/{case.id}/barriers{rest}"


@pytest.mark.both_databases
def test_one_tap_a_theme_and_the_rest_is_left_alone(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(at(case, "/assess"))
    assert len(THEMES) == 12
    response = client.submit(
        form, state_health="declined", state_skills="not_asked", state_transport="nothing",
        state_money="something", severity_money="3", barrier_money="debt", note_money="They ring daily",
    )  # fmt: skip
    assert (response.status_code, response.headers["Location"]) == (303, at(case))
    assert {(r.theme, r.state, r.severity, r.barrier, r.note) for r in rows(app, BarrierAssessment)} == {
        ("health", "declined", None, None, None),
        ("skills", "not_asked", None, None, None),
        ("transport", "nothing", None, None, None),
        ("money", "something", 3, "debt", "They ring daily"),
    }
    text = client.page(at(case)).text
    for words in (
        "Health Prefers not to say 22 Nov 2026", "Skills Not asked 22 Nov 2026",
        "Housing Not talked about yet –", "Transport Nothing here 22 Nov 2026",
        "Money Debt Serious “They ring daily” 22 Nov 2026",
    ):  # fmt: skip
        assert words in text


def test_the_history_keeps_every_word(client: PageClient, case: Enrolment) -> None:
    client.send(at(case, "/assess"), state_money="something", severity_money="4", assessed_on="1 11 2026")
    client.send(at(case, "/assess"), state_money="nothing", note_money="All paid")
    page = client.page(at(case))
    history = page.rows("Every assessment, newest first")
    assert history == [
        ["When", "Theme", "What they said"],
        ["22 Nov 2026", "Money", "Nothing here “All paid” Wrong person – Money, 22 Nov 2026"],
        ["1 Nov 2026", "Money", "Something: Stops progress Wrong person – Money, 1 Nov 2026"],
    ]
    fold = page.soup.select_one("details.cw-fold")
    assert fold is not None
    assert not fold.has_attr("open")
    last_time = client.page(at(case, "/assess")).text
    assert "Last time: Nothing here (22 Nov 2026)" in last_time


def test_it_opens_with_last_time_and_what_stays_is_no_new_answer(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    client.send(
        at(case, "/assess"), assessed_on="1 11 2026", state_money="something", severity_money="3",
        barrier_money="debt", state_health="nothing", state_skills="declined", state_transport="not_asked",
    )  # fmt: skip
    form = client.get_form(at(case, "/assess"))
    opened = {name: form.data.get(name) for name in form.data if name.startswith(("state_", "severity_m"))}
    assert opened["severity_money"] == ["3"]
    chosen = {name: value for name, value in opened.items() if name.startswith("state_") and value}
    assert chosen == {"state_money": ["something"], "state_health": ["nothing"]}
    assert client.submit(form, severity_money="1", state_skills="nothing").status_code == 303
    assert {(r.theme, r.state, r.severity, r.barrier) for r in rows(app, BarrierAssessment)[4:]} == {
        ("money", "something", 1, "debt"),
        ("skills", "nothing", None, None),
    }
    page = read(client.send(at(case, "/assess")), 422)
    assert list(page.problems) == ["same"]


def test_the_others_are_as_last_time_is_one_tap_and_moves_nothing(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    client.send(
        at(case, "/assess"), assessed_on="1 11 2026", state_money="something", severity_money="4",
        state_housing="something", severity_housing="2",
    )  # fmt: skip
    client.send(at(case, "/assess"), severity_housing="1", same="same")
    said = {(row.theme, row.severity) for row in rows(app, BarrierAssessment)[2:]}
    assert said == {("money", 4), ("housing", 1)}
    with app.app_context():
        moved = moved_since_start(history_of(db.session.merge(case)))
    assert [(each.theme, each.first.severity, each.now.severity) for each in moved] == [
        ("housing", 2, 1),
        ("money", 4, 4),
    ]


def test_a_colleagues_newer_answer_is_not_undone_by_a_page_opened_before(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    client.send(at(case, "/assess"), assessed_on="1 11 2026", state_money="something", severity_money="4")
    before = client.get_form(at(case, "/assess"))
    client.send(at(case, "/assess"), severity_money="1")
    assert client.submit(before, state_health="nothing", same="same").status_code == 303
    assert [(r.theme, r.severity) for r in rows(app, BarrierAssessment)] == [
        ("money", 4),
        ("money", 1),
        ("health", None),
    ]


@pytest.mark.parametrize("sent", ["money:something:9:x;;:::", "<b>", "money", ":" * 300])
def test_a_forged_opening_is_only_a_new_answer(
    app: Flask, client: PageClient, case: Enrolment, sent: str
) -> None:
    client.send(at(case, "/assess"), assessed_on="1 11 2026", state_money="something", severity_money="4")
    form = client.get_form(at(case, "/assess")).fill(opened_with=sent)
    assert client.submit(form).status_code == 303
    assert [(r.theme, r.severity) for r in rows(app, BarrierAssessment)] == [("money", 4), ("money", 4)]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({}, "", "Answer at least one of the themes"),
        ({"state_money": "something"}, "severity_money", "Choose how much it stands in the way"),
        ({"note_money": "I owe £900"}, "state_money", "Choose one of these, or clear what you wrote"),
        ({"severity_money": "3"}, "state_money", "Choose one of these, or clear what you wrote"),
        ({"state_money": "nothing", "assessed_on": "tomorrow"}, "assessed_on", "today or earlier"),
        ({"state_money": "nothing", "note_money": "x" * 2001}, "note_money", "1 character too long"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, str], field: str, said: str
) -> None:
    page = read(client.send(at(case, "/assess"), **typed), 422)
    assert list(page.problems) == [field]
    assert said in page.problems[field]
    form = form_on(page)
    assert {name: form.data[name][0].strip() for name in typed} == typed
    assert rows(app, BarrierAssessment) == []


def test_the_part_below_a_tap_opens_when_something_in_it_is_wrong(
    client: PageClient, case: Enrolment
) -> None:
    opened = ".cw-theme__more--open"
    assert client.page(at(case, "/assess")).soup.select(opened) == []
    page = read(client.send(at(case, "/assess"), state_money="something"), 422)
    assert [part.select_one("#note_money") is not None for part in page.soup.select(opened)] == [True]
    page = read(client.send(at(case, "/assess"), note_health="Waiting for a letter"), 422)
    assert [part.select_one("#note_health") is not None for part in page.soup.select(opened)] == [True]


@pytest.mark.parametrize("name", ["state_money", "severity_money", "barrier_money"])
@pytest.mark.parametrize("typed", ["none", "cv", "5", "NaN", "<script>", "something\x00", "9" * 50_000])
def test_only_what_is_offered_can_be_picked(
    app: Flask, client: PageClient, case: Enrolment, name: str, typed: str
) -> None:
    form = client.get_form(at(case, "/assess")).fill(state_money="something", severity_money="2")
    form.data[name] = [typed]
    assert list(read(client.post(form.action, data=form.data), 422).problems) == [name]
    assert rows(app, BarrierAssessment) == []


def test_a_second_send_records_once(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(at(case, "/assess")).fill(state_money="nothing")
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    assert row(app, BarrierAssessment).state == "nothing"


def something(client: PageClient, case: Enrolment) -> Form:
    return client.get_form(at(case, "/assess")).fill(state_money="something", severity_money="2")


def test_hostile_text(app: Flask, client: PageClient, case: Enrolment) -> None:
    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed in HOSTILE_TEXT[::2]:
        kept = verdict(values.note, typed, NOTE_LENGTH)
        if values.is_blank(typed) or kept is not None:
            cases.append(({"note_money": typed}, {"note": kept}))
        else:
            cases.append(({"note_money": typed}, {"note_money": REFUSED}))
    saved, refused = throw(
        client, lambda: something(client, case), cases, lambda: newest(app, BarrierAssessment)
    )
    assert saved > 150
    assert refused > 2
    shows_all(client, at(case))


def test_hostile_dates(app: Flask, client: PageClient, case: Enrolment) -> None:
    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed, parsed in HOSTILE_DATES[::3]:
        good = parsed is not None and date.min < parsed <= TODAY
        cases.append(({"assessed_on": typed}, {"assessed_on": parsed if good else REFUSED}))
    saved, refused = throw(
        client, lambda: something(client, case), cases, lambda: newest(app, BarrierAssessment)
    )
    assert saved > 3
    assert refused > 15


def test_another_s_barriers_are_not_there(client: PageClient, team: Team, case: Enrolment) -> None:
    for user in (team.colleague, team.tutor):
        assert looks_missing(client, user, case.id, [at(case), at(case, "/assess")]) == 2


def test_looking_writes_the_look_and_nothing_else(app: Flask, client: PageClient, case: Enrolment) -> None:
    for path in (at(case), at(case, "/assess")):
        with writes(app) as seen:
            client.page(path)
        assert {statement.split()[2].strip('"') for statement in seen} <= {"audit_event"}


def test_under_fifteen_statements_however_long_the_history(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    lengths: dict[str, list[int]] = {at(case): [], at(case, "/assess"): []}
    for _ in range(2):
        for path, seen in lengths.items():
            client.page(path)
            with statements(app) as sent:
                client.page(path)
            seen.append(len(sent))
        with given():
            findings = [Finding(theme.code, "something", None, 2, "Words") for theme in THEMES]
            record_findings(
                db.session.merge(case), findings, assessed_on=TODAY, recorded_by=team.keyworker, today=TODAY
            )
    for before, after in lengths.values():
        assert before == after < 15
