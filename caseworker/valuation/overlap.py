"""Warnings where two lines may count the same benefit twice, and where a figure is out of the ordinary."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .inputs import ValuationLine
from .line_result import LineResult
from .outcome_map import LONG_DURATION_YEARS
from .result import Headline
from .uncertainty import Notice

HIGH_RATIO = 10.2
"""The 90th percentile of 247 ratios in reports published through Social Value International."""


class Overlap(NamedTuple):
    """Two kinds of benefit that must not stand in one total without a word."""

    code: str
    one: str
    other: str
    text: str


OVERLAPS = (
    Overlap(
        "job-wellbeing-and-wellby",
        "job_wellbeing",
        "wellbeing",
        "a value of a job that includes wellbeing stands beside wellbeing measured for the same people",
    ),
    Overlap("wellby-and-qaly", "wellbeing", "qaly", "life satisfaction and health-adjusted years overlap"),
    Overlap(
        "wage-and-benefit-saving",
        "wage",
        "benefit_saving",
        "pay gained and benefits saved are both counted; the saving is a transfer from the same people",
    ),
    Overlap("wage-and-local-spend", "wage", "local_spend", "pay is counted, and what is spent of it again"),
    Overlap("gross-wage-and-tax", "gross_wage", "tax", "gross pay already holds the tax and insurance on it"),
    Overlap(
        "benefit-saving-and-tax",
        "benefit_saving",
        "tax",
        "the unit cost of a claimant entering work holds tax receipts of its own",
    ),
    Overlap(
        "job-nhs-and-nhs",
        "job_nhs",
        "nhs",
        "the unit cost of a claimant entering work has an NHS part, beside an NHS line of its own",
    ),
    Overlap(
        "volunteering-and-wellby",
        "volunteering",
        "wellbeing",
        "a value of volunteering stands beside wellbeing measured for the same people",
    ),
    Overlap(
        "wage-and-wellby",
        "wage",
        "wellbeing",
        "life satisfaction answers to income too: part of the pay may be in the wellbeing",
    ),
)


def overlap_warnings(lines: Iterable[ValuationLine]) -> tuple[Notice, ...]:
    """One notice for each pair of benefits found in lines of some value, naming the lines."""
    counted = [line for line in lines if any(quantity.amount for quantity in line.quantities)]
    found = []
    for overlap in OVERLAPS:
        ones = [line for line in counted if overlap.one in line.contains]
        others = [line for line in counted if overlap.other in line.contains and line not in ones]
        if not ones or not others:
            continue
        together = any(line.in_headline for line in ones) and any(line.in_headline for line in others)
        where = "in the headline total" if together else "in different tables, not in one total"
        names = named(sorted({line.outcome for line in (*ones, *others)}))
        found.append(Notice(overlap.code, f"{overlap.text} ({where}): {names}"))
    return tuple(found)


def figure_warnings(headline: Headline, lines: Sequence[LineResult]) -> tuple[Notice, ...]:
    """Notices on the total: nothing put in, an unusual ratio, a line that lasts long."""
    found = []
    if headline.investment <= 0:
        found.append(Notice("no-investment", "no investment is recorded, so there is no ratio"))
    if headline.sroi_ratio is not None and headline.sroi_ratio > HIGH_RATIO:
        found.append(
            Notice(
                "high-ratio",
                f"the ratio is above {HIGH_RATIO}, which one in ten published ratios is: check it before use",
            )
        )
    long = sorted(
        {
            line.outcome
            for line in lines
            if line.figures is not None
            and line.figures.duration.central > LONG_DURATION_YEARS
            and line.quantity
        }
    )
    if long:
        years = f"more than {LONG_DURATION_YEARS} years are counted"
        found.append(Notice("long-duration", f"{years}: {named(long)}"))
    return tuple(found)


def named(names: Sequence[str], shown: int = 8) -> str:
    """Names in one sentence, the first few and how many more.

    >>> named(["a", "b", "c"], shown=2)
    'a, b and 1 more'
    """
    if len(names) <= shown:
        return ", ".join(names)
    return f"{', '.join(names[:shown])} and {len(names) - shown} more"
