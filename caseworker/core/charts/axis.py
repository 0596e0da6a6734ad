"""Where the round numbers of an axis stand."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log10

SAME = 1e-9


@dataclass(frozen=True)
class Axis:
    """Values from `low` to `high` with round `ticks` between."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def fraction(self, value: float) -> float:
        """0 at the low end, 1 at the high end."""
        return (value - self.low) / (self.high - self.low)


def nice_axis(
    values: list[float], most_ticks: int = 5, *, zero: bool = True, whole_steps: bool = False
) -> Axis:
    """An axis that holds every value, and zero if asked, in steps of 1, 2, 2.5 or 5 times a power of ten.

    It ends at the outermost value, or with `whole_steps` at the next tick.
    """
    held = [*values, 0.0] if zero or not values else values
    low, high = min(held), max(held)
    if high - low <= SAME * max(1.0, abs(low), abs(high)):
        low, high = low - (0.0 if zero and low >= 0 else 1.0), high + 1.0
    step = _step((high - low) / max(1, most_ticks - 1))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    ticks = tuple(round(step * i, 10) for i in range(first, last + 1))
    if whole_steps:
        return Axis(ticks[0], ticks[-1], ticks)
    return Axis(low, high, tuple(tick for tick in ticks if low <= tick <= high))


def _step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return next(nice * power for nice in (1, 2, 2.5, 5, 10) if nice * power >= rough * 0.999999)


def tick_words(axis: Axis, words: Callable[[float], str]) -> list[tuple[float, str]]:
    """Each tick with its words; a tick that would repeat the one before is left out."""
    said: list[tuple[float, str]] = []
    for value in axis.ticks:
        text = words(value)
        if not said or said[-1][1] != text:
            said.append((value, text))
    return said
