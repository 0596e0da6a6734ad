"""From counted records to a programme's value: in the ratio, beside it, or not counted."""

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from caseworker.valuation import (
    ParameterError,
    QuantityError,
    Result,
    Settings,
    load_bank,
    load_map,
    value_programme,
)
from caseworker.valuation.rounding import pounds

SETTINGS = Settings(as_at=date(2026, 3, 31), draws=200, seed=5, first_day=date(2025, 4, 1))
INVESTED = pd.DataFrame(
    [
        {"k": 0, "amount_pence": 20_000_000, "in_kind": False},
        {"k": 0, "amount_pence": 1_050_050, "in_kind": True},
    ]
)


def row(line: str, quantity: float, people: int = 1, activity_year: int = 0, **more: Any) -> dict[str, Any]:
    return {"line": line, "activity_year": activity_year, "quantity": quantity, "people": people, **more}


ROWS = [
    row("wellbeing", 80.0, 60, n_pairs=60, sd=2.0),
    row("earnings-with-benefit", 20.5, 24),
    row("jsa-saving", 6, 6),
    row("jsa-nhs", 6, 6),
    row("universal-credit", 31, 31),
    row("mental-health", 4, 4),
]


def valued(rows: list[dict[str, Any]] | None = None, settings: Settings = SETTINGS) -> Result:
    frame = pd.DataFrame(
        ROWS if rows is None else rows,
        columns=[
            "line",
            "activity_year",
            "quantity",
            "people",
            "n_pairs",
            "sd",
            "share_yes",
            "share_asked",
            "share_base",
        ],
    )
    return value_programme(frame, load_map(), load_bank(), INVESTED, settings)


def one(result: Result, code: str) -> Any:
    return next(line for line in result.lines if line.code == code)


def test_each_line_prints_the_sum_that_was_computed() -> None:
    line = one(valued(), "jsa-saving")
    assert line.price_formula == "£9,234.00 in 2012/13 prices × 1.382802 = £12,768.80 in 2024 prices"
    assert line.formula == "6 × £12,768.80 × (1 − 40%) × (1 − 15%) × (1 − 26%) = £28,913.66"
    assert pounds(line.present_value) == 28_913.66
    assert "second hand" in line.source
    assert line.licence
    assert line.doubts.startswith("Second-hand")
    assert line.assumptions[0].figure.code == "deadweight-job"


def test_the_headline_holds_value_to_people_and_names_its_kinds() -> None:
    result = valued()
    assert result.headline.kinds == ("economic", "social")
    in_ratio = [line.code for line in result.lines if line.in_headline and line.present_value]
    assert in_ratio == ["wellbeing", "earnings-with-benefit"]
    expected = sum(one(result, code).present_value for code in in_ratio)
    assert result.headline.total_present_value == pytest.approx(expected)
    assert result.headline.sroi_ratio == pytest.approx(expected / 210_500.50)


def test_the_public_purse_is_shown_apart_by_agency() -> None:
    by_agency = {group.name: group for group in valued().by_agency}
    assert by_agency["DWP"].present_value == 0
    assert pounds(by_agency["DWP"].shown_apart) == 28_913.66
    nhs = one(valued(), "jsa-nhs").present_value + one(valued(), "mental-health").present_value
    assert by_agency["NHS"].shown_apart == pytest.approx(nhs)
    assert "transfers" in one(valued(), "jsa-saving").shown_apart_because


def test_a_benefit_without_a_source_shows_people_and_no_pounds() -> None:
    line = one(valued(), "universal-credit")
    assert (line.people, line.present_value, line.counted) == (31, 0.0, False)
    assert line.formula.startswith("£ not counted: no source")
    assert all(row["outcome"] != line.outcome for row in valued().to_dict()["lines"])


def test_inputs_in_kind_are_part_of_the_inputs_and_shown_apart() -> None:
    head = valued().headline
    assert (head.cash, head.in_kind, head.investment) == (200_000, 10_500.5, 210_500.5)


