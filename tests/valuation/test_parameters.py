"""Editions that ship are complete, and an edition that leaves something unsaid is refused."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from caseworker.valuation import ParameterError, load_bank, load_map, read_bank, read_map
from caseworker.valuation.editions import DATA
from caseworker.valuation.figures import PARAMETERS

SHARED = Path(__file__).parents[3] / "shared" / "data"
BANK: dict[str, Any] = yaml.safe_load((DATA / "banks" / "open-2026.yaml").read_text(encoding="utf-8"))
MAP: dict[str, Any] = yaml.safe_load((DATA / "maps" / "employability-2026.yaml").read_text(encoding="utf-8"))


def _copy(edition: dict[str, Any]) -> dict[str, Any]:
    copied: dict[str, Any] = yaml.safe_load(yaml.safe_dump(edition))
    return copied


def _written(tmp_path: Path, edition: dict[str, Any]) -> Path:
    path = tmp_path / "edition.yaml"
    path.write_text(yaml.safe_dump(edition, allow_unicode=True), encoding="utf-8")
    return path


def test_every_proxy_of_the_map_is_in_the_bank() -> None:
    bank, outcome_map = load_bank(), load_map()
    assert outcome_map.bank == bank.edition
    assert [line.code for line in outcome_map.lines if line.counted and line.proxy not in bank] == []
    assert {line.kind for line in outcome_map.lines if line.counted} == {"social", "fiscal", "economic"}


def test_second_hand_figures_say_so() -> None:
    unit_costs = [proxy for proxy in load_bank().proxies if proxy.code[:2] in ("E&", "HE", "HO")]
    assert len(unit_costs) == 12
    assert all("Second-hand" in proxy.notes and "second hand" in proxy.source for proxy in unit_costs)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared tables are not beside this checkout")
def test_unit_costs_are_those_of_the_shared_table() -> None:
    text = (SHARED / "gmca_ucd_v14_employability.csv").read_text(encoding="utf-8")
    shared = {row["code"]: row for row in csv.DictReader(text.splitlines())}
    parts: dict[str, float] = {}
    for proxy in load_bank().proxies:
        code = proxy.code.partition("/")[0]
        if code in shared:
            parts[code] = parts.get(code, 0.0) + proxy.price.central
            assert proxy.price_year == shared[code]["price_year"]
    assert parts == {code: float(shared[code]["original_value_gbp"]) for code in parts}
    assert len(parts) == 8


def test_derived_figures_are_the_sums_they_print() -> None:
    bank = load_bank()
    wage, allowance = 11.44, 12_570
    full_time, thirty = wage * 35 * 52, wage * 30 * 52
    tax = 0.28 * (full_time - allowance)
    take_home = bank.proxy("NLW-NET-NO-BENEFIT").price
    assert take_home.central == round(full_time - tax, 2)
    assert bank.proxy("NLW-NET-WITH-BENEFIT").price.central == round(take_home.central * 0.45, 2)
    hmrc = bank.proxy("NLW-TAX").price
    assert (hmrc.low, hmrc.central) == (round(0.28 * (thirty - allowance), 2), round(tax, 2))
    assert hmrc.high == round(tax + 0.138 * (full_time - 9_100), 2)


def test_no_licensed_value_is_carried() -> None:
    text = " ".join(proxy.source + proxy.licence for proxy in load_bank().proxies)
    assert not any(name in text for name in ("HACT", "TOMs", "BY-NC", "measure-up"))


@pytest.mark.parametrize(
    "field",
    [
        "value",
        "unit",
        "price_year",
        "source",
        "licence",
        "stakeholder",
        "kind",
        "evidence_grade",
        "notes",
        "name",
        "agency",
    ],
)
def test_a_proxy_without_a_field_is_refused_by_its_code(tmp_path: Path, field: str) -> None:
    bank = _copy(BANK)
    proxy = next(proxy for proxy in bank["proxies"] if proxy["code"] == "NLW-TAX")
    del proxy[field]
    with pytest.raises(ParameterError, match=f"NLW-TAX.*{field.replace('_', ' ')}|NLW-TAX.*{field}"):
        read_bank(_written(tmp_path, bank))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"value": "13,000"}, "number"),
        ({"value": float("nan")}, "number"),
        ({"value": True}, "number"),
        ({"source": "  "}, "source"),
        ({"licence": None}, "licence"),
        ({"low": 99_999}, "not in order"),
        ({"kind": "cultural"}, "social, fiscal, economic"),
        ({"evidence_grade": "E"}, "evidence_grade"),
        ({"worth": 3}, "unknown field worth"),
        ({"price_year": "2019-20"}, "not a price year"),
    ],
)
def test_a_wrong_field_is_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    bank = _copy(BANK)
    bank["proxies"][0] |= change
    with pytest.raises(ValueError, match=says):
        read_bank(_written(tmp_path, bank))


def test_a_code_used_twice_is_refused(tmp_path: Path) -> None:
    bank = _copy(BANK)
    bank["proxies"].append(dict(bank["proxies"][0]))
    with pytest.raises(ParameterError, match="WELLBY is used twice"):
        read_bank(_written(tmp_path, bank))


def test_every_assumption_has_its_evidence() -> None:
    for line in load_map().lines:
        if line.counted:
            assert tuple(line.assumptions) == PARAMETERS[1:]
            for assumption in line.assumptions.values():
                evidence = assumption.evidence
                assert evidence.source
                assert evidence.reason
                assert evidence.decided_by


def test_jobs_take_the_deadweight_of_employment_programmes() -> None:
    figure = load_map().line("jsa-saving").assumptions["deadweight"].figure
    assert (figure.low, figure.central, figure.high) == (0.3, 0.4, 0.5)


def test_transfers_stay_out_of_the_headline_and_say_why() -> None:
    outcome_map = load_map()
    fiscal = [line for line in outcome_map.lines if line.kind == "fiscal" and line.counted]
    assert fiscal
    assert not any(line.in_headline for line in fiscal)
    assert all(line.shown_apart_because for line in fiscal)
    assert "transfers" in outcome_map.headline_reason


def test_a_benefit_without_a_source_has_no_value() -> None:
    line = load_map().line("universal-credit")
    assert not line.counted
    assert line.benefit_at_start == ("universal_credit",)
    assert "no source" in line.not_counted


def _line(edition: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(line for line in edition["lines"] if line["code"] == code)
    return found


def _assumption(edition: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in edition["assumptions"] if item["code"] == code)
    return found


@pytest.mark.parametrize(
    "field",
    [
        "source",
        "reason",
        "evidence_grade",
        "decided_by",
        "stakeholders_asked",
        "low",
        "central",
        "high",
        "parameter",
    ],
)
def test_an_assumption_without_a_field_is_refused(tmp_path: Path, field: str) -> None:
    edition = _copy(MAP)
    del _assumption(edition, "deadweight-job")[field]
    with pytest.raises(ParameterError, match="deadweight-job"):
        read_map(_written(tmp_path, edition))


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (lambda m: _line(m, "wellbeing")["assumptions"].pop("displacement"), "a blank is not a zero"),
        (lambda m: _line(m, "wellbeing").update(proxy=""), "proxy"),
        (lambda m: _line(m, "wellbeing").pop("proxy"), "name a proxy"),
        (lambda m: _line(m, "universal-credit").update(in_headline=True), "cannot be in the headline"),
        (lambda m: _line(m, "tax").pop("shown_apart_because"), "why it stays out"),
        (lambda m: _line(m, "tax").update(source={"source": "guess", "count": "people"}), "not registered"),
        (lambda m: _line(m, "tax").update(source={"source": "sustained", "count": "people"}), "needs rule"),
        (lambda m: _line(m, "tax").update(source={"source": "manual", "count": "hats"}), "count 'hats'"),
        (
            lambda m: _line(m, "tax").update(source={"source": "event_attendance", "count": "people"}),
            "activity",
        ),
        (lambda m: _line(m, "tax").update(starts=-1), "starts"),
        (lambda m: _line(m, "tax")["assumptions"].update(drop_off="deadweight-job"), "no drop_off"),
        (lambda m: _assumption(m, "deadweight-job").update(high=40), "write 40 % as 0.4"),
        (lambda m: _assumption(m, "duration-job").update(high=1.5), "whole years"),
        (lambda m: _assumption(m, "deadweight-job").update(low=0.45), "not in order"),
        (lambda m: _assumption(m, "deadweight-recovery").update(low=0, central=0), "written comparison"),
        (lambda m: m["lines"].append(dict(_line(m, "tax"))), "tax is there twice"),
        (lambda m: m.update(headline_kinds=["everything"]), "headline_kinds"),
        (lambda m: m.pop("headline_reason"), "headline reason"),
        (lambda m: m.update(lines=[]), "cannot be empty"),
    ],
)
def test_a_map_that_leaves_something_unsaid_is_refused(
    tmp_path: Path, break_it: Callable[[dict[str, Any]], object], says: str
) -> None:
    edition = _copy(MAP)
    break_it(edition)
    with pytest.raises(ParameterError, match=says):
        read_map(_written(tmp_path, edition))


def test_a_written_comparison_allows_no_deadweight(tmp_path: Path) -> None:
    edition = _copy(MAP)
    _assumption(edition, "deadweight-recovery").update(low=0, central=0)
    _line(edition, "wellbeing")["comparison"] = "Against 80 people on the waiting list"
    assert read_map(_written(tmp_path, edition)).line("wellbeing").comparison.startswith("Against 80")


def test_a_long_duration_warns(tmp_path: Path) -> None:
    edition = _copy(MAP)
    _assumption(edition, "duration-job").update(central=7, high=9)
    assert "7 years is long" in read_map(_written(tmp_path, edition)).warnings[0]
    assert load_map().warnings == ()


def test_a_file_that_is_no_edition_is_refused(tmp_path: Path) -> None:
    for number, text in enumerate(["- a list", "{", "\xff\xfe"]):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, encoding="latin-1")
        with pytest.raises(ParameterError):
            read_bank(path)
    with pytest.raises(ParameterError, match="cannot be read"):
        read_bank(tmp_path / "absent.yaml")
