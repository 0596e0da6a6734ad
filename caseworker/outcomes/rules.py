"""Percentages that can be traced: numerator, denominator, left out, unknown, interval. Pure."""

from dataclasses import dataclass
from math import sqrt

# Two-sided 95 % of the normal distribution.
Z = 1.959963984540054
FEWEST_PAIRS = 30


def wilson(n: int, total: int) -> tuple[float, float] | None:
    """The 95 % Wilson score interval of n out of total, as fractions; None when total is 0.

    Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212.
    >>> [round(end, 4) for end in wilson(470, 1000)]
    [0.4392, 0.501]
    """
    if total == 0:
        return None
    share, z2 = n / total, Z * Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z * sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return (0.0 if n == 0 else middle - half, 1.0 if n == total else middle + half)


@dataclass(frozen=True)
class Share:
    """One percentage with all it stands on.

    `n` of `total`; `excluded` were left out by the rule and `not_yet` could not be known by the date;
    `unknown` are in `total` and are never a no.
    """

    code: str
    label: str
    definition: str
    n: int
    total: int
    excluded: int = 0
    excluded_why: str = ""
    unknown: int = 0
    unknown_why: str = ""
    not_yet: int = 0
    not_yet_why: str = ""

    @property
    def value(self) -> float | None:
        return self.n / self.total if self.total else None

    @property
    def low(self) -> float | None:
        interval = wilson(self.n, self.total)
        return interval[0] if interval else None

    @property
    def high(self) -> float | None:
        interval = wilson(self.n, self.total)
        return interval[1] if interval else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The share if every unknown had been a no, and if every one had been a yes."""
        if not self.total:
            return None
        return self.n / self.total, (self.n + self.unknown) / self.total


@dataclass(frozen=True)
class Change:
    """One wellbeing measure, first and latest score of the same people.

    `first_sum` and the others are sums of whole scores, so that two databases give the same means.
    """

    measure: str
    label: str
    higher_is_better: bool
    pairs: int
    first_sum: int
    latest_sum: int
    squares_sum: int
    worse_than_nation_first: int
    worse_than_nation_latest: int
    improved: int
    without_pair: int
    nation: float
    nation_period: str
    nation_source: str

    @property
    def first_mean(self) -> float | None:
        return self.first_sum / self.pairs if self.pairs else None

    @property
    def latest_mean(self) -> float | None:
        return self.latest_sum / self.pairs if self.pairs else None

    @property
    def mean_change(self) -> float | None:
        return (self.latest_sum - self.first_sum) / self.pairs if self.pairs else None

    @property
    def deviation(self) -> float | None:
        """Sample standard deviation of the changes; None under two pairs."""
        if self.pairs < 2:
            return None
        total = self.latest_sum - self.first_sum
        # Whole numbers until the last step, so that no rounding depends on the order of the rows.
        return sqrt((self.squares_sum * self.pairs - total * total) / (self.pairs * (self.pairs - 1)))

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % interval of the mean change (normal); None under two pairs."""
        if self.deviation is None or self.mean_change is None:
            return None
        half = Z * self.deviation / sqrt(self.pairs)
        return self.mean_change - half, self.mean_change + half

    @property
    def too_few(self) -> bool:
        """Under 30 pairs an average is shown and marked: too few to generalise."""
        return self.pairs < FEWEST_PAIRS
