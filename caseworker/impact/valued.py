"""Valuing what the records of a subject add up to."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from caseworker.impact.investment import internal_pence, investments_of
from caseworker.impact.quantities import Counted, claim_of, count_lines
from caseworker.outcomes.subjects import Subject

if TYPE_CHECKING:
    from caseworker.valuation import OutcomeMap, ProxyBank, Result

MAP, BANK = "employability-2026", "open-2026"
DRAWS, SEED = 10_000, 20_260_331


@dataclass(frozen=True)
class Choices:
    """What somebody may choose of a valuation; the rest is in its editions. Without `sensitivity` no
    tornado and no break-even is worked out."""

    base_year: str | None = None
    mid_year: bool = False
    draws: int = DRAWS
    seed: int = SEED
    sensitivity: bool = True


@dataclass(frozen=True)
class Removed:
    """One outcome of people who are counted for it already: left out, so that nobody is counted twice."""

    outcome: str
    in_ratio: bool
    people: int
    pounds: float


@dataclass(frozen=True)
class CountedOnce:
    """What counting a human being once took off. `other_total` is the headline with the most valuable
    outcome of each person in place of the best evidenced one."""

    removed: tuple[Removed, ...]
    other_total: float


@dataclass(frozen=True)
class Valued:
    """A valuation with what went in: enough to store, trace and compute it again."""

    subject: Subject
    choices: Choices
    counted: tuple[Counted, ...]
    investments: tuple[dict[str, Any], ...]
    internal_pence: int
    result: "Result"
    once: CountedOnce
    outcome_map: "OutcomeMap"
    bank: "ProxyBank"

    def of_line(self, code: str) -> list[Counted]:
        return [each for each in self.counted if each.line == code]

    @property
    def put_in_pence(self) -> int:
        """What was put in, as it was paid: the headline's investment is this, discounted by year."""
        return sum(int(each["amount_pence"]) for each in self.investments)

    @property
    def in_kind_pence(self) -> int:
        return sum(int(each["amount_pence"]) for each in self.investments if each["in_kind"])


def value_subject(subject: Subject, choices: Choices | None = None) -> Valued:
    """Count the map's lines over the records and value them.

    Raises what `valuation.value_programme` raises for a base year that may not be used.
    """
    from caseworker.valuation import load_bank, load_map

    outcome_map, bank = load_map(MAP), load_bank(BANK)
    return value_frames(
        subject,
        choices or Choices(),
        tuple(count_lines(subject, outcome_map, worths())),
        tuple(investments_of(subject)),
        internal_pence(subject),
        (outcome_map, bank),
    )


@lru_cache
def worths() -> dict[str, int]:
    """The value of one unit of each claim of the map, in pence: for choosing which outcome of a person
    counts, and for nothing else."""
    from caseworker.valuation import Settings, load_bank, load_map, value_programme
    from caseworker.valuation.rounding import pence

    outcome_map = load_map(MAP)
    one_each = [
        {"line": line.code, "activity_year": 0, "quantity": 1, "people": 1} for line in outcome_map.lines
    ]
    settings = Settings(as_at=date.max, draws=0, sensitivity=False)
    result = value_programme(one_each, outcome_map, load_bank(BANK), [], settings)
    found: dict[str, int] = {}
    for line in result.lines:
        claim = claim_of(outcome_map.line(line.code))
        found[claim] = found.get(claim, 0) + pence(line.present_value)
    return found


def value_frames(
    subject: Subject,
    choices: Choices,
    counted: tuple[Counted, ...],
    investments: tuple[dict[str, Any], ...],
    internal: int,
    editions: "tuple[OutcomeMap, ProxyBank]",
) -> Valued:
    """The valuation of frames, whether counted just now or stored with a run."""
    from caseworker.valuation import Settings, value_programme

    def valued(rows: list[dict[str, Any]], **without: Any) -> "Result":
        settings = Settings(
            as_at=subject.as_at,
            base_year=choices.base_year,
            mid_year=choices.mid_year,
            first_day=subject.from_on,
            seed=choices.seed,
            **({"draws": choices.draws, "sensitivity": choices.sensitivity} | without),
        )
        return value_programme(rows, *editions, list(investments), settings)

    result = valued([each.row() for each in counted])
    plain = {"draws": 0, "sensitivity": False}
    every = valued([each.row(each.amount + each.removed) for each in counted], **plain)
    other = valued([each.row(each.other) for each in counted], **plain)
    removed = tuple(
        Removed(line.outcome, line.in_headline, people, with_all.present_value - line.present_value)
        for line, with_all in zip(result.lines, every.lines, strict=True)
        if (people := sum(each.removed_people for each in counted if each.line == line.code)) and line.counted
    )
    once = CountedOnce(removed, other.headline.total_present_value)
    return Valued(subject, choices, counted, investments, internal, result, once, *editions)