def test_each_investment_is_discounted_from_its_own_year() -> None:
    rows = [{"k": k, "amount_pence": 10_000, "in_kind": False} for k in (0, 1, 2)]
    head = value_programme(ROWS, load_map(), load_bank(), rows, SETTINGS).headline
    assert head.investment == pytest.approx(100 + 100 / 1.035 + 100 / 1.035**2)


def test_a_later_activity_year_is_discounted_and_wellbeing_takes_the_health_line() -> None:
    result = valued(
        [
            row("wellbeing", 40, 40, 0, n_pairs=40, sd=2.0),
            row("wellbeing", 40, 40, 1, n_pairs=40),
            row("earnings-with-benefit", 1, 1, 1),
        ]
    )
    first, second = one(result, "wellbeing").years
    assert second.factor == pytest.approx(1 / 1.015)
    assert second.value == pytest.approx(first.value)
    assert one(result, "earnings-with-benefit").years[0].factor == pytest.approx(1 / 1.035)
    assert [year.t for year in result.by_year] == [0, 1]


def test_value_of_years_after_the_as_at_date_is_called_expected() -> None:
    result = valued([*ROWS, row("earnings-with-benefit", 3, 3, 1)])
    later = [year for year in one(result, "earnings-with-benefit").years if year.t == 1]
    assert later[0].expected
    assert result.headline.expected == pytest.approx(later[0].present_value)
    unknown = valued(settings=dataclasses.replace(SETTINGS, first_day=None))
    assert unknown.headline.expected is None


@pytest.mark.parametrize(
    ("first_day", "expected"),
    [
        (date(2025, 3, 31), False),
        (date(2025, 4, 1), True),
        (date(2024, 2, 29), False),
    ],
)
def test_a_year_is_expected_from_the_day_after_the_as_at_date(first_day: date, expected: bool) -> None:
    settings = dataclasses.replace(SETTINGS, first_day=first_day)
    years = one(valued([row("earnings-with-benefit", 3, 3, 1)], settings), "earnings-with-benefit").years
    assert [year.expected for year in years] == [expected]


def test_few_pairs_may_be_signed_in() -> None:
    outcome_map = load_map()
    lines = tuple(
        dataclasses.replace(each, signed_in="The board, 3 March 2026: all leavers of a small course answered")
        if each.code == "wellbeing"
        else each
        for each in outcome_map.lines
    )
    signed = dataclasses.replace(outcome_map, lines=lines)
    rows = [row("wellbeing", 40, 12, n_pairs=12, sd=2.0)]
    assert one(value_programme(rows, signed, load_bank(), INVESTED, SETTINGS), "wellbeing").in_headline


def test_under_thirty_pairs_wellbeing_stays_beside_the_headline() -> None:
    few = one(valued([row("wellbeing", 40, 29, n_pairs=29, sd=2.0)]), "wellbeing")
    assert not few.in_headline
    assert few.shown_apart_because == "29 people have both scores; under 30 it is shown apart"
    assert few.present_value > 0
    assert one(valued([row("wellbeing", 40, 30, n_pairs=30, sd=2.0)]), "wellbeing").in_headline


def test_a_fall_in_wellbeing_is_kept_in_the_total() -> None:
    result = valued([row("wellbeing", -12.0, 40, n_pairs=40, sd=2.0)])
    assert result.headline.total_present_value < 0
    assert result.headline.payback_months is None


def test_rows_of_one_line_and_year_are_added_up() -> None:
    split = valued([row("jsa-saving", 2, 2), row("jsa-saving", 4, 4)])
    assert one(split, "jsa-saving").present_value == one(valued(), "jsa-saving").present_value
    assert one(split, "jsa-saving").people == 6


def test_a_line_nobody_reached_is_there_with_nothing() -> None:
    line = one(valued(), "housing")
    assert (line.counted, line.quantity, line.present_value) == (True, 0.0, 0.0)


