"""What the nation answers, with the year and the source that every comparison must name."""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class NationalMean:
    """Mean of adults in the UK on a 0 to 10 scale, from the Annual Population Survey."""

    measure: str
    period: str
    until_on: date
    mean: Decimal
    source: str
    doubts: str


@cache
def national_means() -> tuple[NationalMean, ...]:
    text = files("caseworker.wellbeing").joinpath("data/national_means.csv").read_text(encoding="utf-8")
    return tuple(
        NationalMean(
            measure=row["measure"],
            period=row["period"],
            until_on=date.fromisoformat(row["until_on"]),
            mean=Decimal(row["mean"]),
            source=row["source"],
            doubts=row["doubts"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def national_mean(measure: str, on: date) -> NationalMean:
    """The latest year that had ended by a day, or the earliest there is. Raises KeyError."""
    years = [row for row in national_means() if row.measure == measure]
    if not years:
        raise KeyError(measure)
    ended = [row for row in years if row.until_on <= on]
    return max(ended, key=lambda row: row.until_on) if ended else min(years, key=lambda row: row.until_on)
