"""The outcome map: which outcomes are valued for whom, from which records, with which assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from .figures import Assumption

SOURCES = MappingProxyType(
    {
        "progression": ("kinds",),
        "sustained": ("rule",),
        "completion": (),
        "barrier_reduced": ("theme", "from_severity", "to_severity"),
        "wellbeing_change": ("instrument", "measure"),
        "hours_volunteered": (),
        "weeks_placed": (),
        "support_given": ("kinds",),
        "event_attendance": (),
        "survey_agreement": ("question",),
        "manual": (),
    }
)
"""Where a quantity may come from, and the parameters each needs."""

OUTPUTS = ("hours_volunteered", "support_given", "event_attendance")
"""What a programme did, not what changed: a line fed by one says what share of people changed."""

LONG_DURATION_YEARS = 5
"""Beyond this the evidence has to be strong, and a warning says so."""

COUNTS = ("people", "person_years", "fte_years", "pair_points", "hours", "weeks", "count")
"""What is added up. A person who met a sustained rule is one year; otherwise person_years are weeks held
/ 52. fte_years are years x hours a week / 35, at most 1 a person; people whose hours are not known are
left out. pair_points is the sum, over people with two scores, of the latest minus the first."""


@dataclass(frozen=True)
class QuantitySource:
    """A registered source with its parameters, e.g. sustained(rule=26-week)."""

    name: str
    parameters: Mapping[str, Any]
    count: str


@dataclass(frozen=True)
class OutcomeLine:
    """One outcome for one stakeholder. `proxy` is empty where nothing may be counted, and `not_counted`
    says why. `once_per_person` names the group in which a person counts once; lines of the group with
    the same `claim` are parts of one figure and count together."""

    code: str
    name: str
    stakeholder: str
    agency: str
    kind: str
    theme: str
    source: QuantitySource
    proxy: str
    not_counted: str
    benefit_at_start: tuple[str, ...]
    benefit_at_start_not: tuple[str, ...]
    age_from: int | None
    age_to: int | None
    once_per_person: str
    claim: str
    rank: int
    health_line: bool
    in_headline: bool
    shown_apart_because: str
    signed_in: str
    comparison: str
    starts: int
    assumptions: Mapping[str, Assumption]

    @property
    def counted(self) -> bool:
        return bool(self.proxy)

    @property
    def is_wellby(self) -> bool:
        return self.source.name == "wellbeing_change"


@dataclass(frozen=True)
class OutcomeMap:
    """A dated edition; a changed assumption is a new edition. `headline_reason` says which kinds of value
    are in the ratio and why."""

    edition: str
    title: str
    dated_on: date
    bank: str
    headline_kinds: tuple[str, ...]
    headline_reason: str
    notes: str
    lines: tuple[OutcomeLine, ...]
    warnings: tuple[str, ...]

    def line(self, code: str) -> OutcomeLine:
        """Raises KeyError when the map has no such line."""
        for line in self.lines:
            if line.code == code:
                return line
        raise KeyError(code)
