"""The shapes in which a result says how sure it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Range:
    """The ratio from prudent (low) to optimistic (high), and out of the simulation."""

    low: float | None
    high: float | None
    p5: float | None
    p50: float | None
    p95: float | None
    p_above_one: float | None
    draws: int
    seed: int
    numpy_version: str


@dataclass(frozen=True)
class TornadoBar:
    """Headline present value and ratio when one figure alone goes to its low and its high."""

    figure: str
    parameter: str
    lines: tuple[str, ...]
    low: float
    high: float
    value_at_low: float
    value_at_high: float
    ratio_at_low: float | None
    ratio_at_high: float | None

    @property
    def swing(self) -> float:
        return abs(self.value_at_high - self.value_at_low)


@dataclass(frozen=True)
class BreakEven:
    """The value of one figure at which the ratio is 1:1; None where no possible value brings it there."""

    figure: str
    parameter: str
    central: float
    value: float | None
    says: str


@dataclass(frozen=True)
class Scenario:
    name: str
    total_present_value: float
    sroi_ratio: float | None


@dataclass(frozen=True)
class Notice:
    """Something to print on the run and in the report; `code` is stable, `text` is for people."""

    code: str
    text: str
