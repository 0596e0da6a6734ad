"""The caseload: whose, in what order, narrowed how; its counts are its rows."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from caseworker.casefile.caseload import read_caseload
from caseworker.casefile.filters import SORTS, CaseFilter
from caseworker.casefile.words import STATUS
from caseworker.core import clock
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import exit_enrolment
from caseworker.programmes.models import Cohort
from caseworker.progressions.models import OutcomeState, Progression, SustainmentCheck
from tests.casefile.situations import NOW, TODAY, Team, a_clock, a_team, spoke, started
from tests.conftest import Given
from tests.support.builders import a_participant, kept
from tests.support.client import PageClient
from tests.support.counting import statements
from tests.support.page import Page, words

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


def asked(**changes: str | list[str]) -> CaseFilter:
    return CaseFilter.read(
        MultiDict(
            (name, value)
            for name, values in changes.items()
            for value in ([values] if isinstance(values, str) else values)
        )
    )


def statuses(team: Team) -> dict[str, str]:
    """Reference to status, of everybody the lead sees."""
    wanted = asked(status=list(STATUS))
    return {row.reference: row.status for row in read_caseload(team.lead, wanted, TODAY, own=False).rows}


def a_step(enrolment: Enrolment, kind: str = "paid_work", days_ago: int = 30, **changes: Any) -> Progression:
    values: dict[str, Any] = {"enrolment": enrolment, "kind": kind, "evidence_level": "self_reported"}
    return kept(Progression(**values, started_on=TODAY - timedelta(days=days_ago), **changes))


def test_a_status_says_how_far_somebody_has_come(db_session: Session) -> None:
    team = a_team()
    cases = {
        "referred": started(team, days_ago=None),
        "on_programme": started(team, days_ago=5),
        "out_of_touch": started(team, days_ago=29),
        "in_training": started(team, days_ago=20),
        "in_work": started(team, days_ago=60),
        "sustained": started(team, days_ago=300),
        "left": started(team, days_ago=60),
    }
    a_step(cases["in_training"], "higher_education")
    a_step(cases["in_work"])
    a_step(cases["sustained"], days_ago=200)
    kept(
        OutcomeState(
            enrolment_id=cases["sustained"].id, rule="sustained_26", achieved_on=TODAY - timedelta(days=1)
        )
    )
    rule = {"programme_id": team.programme.id, "kind": "sustained", "code": "sustained_26", "label": "26"}
    a_clock(team.programme, **rule)
    exit_enrolment(cases["left"], exited_on=TODAY, exit_reason="into_work", today=TODAY)
    found = statuses(team)
    assert {status: found[case.participant.reference] for status, case in cases.items()} == {
        status: status for status in cases
    }


def test_work_that_is_over_is_not_work(db_session: Session) -> None:
    team = a_team()
    ended, gone, coming = (started(team, days_ago=20) for _ in range(3))
    a_step(ended, ended_on=TODAY - timedelta(days=1))
    job = a_step(gone)
    kept(
        SustainmentCheck(
            enrolment=gone,
            progression=job,
            checked_on=TODAY,
            result="left",
            evidence_level="self_reported",
        )
    )
    a_step(coming, days_ago=-3)
    assert set(statuses(team).values()) == {"on_programme"}


def a_varied_caseload(team: Team) -> None:
    cohort = kept(Cohort(programme_id=team.programme.id, name="Autumn", starts_on=TODAY, ends_on=TODAY))
    for number in range(8):
        keyworker = (team.keyworker, team.colleague, None)[number % 3]
        enrolment = started(
            team,
            days_ago=(3, 28, 40, None)[number % 4],
            keyworker=keyworker,
            cohort=cohort if number % 3 == 0 else None,
        )
        if number % 2:
            spoke(team, enrolment, days_ago=number)
        if number == 5:
            exit_enrolment(enrolment, exited_on=TODAY, exit_reason="health", today=TODAY)


def test_counts_are_rows_whatever_is_asked(db_session: Session) -> None:
    team = a_team()
    a_varied_caseload(team)
    everybody = read_caseload(team.lead, asked(), TODAY, own=False)
    choices = [("status", status) for status in STATUS]
    choices += [("due", due) for due in ("overdue", "today", "coming")] + [("contact", "quiet")]
    choices += [("programme", team.programme.code), ("programme", "nothing")]
    choices += [("kind", kind) for kind in ("contact", "plan", "review")] + [("mine", "mine")]
    choices += [("cohort", value) for value, *_ in everybody.options("cohort")]
    choices += [("keyworker", str(team.keyworker.id)), ("keyworker", "nobody")]
    looked = 0
    for size in (0, 1, 2):
        for picked in combinations(choices, size):
            grouped: dict[str, list[str]] = {}
            for name, value in picked:
                grouped.setdefault(name, []).append(value)
            load = read_caseload(team.lead, asked(**grouped), TODAY, own=False)
            assert load.matching == len(load.rows), picked
            looked += len(load.rows)
    assert looked > 50
    assert everybody.matching == everybody.total == 7
    assert [(name, count) for _, name, count in everybody.options("cohort")] == [("", 4), ("Autumn", 3)]


def test_every_order_lists_everybody_and_turns_round(db_session: Session) -> None:
    team = a_team()
    a_varied_caseload(team)
    for sort in SORTS:
        up, down = (
            [row.enrolment_id for row in read_caseload(team.lead, wanted, TODAY, own=False).rows]
            for wanted in (asked(sort=sort), asked(sort=sort, order="descending"))
        )
        assert up == down[::-1] and len(set(up)) == 7, sort


def test_an_order_puts_first_what_waits(db_session: Session) -> None:
    team = a_team()
    a_varied_caseload(team)

    def column(sort: str, name: str) -> list[Any]:
        return [
            getattr(row, name) for row in read_caseload(team.lead, asked(sort=sort), TODAY, own=False).rows
        ]

    assert column("keyworker", "keyworker_name")[:2] == [None, "Priya Shah"]
    starts = column("start", "started_on")
    known = [day for day in starts if day]
    assert starts == sorted(known) + [None] * (len(starts) - len(known))
    places = [list(STATUS).index(status) for status in column("status", "status")]
    assert places == sorted(places)


def test_a_keyworker_sees_their_own_and_a_lead_the_programme(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        a_varied_caseload(team)
        other = a_team()
        started(other, days_ago=1)
    client.sign_in(team.keyworker)
    own = client.page("/caseload")
    assert caption(own) == "3 of 3 participants"
    assert "Keyworker" not in headings(own)
    client.sign_in(team.lead)
    whole = client.page("/caseload")
    assert caption(whole) == "7 of 7 participants"
    assert "Keyworker" in headings(whole)
    assert caption(client.page(f"/caseload?keyworker={team.colleague.id}")) == "3 of 7 participants"
    assert caption(client.page("/caseload?status=left")) == "1 of 8 participants"
    client.sign_in(team.tutor)
    assert client.get("/caseload").status_code == 403


def caption(page: Page) -> str:
    found = page.soup.find("caption")
    assert found is not None
    return words(found)


def headings(page: Page) -> list[str]:
    return [words(cell) for cell in page.soup.select("thead th")]


def names(client: PageClient, path: str) -> list[str]:
    page = client.page(path)
    return [words(cell).rpartition(" ")[0] for cell in page.soup.select("tbody th[scope=row]")]


def test_sorting_by_name_last_contact_and_next_step(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        for family_name, started_ago, spoken_ago in (("Osei", 30, 1), ("adeyemi", 3, 2), ("Zima", 20, None)):
            person = a_participant(given_name="Sam", family_name=family_name)
            enrolment = started(team, days_ago=started_ago, person=person)
            if spoken_ago is not None:
                spoke(team, enrolment, days_ago=spoken_ago)
    client.sign_in(team.keyworker)
    by_name = ["Sam adeyemi", "Sam Osei", "Sam Zima"]
    assert names(client, "/caseload") == by_name
    assert names(client, "/caseload?order=descending") == by_name[::-1]
    assert names(client, "/caseload?sort=last") == ["Sam Zima", "Sam adeyemi", "Sam Osei"]
    assert names(client, "/caseload?sort=next") == ["Sam Osei", "Sam Zima", "Sam adeyemi"]
    page = client.page("/caseload?sort=next")
    assert page.soup.select_one("th[aria-sort=ascending]") is not None


def test_chips_take_one_filter_off_and_keep_the_rest(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        started(team, days_ago=40)
    client.sign_in(team.keyworker)
    page = client.page("/caseload?status=out_of_touch&due=overdue&sort=last")
    chip = page.soup.select(".cw-chip")
    assert [words(each) for each in chip] == ["Remove Status: Out of touch", "Remove Next step: Overdue"]
    assert str(chip[0]["href"]) == "/caseload?due=overdue&sort=last"


def test_fifty_on_a_page_and_all_on_some_page(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        for _ in range(53):
            started(team, days_ago=1)
    client.sign_in(team.keyworker)
    first, second = names(client, "/caseload"), names(client, "/caseload?page=2")
    assert (len(first), len(second)) == (50, 3)
    assert len({*first, *second}) == 53
    assert names(client, "/caseload?page=99") == second


@pytest.mark.parametrize(
    "query",
    [
        "status=nothing&due=%00&contact=<script>",
        "keyworker=not-a-key&keyworker=" + "9" * 500,
        "programme=" + "x" * 5000,
        "kind=nothing&cohort=not-a-key",
        "page=0",
        "page=-1",
        "page=1e999",
        "page=٣",
        "sort=';drop&order=sideways",
    ],
)
def test_an_address_that_makes_no_sense_still_answers(client: PageClient, given: Given, query: str) -> None:
    with given():
        team = a_team()
        started(team)
    client.sign_in(team.keyworker)
    assert client.page(f"/caseload?{query}").h1 == "My caseload"


def test_the_caseload_asks_the_same_few_questions_however_long(
    app: Flask, client: PageClient, given: Given
) -> None:
    with given():
        team = a_team()
    sent = []
    for more in (1, 40):
        with given():
            for _ in range(more):
                spoke(team, started(team, days_ago=9))
        client.sign_in(team.lead)
        client.page("/caseload")
        with statements(app) as found:
            client.page("/caseload")
        sent.append(len(found))
    assert sent[0] == sent[1]
    assert sent[1] <= 8


def test_somebody_restricted_is_seen_by_those_named_only(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        person = a_participant(restricted=True, family_name="Hidden")
        started(team, person=person)
    client.sign_in(team.lead)
    assert "Hidden" not in client.page("/caseload").text
    client.sign_in(team.keyworker)
    assert "Hidden" in client.page("/caseload").text


def test_a_finished_programme_says_that_everybody_has_left(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        exit_enrolment(started(team), exited_on=TODAY, exit_reason="into_work", today=TODAY)
    client.sign_in(team.lead)
    page = client.page("/caseload")
    assert "Everybody has left" in page.text
    assert page.link("Show those who left") == "/caseload?status=left"
    assert caption(client.page("/caseload?status=left")) == "1 of 1 participants"


def test_nobody_s_cases_are_one_tap_away_for_a_lead(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        a_varied_caseload(team)
    client.sign_in(team.lead)
    page = client.page("/caseload")
    assert "without a keyworker" in page.text
    assert caption(client.page("/caseload?keyworker=none")) == "1 of 7 participants"
    assert caption(client.page("/caseload?keyworker=nobody")) == "1 of 7 participants"
    client.sign_in(team.keyworker)
    assert "without a keyworker" not in client.page("/caseload").text


def test_a_lead_selects_several_and_posts_their_keys(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        a_varied_caseload(team)
    client.sign_in(team.lead)
    page = client.page("/caseload")
    boxes = page.soup.select("main input[name=enrolment]")
    assert len(boxes) == 7
    for box, row in zip(boxes, page.soup.select("main tbody tr"), strict=True):
        link = row.select_one("th a")
        assert link is not None and str(link["href"]) == f"/enrolments/{box['value']}"
    bulk = boxes[0].find_parent("form")
    assert bulk is not None and str(bulk["method"]) == "post"
    actions = {str(button["formaction"]) for button in bulk.select("button[formaction]")}
    assert "/handover/new" in actions
    tokens = {
        str(tag["name"]): str(tag["value"]) for tag in bulk.select("input[type=hidden]") if tag.get("name")
    }
    answer = client.post(
        "/handover/new", data=tokens | {"enrolment": [str(box["value"]) for box in boxes[:2]]}
    )
    assert answer.status_code == 200
    client.sign_in(team.keyworker)
    assert "/handover/new" not in str(client.page("/caseload").soup.find("main"))


def test_the_list_on_paper_is_the_list_of_the_address(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        for _ in range(60):
            started(team, days_ago=1)
        started(team, days_ago=40)
    client.sign_in(team.keyworker)
    assert len(client.page("/caseload/print").soup.select("tbody tr")) == 61
    page = client.page("/caseload?status=out_of_touch&sort=next")
    assert page.link("Print this list") == "/caseload/print?status=out_of_touch&sort=next"
    paper = client.page(str(page.link("Print this list")))
    assert caption(paper) == "1 of 61 participants"
    assert paper.soup.select("main input, main button") == []
    assert "Nobody matches" in client.page("/caseload/print?status=left").text
    client.sign_in(team.tutor)
    assert client.get("/caseload/print").status_code == 403
