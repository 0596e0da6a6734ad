"""The score of seven statements: a raw sum of 7 to 35 is turned into the metric score of the published table.

A raw sum is never shown or added up: only metric scores are comparable.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from caseworker.wellbeing.instruments import ITEMS

LOWEST, HIGHEST = Decimal(7), Decimal(35)


@dataclass(frozen=True)
class Norm:
    """A figure of the population of England, with where it comes from and what is doubtful about it."""

    value: Decimal
    source: str
    doubts: str


@cache
def conversion() -> Mapping[int, int]:
    """Raw sum to metric score in hundredths."""
    rows = csv.DictReader(_text("swemwbs_conversion.csv").splitlines())
    return MappingProxyType({int(row["raw"]): int(row["metric_hundredths"]) for row in rows})


@cache
def norms() -> Mapping[str, Norm]:
    """Means, the median and bands, by name."""
    rows = csv.DictReader(_text("swemwbs_norms.csv").splitlines())
    return MappingProxyType(
        {
            row["item"]: Norm(Decimal(row["value_hundredths"]) / 100, row["source"], row["doubts"])
            for row in rows
        }
    )


def metric_hundredths(answers: Mapping[str, int | None]) -> int | None:
    """The metric score in hundredths; None unless all seven were answered, 1 to 5 each."""
    found = [answers.get(key) for key in ITEMS]
    if any(each is None or not 1 <= each <= 5 for each in found):
        return None
    return conversion()[sum(each for each in found if each is not None)]


def _text(name: str) -> str:
    return files("caseworker.wellbeing").joinpath(f"data/{name}").read_text(encoding="utf-8")
