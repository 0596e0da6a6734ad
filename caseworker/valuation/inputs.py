"""What goes into a valuation: lines with quantities, investment, settings; and the frames they come in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

from .errors import QuantityError
from .figures import Figures

if TYPE_CHECKING:
    from pandas import DataFrame

DEFAULT_DRAWS = 10_000
DEFAULT_SEED = 20_260_331
LATEST_ACTIVITY_YEAR = 99


@dataclass(frozen=True)
class Quantity:
    """How much of an outcome was counted in activity year k = 0, 1, ...

    `amount` is what the formula multiplies. `pairs` and `sd` (of one person's change) say that it is a
    sum of changes, `share_*` that it is share_base x share_yes / share_asked from a survey: only these
    two are drawn at random, a complete count of records is not."""

    activity_year: int
    amount: float
    people: int = 0
    pairs: int = 0
    sd: float = 0.0
    share_yes: int = 0
    share_asked: int = 0
    share_base: float = 0.0


@dataclass(frozen=True)
class ValuationLine:
    """One line of an impact map with its numbers. `price_year` None: the price is not restated."""

    code: str
    outcome: str
    stakeholder: str
    figures: Figures
    quantities: tuple[Quantity, ...]
    starts: int = 0
    price_year: str | None = None
    kind: str = ""
    agency: str = ""
    theme: str = ""
    health_line: bool = False
    in_headline: bool = True
    shown_apart_because: str = ""
    contains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Investment:
    """Pounds put in during activity year k, in cash or in kind (volunteers included)."""

    activity_year: int
    amount_gbp: float
    in_kind: bool = False


@dataclass(frozen=True)
class Settings:
    """`base_year` None takes the latest year of the deflators not after `as_at`. `discount_rate` (a
    fraction) replaces the Green Book schedule for every line. `first_day` is the first day of activity
    year 0: with it, value of years that begin after `as_at` is reported as expected. `draws` 0 leaves
    the simulation out; without `sensitivity` no tornado and no break-even are computed."""

    as_at: date
    base_year: str | None = None
    restate: bool = True
    mid_year: bool = False
    discount_rate: float | None = None
    draws: int = DEFAULT_DRAWS
    seed: int = DEFAULT_SEED
    first_day: date | None = None
    sensitivity: bool = True


def _rows(frame: "DataFrame | Iterable[Mapping[str, Any]]", needed: tuple[str, ...]) -> list[dict[str, Any]]:
    rows = frame.to_dict("records") if hasattr(frame, "to_dict") else [dict(row) for row in frame]
    for row in rows:
        missing = [name for name in needed if name not in row]
        if missing:
            raise QuantityError(f"the column {', '.join(missing)} is missing")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _number(row: Mapping[str, Any], name: str, where: str, default: float | None = None) -> float:
    raw = row.get(name)
    empty = raw is None or (isinstance(raw, float) and isnan(raw)) or type(raw).__name__ == "NAType"
    if empty and default is not None:
        return default
    try:
        number = float(raw) if raw is not None else float("nan")
    except (TypeError, ValueError):
        number = float("nan")
    if not isfinite(number):
        raise QuantityError(f"{where}: {name} is {raw!r}, not a number")
    return number


def _whole(row: Mapping[str, Any], name: str, where: str, default: int | None = None) -> int:
    number = _number(row, name, where, None if default is None else float(default))
    if number != int(number) or number < 0:
        raise QuantityError(f"{where}: {name} is {number:g}; it is a whole number from 0")
    return int(number)


def _activity_year(row: Mapping[str, Any], name: str, where: str) -> int:
    year = _whole(row, name, where)
    if year > LATEST_ACTIVITY_YEAR:
        raise QuantityError(f"{where}: {name} counts years from 0, not calendar years")
    return year


def quantities_by_line(frame: "DataFrame | Iterable[Mapping[str, Any]]") -> dict[str, tuple[Quantity, ...]]:
    """Quantities of each line code, in an order that does not depend on the order of the rows.

    Columns: line, activity_year, quantity, people; and where they apply n_pairs, sd, share_yes,
    share_asked, share_base. Other columns are left alone. Raises QuantityError."""
    found: dict[str, list[Quantity]] = {}
    for row in _rows(frame, ("line", "activity_year", "quantity", "people")):
        where = f"line {row['line']}"
        quantity = Quantity(
            activity_year=_activity_year(row, "activity_year", where),
            amount=_number(row, "quantity", where),
            people=_whole(row, "people", where),
            pairs=_whole(row, "n_pairs", where, 0),
            sd=_number(row, "sd", where, 0.0),
            share_yes=_whole(row, "share_yes", where, 0),
            share_asked=_whole(row, "share_asked", where, 0),
            share_base=_number(row, "share_base", where, 0.0),
        )
        if quantity.share_yes > quantity.share_asked or quantity.sd < 0:
            raise QuantityError(f"{where}: share_yes is above share_asked, or sd is below 0")
        found.setdefault(str(row["line"]), []).append(quantity)
    return {code: tuple(sorted(quantities, key=_in_order)) for code, quantities in sorted(found.items())}


def _in_order(quantity: Quantity) -> tuple[float, ...]:
    return (
        quantity.activity_year,
        quantity.amount,
        quantity.people,
        quantity.pairs,
        quantity.sd,
        quantity.share_yes,
        quantity.share_asked,
        quantity.share_base,
    )


def investments_from(frame: "DataFrame | Iterable[Mapping[str, Any]]") -> tuple[Investment, ...]:
    """Investments from rows of k, amount_pence (whole, from 0) and in_kind. Raises QuantityError."""
    read = [
        Investment(
            activity_year=_activity_year(row, "k", "investment"),
            amount_gbp=_whole(row, "amount_pence", "investment") / 100,
            in_kind=bool(row["in_kind"]),
        )
        for row in _rows(frame, ("k", "amount_pence", "in_kind"))
    ]
    return tuple(sorted(read, key=lambda i: (i.activity_year, i.in_kind, i.amount_gbp)))
