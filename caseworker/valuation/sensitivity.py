"""What the answer rests on: one figure at a time, and all of them together in three scenarios."""

import numpy as np

from .figures import FRACTIONS, PARAMETERS
from .method import sroi_ratio
from .model import Floats, Model, figure_ends
from .uncertainty import Scenario, TornadoBar

SCENARIOS = ("prudent", "central", "optimistic")


def tornado(model: Model) -> tuple[TornadoBar, ...]:
    """One bar for each figure of the headline whose range moves it, widest swing first."""
    bars = []
    for figure in model.headline_figures():
        if not figure.ranges:
            continue
        at_low, at_high = model.headline_value(model.with_figure(figure, (figure.low, figure.high))).tolist()
        sharing = model.sharing(figure) & model.headline
        bars.append(
            TornadoBar(
                figure=figure.code,
                parameter=figure.parameter,
                lines=tuple(line.code for line, shares in zip(model.lines, sharing, strict=True) if shares),
                low=figure.low,
                high=figure.high,
                value_at_low=at_low,
                value_at_high=at_high,
                ratio_at_low=sroi_ratio(at_low, model.inputs),
                ratio_at_high=sroi_ratio(at_high, model.inputs),
            )
        )
    moving = [bar for bar in bars if bar.swing > 0]
    return tuple(sorted(moving, key=lambda bar: (-bar.swing, bar.figure, bar.parameter)))


def _ends(model: Model, *, least: bool) -> dict[str, Floats]:
    """Parameters that make every line worth least, or most. What lowers a gain lowers a loss too, so a
    line of negative value takes the opposite ends."""
    ends = {p: (figure_ends(model.lines, p, "low"), figure_ends(model.lines, p, "high")) for p in PARAMETERS}
    negative_quantity = model.weights.sum(axis=-1) < 0
    price = np.where(negative_quantity ^ (not least), ends["price"][1], ends["price"][0])
    loss = (price < 0) ^ negative_quantity
    chosen = {"price": price}
    for parameter in PARAMETERS[1:]:
        takes_high = loss ^ (parameter in FRACTIONS) ^ (not least)
        chosen[parameter] = np.where(takes_high, ends[parameter][1], ends[parameter][0])
    return chosen


def scenarios(model: Model) -> tuple[Scenario, ...]:
    """Prudent, central and optimistic: every figure at its less, its central, its more favourable end."""
    cases: tuple[dict[str, Floats], ...] = (_ends(model, least=True), {}, _ends(model, least=False))
    values = [float(model.headline_value(case)) for case in cases]
    return tuple(
        Scenario(name, value, sroi_ratio(value, model.inputs))
        for name, value in zip(SCENARIOS, values, strict=True)
    )
