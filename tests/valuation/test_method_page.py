"""The tables of docs/valuation-method.md are those of the editions that ship."""

from pathlib import Path

import pytest

from caseworker.valuation import load_bank, load_map
from caseworker.valuation.line_result import plain

PAGE = (Path(__file__).parents[2] / "docs" / "valuation-method.md").read_text(encoding="utf-8")


def _amount(value: float) -> str:
    return f"£{value:,.2f}".removesuffix(".00")


def proxy_rows() -> list[str]:
    return [
        f"| `{proxy.code}` | {proxy.name} | {_amount(proxy.price.central)}"
        + (f" ({_amount(proxy.price.low)} to {_amount(proxy.price.high)})" if proxy.price.ranges else "")
        + f" | {proxy.unit} | {proxy.price_year} | {proxy.evidence_grade} |"
        for proxy in load_bank().proxies
    ]


def assumption_rows() -> list[str]:
    found = {
        assumption.figure.code: assumption
        for line in load_map().lines
        for assumption in line.assumptions.values()
    }
    rows = []
    for assumption in sorted(found.values(), key=lambda assumption: assumption.figure.code):
        figure = assumption.figure
        years = figure.parameter == "duration"
        ends = [
            plain(end) if years else f"{plain(end * 100)}%"
            for end in (figure.central, figure.low, figure.high)
        ]
        says = f"{ends[0]} ({ends[1]} to {ends[2]})" if figure.ranges else ends[0]
        rows.append(f"| `{figure.code}` | {assumption.name} | {says} | {assumption.evidence.grade} |")
    return rows


def not_counted_rows() -> list[str]:
    return [
        f"* {line.name} ({line.stakeholder}): {line.not_counted}."
        for line in load_map().lines
        if not line.counted
    ]


@pytest.mark.parametrize("row", [*proxy_rows(), *assumption_rows(), *not_counted_rows()])
def test_the_page_prints_each_figure_as_it_is(row: str) -> None:
    assert row in PAGE


def test_the_page_prints_no_figure_that_is_gone() -> None:
    printed = [row for row in PAGE.splitlines() if row.startswith("| `") and row.count("|") in (5, 7)]
    known = {*proxy_rows(), *assumption_rows()}
    assert [row for row in printed if row not in known] == []
