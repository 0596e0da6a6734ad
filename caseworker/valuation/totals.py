"""Totals over lines. Every sum is exact (math.fsum), so that no order of rows changes a penny."""

from collections.abc import Callable, Iterable, Sequence
from math import fsum

from .inputs import Investment
from .line_result import LineResult
from .method import payback_months, sroi_ratio
from .model import Floats, discounted_inputs
from .result import Group, Headline, Step, Year

STEP_NAMES = (
    "Outcomes × value × years",
    "Deadweight",
    "Displacement",
    "Attribution to others",
    "Drop-off",
    "Discounting",
    "Present value",
)


def headline_of(
    lines: Iterable[LineResult], investments: Sequence[Investment], factors: Floats, expected_known: bool
) -> Headline:
    """The totals of the lines in the headline."""
    counted = [line for line in lines if line.in_headline]
    total = fsum(line.present_value for line in counted)
    impact = fsum(line.impact for line in counted)
    cash = discounted_inputs([i for i in investments if not i.in_kind], factors)
    inputs = discounted_inputs(investments, factors)
    ratio = sroi_ratio(total, inputs)
    expected = fsum(year.present_value for line in counted for year in line.years if year.expected)
    return Headline(
        investment=inputs,
        cash=cash,
        in_kind=discounted_inputs([i for i in investments if i.in_kind], factors),
        gross_value=fsum(line.gross for line in counted),
        impact=impact,
        total_present_value=total,
        net_present_value=fsum((total, -inputs)),
        sroi_ratio=ratio,
        net_sroi_ratio=sroi_ratio(total - inputs, inputs),
        payback_months=payback_months(inputs, impact),
        kinds=tuple(sorted({line.kind for line in counted if line.kind})),
        expected=expected if expected_known else None,
    )


def waterfall_of(lines: Iterable[LineResult]) -> tuple[Step, ...]:
    """The steps of the headline, added up over its lines."""
    rows = [line.waterfall for line in lines if line.in_headline]
    changes = [fsum(row[step] for row in rows) for step in range(len(STEP_NAMES))]
    steps = [
        Step(name, change, fsum(changes[: position + 1]))
        for position, (name, change) in enumerate(zip(STEP_NAMES[:-1], changes[:-1], strict=True))
    ]
    return (*steps, Step(STEP_NAMES[-1], changes[-1], changes[-1]))


def groups_of(lines: Iterable[LineResult], name: Callable[[LineResult], str]) -> tuple[Group, ...]:
    """Counted lines added up by name, in name order; lines without one are left out."""
    found: dict[str, list[LineResult]] = {}
    for line in lines:
        if line.counted and name(line):
            found.setdefault(name(line), []).append(line)
    return tuple(
        Group(
            key,
            fsum(line.present_value for line in members if line.in_headline),
            fsum(line.present_value for line in members if not line.in_headline),
        )
        for key, members in sorted(found.items())
    )


def years_of(lines: Iterable[LineResult]) -> tuple[Year, ...]:
    """The headline by year t, only years in which something has value."""
    found: dict[int, list[tuple[float, float]]] = {}
    for line in lines:
        if line.in_headline:
            for year in line.years:
                found.setdefault(year.t, []).append((year.value, year.present_value))
    return tuple(
        Year(t, fsum(value for value, _ in rows), fsum(pv for _, pv in rows))
        for t, rows in sorted(found.items())
    )
