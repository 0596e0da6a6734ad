"""Discount factors: the Green Book schedule, its health and wellbeing line, a flat rate, mid-year timing."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .editions import DATA, read_edition

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """Yearly rates (fractions) from one year to another, both included."""

    from_year: int
    to_year: int
    standard: float
    health: float


@dataclass(frozen=True)
class DiscountSchedule:
    """Falling yearly rates. Source: HM Treasury Green Book, annex on discounting."""

    edition: str
    source: str
    licence: str
    bands: tuple[Band, ...]

    def rates(self, years: int, *, health: bool = False) -> Floats:
        """r_1 .. r_years, fractions; `health` takes the lower line for health and wellbeing."""
        rates = np.full(years, np.nan)
        for band in self.bands:
            first = max(band.from_year, 1)
            rates[first - 1 : band.to_year] = band.health if health else band.standard
        if np.isnan(rates).any():
            raise ValueError(f"the schedule has no rate for each of {years} years")
        return rates

    def factors(
        self, years: int, *, health: bool = False, flat_rate: float | None = None, mid_year: bool = False
    ) -> Floats:
        """Discount factors of t = 0 .. years-1, shape (years,).

        DF(0) = 1 and DF(t) = DF(t-1) / (1 + r_t). With `mid_year` each year's value is taken half a
        year later: DF(t) / sqrt(1 + r_(t+1)). `flat_rate` (a fraction) replaces the schedule.

        >>> load_schedule().factors(3).round(6)
        array([1.      , 0.966184, 0.933511])
        """
        rates = np.full(years, flat_rate) if flat_rate is not None else self.rates(years, health=health)
        factors = np.concatenate(([1.0], np.cumprod(1.0 / (1.0 + rates))))[:years]
        return factors / np.sqrt(1.0 + rates) if mid_year else factors


def read_schedule(path: Path) -> DiscountSchedule:
    """A discount schedule from its YAML file. Raises ParameterError."""
    entry = read_edition(path)
    bands = []
    for band in entry.entries("bands", "from_year"):
        bands.append(
            Band(
                band.whole("from_year"), band.whole("to_year"), band.number("standard"), band.number("health")
            )
        )
        band.finish()
    schedule = DiscountSchedule(
        entry.text("edition"), entry.text("source"), entry.text("licence"), tuple(bands)
    )
    entry.text("title")
    entry.text("unit")
    entry.finish()
    return schedule


@lru_cache
def load_schedule(edition: str = "green-book-2026") -> DiscountSchedule:
    """A discount schedule that ships with the package."""
    return read_schedule(DATA / "discounting" / f"{edition}.yaml")
