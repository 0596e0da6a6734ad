"""What is stored one change at a time is what the rules give from all the facts at once."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.casefile.rebuild import rebuild
from caseworker.contacts.models import Contact
from caseworker.contacts.rules import ContactDetails
from caseworker.contacts.services import correct_contact, record_contact, take_back_contact
from caseworker.core import clock
from caseworker.core.db import begin, db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.services import exit_enrolment
from caseworker.plans.agreeing import Agreement, agree_plan, review_plan
from caseworker.plans.models import ActionPlan
from caseworker.plans.rules import GoalDetails
from caseworker.plans.services import add_goal
from caseworker.progressions.models import OutcomeState, Progression, SustainmentCheck
from caseworker.progressions.services import (
    StepDetails,
    end_progression,
    record_check,
    record_progression,
    take_back_check,
    take_back_progression,
)
from tests.casefile.situations import NOW, TODAY, Team, a_clock, a_team, started

WEEKS = {"kind": "continuous_weeks", "weeks": 13, "gap_days": 14}
DAYS = st.integers(0, 150)
STARTED = 150


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


def day(ago: int) -> Any:
    return TODAY - timedelta(days=ago)


def details(ago: int, result: str) -> ContactDetails:
    return ContactDetails(datetime.combine(day(ago), time(9), UTC), "telephone", "out", result)


def every(model: Any, enrolment: Enrolment) -> list[Any]:
    rows = select(model).where(model.enrolment_id == enrolment.id, model.voided_at.is_(None))
    return list(db.session.scalars(rows.order_by(model.id)))


def contact(team: Team, case: Enrolment, ago: int, pick: int) -> None:
    result = ("spoke", "no_answer", "late", "did_not_attend")[pick % 4]
    record_contact(case, details(ago, result), recorded_by=team.keyworker, now=NOW)


def correct(team: Team, case: Enrolment, ago: int, pick: int) -> None:
    found = every(Contact, case)
    if found:
        wrong = found[pick % len(found)]
        result = "no_answer" if wrong.two_way else "spoke"
        made = {"reason": "other", "recorded_by": team.keyworker, "now": NOW}
        correct_contact(wrong, details(ago, result), **made)  # type: ignore[arg-type]


def take_back(team: Team, case: Enrolment, _ago: int, pick: int) -> None:
    found = every(Contact, case)
    if found:
        take_back_contact(found[pick % len(found)], by=team.keyworker, now=NOW)


def plan(team: Team, case: Enrolment, ago: int, pick: int) -> None:
    plans = every(ActionPlan, case)
    if not plans:
        goal = GoalDetails("Work in a kitchen", "short")
        add_goal(case, goal, None, recorded_by=team.keyworker, today=day(min(ago, STARTED)))
    elif pick % 2:
        agree_plan(plans[0], Agreement("spoken", day(ago)), recorded_by=team.keyworker, today=TODAY)
    else:
        review_plan(plans[0], reviewed_on=day(ago), today=TODAY)


def step(team: Team, case: Enrolment, ago: int, pick: int) -> None:
    kind = ("paid_work", "volunteering", "self_employment")[pick % 3]
    ended_on = day(max(0, ago - 20 * pick)) if pick % 4 == 3 else None
    made = StepDetails(kind, day(ago), "self_reported", ended_on=ended_on)
    record_progression(case, made, recorded_by=team.keyworker, today=TODAY)


def check(team: Team, case: Enrolment, ago: int, pick: int) -> None:
    steps = every(Progression, case)
    if steps:
        result = ("still_there", "left", "not_known")[pick % 3]
        asked = {"result": result, "evidence": "document_seen", "recorded_by": team.keyworker}
        record_check(steps[pick % len(steps)], checked_on=day(ago), today=TODAY, **asked)  # type: ignore[arg-type]


def undo_step(team: Team, case: Enrolment, ago: int, pick: int) -> None:
    steps, checks = every(Progression, case), every(SustainmentCheck, case)
    if pick % 3 == 0 and checks:
        take_back_check(checks[0], by=team.keyworker, now=NOW)
    elif pick % 3 == 1 and steps:
        end_progression(steps[0], ended_on=day(ago), end_reason=None, today=TODAY)
    elif steps:
        take_back_progression(steps[-1], by=team.keyworker, now=NOW)


def leave(_team: Team, case: Enrolment, ago: int, pick: int) -> None:
    reason = ("into_work", "died", "do_not_contact", "moved_away")[pick % 4]
    exit_enrolment(case, exited_on=day(ago), exit_reason=reason, today=TODAY)


Deed = Callable[[Team, Enrolment, int, int], None]
DEEDS: tuple[Deed, ...] = (contact, contact, correct, take_back, plan, plan, step, check, undo_step, leave)
HISTORIES = st.lists(st.tuples(st.sampled_from(DEEDS), DAYS, st.integers(0, 11)), max_size=14)


def stored() -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
    db.session.flush()
    dues = db.session.execute(
        select(
            DueItem.enrolment_id,
            DueItem.kind,
            DueItem.about_id,
            DueItem.due_on,
            DueItem.rule,
            DueItem.closed_on,
        )
    )
    states = db.session.execute(
        select(
            OutcomeState.enrolment_id,
            OutcomeState.rule,
            OutcomeState.achieved_on,
            OutcomeState.matures_on,
            OutcomeState.unknown_on,
            OutcomeState.evidence_level,
            OutcomeState.progression_id,
        )
    )
    return {tuple(row) for row in dues}, {tuple(row) for row in states}


def a_case_under_every_rule() -> tuple[Team, Enrolment]:
    """Two editions of the clock, and both rules of work."""
    team = a_team()
    change = {"contact_days": 14, "plan_working_days": 20, "review_days": 42}
    a_clock(team.programme, code="newer_clock", settings=change, from_on=day(60))
    a_clock(team.programme, kind="into_work", code="into_work", settings={})
    a_clock(team.programme, kind="sustained", code="sustained_13_weeks", settings=WEEKS)
    return team, started(team, days_ago=STARTED)


@pytest.mark.both_databases
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(history=HISTORIES)
def test_changes_one_at_a_time_leave_what_a_rebuild_would(
    app: Flask, history: list[tuple[Deed, int, int]]
) -> None:
    with app.app_context():
        begin("write")
        team, case = a_case_under_every_rule()
        for deed, ago, pick in history:
            # A deed the rules refuse leaves nothing, as a refused form does.
            with suppress(RuleBroken), db.session.begin_nested():
                deed(team, case, ago, pick)
        before = stored()
        found = rebuild()
        assert stored() == before
        assert (found.dues_mended, found.outcomes_mended) == (0, 0)
        assert found.dues == len(before[0]) >= 2
        db.session.rollback()


@pytest.mark.both_databases
def test_a_rebuild_mends_what_is_wrong_missing_or_too_many(db_session: Session) -> None:
    team, case = a_case_under_every_rule()
    work = StepDetails("paid_work", day(100), "self_reported")
    record_progression(case, work, recorded_by=team.keyworker, today=TODAY)
    right = stored()
    items = db_session.scalars(select(DueItem).order_by(DueItem.kind)).all()
    items[0].due_on = TODAY
    db_session.delete(items[1])
    db_session.add(
        DueItem(
            enrolment_id=case.id, kind="review", about_id=case.id, due_on=TODAY, rule="none", closed_on=None
        )
    )
    state = db_session.scalars(select(OutcomeState)).first()
    assert state is not None
    state.achieved_on = TODAY
    db_session.flush()
    found = rebuild()
    assert stored() == right
    assert (found.dues_mended, found.outcomes_mended) == (3, 1)


@pytest.mark.both_databases
def test_an_enrolment_taken_back_has_nothing_due(db_session: Session) -> None:
    _, case = a_case_under_every_rule()
    case.voided_at, case.void_reason = NOW, "duplicate"
    rebuild()
    assert stored() == (set(), set())


@pytest.mark.demonstration
def test_the_demonstration_needs_no_mending(db_session: Session) -> None:
    found = rebuild()
    assert found.dues > 500
    assert found.outcomes > 500
    assert (found.dues_mended, found.outcomes_mended) == (0, 0)
