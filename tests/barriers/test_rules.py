"""What stands in the way now, from all that was said of it."""

from datetime import date, timedelta
from typing import Any

from caseworker.barriers.charts import course_chart
from caseworker.barriers.models import BarrierAssessment
from caseworker.barriers.rules import (
    courses,
    latest_words,
    moved_since_start,
    serious_themes,
    still_in_the_way,
)

FIRST = date(2026, 1, 5)


def said(*rows: dict[str, Any]) -> list[BarrierAssessment]:
    """Assessments a day apart, the first first."""
    return [
        BarrierAssessment(assessed_on=FIRST + timedelta(days=number), **{"theme": "money"} | row)
        for number, row in enumerate(rows)
    ]


def something(severity: int, barrier: str | None = None, **changes: Any) -> dict[str, Any]:
    return {"state": "something", "severity": severity, "barrier": barrier} | changes


NOTHING, NOT_ASKED, DECLINED = ({"state": state} for state in ("nothing", "not_asked", "declined"))


def now(*rows: dict[str, Any]) -> list[tuple[str, str | None, int | None]]:
    return [(row.state, row.barrier, row.severity) for row in latest_words(said(*rows)).get("money", [])]


def test_a_later_word_on_the_theme_replaces_the_earlier() -> None:
    assert now(something(3), something(1)) == [("something", None, 1)]
    assert now(something(3, "debt"), NOTHING) == [("nothing", None, None)]
    assert now(NOTHING, something(2)) == [("something", None, 2)]
    assert now(something(4), DECLINED) == [("declined", None, None)]


def test_named_barriers_stand_beside_each_other_and_replace_the_unnamed() -> None:
    assert now(something(3, "debt"), something(2, "no_bank_account")) == [
        ("something", "debt", 3),
        ("something", "no_bank_account", 2),
    ]
    assert now(something(3), something(2, "debt")) == [("something", "debt", 2)]
    assert now(something(3, "debt"), something(0, "debt")) == [("something", "debt", 0)]


def test_not_having_been_asked_takes_no_answer_away() -> None:
    assert now(something(3, "debt"), NOT_ASKED) == [("something", "debt", 3)]
    assert now(DECLINED, NOT_ASKED) == [("declined", None, None)]
    assert now(NOT_ASKED) == [("not_asked", None, None)]
    assert now(NOT_ASKED, something(1)) == [("something", None, 1)]


def test_only_what_still_gets_in_the_way_is_open_the_most_serious_first() -> None:
    latest = latest_words(
        said(
            something(2),
            something(0, theme="skills"),
            something(4, theme="health"),
            something(3, theme="caring"),
            {"state": "declined", "theme": "safety"},
        )
    )
    barriers = still_in_the_way(latest)
    assert [(row.theme, row.severity) for row in barriers] == [("health", 4), ("caring", 3), ("money", 2)]
    assert serious_themes(barriers) == ["health", "caring"]


def test_a_theme_with_two_serious_barriers_is_named_once() -> None:
    rows = said(something(3, "debt"), something(4, "no_bank_account"))
    assert serious_themes(still_in_the_way(latest_words(rows))) == ["money"]


def course(*rows: dict[str, Any]) -> list[tuple[str, int | None]]:
    return [(stand.state, stand.severity) for stand in courses(said(*rows)).get("money", [])]


def test_a_course_keeps_the_three_answers_apart_from_a_number() -> None:
    assert course(something(4), NOT_ASKED, something(2), NOTHING, DECLINED) == [
        ("something", 4),
        ("something", 4),
        ("something", 2),
        ("nothing", None),
        ("declined", None),
    ]
    assert course(something(3, "debt"), something(1, "no_bank_account")) == [("something", 3)] * 2
    assert course(something(0)) == [("something", 0)]


def test_two_words_on_one_day_are_one_stand() -> None:
    rows = said(something(4), something(2))
    rows[1].assessed_on = rows[0].assessed_on
    assert [stand.severity for stand in courses(rows)["money"]] == [2]


def test_change_since_the_start_is_from_the_first_number_to_now() -> None:
    (moved,) = moved_since_start(said(NOT_ASKED, something(4), something(2), NOT_ASKED))
    assert (moved.first.severity, moved.now.severity) == (4, 2)
    assert moved.first.on == FIRST + timedelta(days=1)
    (gone,) = moved_since_start(said(something(4), NOTHING))
    assert (gone.now.state, gone.now.severity) == ("nothing", None)
    assert moved_since_start(said(something(4))) == []
    assert moved_since_start(said(NOTHING, DECLINED)) == []
    assert moved_since_start([]) == []


def test_a_chart_has_a_table_and_a_gap_where_there_is_no_number() -> None:
    chart = course_chart(courses(said(something(4), NOTHING, something(1))))
    assert chart is not None
    assert [row[1] for row in chart.table.rows] == ["4", "–", "1"]
    assert "Money from 4" in chart.description
    assert course_chart(courses(said(something(4), NOTHING))) is None
    assert course_chart({}) is None


def test_at_most_four_lines_the_worst_first() -> None:
    rows = [
        row
        for number, theme in enumerate(("health", "money", "skills", "housing", "caring"))
        for row in said(something(min(4, number), theme=theme), something(1, theme=theme))
    ]
    chart = course_chart(courses(sorted(rows, key=lambda row: row.assessed_on)))
    assert chart is not None
    assert chart.table.head == ("Date", "Caring and family", "Housing", "Skills", "Health")
