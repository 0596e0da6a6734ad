"""Recording what stands in the way: rows are added, never changed."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseworker.barriers.models import BarrierAssessment
from caseworker.barriers.queries import history_of
from caseworker.barriers.services import Finding, record_findings
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import TODAY, Team, a_team, started

pytestmark = pytest.mark.both_databases


@pytest.fixture
def team(db_session: Session) -> Team:
    return a_team()


@pytest.fixture
def case(team: Team) -> Enrolment:
    return started(team, 40)


def record(case: Enrolment, team: Team, *findings: Finding, days_ago: int = 0) -> list[BarrierAssessment]:
    on = TODAY - timedelta(days=days_ago)
    return record_findings(case, findings, assessed_on=on, recorded_by=team.keyworker, today=TODAY)


def test_the_three_states_stay_apart(db_session: Session, team: Team, case: Enrolment) -> None:
    record(
        case,
        team,
        Finding("health", "declined"),
        Finding("skills", "not_asked"),
        Finding("money", "nothing"),
        Finding("transport", "something", "transport_cost", 2, "£4 a day"),
    )
    rows = {row.theme: row for row in history_of(case)}
    assert {theme: row.state for theme, row in rows.items()} == {
        "health": "declined",
        "skills": "not_asked",
        "money": "nothing",
        "transport": "something",
    }
    assert [rows[theme].severity for theme in ("health", "skills", "money", "transport")] == [None] * 3 + [2]
    assert rows["transport"].note == "£4 a day"
    assert b"day" not in (rows["transport"].note_sealed or b"")


def test_history_is_in_the_order_of_the_talks_and_not_of_the_typing(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    record(case, team, Finding("money", "something", None, 1))
    record(case, team, Finding("money", "something", None, 4), days_ago=20)
    assert [row.severity for row in history_of(case)] == [4, 1]


def test_what_belongs_only_to_something_is_left_out_elsewhere(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    (row,) = record(case, team, Finding("money", "nothing", "debt", 3, "all paid"))
    assert (row.barrier, row.severity, row.note) == (None, None, "all paid")


@pytest.mark.parametrize(
    ("findings", "days_ago", "field"),
    [
        ((), 0, None),
        ((Finding("money", "nothing"),), -1, "assessed_on"),
        ((Finding("money", "something"),), 0, "severity_money"),
        ((Finding("money", "something", "cv", 2),), 0, "barrier_money"),
    ],
)
def test_it_is_refused_in_words(
    db_session: Session,
    team: Team,
    case: Enrolment,
    findings: tuple[Finding, ...],
    days_ago: int,
    field: str | None,
) -> None:
    with pytest.raises(RuleBroken) as refused:
        record(case, team, *findings, days_ago=days_ago)
    assert refused.value.field == field
    assert history_of(case) == []


@pytest.mark.parametrize(("state", "severity"), [("nothing", 2), ("something", None), ("something", 5)])
def test_the_database_refuses_a_severity_without_something(
    db_session: Session, team: Team, case: Enrolment, state: str, severity: int | None
) -> None:
    db_session.add(
        BarrierAssessment(enrolment=case, theme="money", state=state, severity=severity, assessed_on=TODAY)
    )
    with pytest.raises(IntegrityError):
        db_session.flush()
