"""The value of one figure at which a pound put in gives a pound of value."""

import numpy as np

from .figures import FRACTIONS, Figure
from .line_result import money
from .model import HORIZON, Model
from .uncertainty import BreakEven

_HALVINGS = 60


def _linear(model: Model, figure: Figure) -> float | None:
    """Closed form: the headline is a straight line in a price and in 1 minus a share."""
    at_zero, at_one = model.headline_value(model.with_figure(figure, (0.0, 1.0))).tolist()
    slope = at_one - at_zero
    return None if slope == 0 else (model.inputs - at_zero) / slope


def _drop_off(model: Model, figure: Figure) -> float | None:
    """A polynomial: halve the interval, where its ends lie on both sides of 1:1."""
    low, high = 0.0, 1.0
    at_low, at_high = (model.headline_value(model.with_figure(figure, (low, high))) - model.inputs).tolist()
    if at_low == 0:
        return low
    if at_low * at_high > 0 or at_low == at_high:
        return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        value = float(model.headline_value(model.with_figure(figure, (middle,)))[0]) - model.inputs
        low, high = (middle, high) if value * at_low > 0 else (low, middle)
    return (low + high) / 2


def _duration(model: Model, figure: Figure) -> float | None:
    """The fewest whole years at which the ratio is 1:1 or more, up to 100."""
    years = np.arange(1, HORIZON + 1, dtype=np.float64)
    reached = model.headline_value(model.with_figure(figure, years.tolist())) >= model.inputs
    return float(years[reached][0]) if reached.any() else None


def _possible(figure: Figure, value: float) -> bool:
    """A share stays between 0 and 1, a price keeps its sign."""
    return 0 <= value <= 1 if figure.parameter in FRACTIONS else value * figure.central >= 0


def _says(figure: Figure, value: float | None, above_now: bool) -> str:
    if value is None:
        return (
            "the ratio stays above 1:1 whatever its value"
            if above_now
            else "no possible value brings the ratio up to 1:1"
        )
    if figure.parameter == "price":
        return f"1:1 at {money(value)}"
    if figure.parameter == "duration":
        return f"1:1 or more from {value:.0f} {'year' if value == 1 else 'years'}"
    return f"1:1 at {value:.1%}"


def break_even(model: Model) -> tuple[BreakEven, ...]:
    """One row for each figure of the headline; nothing where nothing was put in."""
    if model.inputs <= 0:
        return ()
    above_now = float(model.headline_value()) >= model.inputs
    rows = []
    for figure in model.headline_figures():
        if figure.parameter == "duration":
            value = _duration(model, figure)
        elif figure.parameter == "drop_off":
            value = _drop_off(model, figure)
        else:
            value = _linear(model, figure)
            value = value if value is not None and _possible(figure, value) else None
        rows.append(
            BreakEven(figure.code, figure.parameter, figure.central, value, _says(figure, value, above_now))
        )
    return tuple(rows)
