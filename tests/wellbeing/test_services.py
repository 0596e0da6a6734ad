"""Sittings of the four questions, their change, and the nation beside them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseworker.core import clock
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.models import ONS4, WellbeingAssessment
from caseworker.wellbeing.norms import national_mean, national_means
from caseworker.wellbeing.queries import assessments_of
from caseworker.wellbeing.questions import asks_for_care
from caseworker.wellbeing.rules import changes
from caseworker.wellbeing.services import record_wellbeing, take_back_wellbeing
from tests.casefile.situations import NOW, TODAY, Team, a_team, started

Scores = tuple[int | None, int | None, int | None, int | None]


@pytest.fixture
def team(db_session: Session) -> Team:
    return a_team()


@pytest.fixture
def case(team: Team) -> Enrolment:
    return started(team, 40)


def sitting(case: Enrolment, team: Team, scores: Scores, days_ago: int = 0) -> WellbeingAssessment:
    with clock.at(NOW):
        return record_wellbeing(
            case,
            dict(zip(ONS4, scores, strict=True)),
            stage="review",
            completed_how="with_help",
            assessed_on=TODAY - timedelta(days=days_ago),
            recorded_by=team.keyworker,
            today=TODAY,
        )


@pytest.mark.both_databases
def test_a_question_left_out_is_empty_and_never_a_zero(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    sitting(case, team, (0, None, 10, None))
    db_session.flush()
    db_session.expire_all()
    (row,) = assessments_of(case)
    assert [getattr(row, measure) for measure in ONS4] == [0, None, 10, None]


def test_nothing_answered_and_a_day_ahead_are_refused(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    with pytest.raises(RuleBroken, match="at least one question"):
        sitting(case, team, (None, None, None, None))
    with pytest.raises(RuleBroken) as refused:
        sitting(case, team, (5, 5, 5, 5), days_ago=-1)
    assert refused.value.field == "assessed_on"
    assert assessments_of(case) == []


@pytest.mark.both_databases
@pytest.mark.parametrize("score", [-1, 11])
def test_the_database_refuses_a_score_off_the_scale(
    db_session: Session, team: Team, case: Enrolment, score: int
) -> None:
    sitting(case, team, (score, 5, 5, 5))
    with pytest.raises(IntegrityError):
        db_session.flush()


def test_change_is_from_the_first_answer_to_the_latest_of_each_question(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    sitting(case, team, (7, None, 4, 2))
    sitting(case, team, (3, 5, None, 8), days_ago=30)
    sitting(case, team, (5, None, None, 6), days_ago=10)
    assert changes(assessments_of(case)) == {
        "life_satisfaction": 4,
        "worthwhile": None,
        "happiness": None,
        "anxiety": -6,
    }


def test_a_sitting_is_taken_back_by_its_author_on_the_day(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    row = sitting(case, team, (5, 5, 5, 5))
    with clock.at(NOW):
        db_session.flush()
    with pytest.raises(RuleBroken):
        take_back_wellbeing(row, by=team.colleague, now=NOW)
    take_back_wellbeing(row, by=team.keyworker, now=NOW)
    db_session.flush()
    assert assessments_of(case) == []


@pytest.mark.parametrize(
    ("scores", "asks"),
    [
        ((3, 3, 3, 7), False),
        ((2, 9, 9, 0), True),
        ((9, 0, 9, 0), True),
        ((9, 9, 9, 8), True),
        ((None, None, None, None), False),
        ((9, 9, 9, 0), False),
    ],
)
def test_a_very_low_answer_asks_the_worker_to_look_after_them(scores: Scores, asks: bool) -> None:
    assert asks_for_care(dict(zip(ONS4, scores, strict=True))) is asks


def test_the_nation_is_that_of_the_latest_year_that_had_ended() -> None:
    assert {row.measure for row in national_means()} == set(ONS4)
    assert all(row.source and Decimal(0) < row.mean < Decimal(10) for row in national_means())
    latest = national_mean("life_satisfaction", date(2026, 11, 22))
    assert (latest.period, latest.mean) == ("year ending March 2023", Decimal("7.45"))
    assert national_mean("anxiety", date(2022, 3, 31)).mean == Decimal("3.12")
    assert national_mean("anxiety", date(2022, 3, 30)).mean == Decimal("3.31")
    assert national_mean("anxiety", date(2000, 1, 1)).mean == Decimal("3.31")
