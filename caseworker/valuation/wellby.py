"""Wellbeing-adjusted life years: points of life satisfaction gained or lost, over people with two scores.

Source: HM Treasury, Wellbeing Guidance for Appraisal (July 2021): £13,000 (10,000 to 16,000) in 2019
prices for one point on the 0-10 scale for one person for one year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, sqrt

MINIMUM_PAIRS = 30
"""Under this many pairs the line stays out of the headline unless signed in with a reason."""


@dataclass(frozen=True)
class PairedChange:
    """Sum of the changes in points, negative ones included, over `pairs` people; never scaled up."""

    points: float
    pairs: int
    mean: float
    sd: float


def paired_change(before_and_after: Iterable[tuple[float | None, float | None]]) -> PairedChange:
    """Changes of the people who have both scores; the rest are left out. Scores are 0-10, else ValueError.

    >>> paired_change([(4, 6), (5, 4), (7, None)])
    PairedChange(points=1.0, pairs=2, mean=0.5, sd=2.1213203435596424)
    """
    changes = []
    for before, after in before_and_after:
        for score in (before, after):
            if score is not None and not 0 <= score <= 10:
                raise ValueError(f"life satisfaction is scored 0 to 10, not {score}")
        if before is not None and after is not None:
            changes.append(float(after) - float(before))
    points, pairs = fsum(changes), len(changes)
    mean = points / pairs if pairs else 0.0
    variance = fsum((change - mean) ** 2 for change in changes) / (pairs - 1) if pairs > 1 else 0.0
    return PairedChange(points, pairs, mean, sqrt(variance))


def enough_pairs(pairs: int, signed_in: str) -> bool:
    """Whether a wellbeing line may be in the headline."""
    return pairs >= MINIMUM_PAIRS or bool(signed_in)
