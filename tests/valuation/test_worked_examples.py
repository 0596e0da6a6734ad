"""Published and synthetic examples, to the penny."""

import csv
import dataclasses
from pathlib import Path
from typing import Any

import pytest
import yaml

from caseworker.valuation import Investment, ValuationLine, value
from caseworker.valuation.impact_map import read_impact_map
from caseworker.valuation.prices import load_deflators
from caseworker.valuation.rounding import pounds
from tests.valuation.builders import PLAIN, line

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[3] / "shared" / "data"
EXAMPLES = yaml.safe_load((DATA / "worked_examples.yaml").read_text(encoding="utf-8"))
SHARES = ("deadweight", "displacement", "attribution", "drop_off")


def _shared(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((SHARED / name).read_text(encoding="utf-8").splitlines()))


def _lines(example: dict[str, Any]) -> list[ValuationLine]:
    if "file" in example:
        return list(read_impact_map((DATA / example["file"]).read_bytes()).lines)
    return [
        line(
            str(number),
            row["quantity"],
            row["price"],
            duration=row["duration"],
            **{share: row[share] / 100 for share in SHARES},
        )
        for number, row in enumerate(example["rows"])
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["name"] for example in EXAMPLES])
def test_example_comes_out_to_the_penny(example: dict[str, Any]) -> None:
    settings = dataclasses.replace(PLAIN, discount_rate=example["discount_rate"])
    answer = value(_lines(example), [Investment(0, example["investment"])], settings).to_dict()
    assert {key: answer[key] for key in example["expected"]} == example["expected"]
    assert example["source"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared tables are not beside this checkout")
class TestSharedTables:
    def test_timebank_matches_what_was_published(self) -> None:
        published = {
            row["measure"]: float(row["value"]) for row in _shared("timebank_ireland_2023_published.csv")
        }
        lines = read_impact_map((SHARED / "timebank_ireland_2023.csv").read_bytes()).lines
        settings = dataclasses.replace(PLAIN, discount_rate=published["discount_rate"])
        head = value(lines, [Investment(0, published["investment_eur"])], settings).headline
        assert round(head.gross_value) == published["gross_value"]
        assert round(head.total_present_value) == published["total_present_value"]
        assert round(head.net_present_value) == published["net_present_value"]
        assert head.sroi_ratio == pytest.approx(published["sroi_ratio"], abs=0.005)

    def test_unit_costs_restated_to_2024_match_the_transcription(self) -> None:
        rows = _shared("gmca_ucd_v14_employability.csv")
        deflators = load_deflators()
        compared = 0
        for row in rows:
            restated = float(row["original_value_gbp"]) * deflators.factor(row["price_year"], "2024")
            transcribed = float(row["approx_2024_prices_gbp"])
            assert pounds(restated) == pytest.approx(transcribed, abs=0.011), row["code"]
            compared += 1
        assert compared > 30

    def test_toy_examples_are_the_ones_carried_here(self) -> None:
        rows = _shared("toy_examples.csv")
        carried = {
            (float(row["quantity"]), float(row["price"]))
            for example in EXAMPLES
            for row in example.get("rows", [])
        }
        assert {(float(row["quantity"]), float(row["proxy_gbp"])) for row in rows} == carried


def test_wellby_of_2019_in_prices_of_2023_and_2024() -> None:
    deflators = load_deflators()
    assert pounds(13_000 * deflators.factor("2019", "2023")) == 15426.98
    assert pounds(13_000 * deflators.factor("2019", "2024")) == 16027.91
