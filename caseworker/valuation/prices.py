"""Prices of one year restated in prices of another with a GDP deflator."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from .editions import DATA, Entry, read_edition
from .errors import PriceYearError

_PRICE_YEAR = re.compile(r"(?a:(\d{4})(?:/(\d{2}))?)")


def parse_price_year(text: str) -> tuple[int, bool]:
    """The first calendar year, and whether it is a financial year. Raises PriceYearError.

    >>> parse_price_year("2012/13")
    (2012, True)
    """
    found = _PRICE_YEAR.fullmatch(text)
    if found is None or (found[2] is not None and int(found[2]) != (int(found[1]) + 1) % 100):
        raise PriceYearError(f"{text!r} is not a price year; write it like 2024 or 2012/13")
    return int(found[1]), found[2] is not None


@dataclass(frozen=True)
class Deflators:
    """A calendar-year index, with where it comes from. Any base: only ratios are used."""

    edition: str
    title: str
    source: str
    licence: str
    index_by_year: dict[int, float]

    @property
    def last_year(self) -> int:
        return max(self.index_by_year)

    def index(self, price_year: str) -> float:
        """The index of a price year; a financial year takes three quarters of its first calendar year
        and one quarter of the next. Raises PriceYearError outside the series."""
        year, financial = parse_price_year(price_year)
        return (
            0.75 * self._of(year, price_year) + 0.25 * self._of(year + 1, price_year)
            if financial
            else self._of(year, price_year)
        )

    def _of(self, year: int, asked: str) -> float:
        try:
            return self.index_by_year[year]
        except KeyError:
            raise PriceYearError(
                f"price year {asked} is outside the deflator series "
                f"({min(self.index_by_year)} to {self.last_year}); choose a year inside it"
            ) from None

    def factor(self, price_year: str, base_year: str) -> float:
        """What a price of `price_year` is multiplied by to be in prices of `base_year`.

        >>> from caseworker.valuation.rounding import pounds
        >>> pounds(9_800 * load_deflators().factor("2012/13", "2024"))
        13551.46
        """
        return self.index(base_year) / self.index(price_year)

    def base_year(self, as_at: date, asked: str | None = None) -> str:
        """`asked` when the series and the as-at date allow it, else the latest year not after as-at.

        Raises PriceYearError for a base year after as-at or after the series."""
        if asked is None:
            usable = [year for year in self.index_by_year if year <= as_at.year]
            if not usable:
                raise PriceYearError(f"no deflator for {as_at.year} or earlier")
            return str(max(usable))
        self.index(asked)
        if parse_price_year(asked)[0] > as_at.year:
            raise PriceYearError(f"base year {asked} is after {as_at.year}, the year of the as-at date")
        return asked


def _index(entry: Entry) -> dict[int, float]:
    index_by_year: dict[int, float] = {}
    for year, index in entry.mapping("index_by_year").items():
        if not isinstance(year, int) or not isinstance(index, int | float) or index <= 0:
            raise entry.refuse(f"{year}: give a year and an index above 0")
        index_by_year[year] = float(index)
    return index_by_year


def read_deflators(path: Path) -> Deflators:
    """A deflator edition from its YAML file. Raises ParameterError."""
    entry = read_edition(path)
    deflators = Deflators(
        edition=entry.text("edition"),
        title=entry.text("title"),
        source=entry.text("source"),
        licence=entry.text("licence"),
        index_by_year=_index(entry),
    )
    entry.text("unit")
    entry.text("published")
    entry.finish()
    return deflators


@lru_cache
def load_deflators(edition: str = "gdp-2025-12") -> Deflators:
    """A deflator edition that ships with the package."""
    return read_deflators(DATA / "deflators" / f"{edition}.yaml")
