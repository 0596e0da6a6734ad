"""Ten thousand possible worlds: every figure with a range is drawn, and the ratio computed in each.

Shares of 0 to 1 are PERT-beta (lambda = 4) on low, central, high; prices are triangular; durations are
triangular, rounded to whole years. Lines are drawn in code order and a figure that lines share is drawn
once, so that the same seed gives the same draws however the rows were ordered. Survey shares are
Beta(yes + 1/2, no + 1/2), mean changes normal(mean, sd / sqrt(pairs)); complete counts are not drawn.
"""

import numpy as np

from .figures import FRACTIONS, Figure
from .inputs import Quantity, ValuationLine
from .method import net_impact
from .model import HORIZON, Floats, Model
from .uncertainty import Range

PERT_LAMBDA = 4.0


def draw_figure(figure: Figure, draws: int, generator: np.random.Generator) -> Floats:
    """`draws` values of one figure; a figure without a range gives its central value."""
    low, central, high = figure.low, figure.central, figure.high
    if not figure.ranges:
        return np.full(draws, central)
    if figure.parameter in FRACTIONS:
        alpha = 1.0 + PERT_LAMBDA * (central - low) / (high - low)
        beta = 1.0 + PERT_LAMBDA * (high - central) / (high - low)
        return np.asarray(low + (high - low) * generator.beta(alpha, beta, draws))
    drawn = generator.triangular(low, central, high, draws)
    return np.asarray(np.floor(drawn + 0.5) if figure.parameter == "duration" else drawn)


def draw_quantity(quantity: Quantity, draws: int, generator: np.random.Generator) -> Floats | float:
    """`draws` values of a sampled quantity, in its own unit; a complete count is itself."""
    if quantity.pairs > 0 and quantity.sd > 0:
        mean = quantity.amount / quantity.pairs
        return quantity.pairs * generator.normal(mean, quantity.sd / np.sqrt(quantity.pairs), draws)
    if quantity.share_asked > 0:
        no = quantity.share_asked - quantity.share_yes
        return quantity.share_base * generator.beta(quantity.share_yes + 0.5, no + 0.5, draws)
    return quantity.amount


def _yearly_weights(
    line: ValuationLine, factors: Floats, horizon: int, draws: int, generator: np.random.Generator
) -> list[Floats | float]:
    """Quantity x discount factor for n = 1 .. horizon, each a number or an array of draws."""
    totals: list[Floats | float] = [0.0] * horizon
    for quantity in line.quantities:
        amount = draw_quantity(quantity, draws, generator)
        first = quantity.activity_year + line.starts
        for n in range(horizon):
            totals[n] = totals[n] + amount * float(factors[first + n])
    return totals


def _line_values(
    line: ValuationLine,
    restate: float,
    factors: Floats,
    drawn: dict[str, Floats],
    generator: np.random.Generator,
) -> Floats:
    horizon = min(int(line.figures.duration.high), HORIZON)
    draws = len(drawn["price"])
    impact = net_impact(
        1.0, drawn["price"] * restate, drawn["deadweight"], drawn["displacement"], drawn["attribution"]
    )
    left, total = np.ones(draws), np.zeros(draws)
    for n, weight in enumerate(_yearly_weights(line, factors, horizon, draws, generator), start=1):
        total += np.where(drawn["duration"] >= n, left * weight, 0.0)
        left = left * (1.0 - drawn["drop_off"])
    return impact * total


def draw_values(model: Model, draws: int, seed: int) -> Floats:
    """Present value of the headline in each draw, in pounds, shape (draws,)."""
    generator = np.random.default_rng(seed)
    shared: dict[tuple[str, str], Floats] = {}
    total = np.zeros(draws)
    for position, line in enumerate(model.lines):
        if not line.in_headline:
            continue
        drawn = {}
        for figure in line.figures.all():
            if figure.key not in shared:
                shared[figure.key] = draw_figure(figure, draws, generator)
            drawn[figure.parameter] = shared[figure.key]
        total += _line_values(line, float(model.restate[position]), model.factors[position], drawn, generator)
    return total


def simulate(model: Model, draws: int, seed: int, low: float | None, high: float | None) -> Range:
    """5, 50 and 95 % of the ratio and the share of draws above 1, beside the scenario bounds given."""
    version = str(np.__version__)
    if model.inputs <= 0 or not model.headline.any():
        return Range(low, high, None, None, None, None, draws, seed, version)
    ratios = draw_values(model, draws, seed) / model.inputs
    p5, p50, p95 = (float(p) for p in np.percentile(ratios, (5, 50, 95)))
    return Range(low, high, p5, p50, p95, float((ratios > 1).mean()), draws, seed, version)
