"""What happened, newest first, from every feature, in one query."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from caseworker.casefile.asked_entries import ASKED_WORDS
from caseworker.casefile.entries import WORDS, entry
from caseworker.casefile.paper_entries import PAPER_WORDS
from caseworker.casefile.safety_entries import SAFETY_WORDS
from caseworker.casefile.timeline import PARTS, read_timeline
from caseworker.casefile.work_entries import WORK_WORDS
from caseworker.contacts.services import record_work
from caseworker.core import clock
from caseworker.enrolments.pauses import record_pause
from caseworker.enrolments.services import exit_enrolment
from caseworker.handover.rules import FOR_GOOD, Terms
from caseworker.handover.services import hand_over
from caseworker.plans.agreeing import Agreement, agree_plan
from caseworker.plans.queries import plan_of
from tests.casefile.situations import NOW, TODAY, a_team, spoke, started
from tests.casefile.test_case_page import a_full_case
from tests.conftest import Given
from tests.support.client import PageClient
from tests.support.page import words

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


def test_every_feature_is_in_it_newest_first(db_session: Session) -> None:
    team = a_team()
    case = a_full_case(team)
    plan = plan_of(case)
    assert plan is not None
    agree_plan(plan, Agreement("spoken", TODAY), recorded_by=team.keyworker, today=TODAY)
    record_pause(case, "health", TODAY, None, recorded_by=team.keyworker, today=TODAY)
    hand_over([case], [team.colleague], Terms(FOR_GOOD, "leave", TODAY), by=team.lead, today=TODAY)
    record_work(
        case, kind="other", minutes=5, done_on=TODAY, note=None, recorded_by=team.keyworker, today=TODAY
    )
    exit_enrolment(case, exited_on=TODAY, exit_reason="into_work", today=TODAY)
    db_session.flush()
    found = read_timeline(case.id)
    kinds = {row.kind for row in found.rows}
    elsewhere = {
        "appointment",
        "support",
        "moved",
        "statement",
        *ASKED_WORDS,
        *WORK_WORDS,
        *PAPER_WORDS,
        *SAFETY_WORDS,
    }
    assert kinds - set(ASKED_WORDS) == set(WORDS) - elsewhere
    assert [row.at for row in found.rows] == sorted((row.at for row in found.rows), reverse=True)
    assert found.total == len(found.rows) == 16


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("contact", 2),
        ("barrier", 1),
        ("plan", 3),
        ("wellbeing", 1),
        ("learning", 1),
        ("progression", 1),
        ("milestone", 1),
    ],
)
def test_each_kind_can_be_asked_for(db_session: Session, kind: str, count: int) -> None:
    found = read_timeline(a_full_case(a_team()).id, [kind])
    assert found.total == len(found.rows) == count
    assert set(PARTS) >= {kind}


def test_another_case_is_not_in_it(db_session: Session) -> None:
    team = a_team()
    a_full_case(team)
    assert read_timeline(started(team, days_ago=None).id).total == 0


def test_an_instant_is_the_same_on_both_databases(db_session: Session) -> None:
    team = a_team()
    case = started(team, days_ago=3)
    contact = spoke(team, case, days_ago=1)
    newest, oldest = read_timeline(case.id).rows
    assert newest.at == contact.happened_at
    assert (oldest.at.hour, oldest.at.date()) == (12, case.started_on)


def test_pages_hold_each_entry_once(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        case = started(team, days_ago=100)
        for number in range(70):
            spoke(team, case, days_ago=number)
    client.sign_in(team.keyworker)
    seen: list[str] = []
    for number in (1, 2):
        page = client.page(f"/enrolments/{case.id}/timeline?page={number}")
        assert "71 entries" in page.text
        seen += [str(item["id"]) for item in page.soup.select(".cw-timeline__entry")]
    assert len(seen) == len(set(seen)) == 71
    assert client.get(f"/enrolments/{case.id}/timeline?page=3").status_code == 303


def test_the_page_can_be_narrowed_and_says_so(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        case = a_full_case(team)
    client.sign_in(team.keyworker)
    page = client.page(f"/enrolments/{case.id}/timeline?kind=contact&kind=progression&kind=nothing")
    assert [words(title) for title in page.soup.select(".cw-timeline__title")] == [
        "Text message: no answer",
        "Paid work",
        "Telephone: spoke or attended",
    ]
    assert [re.sub("Remove Kind: ", "", words(chip)) for chip in page.soup.select(".cw-chip")] == [
        "Contacts",
        "Progressions",
    ]


def test_barriers_of_one_day_are_one_entry(db_session: Session) -> None:
    (row,) = read_timeline(a_full_case(a_team()).id, ["barrier"]).rows
    made = entry(row, None)
    assert made.text.splitlines() == ["Debt: serious", "Housing: minor"]
    assert made.facts == ("2 themes looked at",)


def test_a_time_is_shown_only_where_it_is_known(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        case = started(team, days_ago=3)
        spoke(team, case, days_ago=1)
    client.sign_in(team.keyworker)
    page = client.page(f"/enrolments/{case.id}/timeline")
    shown = [(words(tag), str(tag["datetime"])) for tag in page.soup.select("time")]
    assert shown == [
        ("19 Nov 2026, 09:00", "2026-11-19T09:00:00+00:00"),
        ("17 Nov 2026", "2026-11-17"),
    ]
