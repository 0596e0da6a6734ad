"""The value account of a programme: who gained, from which outcomes, how many pounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from caseworker.impact.valued import Valued
from caseworker.impact.words import unit
from caseworker.valuation.line_result import LineResult


@dataclass(frozen=True)
class Entry:
    """A line with the words of its unit; `lacking` starts reached it and could not be counted."""

    line: LineResult
    unit: str
    lacking: int

    @property
    def empty(self) -> bool:
        return not (self.line.people or self.line.quantity or self.lacking)


@dataclass(frozen=True)
class Stakeholder:
    """`in_ratio` and `beside` are the pounds of its entries in and beside the headline."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def anchor(self) -> str:
        return "for-" + "".join(letter if letter.isalnum() else "-" for letter in self.name.lower())

    @property
    def in_ratio(self) -> float:
        return fsum(entry.line.present_value for entry in self.entries if entry.line.in_headline)

    @property
    def beside(self) -> float:
        return fsum(entry.line.present_value for entry in self.entries if not entry.line.in_headline)


@dataclass(frozen=True)
class Statement:
    """`nobody_yet` are the lines of the map that nobody has reached."""

    stakeholders: tuple[Stakeholder, ...]
    nobody_yet: tuple[Entry, ...]


def statement_of(valued: Valued) -> Statement:
    """Every line once: under its stakeholder, those with most in the ratio first, or among the empty."""
    entries = [_entry(valued, line) for line in valued.result.lines]
    names = dict.fromkeys(entry.line.stakeholder for entry in entries if not entry.empty)
    found = [Stakeholder(name, _of(entries, name)) for name in names]
    return Statement(
        tuple(sorted(found, key=lambda each: (-each.in_ratio, -each.beside, each.name))),
        tuple(entry for entry in entries if entry.empty),
    )


def _entry(valued: Valued, line: LineResult) -> Entry:
    count = valued.outcome_map.line(line.code).source.count
    lacking = sum(each.lacking for each in valued.of_line(line.code))
    return Entry(line, unit(count, line.quantity), lacking)


def _of(entries: Iterable[Entry], name: str) -> tuple[Entry, ...]:
    mine = [entry for entry in entries if entry.line.stakeholder == name and not entry.empty]
    return tuple(sorted(mine, key=lambda entry: -entry.line.present_value))
