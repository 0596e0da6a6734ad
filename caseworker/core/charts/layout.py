"""The three shapes in which every chart is laid out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """Width in pixels; `stacked` puts a row's label above its bar; `row` is a bar's least room in height."""

    name: str
    width: float
    stacked: bool
    row: float
    bar: float
    plot: float
    text: float = 13
    small: float = 12


WIDE = Layout("wide", 640, False, row=38, bar=26, plot=240)
COMPACT = Layout("compact", 640, False, row=25, bar=17, plot=150)
NARROW = Layout("narrow", 300, True, row=0, bar=20, plot=190, text=12.5, small=11.5)
