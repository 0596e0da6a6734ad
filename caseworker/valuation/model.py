"""The lines of a valuation as arrays, so that any set of parameters is valued in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from .discounting import DiscountSchedule
from .errors import ValuationError
from .figures import PARAMETERS, Figure
from .inputs import Investment, Settings, ValuationLine
from .method import net_impact, remaining
from .prices import Deflators

Floats = NDArray[np.float64]
HORIZON = 100
"""No line lasts longer, in years."""


@dataclass(frozen=True)
class Model:
    """`central` maps each of PARAMETERS to an array over lines; prices are as given, `restate` is what
    they are multiplied by. `weights[line, n-1]` is the sum over activity years of quantity times the
    discount factor of its n-th year of value. Lines are in code order."""

    lines: tuple[ValuationLine, ...]
    headline: NDArray[np.bool_]
    restate: Floats
    central: Mapping[str, Floats]
    weights: Floats
    factors: tuple[Floats, ...]
    inputs: float

    def present_values(self, changed: Mapping[str, Floats] | None = None) -> Floats:
        """Present value of every line in pounds, shape (..., lines); `changed` replaces parameters and
        may add leading axes."""
        values = {**self.central, **(changed or {})}
        impact = net_impact(
            1.0,
            values["price"] * self.restate,
            values["deadweight"],
            values["displacement"],
            values["attribution"],
        )
        lasting = remaining(values["drop_off"], values["duration"], HORIZON)
        return np.asarray(impact * (lasting * self.weights).sum(axis=-1))

    def headline_value(self, changed: Mapping[str, Floats] | None = None) -> Floats:
        """Present value of the lines of the headline, in pounds, without the lines axis."""
        values = self.present_values(changed)[..., self.headline]
        flat = values.reshape(-1, values.shape[-1])
        return np.array([fsum(row) for row in flat]).reshape(values.shape[:-1])

    def headline_figures(self) -> list[Figure]:
        """Each figure that lines of the headline use, once, in code order."""
        found = {
            figure.key: figure
            for line, counts in zip(self.lines, self.headline, strict=True)
            if counts
            for figure in line.figures.all()
        }
        return [found[key] for key in sorted(found, key=lambda key: (key[1], PARAMETERS.index(key[0])))]

    def sharing(self, figure: Figure) -> NDArray[np.bool_]:
        """Which lines use this figure."""
        return np.array([getattr(line.figures, figure.parameter).code == figure.code for line in self.lines])

    def with_figure(self, figure: Figure, values: Sequence[float]) -> dict[str, Floats]:
        """The parameter of `figure` with its lines set to each of `values`, shape (values, lines)."""
        rows = np.tile(self.central[figure.parameter], (len(values), 1))
        rows[:, self.sharing(figure)] = np.asarray(values, dtype=np.float64)[:, np.newaxis]
        return {figure.parameter: rows}


def discounted_inputs(investments: Sequence[Investment], factors: Floats) -> float:
    """Pounds put in, each discounted from its own year."""
    return fsum(i.amount_gbp * float(factors[i.activity_year]) for i in investments)


def check_shared(lines: Sequence[ValuationLine]) -> None:
    """Raises ValuationError where two lines use one figure's name for different numbers."""
    found: dict[tuple[str, str], Figure] = {}
    for line in lines:
        for figure in line.figures.all():
            if found.setdefault(figure.key, figure) != figure:
                raise ValuationError(f"{line.code}: {figure.parameter} {figure.code} has two values")


def restatement(line: ValuationLine, deflators: Deflators, base_year: str | None) -> float:
    """What the price of a line is multiplied by. Raises PriceYearError."""
    if base_year is None or line.price_year is None:
        return 1.0
    return deflators.factor(line.price_year, base_year)


def build_model(
    lines: Sequence[ValuationLine],
    investments: Sequence[Investment],
    settings: Settings,
    deflators: Deflators,
    schedule: DiscountSchedule,
    base_year: str | None,
) -> Model:
    """Lay the lines out as arrays; `base_year` None restates nothing."""
    check_shared(lines)
    lines = tuple(sorted(lines, key=lambda line: line.code))
    last_start = max((q.activity_year + line.starts for line in lines for q in line.quantities), default=0)
    years = max(last_start, max((i.activity_year for i in investments), default=0)) + HORIZON + 1
    rate = settings.discount_rate
    by_health = [
        schedule.factors(years, health=health, flat_rate=rate, mid_year=settings.mid_year)
        for health in (False, True)
    ]
    factors = tuple(by_health[line.health_line] for line in lines)
    return Model(
        lines=lines,
        headline=np.array([line.in_headline for line in lines], dtype=np.bool_),
        restate=np.array([restatement(line, deflators, base_year) for line in lines], dtype=np.float64),
        central={parameter: figure_ends(lines, parameter, "central") for parameter in PARAMETERS},
        weights=np.array([weights(line, own) for line, own in zip(lines, factors, strict=True)])
        if lines
        else np.zeros((0, HORIZON)),
        factors=factors,
        inputs=discounted_inputs(investments, schedule.factors(years, flat_rate=rate)),
    )


def figure_ends(lines: Sequence[ValuationLine], parameter: str, end: str) -> Floats:
    """low, central or high of one parameter, over lines."""
    return np.array([getattr(getattr(line.figures, parameter), end) for line in lines], dtype=np.float64)


def weights(line: ValuationLine, factors: Floats) -> Floats:
    """Quantity times discount factor for the n-th year of value, summed over activity years, (HORIZON,)."""
    total = np.zeros(HORIZON)
    for quantity in line.quantities:
        first = quantity.activity_year + line.starts
        total += quantity.amount * factors[first : first + HORIZON]
    return total
