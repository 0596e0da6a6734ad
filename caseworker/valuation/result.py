"""What a valuation answers. Amounts are unrounded pounds; `to_dict` and `to_json` round, once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .line_result import LineResult
from .rounding import pounds, ratio_places
from .uncertainty import BreakEven, Notice, Range, Scenario, TornadoBar


@dataclass(frozen=True)
class Headline:
    """The totals of the lines in the headline. `kinds` are the kinds of value in them. Ratio and payback
    are None where nothing was put in. `expected` is the part of the present value whose year begins
    after the as-at date (None where the first day is not known)."""

    investment: float
    cash: float
    in_kind: float
    gross_value: float
    impact: float
    total_present_value: float
    net_present_value: float
    sroi_ratio: float | None
    net_sroi_ratio: float | None
    payback_months: float | None
    kinds: tuple[str, ...]
    expected: float | None


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall: what it adds or takes away, and where that leaves the total."""

    name: str
    change: float
    total: float


@dataclass(frozen=True)
class Group:
    """Present value of the lines of one stakeholder, kind, agency or theme.

    `present_value` is in the headline and adds up to its total; `shown_apart` stands beside it."""

    name: str
    present_value: float
    shown_apart: float

    @property
    def total(self) -> float:
        return self.present_value + self.shown_apart


@dataclass(frozen=True)
class Year:
    """The headline in year t: value, and that value discounted."""

    t: int
    value: float
    present_value: float


@dataclass(frozen=True)
class Result:
    """A whole valuation. `lines` holds every line of the map, those without a figure included."""

    headline: Headline
    waterfall: tuple[Step, ...]
    by_stakeholder: tuple[Group, ...]
    by_kind: tuple[Group, ...]
    by_agency: tuple[Group, ...]
    by_theme: tuple[Group, ...]
    by_year: tuple[Year, ...]
    lines: tuple[LineResult, ...]
    range: Range | None
    tornado: tuple[TornadoBar, ...]
    break_even: tuple[BreakEven, ...]
    scenarios: tuple[Scenario, ...]
    warnings: tuple[Notice, ...]
    base_year: str | None
    as_at: str
    editions: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """The keys of `impact-map --format json`, rounded: pounds to 2 places, ratios to 4, half up."""
        head = self.headline
        payback = head.payback_months
        return {
            "investment": pounds(head.investment),
            "gross_value": pounds(head.gross_value),
            "impact": pounds(head.impact),
            "total_present_value": pounds(head.total_present_value),
            "net_present_value": pounds(head.net_present_value),
            "sroi_ratio": ratio_places(head.sroi_ratio),
            "net_sroi_ratio": ratio_places(head.net_sroi_ratio),
            "payback_months": None if payback is None else pounds(payback),
            "by_year": [
                {"t": year.t, "value": pounds(year.value), "present_value": pounds(year.present_value)}
                for year in self.by_year
            ],
            "by_stakeholder": [
                {"stakeholder": group.name, "present_value": pounds(group.present_value)}
                for group in self.by_stakeholder
            ],
            "lines": [
                {
                    "outcome": line.outcome,
                    "impact": pounds(line.impact),
                    "present_value": pounds(line.present_value),
                }
                for line in self.lines
                if line.counted
            ],
        }

    def to_programme_dict(self) -> dict[str, Any]:
        """`to_dict` with what a programme's valuation adds: base year, kinds, agencies and range; what is
        kept out of the headline is under `shown_apart`."""
        answer = self.to_dict()
        answer["by_stakeholder"] = _groups(self.by_stakeholder, "stakeholder")
        for line, row in zip((line for line in self.lines if line.counted), answer["lines"], strict=True):
            row["in_headline"] = line.in_headline
        return answer | {
            "as_at": self.as_at,
            "base_year": self.base_year,
            "headline_kinds": list(self.headline.kinds),
            "by_kind": _groups(self.by_kind, "kind"),
            "by_agency": _groups(self.by_agency, "agency"),
            "range": None if self.range is None else _range(self.range),
        }

    def to_json(self, values: Mapping[str, Any] | None = None) -> str:
        """`values`, or `to_dict()`, as text whose bytes depend on the figures alone; ends in a newline."""
        return (
            json.dumps(
                self.to_dict() if values is None else values, ensure_ascii=False, indent=2, allow_nan=False
            )
            + "\n"
        )


def _groups(groups: tuple[Group, ...], name: str) -> list[dict[str, Any]]:
    return [
        {
            name: group.name,
            "present_value": pounds(group.present_value),
            "shown_apart": pounds(group.shown_apart),
        }
        for group in groups
    ]


def _range(found: Range) -> dict[str, Any]:
    return {
        "low": ratio_places(found.low),
        "high": ratio_places(found.high),
        "p5": ratio_places(found.p5),
        "p50": ratio_places(found.p50),
        "p95": ratio_places(found.p95),
        "p_above_one": ratio_places(found.p_above_one),
        "draws": found.draws,
        "seed": found.seed,
    }
