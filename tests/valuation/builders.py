"""Small makers of lines and settings for the tests of valuation."""

from datetime import date
from typing import Any

from caseworker.valuation import Investment, Quantity, Settings, ValuationLine
from caseworker.valuation.figures import FRACTIONS, Figure, Figures

AS_AT = date(2026, 3, 31)
PLAIN = Settings(as_at=AS_AT, restate=False, draws=0)


def figure(
    parameter: str, central: float, low: float | None = None, high: float | None = None, code: str = ""
) -> Figure:
    return Figure(
        code or f"{parameter} {central}",
        parameter,
        central,
        central if low is None else low,
        central if high is None else high,
    )


def line(code: str = "a", quantity: float = 10, price: float | Figure = 100, **given: Any) -> ValuationLine:
    """A line whose shares are fractions; a Figure in place of a number gives a range."""
    figures = {
        name: value if isinstance(value, Figure) else figure(name, value)
        for name, value in {
            "price": price,
            **{name: given.pop(name, 0.0) for name in FRACTIONS},
            "duration": given.pop("duration", 1),
        }.items()
    }
    activity_year = given.pop("activity_year", 0)
    quantities = given.pop("quantities", (Quantity(activity_year, quantity),))
    return ValuationLine(
        code=code,
        outcome=given.pop("outcome", f"outcome {code}"),
        stakeholder=given.pop("stakeholder", "people"),
        figures=Figures(**figures),
        quantities=quantities,
        **given,
    )


def put_in(*amounts: float) -> list[Investment]:
    """Investment of each amount in activity years 0, 1, ..."""
    return [Investment(year, amount) for year, amount in enumerate(amounts)]