def test_an_empty_programme_is_worth_nothing_and_says_there_is_no_investment() -> None:
    result = value_programme([], load_map(), load_bank(), [], SETTINGS)
    assert result.headline.total_present_value == 0
    assert result.headline.sroi_ratio is None
    assert result.range is not None
    assert result.range.p50 is None
    assert [notice.code for notice in result.warnings] == ["no-investment"]
    assert '"sroi_ratio": null' in result.to_json()


def test_two_programmes_add_up_to_their_organisation() -> None:
    other = [row("wellbeing", 15.5, 31, n_pairs=31, sd=1.0), row("earnings-no-benefit", 4, 4)]
    both = valued([*ROWS, *other]).headline.total_present_value
    apart = valued().headline.total_present_value + valued(other).headline.total_present_value
    assert both == pytest.approx(apart)


def test_the_same_frame_in_another_order_gives_the_same_bytes() -> None:
    one_way, other_way = valued(), valued(ROWS[::-1])
    assert one_way.to_json(one_way.to_programme_dict()) == other_way.to_json(other_way.to_programme_dict())


def test_editions_are_named_in_the_result() -> None:
    result = valued()
    assert result.editions == {
        "bank": "open-2026",
        "map": "employability-2026",
        "deflators": "gdp-2025-12",
        "discounting": "green-book-2026",
    }
    assert (result.base_year, result.as_at) == ("2024", "2026-03-31")


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda: [row("tea", 1)], "no line tea"),
        (lambda: [row("wellbeing", float("nan"))], "quantity is nan"),
        (lambda: [row("wellbeing", float("inf"))], "quantity is inf"),
        (lambda: [row("wellbeing", 1, people=-1)], "whole number"),
        (lambda: [row("wellbeing", 1, activity_year=2025)], "counts years from 0"),
        (lambda: [row("wellbeing", 1, share_yes=3, share_asked=2)], "share_yes"),
        (lambda: [{"line": "wellbeing", "quantity": 1}], "column activity_year, people is missing"),
        (lambda: [row("wellbeing", "many")], "'many'"),  # type: ignore[arg-type]
    ],
)
def test_a_row_that_does_not_fit_is_refused(broken: Callable[[], list[dict[str, Any]]], says: str) -> None:
    with pytest.raises(QuantityError, match=says):
        value_programme(broken(), load_map(), load_bank(), INVESTED, SETTINGS)


def test_a_fraction_of_a_penny_is_no_investment() -> None:
    half = [{"k": 0, "amount_pence": 0.5, "in_kind": False}]
    with pytest.raises(QuantityError, match="amount_pence"):
        value_programme(ROWS, load_map(), load_bank(), half, SETTINGS)


def test_a_bank_without_the_proxy_is_refused() -> None:
    bank = dataclasses.replace(load_bank(), proxies=load_bank().proxies[:1], edition="thin")
    with pytest.raises(ParameterError, match="the bank thin has no proxy"):
        value_programme(ROWS, load_map(), bank, INVESTED, SETTINGS)


def test_json_of_a_programme_has_the_promised_keys() -> None:
    answer = valued().to_programme_dict()
    assert list(answer) == [
        "investment",
        "gross_value",
        "impact",
        "total_present_value",
        "net_present_value",
        "sroi_ratio",
        "net_sroi_ratio",
        "payback_months",
        "by_year",
        "by_stakeholder",
        "lines",
        "as_at",
        "base_year",
        "headline_kinds",
        "by_kind",
        "by_agency",
        "range",
    ]
    assert set(answer["range"]) == {"low", "high", "p5", "p50", "p95", "p_above_one", "draws", "seed"}
    assert answer["total_present_value"] == pytest.approx(
        sum(group["present_value"] for group in answer["by_stakeholder"]), abs=0.02
    )
