"""Writing a plan, and what becomes due by it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseworker.core import clock
from caseworker.core.calendar import add_working_days
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.services import exit_enrolment
from caseworker.plans import agreeing, services
from caseworker.plans.models import ActionPlan, Goal, PlanVersion
from caseworker.plans.queries import declines_of, goals_of, plan_of
from caseworker.plans.rules import ActionDetails, GoalDetails
from tests.casefile.situations import NOW, TODAY, Team, a_team, started

pytestmark = pytest.mark.both_databases

STEP = ActionDetails("Ring the college", "participant", TODAY + timedelta(days=14))


def days(count: int) -> timedelta:
    return timedelta(days=count)


@pytest.fixture
def team(db_session: Session) -> Team:
    return a_team()


@pytest.fixture
def case(team: Team) -> Enrolment:
    return started(team, 40)


def add(case: Enrolment, team: Team, action: ActionDetails | None = STEP, **changes: Any) -> Goal:
    details: dict[str, Any] = {"words": "Start the care course", "horizon": "short"}
    with clock.at(NOW):
        return services.add_goal(
            case, GoalDetails(**details | changes), action, recorded_by=team.keyworker, today=TODAY
        )


def agree(plan: ActionPlan, team: Team, how: str, on: date) -> PlanVersion:
    return agreeing.agree_plan(plan, agreeing.Agreement(how, on), recorded_by=team.keyworker, today=TODAY)


def due(session: Session, case: Enrolment, kind: str) -> DueItem | None:
    session.flush()
    return session.scalar(select(DueItem).where(DueItem.enrolment_id == case.id, DueItem.kind == kind))


def test_the_first_goal_makes_the_plan_and_later_ones_join_it(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    first, second = add(case, team), add(case, team, None, words="Find a desk", horizon="long")
    db_session.flush()
    assert first.plan is second.plan
    assert db_session.scalar(select(func.count()).select_from(ActionPlan)) == 1
    plan = plan_of(case)
    assert plan is not None
    assert plan.started_on == TODAY
    assert [goal.words for goal in goals_of(plan)] == ["Start the care course", "Find a desk"]
    assert [action.words for action in goals_of(plan)[0].actions] == ["Ring the college"]


def test_the_words_are_sealed_in_the_database(db_session: Session, team: Team, case: Enrolment) -> None:
    goal = add(case, team, measure="A letter with a start day", support="A lift on Mondays")
    db_session.flush()
    for sealed in (goal.words_sealed, goal.measure_sealed, goal.support_sealed):
        assert sealed is not None
        assert b"course" not in sealed
        assert b"letter" not in sealed
        assert b"lift" not in sealed
    db_session.expire_all()
    assert (goal.words, goal.measure) == ("Start the care course", "A letter with a start day")


def test_a_second_plan_beside_the_first_is_refused_by_the_database(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    add(case, team)
    db_session.flush()
    db_session.add(ActionPlan(enrolment=case, started_on=TODAY))
    with pytest.raises(IntegrityError):
        db_session.flush()


def test_a_changed_goal_keeps_a_day_that_has_passed_unless_the_day_is_changed(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    goal = add(case, team, target_on=TODAY + days(5))
    later = TODAY + days(60)
    details = GoalDetails("Start the care course in May", "short", goal.target_on)
    services.change_goal(goal, details, today=later)
    assert (goal.words, goal.target_on) == ("Start the care course in May", TODAY + days(5))
    with pytest.raises(RuleBroken, match="today or later"):
        services.change_goal(goal, GoalDetails("x", "short", TODAY + days(6)), today=later)
    services.change_goal(goal, GoalDetails("x", "medium", None), today=later)
    assert goal.target_on == date(2027, 7, 19)


def test_a_tick_begins_the_goal_and_undo_takes_both_back(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    goal = add(case, team)
    db_session.flush()
    (action,) = goal.actions
    services.finish_action(action, today=TODAY)
    assert (action.state, action.done_on, goal.state) == ("done", TODAY, "in_progress")
    with pytest.raises(RuleBroken):
        services.finish_action(action, today=TODAY)
    services.reopen_action(action)
    db_session.flush()
    assert (action.state, action.done_on, goal.state) == ("not_started", None, "not_started")
    with pytest.raises(RuleBroken):
        services.reopen_action(action)


def test_undo_of_one_of_two_ticks_leaves_the_goal_begun(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    goal = add(case, team)
    second = services.add_action(goal, STEP, recorded_by=team.keyworker)
    db_session.flush()
    for action in goal.actions:
        services.finish_action(action, today=TODAY)
    services.reopen_action(second)
    assert goal.state == "in_progress"


def test_a_goal_is_reached_or_dropped_once_and_can_be_opened_again(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    goal = add(case, team)
    services.complete_goal(goal, closed_on=TODAY - days(2), today=TODAY)
    db_session.flush()
    assert (goal.state, goal.closed_on) == ("done", TODAY - days(2))
    with pytest.raises(RuleBroken, match="closed already"):
        services.drop_goal(goal, reason="other", closed_on=TODAY, today=TODAY)
    with pytest.raises(RuleBroken, match="closed"):
        services.add_action(goal, STEP, recorded_by=team.keyworker)
    services.reopen_goal(goal)
    services.drop_goal(goal, reason="changed_mind", closed_on=TODAY, today=TODAY)
    db_session.flush()
    assert (goal.state, goal.drop_reason) == ("no_longer_relevant", "changed_mind")
    services.reopen_goal(goal)
    db_session.flush()
    assert (goal.state, goal.closed_on, goal.drop_reason) == ("not_started", None, None)


@pytest.mark.parametrize("day", [TODAY + days(1), TODAY - days(42)])
def test_a_goal_is_closed_between_referral_and_today(
    db_session: Session, team: Team, case: Enrolment, day: date
) -> None:
    with pytest.raises(RuleBroken) as refused:
        services.complete_goal(add(case, team), closed_on=day, today=TODAY)
    assert refused.value.field == "closed_on"


def test_taking_a_goal_back_takes_its_actions_and_is_for_its_author_and_not_for_ever(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    goal = add(case, team)
    db_session.flush()
    goal.entered_at = NOW
    for action in goal.actions:
        action.entered_at = NOW
    with pytest.raises(RuleBroken):
        services.take_back_goal(goal, by=team.colleague, now=NOW)
    with pytest.raises(RuleBroken):
        services.take_back_goal(goal, by=team.keyworker, now=NOW + days(31))
    services.take_back_goal(goal, by=team.keyworker, now=NOW + timedelta(hours=3))
    db_session.flush()
    assert goal.voided_at is not None
    assert all(action.voided_at for action in goal.actions)
    assert goals_of(plan_of(case)) == []


def test_an_agreed_plan_is_no_longer_due_and_its_review_is(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    assert case.started_on is not None
    plan = add(case, team).plan
    to_agree = due(db_session, case, "plan")
    assert to_agree is not None
    assert (to_agree.due_on, to_agree.closed_on) == (add_working_days(case.started_on, 10), None)
    assert due(db_session, case, "review") is None
    agree(plan, team, "paper", TODAY - days(5))
    assert plan.started_on == TODAY - days(5)
    review = due(db_session, case, "review")
    assert to_agree.closed_on == TODAY - days(5)
    assert review is not None
    assert review.about_id == plan.id
    assert (review.due_on, review.closed_on) == (TODAY + days(23), None)
    agreeing.review_plan(plan, reviewed_on=TODAY, today=TODAY)
    db_session.flush()
    assert (review.due_on, review.closed_on) == (TODAY + days(28), None)


def test_leaving_ends_what_is_due_of_the_plan(db_session: Session, team: Team, case: Enrolment) -> None:
    plan = add(case, team).plan
    agree(plan, team, "spoken", TODAY)
    db_session.flush()
    exit_enrolment(case, exited_on=TODAY, exit_reason="moved_away", today=TODAY)
    agreeing.review_plan(plan, reviewed_on=TODAY, today=TODAY)
    review = due(db_session, case, "review")
    assert review is not None
    db_session.refresh(review)
    assert review.closed_on == TODAY


@pytest.mark.parametrize("day", [TODAY + days(1), TODAY - days(42)])
def test_a_plan_is_agreed_between_referral_and_today(
    db_session: Session, team: Team, case: Enrolment, day: date
) -> None:
    plan = add(case, team).plan
    with pytest.raises(RuleBroken) as refused:
        agree(plan, team, "typed", day)
    assert refused.value.field == "agreed_on"


def test_a_plan_is_reviewed_only_after_it_was_agreed(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    plan = add(case, team).plan
    with pytest.raises(RuleBroken, match="Agree the plan first"):
        agreeing.review_plan(plan, reviewed_on=TODAY, today=TODAY)
    agree(plan, team, "typed", TODAY - days(3))
    for day in (TODAY - days(4), TODAY + days(1)):
        with pytest.raises(RuleBroken) as refused:
            agreeing.review_plan(plan, reviewed_on=day, today=TODAY)
        assert refused.value.field == "reviewed_on"
    agreeing.review_plan(plan, reviewed_on=TODAY - days(1), today=TODAY)
    agree(plan, team, "typed", TODAY)
    assert (plan.agreed_on, plan.reviewed_on) == (TODAY - days(3), TODAY)


def test_no_goal_by_choice_is_recorded_once_and_can_be_taken_back(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    row = services.decline_goal(case, "money", recorded_by=team.keyworker, today=TODAY)
    db_session.flush()
    with pytest.raises(RuleBroken, match="already"):
        services.decline_goal(case, "money", recorded_by=team.colleague, today=TODAY)
    assert set(declines_of(case)) == {"money"}
    services.change_mind(row, by=team.colleague, now=datetime(2026, 12, 1, tzinfo=UTC))
    db_session.flush()
    assert declines_of(case) == {}
    services.decline_goal(case, "money", recorded_by=team.colleague, today=TODAY)
    db_session.flush()
    assert set(declines_of(case)) == {"money"}
