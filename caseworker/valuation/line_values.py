"""The value of one line, year by year."""

from datetime import date
from math import fsum

from .inputs import Settings, ValuationLine
from .line_result import LineResult, LineYear
from .method import net_impact, remaining, waterfall
from .model import HORIZON, Floats


def _begins_after(settings: Settings, t: int) -> bool:
    if settings.first_day is None:
        return False
    first = settings.first_day
    day = min(first.day, 28) if first.month == 2 else first.day
    return date(first.year + t, first.month, day) > settings.as_at


def line_years(
    line: ValuationLine, first_year_values: dict[int, float], factors: Floats, settings: Settings
) -> tuple[LineYear, ...]:
    """Each year's value, with drop-off, from the first-year value of each activity year."""
    duration = int(line.figures.duration.central)
    kept = remaining(line.figures.drop_off.central, duration, HORIZON)
    years = []
    for activity_year, first_value in sorted(first_year_values.items()):
        for n in range(duration):
            t = activity_year + line.starts + n
            value, factor = first_value * float(kept[n]), float(factors[t])
            expected = _begins_after(settings, t)
            years.append(LineYear(activity_year, t, value, factor, value * factor, expected))
    return tuple(years)


def _by_year(line: ValuationLine) -> dict[int, float]:
    """The quantity of each activity year."""
    amounts: dict[int, list[float]] = {}
    for quantity in line.quantities:
        amounts.setdefault(quantity.activity_year, []).append(quantity.amount)
    return {year: fsum(found) for year, found in amounts.items()}


def value_line(
    line: ValuationLine, restate: float, factors: Floats, base_year: str | None, settings: Settings
) -> LineResult:
    """Every step of one line. `factors` are the discount factors of t = 0, 1, ..."""
    figures = line.figures
    price = figures.price.central * restate
    quantity_by_year = _by_year(line)
    shares = (figures.deadweight.central, figures.displacement.central, figures.attribution.central)
    impact_by_year = {
        year: float(net_impact(amount, price, *shares)) for year, amount in quantity_by_year.items()
    }
    years = line_years(line, impact_by_year, factors, settings)
    total = fsum(quantity_by_year.values())
    undiscounted = fsum(year.value for year in years)
    present_value = fsum(year.present_value for year in years)
    return LineResult(
        code=line.code,
        outcome=line.outcome,
        stakeholder=line.stakeholder,
        kind=line.kind,
        agency=line.agency,
        theme=line.theme,
        counted=True,
        not_counted="",
        in_headline=line.in_headline,
        shown_apart_because="" if line.in_headline else line.shown_apart_because,
        quantities=line.quantities,
        quantity=total,
        people=sum(q.people for q in line.quantities),
        pairs=sum(q.pairs for q in line.quantities),
        unit="",
        figures=figures,
        price=figures.price.central,
        price_year=line.price_year,
        base_year=base_year if line.price_year is not None else None,
        restated_price=price,
        gross=total * price,
        impact=fsum(impact_by_year.values()),
        years=years,
        waterfall=waterfall(total * price, figures.duration.central, *shares, undiscounted, present_value),
        present_value=present_value,
        health_line=line.health_line,
    )
