"""The drawings of a valuation, the same on the page and in the report."""

from collections.abc import Iterable
from dataclasses import dataclass

from caseworker.core import charts
from caseworker.core.charts import Amount, Chart
from caseworker.core.formatting import percent, plural, pounds_whole
from caseworker.impact.valued import Valued
from caseworker.valuation import Result
from caseworker.valuation.result import Group
from caseworker.valuation.rounding import pence

TORNADO_BARS = 8


STEPS = {
    "Deadweight": "Would have happened anyway",
    "Displacement": "Taken from somebody else",
    "Attribution to others": "What others did",
    "Drop-off": "Fades in later years",
    "Discounting": "Later is worth less than now",
}


def waterfall_chart(result: Result) -> Chart:
    """From the gross value to the present value, step by step; steps that change nothing are left out."""
    first, *changes, last = result.waterfall
    return charts.waterfall(
        "From gross value to present value",
        Amount("Gross value", pence(first.change)),
        [
            Amount(STEPS.get(step.name, step.name), pence(step.change))
            for step in changes
            if pence(step.change)
        ],
        Amount("Present value", pence(last.change)),
    )


def stakeholder_chart(result: Result) -> Chart:
    return _groups("Who the value is for", result.by_stakeholder)


def agency_chart(result: Result) -> Chart:
    return _groups("Public purse, by agency", result.by_agency)


def _groups(title: str, groups: Iterable[Group]) -> Chart:
    """Each with what is in the headline and what is shown beside it, the largest first."""
    shown = [
        charts.Stack(
            group.name or "Not said",
            (
                Amount("In the ratio", pence(group.present_value)),
                Amount("Beside the ratio", pence(group.shown_apart)),
            ),
        )
        for group in sorted(groups, key=lambda group: (-group.total, group.name))
        if group.name and (group.present_value or group.shown_apart)
    ]
    return charts.stacked_money_bars(title, shown)


def tornado_chart(valued: Valued) -> Chart | None:
    """How far the ratio moves when one figure alone goes to its low and its high; None with nothing in."""
    base, names = valued.result.headline.sroi_ratio, figure_names(valued)
    if base is None:
        return None
    swings = [
        charts.Swing(
            names.get(bar.figure, bar.figure),
            bar.ratio_at_low if bar.ratio_at_low is not None else base,
            bar.ratio_at_high if bar.ratio_at_high is not None else base,
            f"{figure_words(bar.parameter, bar.low)} to {figure_words(bar.parameter, bar.high)}",
        )
        for bar in valued.result.tornado[:TORNADO_BARS]
    ]
    return charts.tornado("What moves the ratio", base, swings)


@dataclass(frozen=True)
class BreakEvenRow:
    """One figure, what was used, and where the ratio would be £1 for £1."""

    name: str
    used: str
    even_at: str


def break_even_of(valued: Valued) -> list[BreakEvenRow]:
    """The figures that move the ratio most, in the order of the tornado; none where nothing was put in."""
    names = figure_names(valued)
    found = {(row.figure, row.parameter): row for row in valued.result.break_even}
    moving = [(bar.figure, bar.parameter) for bar in valued.result.tornado[:TORNADO_BARS]]
    rows = [found[each] for each in moving if each in found]
    return [
        BreakEvenRow(
            names.get(row.figure, row.figure),
            figure_words(row.parameter, row.central),
            "no value does" if row.value is None else figure_words(row.parameter, row.value),
        )
        for row in rows
    ]


def figure_names(valued: Valued) -> dict[str, str]:
    """The words for each figure: assumptions by their name, prices by their proxy's."""
    names = {
        assumption.figure.code: assumption.name
        for line in valued.outcome_map.lines
        for assumption in line.assumptions.values()
    }
    for line in valued.outcome_map.lines:
        if line.proxy:
            proxy = valued.bank.proxy(line.proxy)
            names[proxy.price.code] = proxy.name
    return names


def figure_words(parameter: str, value: float) -> str:
    """A figure as people read it: pounds, years or a percentage."""
    if parameter == "price":
        return pounds_whole(pence(value))
    if parameter == "duration":
        return plural(int(value), "year")
    return percent(value, 0)
