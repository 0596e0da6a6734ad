"""A figure: a number with its range. Lines that share a figure share its draw and its low and high."""

from dataclasses import dataclass, field

PARAMETERS = ("price", "deadweight", "displacement", "attribution", "drop_off", "duration")
"""What a line is valued with, in the order in which the parameters are read and drawn."""

FRACTIONS = ("deadweight", "displacement", "attribution", "drop_off")

GRADES = {
    "A": "national guidance or official statistics",
    "B": "a published figure whose method is stated",
    "C": "a published figure at second hand, or derived by us from published ones",
    "D": "a judgement, with its reason",
}
"""Evidence grades, best first."""


@dataclass(frozen=True)
class Figure:
    """`parameter` is one of PARAMETERS; low and high are numbers on the same scale, low <= high.

    Fractions for shares, pounds for prices, years for durations."""

    code: str
    parameter: str
    central: float
    low: float
    high: float

    @property
    def key(self) -> tuple[str, str]:
        """Lines whose figures have the same key share one figure."""
        return self.parameter, self.code

    @property
    def ranges(self) -> bool:
        return self.low < self.high


@dataclass(frozen=True)
class Evidence:
    """Why a figure is what it is. `grade` is a key of GRADES."""

    source: str
    reason: str
    grade: str
    decided_by: str
    stakeholders_asked: bool


@dataclass(frozen=True)
class Assumption:
    """A figure of the outcome map with the evidence it rests on."""

    figure: Figure
    name: str
    evidence: Evidence


def fixed(parameter: str, value: float, code: str) -> Figure:
    """A figure without a range."""
    return Figure(code, parameter, value, value, value)


@dataclass(frozen=True)
class Figures:
    """The six figures of one line; what is not given takes nothing off and lasts one year."""

    price: Figure
    deadweight: Figure = field(default_factory=lambda: fixed("deadweight", 0.0, "none given"))
    displacement: Figure = field(default_factory=lambda: fixed("displacement", 0.0, "none given"))
    attribution: Figure = field(default_factory=lambda: fixed("attribution", 0.0, "none given"))
    drop_off: Figure = field(default_factory=lambda: fixed("drop_off", 0.0, "none given"))
    duration: Figure = field(default_factory=lambda: fixed("duration", 1.0, "none given"))

    def all(self) -> tuple[Figure, ...]:
        """In the order of PARAMETERS."""
        return (
            self.price,
            self.deadweight,
            self.displacement,
            self.attribution,
            self.drop_off,
            self.duration,
        )
