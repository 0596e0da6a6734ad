"""Steps forward, checks and last days, and what the programme's rules make of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.casefile.rebuild import rebuild
from caseworker.core import clock
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.services import AtStart
from caseworker.progressions import services
from caseworker.progressions.findings import Found, findings
from caseworker.progressions.models import OutcomeState, Progression
from caseworker.progressions.queries import outcome_states, progressions_of
from caseworker.progressions.services import StepDetails, outcome_rules
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.progressions.situations import EMPLOYER, SELF, work_rules

pytestmark = pytest.mark.both_databases

BEGAN = TODAY - timedelta(days=300)
COMPLETE = BEGAN + timedelta(weeks=26)


def days(count: int) -> timedelta:
    return timedelta(days=count)


@pytest.fixture
def team(db_session: Session) -> Team:
    team = a_team()
    work_rules(team.programme)
    return team


@pytest.fixture
def case(team: Team) -> Enrolment:
    return started(team, 320)


def step(case: Enrolment, team: Team, **changes: Any) -> Progression:
    values: dict[str, Any] = {"kind": "paid_work", "started_on": BEGAN, "evidence": SELF}
    with clock.at(NOW):
        return services.record_progression(
            case, StepDetails(**values | changes), recorded_by=team.keyworker, today=TODAY
        )


def check(of: Progression, team: Team, on: date, result: str = "still_there", evidence: str = SELF) -> None:
    with clock.at(NOW):
        services.record_check(
            of, checked_on=on, result=result, evidence=evidence, recorded_by=team.keyworker, today=TODAY
        )


def state(session: Session, case: Enrolment, rule: str = "sustained_26") -> OutcomeState:
    session.flush()
    return outcome_states(case)[rule]


def due(session: Session, case: Enrolment, rule: str = "sustained_26") -> DueItem | None:
    session.flush()
    return session.scalar(
        select(DueItem).where(
            DueItem.enrolment_id == case.id, DueItem.kind == "sustainment", DueItem.rule == rule
        )
    )


def found(case: Enrolment, team: Team) -> dict[str, Found]:
    rules = outcome_rules(team.programme.id)
    return {line.label: line.found for line in findings(case, rules, outcome_states(case), TODAY)}


def test_a_first_job_is_coming_into_work(db_session: Session, team: Team, case: Enrolment) -> None:
    job = step(case, team, kind="self_employment")
    step(case, team, kind="volunteering", started_on=BEGAN - days(9))
    into = state(db_session, case, "into_work")
    assert (into.achieved_on, into.progression_id, into.evidence_level) == (BEGAN, job.id, SELF)


def test_a_job_nobody_asked_about_is_unknown_and_is_to_be_asked(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    step(case, team)
    kept = state(db_session, case)
    assert (kept.achieved_on, kept.unknown_on, kept.matures_on) == (None, COMPLETE, COMPLETE)
    item = due(db_session, case)
    assert item is not None
    assert (item.due_on, item.closed_on) == (COMPLETE, None)
    assert found(case, team) == {
        "Into work": Found.ACHIEVED,
        "In work for 26 weeks": Found.UNKNOWN,
        "In work for 52 weeks": Found.NOT_YET_DUE,
    }


def test_unknown_at_26_weeks_and_still_there_later_was_kept(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    job = step(case, team)
    check(job, team, COMPLETE, "not_known")
    item = due(db_session, case)
    assert item is not None
    assert (state(db_session, case).unknown_on, item.closed_on) == (COMPLETE, COMPLETE)
    check(job, team, TODAY)
    kept = state(db_session, case)
    assert (kept.achieved_on, kept.unknown_on) == (COMPLETE, None)
    assert item.closed_on == COMPLETE


def test_the_employer_confirming_what_they_told_us_lifts_the_evidence(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    job = step(case, team)
    check(job, team, COMPLETE + days(1))
    assert state(db_session, case).evidence_level == SELF
    check(job, team, COMPLETE + days(20), evidence=EMPLOYER)
    kept = state(db_session, case)
    assert (kept.achieved_on, kept.evidence_level) == (COMPLETE, EMPLOYER)


def test_another_last_day_is_worked_out_again(db_session: Session, team: Team, case: Enrolment) -> None:
    job = step(case, team, ended_on=COMPLETE + days(30))
    assert state(db_session, case).achieved_on == COMPLETE
    services.end_progression(job, ended_on=COMPLETE - days(2), end_reason="redundancy", today=TODAY)
    kept = state(db_session, case)
    assert (kept.achieved_on, kept.unknown_on, kept.progression_id) == (None, None, None)
    assert found(case, team)["In work for 26 weeks"] is Found.ENDED
    services.end_progression(job, ended_on=COMPLETE - days(1), end_reason=None, today=TODAY)
    assert state(db_session, case).achieved_on == COMPLETE


def test_a_pay_rise_in_the_same_work_changes_nothing(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    job = step(case, team, ended_on=COMPLETE)
    before = state(db_session, case).achieved_on
    step(case, team, kind="higher_pay", started_on=BEGAN + days(60), pay_pence=1300, pay_period="hour")
    kept = state(db_session, case)
    assert (kept.achieved_on, kept.progression_id) == (before, job.id)


def test_a_break_in_self_employment_longer_than_the_rule_starts_again(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    step(case, team, kind="self_employment", ended_on=BEGAN + days(60))
    step(case, team, kind="self_employment", started_on=BEGAN + days(76), ended_on=TODAY)
    kept = state(db_session, case)
    assert kept.achieved_on == BEGAN + days(76) + timedelta(weeks=26)
    assert kept.matures_on == COMPLETE


def test_those_in_work_at_the_start_are_left_out(db_session: Session, team: Team) -> None:
    case = started(team, 320, at_start=AtStart("10"))
    step(case, team)
    db_session.flush()
    assert outcome_states(case) == {}
    assert due(db_session, case) is None
    assert set(found(case, team).values()) == {Found.LEFT_OUT}


def test_taking_back_the_only_job_takes_its_outcomes_and_what_was_to_be_asked(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    job = step(case, team)
    check(job, team, COMPLETE)
    assert due(db_session, case) is not None
    with pytest.raises(RuleBroken):
        services.take_back_progression(job, by=team.colleague, now=NOW)
    services.take_back_progression(job, by=team.keyworker, now=NOW)
    db_session.flush()
    assert progressions_of(case) == []
    assert all(check.voided_at for check in job.checks)
    assert due(db_session, case) is None
    assert set(found(case, team).values()) == {Found.NONE_SO_FAR}
    assert rebuild().outcomes_mended == 0


def test_taking_back_a_check_makes_it_unknown_again(db_session: Session, team: Team, case: Enrolment) -> None:
    job = step(case, team)
    check(job, team, COMPLETE)
    services.take_back_check(job.checks[0], by=team.keyworker, now=NOW)
    assert state(db_session, case).unknown_on == COMPLETE


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"started_on": TODAY + days(1)}, "started_on"),
        ({"ended_on": BEGAN - days(1)}, "ended_on"),
        ({"ended_on": TODAY + days(1)}, "ended_on"),
        ({"pay_pence": 1300}, "pay"),
        ({"pay_period": "hour"}, "pay"),
    ],
)
def test_a_step_out_of_order_is_refused(
    db_session: Session, team: Team, case: Enrolment, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        step(case, team, **changes)
    assert refused.value.field == field
    assert progressions_of(case) == []


@pytest.mark.parametrize("on", [TODAY + days(1), BEGAN - days(1)])
def test_a_check_is_about_a_day_of_the_step(
    db_session: Session, team: Team, case: Enrolment, on: date
) -> None:
    job = step(case, team)
    with pytest.raises(RuleBroken) as refused:
        check(job, team, on)
    assert refused.value.field == "checked_on"


def test_nobody_is_still_there_after_the_last_day(db_session: Session, team: Team, case: Enrolment) -> None:
    job = step(case, team, ended_on=BEGAN + days(10))
    with pytest.raises(RuleBroken):
        check(job, team, BEGAN + days(11))
    check(job, team, BEGAN + days(11), "left")


@pytest.mark.parametrize("on", [TODAY + days(1), BEGAN - days(1)])
def test_a_last_day_is_between_the_first_and_today(
    db_session: Session, team: Team, case: Enrolment, on: date
) -> None:
    with pytest.raises(RuleBroken) as refused:
        services.end_progression(step(case, team), ended_on=on, end_reason=None, today=TODAY)
    assert refused.value.field == "ended_on"
