"""The wheel, the seven statements and their score, and which way is better."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing import panels
from caseworker.wellbeing.instruments import FOUR_QUESTIONS, ITEMS, READINESS_WHEEL
from caseworker.wellbeing.models import WellbeingAssessment
from caseworker.wellbeing.queries import answers_of, sittings_of
from caseworker.wellbeing.rules import changes_of, direction, is_very_low
from caseworker.wellbeing.services import record_wellbeing
from caseworker.wellbeing.swemwbs import conversion, metric_hundredths, norms
from tests.casefile.situations import TODAY, Team, a_team, started

# Published examples: raw 23 is 20.73 and raw 32 is 29.31; the ends of the scale stay where they are.
GOLDEN = {7: 700, 8: 951, 14: 1532, 20: 1859, 21: 1925, 23: 2073, 28: 2503, 32: 2931, 34: 3255, 35: 3500}


@pytest.fixture
def team(db_session: Session) -> Team:
    return a_team()


@pytest.fixture
def case(team: Team) -> Enrolment:
    return started(team, 90)


def sitting(
    case: Enrolment, team: Team, instrument: str, answers: dict[str, int | None], days_ago: int = 0
) -> WellbeingAssessment:
    return record_wellbeing(
        case, answers, instrument=instrument, stage="review", completed_how="alone",
        assessed_on=TODAY - timedelta(days=days_ago), recorded_by=team.keyworker, today=TODAY,
    )  # fmt: skip


def seven(raw: int) -> dict[str, int | None]:
    """Seven answers of 1 to 5 whose sum is `raw`."""
    answers = [1] * 7
    for number in range(raw - 7):
        answers[number % 7] += 1
    return dict(zip(ITEMS, answers, strict=True))


@pytest.mark.parametrize(("raw", "metric"), GOLDEN.items())
def test_scores_are_those_of_the_published_table(raw: int, metric: int) -> None:
    assert metric_hundredths(seven(raw)) == metric


def test_every_raw_sum_has_a_score_and_more_is_never_less() -> None:
    table = conversion()
    assert list(table) == list(range(7, 36))
    scores = list(table.values())
    assert scores == sorted(set(scores))
    assert all(source.source for source in norms().values())
    assert norms()["median"].value == Decimal("23.2")


@pytest.mark.parametrize("wrong", [None, 0, 6])
def test_without_all_seven_there_is_no_score(wrong: int | None) -> None:
    assert metric_hundredths(seven(20) | {"item_4": wrong}) is None
    assert metric_hundredths({}) is None


@pytest.mark.both_databases
def test_statements_are_sealed_and_their_score_is_stored(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    whole = sitting(case, team, "swemwbs", seven(23), days_ago=5)
    part = sitting(case, team, "swemwbs", seven(23) | {"item_2": None})
    db_session.flush()
    db_session.expire_all()
    assert (whole.score_hundredths, part.score_hundredths) == (2073, None)
    assert answers_of(whole) == seven(23)
    assert b"item_1" not in (whole.answers_sealed or b"")
    assert [row.id for row in sittings_of(case)["swemwbs"]] == [whole.id, part.id]


@pytest.mark.both_databases
def test_the_wheel_compares_only_what_was_answered_twice(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    none: dict[str, int | None] = {item.key: None for item in READINESS_WHEEL.items}
    sitting(case, team, "wheel", none | {"health": 3, "home": 5, "money": 4}, days_ago=60)
    sitting(case, team, "wheel", none | {"health": 6, "home": None, "skills": 7}, days_ago=30)
    sitting(case, team, "wheel", none | {"health": 5, "money": 4})
    db_session.flush()
    panel = panels.wheel(sittings_of(case)["wheel"])
    said = {line.short: (line.first, line.latest, line.change, line.way) for line in panel.lines}
    assert said["Health"] == (3, 5, 2, "better")
    assert said["Money"] == (4, 4, 0, "same")
    assert said["Home"] == (5, 5, None, "")
    assert said["Skills"] == (7, 7, None, "")
    assert said["Confidence"] == (None, None, None, "")
    assert panel.pairs == 2
    rows = {row[0]: row[1:] for row in panel.charts[0].table.rows}
    assert rows["Health"] == ("3", "5", "+2")
    assert rows["Skills"] == ("–", "7", "–")


def test_it_has_eight_areas_and_words_of_its_own() -> None:
    assert [str(item.short) for item in READINESS_WHEEL.items] == [
        "Health", "Home", "Money", "Skills", "Confidence", "People around me", "Looking for work",
        "Getting there",
    ]  # fmt: skip
    assert all(str(item.words).endswith("?") and item.low_label for item in READINESS_WHEEL.items)


def test_anxious_is_better_when_it_falls() -> None:
    ways = {item.key: (direction(item, -3), direction(item, 3)) for item in FOUR_QUESTIONS.items}
    assert ways.pop("anxiety") == ("better", "worse")
    assert set(ways.values()) == {("worse", "better")}
    assert direction(FOUR_QUESTIONS.items[3], 0) == "same"


@pytest.mark.parametrize(
    ("instrument", "answers", "score", "low"),
    [
        ("wheel", {"health": 3, "home": None}, None, False),
        ("wheel", {"health": 2, "home": 10}, None, True),
        ("swemwbs", {}, 1701, False),
        ("swemwbs", {}, 1688, True),
        ("swemwbs", {"item_1": 1}, None, False),
        ("ons4", {"anxiety": 8}, None, True),
        ("ons4", {"anxiety": 0, "happiness": 3}, None, False),
    ],
)
def test_who_is_asked_after(
    instrument: str, answers: dict[str, int | None], score: int | None, low: bool
) -> None:
    assert is_very_low(instrument, answers, score) is low


def test_change_is_on_pairs_only() -> None:
    sittings = [{"a": 1, "b": None}, {"a": None, "b": 4}, {"a": 5, "b": None}]
    assert changes_of(sittings, ("a", "b", "c")) == {"a": 4, "b": None, "c": None}
