"""One line of a result, with each number of its formula, so that a page can print it as it was computed."""

from dataclasses import dataclass

from .figures import Assumption, Figures
from .inputs import Quantity
from .rounding import pounds


@dataclass(frozen=True)
class LineYear:
    """Value in year t of the people counted in one activity year, and that value discounted."""

    activity_year: int
    t: int
    value: float
    factor: float
    present_value: float
    expected: bool


@dataclass(frozen=True)
class LineResult:
    """Where `counted` is false every amount is 0 and `not_counted` says why. A counted line that is not
    in the headline says why under `shown_apart_because`. `restated_price` is the price in the base year."""

    code: str
    outcome: str
    stakeholder: str
    kind: str
    agency: str
    theme: str
    counted: bool
    not_counted: str
    in_headline: bool
    shown_apart_because: str
    quantities: tuple[Quantity, ...]
    quantity: float
    people: int
    pairs: int
    unit: str
    figures: Figures | None
    price: float
    price_year: str | None
    base_year: str | None
    restated_price: float
    gross: float
    impact: float
    years: tuple[LineYear, ...]
    waterfall: tuple[float, ...]
    present_value: float
    health_line: bool
    proxy: str = ""
    source: str = ""
    licence: str = ""
    evidence_grade: str = ""
    derivation: str = ""
    doubts: str = ""
    assumptions: tuple[Assumption, ...] = ()

    @property
    def undiscounted(self) -> float:
        return sum(year.value for year in self.years)

    @property
    def formula(self) -> str:
        """The first-year value as a sum that a reader can repeat."""
        if self.figures is None:
            return self.not_counted
        losses = (self.figures.deadweight, self.figures.displacement, self.figures.attribution)
        shares = " × ".join(f"(1 − {figure.central * 100:.6g}%)" for figure in losses)
        return f"{plain(self.quantity)} × {money(self.restated_price)} × {shares} = {money(self.impact)}"

    @property
    def price_formula(self) -> str:
        """How the price was restated; empty where it was not."""
        if self.base_year is None or self.price_year is None:
            return ""
        factor = self.restated_price / self.price if self.price else 1.0
        return (
            f"{money(self.price)} in {self.price_year} prices × {factor:.6f} = "
            f"{money(self.restated_price)} in {self.base_year} prices"
        )


def plain(number: float) -> str:
    """A quantity without needless noughts.

    >>> plain(1600.0), plain(31.25)
    ('1,600', '31.25')
    """
    return f"{number:,.4f}".rstrip("0").rstrip(".")


def money(amount: float) -> str:
    """Pounds and pence with the sign in front.

    >>> money(-1234.5)
    '−£1,234.50'
    """
    rounded = pounds(amount)
    return f"{'−' if rounded < 0 else ''}£{abs(rounded):,.2f}"
