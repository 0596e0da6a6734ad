"""Worked out change by change, or all at once from the facts: the same rows, whatever happened."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.casefile.rebuild import rebuild
from caseworker.core import clock
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.services import AtStart, exit_enrolment
from caseworker.progressions import services
from caseworker.progressions.models import OutcomeState
from caseworker.progressions.queries import progressions_of
from caseworker.progressions.services import StepDetails
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.progressions.situations import EMPLOYER, SELF, work_rules

pytestmark = pytest.mark.both_databases

KINDS = ["paid_work", "paid_work", "self_employment", "volunteering", "higher_pay"]
RESULTS = ["still_there", "left", "not_known"]
Change = tuple[str, str, int, int]

# (what, code, days, other): a step so many days ago that lasted `other` days, or goes on at 0; else
# something about step number `other`, so many days after it began.
STEP = st.tuples(
    st.just("step"), st.sampled_from(KINDS), st.integers(0, 520), st.just(0) | st.integers(1, 300)
)
LATER = st.one_of(
    STEP,
    st.tuples(st.just("check"), st.sampled_from(RESULTS), st.integers(0, 400), st.integers(0, 5)),
    st.tuples(st.just("end"), st.just(""), st.integers(0, 400), st.integers(0, 5)),
    st.tuples(st.just("take back"), st.just(""), st.just(0), st.integers(0, 5)),
    st.tuples(st.just("exit"), st.sampled_from(["into_work", "died"]), st.integers(0, 400), st.just(0)),
)
CHANGES = st.tuples(STEP, st.lists(LATER, min_size=2, max_size=8)).map(lambda both: [both[0], *both[1]])


@pytest.fixture
def team(db_session: Session) -> Iterator[Team]:
    team = a_team()
    work_rules(team.programme)
    with clock.at(NOW):
        yield team


def apply(case: Enrolment, team: Team, change: Change) -> None:
    what, code, number, other = change
    by, ago = team.keyworker, TODAY - timedelta(days=number)
    steps = progressions_of(case)
    if what == "step":
        ended = ago + timedelta(days=other) if other else None
        details = StepDetails(code, ago, EMPLOYER if number % 3 == 0 else SELF, ended_on=ended)
        services.record_progression(case, details, recorded_by=by, today=TODAY)
    elif what == "exit":
        exit_enrolment(case, exited_on=ago, exit_reason=code, today=TODAY)
    elif steps:
        of = steps[other % len(steps)]
        later = of.started_on + timedelta(days=number)
        if what == "check":
            services.record_check(
                of, checked_on=later, result=code, evidence=SELF, recorded_by=by, today=TODAY
            )
        elif what == "end":
            services.end_progression(of, ended_on=later, end_reason=None, today=TODAY)
        else:
            services.take_back_progression(of, by=by, now=NOW)


def stored(session: Session, case: Enrolment) -> set[tuple[object, ...]]:
    session.flush()
    session.expire_all()
    outcomes = session.scalars(select(OutcomeState).where(OutcomeState.enrolment_id == case.id))
    dues = session.scalars(select(DueItem).where(DueItem.enrolment_id == case.id))
    return {
        (o.rule, o.achieved_on, o.matures_on, o.unknown_on, o.evidence_level, o.progression_id)
        for o in outcomes
    } | {(d.kind, d.about_id, d.rule, d.due_on, d.closed_on) for d in dues}


@given(CHANGES, st.sampled_from(["11", "12", "98", "10"]))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_change_by_change_is_the_same_as_from_scratch(
    db_session: Session, team: Team, changes: list[Change], at_start: str
) -> None:
    case = started(team, 500, at_start=AtStart(at_start))
    for change in changes:
        try:
            with db_session.begin_nested():
                apply(case, team, change)
        except RuleBroken:
            continue
        kept = stored(db_session, case)
        made = rebuild()
        assert (made.outcomes_mended, made.dues_mended) == (0, 0), change
        assert stored(db_session, case) == kept
