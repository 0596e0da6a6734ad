"""The steps of the method, one function each. All take numbers or arrays and broadcast.

Source: A Guide to Social Return on Investment (Cabinet Office 2009; SROI Network 2012), stages 3 to 5;
HM Treasury Green Book for restating prices and for discounting. Money in pounds, rates as fractions,
time in years, t = 0 is the first activity year.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def net_impact(
    quantity: ArrayLike,
    price: ArrayLike,
    deadweight: ArrayLike,
    displacement: ArrayLike,
    attribution: ArrayLike,
) -> Floats:
    """First-year value after what would have happened anyway, what moved elsewhere and what others did.

    quantity x price x (1 - deadweight) x (1 - displacement) x (1 - attribution to others), in pounds.

    >>> round(float(net_impact(60, 8_500, 0.4, 0, 0.3)), 2)
    214200.0
    """
    left = (1.0 - np.asarray(deadweight)) * (1.0 - np.asarray(displacement)) * (1.0 - np.asarray(attribution))
    return np.asarray(np.asarray(quantity) * np.asarray(price) * left, dtype=np.float64)


def remaining(drop_off: ArrayLike, duration: ArrayLike, horizon: int) -> Floats:
    """Share of the first-year value left in year n = 1 .. horizon: (1 - drop_off)^(n-1), 0 after duration.

    Shape (..., horizon). There is no drop-off in the first year.

    >>> remaining(0.3, 2, 3)
    array([1. , 0.7, 0. ])
    """
    kept = 1.0 - np.asarray(drop_off, dtype=np.float64)[..., np.newaxis]
    steps = np.ones((*kept.shape[:-1], horizon))
    steps[..., 1:] = kept
    years = np.arange(1, horizon + 1)
    return np.asarray(np.cumprod(steps, axis=-1) * (years <= np.asarray(duration)[..., np.newaxis]))


def present_value(stream: ArrayLike, factors: ArrayLike) -> Floats:
    """Sum over the last axis of yearly values times discount factors."""
    return np.asarray((np.asarray(stream) * np.asarray(factors)).sum(axis=-1), dtype=np.float64)


def sroi_ratio(present_value_gbp: float, inputs_gbp: float) -> float | None:
    """Pounds of value per pound put in; None where nothing was put in.

    >>> sroi_ratio(803_184, 50_000)
    16.06368
    """
    return present_value_gbp / inputs_gbp if inputs_gbp > 0 else None


def payback_months(inputs_gbp: float, yearly_impact_gbp: float) -> float | None:
    """Months until the first-year net value equals the inputs; None where there is none.

    >>> payback_months(50_000, 100_000)
    6.0
    """
    return inputs_gbp / (yearly_impact_gbp / 12.0) if yearly_impact_gbp > 0 and inputs_gbp > 0 else None


def waterfall(
    gross: float,
    duration: float,
    deadweight: float,
    displacement: float,
    attribution: float,
    undiscounted: float,
    discounted: float,
) -> tuple[float, float, float, float, float, float, float]:
    """From gross value over all years to present value: the start, five losses and the end, in pounds.

    (gross x duration, -deadweight, -displacement, -attribution, -drop-off, -discounting, present value);
    the first six add up to the last.
    """
    start = gross * duration
    after_deadweight = start * (1.0 - deadweight)
    after_displacement = after_deadweight * (1.0 - displacement)
    after_attribution = after_displacement * (1.0 - attribution)
    return (
        start,
        after_deadweight - start,
        after_displacement - after_deadweight,
        after_attribution - after_displacement,
        undiscounted - after_attribution,
        discounted - undiscounted,
        discounted,
    )
