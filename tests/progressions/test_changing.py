"""Changes in a step that goes on, better evidence of it, and readiness: outcomes follow by themselves."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from caseworker.casefile.rebuild import rebuild
from caseworker.core import clock
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import exit_enrolment
from caseworker.programmes.models import ProgrammeRule
from caseworker.progressions import changing, proving, readiness, services
from caseworker.progressions.changing import NewTerms
from caseworker.progressions.models import OutcomeState, Progression
from caseworker.progressions.queries import outcome_states, sustainment_dues
from caseworker.progressions.services import StepDetails
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.progressions.situations import EMPLOYER, SELF, work_rules
from tests.support.builders import LONG_AGO, kept

pytestmark = pytest.mark.both_databases

BEGAN = TODAY - timedelta(days=300)
COMPLETE = BEGAN + timedelta(weeks=26)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def a_rule(team: Team, code: str, **settings: Any) -> ProgrammeRule:
    return kept(
        ProgrammeRule(
            programme_id=team.programme.id,
            kind="sustained",
            code=code,
            label=code.replace("_", " "),
            settings=settings,
            source="Made up for a test",
            from_on=LONG_AGO,
        )
    )


@pytest.fixture
def team(db_session: Session) -> Team:
    team = a_team()
    work_rules(team.programme)
    a_rule(team, "earned", kind="earnings_equivalent", hours=16, weeks=26)
    a_rule(team, "proved", kind="continuous_weeks", weeks=26, gap_days=14, evidence=EMPLOYER)
    a_rule(team, "half_a_year_on", kind="status_at_point", months=6)
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


def state(session: Session, case: Enrolment, rule: str) -> OutcomeState:
    session.flush()
    return outcome_states(case)[rule]


def as_rebuilt() -> None:
    made = rebuild()
    assert (made.outcomes_mended, made.dues_mended) == (0, 0)


def test_a_pay_rise_brings_the_earnings_sooner_and_undo_takes_that_back(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    terms = {"weekly_minutes": 16 * 60, "pay_pence": 600, "pay_period": "hour"}
    job = step(case, team, ended_on=TODAY, **terms)
    assert state(db_session, case, "earned").achieved_on is None
    rise = NewTerms(BEGAN + days(60), 16 * 60, 3000, "hour")
    with clock.at(NOW):
        made = changing.change_terms(job, rise, recorded_by=team.keyworker, today=TODAY)
    achieved = state(db_session, case, "earned").achieved_on
    assert achieved is not None
    assert BEGAN + days(60) < achieved < COMPLETE + days(60)
    assert job.now.pay_pence == 3000
    as_rebuilt()
    changing.take_back_terms(job, made, by=team.keyworker, now=NOW)
    assert state(db_session, case, "earned").achieved_on is None
    assert job.now.pay_pence == 600
    as_rebuilt()


def test_a_break_longer_than_the_rule_starts_again_and_its_end_is_worked_out_again(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    job = step(case, team, kind="self_employment", ended_on=TODAY)
    with clock.at(NOW):
        gap = changing.record_break(
            job, from_on=BEGAN + days(30), until_on=None, recorded_by=team.keyworker, today=TODAY
        )
    assert state(db_session, case, "sustained_26").achieved_on is None
    changing.end_break(job, gap, until_on=BEGAN + days(38), today=TODAY)
    assert state(db_session, case, "sustained_26").achieved_on == COMPLETE
    changing.reopen_break(job, gap)
    changing.end_break(job, gap, until_on=BEGAN + days(50), today=TODAY)
    assert state(db_session, case, "sustained_26").achieved_on == BEGAN + days(51) + timedelta(weeks=26)
    as_rebuilt()
    changing.take_back_break(job, gap, by=team.keyworker, now=NOW)
    assert state(db_session, case, "sustained_26").achieved_on == COMPLETE
    as_rebuilt()


def test_the_employer_confirms_what_they_told_us_and_both_are_kept(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    job = step(case, team, ended_on=COMPLETE)
    before = state(db_session, case, "proved")
    assert (before.achieved_on, before.unknown_on) == (None, COMPLETE)
    with clock.at(NOW):
        proof = proving.add_evidence(
            job, level=EMPLOYER, seen_on=TODAY, file_id=None, added_by=team.keyworker, today=TODAY
        )
        less = proving.add_evidence(
            job, level="document_seen", seen_on=TODAY, file_id=None, added_by=team.lead, today=TODAY
        )
    after = state(db_session, case, "proved")
    assert (after.achieved_on, after.evidence_level, job.evidence_level) == (COMPLETE, EMPLOYER, EMPLOYER)
    assert (proof.level_before, less.level_before) == (SELF, EMPLOYER)
    as_rebuilt()
    with pytest.raises(RuleBroken):
        proving.take_back_evidence(job, proof, by=team.lead, now=NOW)
    proving.take_back_evidence(job, proof, by=team.keyworker, now=NOW)
    assert job.evidence_level == "document_seen"
    proving.take_back_evidence(job, less, by=team.lead, now=NOW)
    assert job.evidence_level == SELF
    assert state(db_session, case, "proved").achieved_on is None
    as_rebuilt()


def test_whoever_left_is_asked_after_six_months_with_or_without_a_job(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    left_on = TODAY - days(100)
    exit_enrolment(case, exited_on=left_on, exit_reason="moved_away", today=TODAY)
    services.settle_outcomes(case)
    found = state(db_session, case, "half_a_year_on")
    assert found.achieved_on is None
    assert found.unknown_on is not None
    assert found.unknown_on > TODAY
    (due,) = [item for item in sustainment_dues(case) if item.rule == "half_a_year_on"]
    assert (due.due_on, due.closed_on) == (found.unknown_on, None)
    as_rebuilt()


@pytest.mark.parametrize(
    ("from_on", "pay", "field"),
    [
        (BEGAN, None, "from_on"),
        (BEGAN - days(1), None, "from_on"),
        (TODAY + days(1), None, "from_on"),
        (BEGAN + days(5), 1200, "pay"),
    ],
)
def test_a_change_is_inside_its_step(
    db_session: Session, team: Team, case: Enrolment, from_on: date, pay: int | None, field: str
) -> None:
    job = step(case, team)
    with pytest.raises(RuleBroken) as refused:
        changing.change_terms(job, NewTerms(from_on, pay_pence=pay), recorded_by=team.keyworker, today=TODAY)
    assert refused.value.field == field


def test_two_changes_of_one_day_and_breaks_that_meet_are_refused(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    job, by = step(case, team), team.keyworker
    changing.change_terms(job, NewTerms(BEGAN + days(5), 600), recorded_by=by, today=TODAY)
    with pytest.raises(RuleBroken):
        changing.change_terms(job, NewTerms(BEGAN + days(5), 900), recorded_by=by, today=TODAY)
    first = changing.record_break(
        job, from_on=BEGAN + days(10), until_on=BEGAN + days(20), recorded_by=by, today=TODAY
    )
    for from_on, until_on in ((BEGAN + days(20), None), (BEGAN + days(2), BEGAN + days(10)), (BEGAN, None)):
        with pytest.raises(RuleBroken):
            changing.record_break(job, from_on=from_on, until_on=until_on, recorded_by=by, today=TODAY)
    with pytest.raises(RuleBroken) as refused:
        changing.end_break(job, first, until_on=BEGAN + days(9), today=TODAY)
    assert refused.value.field == "until_on"


def test_readiness_keeps_what_changed_and_undoes_one_save(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    by = team.keyworker
    assert set(readiness.readiness_of(case).states.values()) == {None}
    first = readiness.note_readiness(
        case, {"cv": "need", "photo_id": "have"}, noted_by=by, today=TODAY - days(9), now=NOW - days(9)
    )
    made = readiness.note_readiness(
        case, {"cv": "getting", "photo_id": "have", "email": "declined"}, noted_by=by, today=TODAY, now=NOW
    )
    assert {row.item for row in made} == {"cv", "email"}
    now = readiness.readiness_of(case)
    assert (now.states["cv"], now.states["photo_id"], now.states["email"]) == ("getting", "have", "declined")
    assert [noted.state for noted in now.history if noted.item == "cv"] == ["getting", "need"]
    readiness.take_back_readiness(case, made[0].id, by=by, now=NOW)
    then = readiness.readiness_of(case)
    assert (then.states["cv"], then.states["email"], len(first)) == ("need", None, 2)
    with pytest.raises(NotVisible):
        readiness.take_back_readiness(case, made[0].id, by=by, now=NOW)
