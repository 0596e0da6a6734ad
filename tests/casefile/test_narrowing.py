"""A caseload narrowed by what is still open in a theme of barriers, and by wellbeing never asked."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from caseworker.barriers.models import BarrierAssessment
from caseworker.barriers.queries import history_of
from caseworker.barriers.rules import latest_words, still_in_the_way
from caseworker.casefile.caseload import read_caseload
from caseworker.casefile.filters import CaseFilter
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.models import WellbeingAssessment
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.support.builders import kept
from tests.support.client import PageClient
from tests.support.counting import statements

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


def said(case: Enrolment, theme: str, days_ago: int = 0, **row: Any) -> BarrierAssessment:
    values = {"state": "something" if "severity" in row else "nothing"} | row
    return kept(BarrierAssessment(enrolment=case, theme=theme, assessed_on=TODAY - days_ago * DAY, **values))


def sat(case: Enrolment) -> WellbeingAssessment:
    return kept(
        WellbeingAssessment(
            enrolment=case, instrument="ons4", stage="start", assessed_on=TODAY,
            completed_how="alone", life_satisfaction=4,
        )
    )  # fmt: skip


def found(team: Team, **asked: Any) -> set[str]:
    load = read_caseload(team.lead, CaseFilter.read(MultiDict(asked)), TODAY, own=False)
    assert len(load.rows) == load.matching
    return {row.reference for row in load.rows}


@pytest.mark.both_databases
def test_open_themes_and_missing_wellbeing(db_session: Session) -> None:
    team = a_team()
    money, housing, both, solved, new = (started(team) for _ in range(5))
    waiting = started(team, days_ago=None)
    said(money, "money", 9, severity=3, barrier="debt")
    said(money, "money", 3, state="not_asked")
    said(housing, "housing", severity=1)
    said(both, "money", severity=2)
    said(both, "housing", severity=4)
    said(solved, "money", 9, severity=4)
    said(solved, "money", 2)
    sat(money)
    sat(both).voided_at = NOW
    names = {case.participant.reference for case in (money, housing, both)}
    assert found(team, theme="money") == names - {housing.participant.reference}
    assert found(team, theme=["money", "housing"]) == names
    assert found(team, theme="nonsense") == found(team)
    missing = found(team, wellbeing="missing")
    assert missing == {each.participant.reference for each in (housing, both, solved, new)}
    assert waiting.participant.reference not in missing
    assert found(team, theme="money", wellbeing="missing") == {both.participant.reference}


ROWS = st.lists(
    st.tuples(
        st.sampled_from([None, 0, 1, 4]),
        st.sampled_from([None, "debt", "no_bank_account"]),
        st.sampled_from(["nothing", "not_asked", "declined"]),
        st.integers(0, 3),
    ),
    max_size=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=ROWS)
def test_the_database_reads_the_latest_words_as_the_rule_does(db_session: Session, told: Any) -> None:
    with db_session.begin_nested() as trial:
        team = a_team()
        case = started(team)
        for severity, barrier, state, days_ago in told:
            if severity is None:
                said(case, "money", days_ago, state=state)
            else:
                said(case, "money", days_ago, severity=severity, barrier=barrier)
        still = still_in_the_way(latest_words(history_of(case)))
        assert bool(found(team, theme="money")) == bool(still)
        trial.rollback()


def test_the_page_narrows_says_so_and_keeps_to_its_counts(
    app: Flask, client: PageClient, given: Given
) -> None:
    with given():
        team = a_team()
        for number in range(6):
            case = started(team, days_ago=40)
            if number < 2:
                said(db.session.merge(case), "money", severity=3)
    client.sign_in(team.keyworker)
    page = client.page("/caseload?theme=money&wellbeing=missing")
    assert len(page.soup.select("tbody tr")) == 2
    assert "Open barrier" in page.text
    for tile in page.soup.select(".cw-tile"):
        link, count = tile.select_one(".cw-tile__label"), tile.select_one(".cw-tile__number")
        assert link is not None
        assert count is not None
        shown = len(client.page(str(link["href"])).soup.select("tbody tr"))
        assert shown == int(count.get_text())
    with statements(app) as asked:
        client.page("/caseload?theme=money&wellbeing=missing")
    assert len(asked) < 15
    assert client.get("/caseload?theme=%00&theme=<b>&wellbeing=1").status_code == 200
