"""The frame that every chart of horizontal bars shares: labels, grid, axis, one band for each row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from caseworker.core.charts.axis import Axis, tick_words
from caseworker.core.charts.layout import Layout
from caseworker.core.charts.palette import GRID, INK, QUIET
from caseworker.core.charts.scene import Item, Line, Text
from caseworker.core.fonts import text_width, wrap

GAP = 8.0


@dataclass(frozen=True)
class Reach:
    """How far a row's drawing goes: its ends on the axis and the widths of the words set outside them."""

    low: float
    high: float
    left_words: float = 0
    right_words: float = 0


@dataclass(frozen=True)
class Rows:
    """Places of the bars: `tops` and `bar` in pixels, `left` to `right` the plot."""

    layout: Layout
    axis: Axis
    labels: tuple[tuple[str, ...], ...]
    column: float
    left: float
    right: float
    top: float
    tops: tuple[float, ...]
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom + 26

    def x(self, value: float) -> float:
        return self.left + self.axis.fraction(value) * (self.right - self.left)

    def middle(self, row: int) -> float:
        return self.tops[row] + self.layout.bar / 2

    def items(self, words: Callable[[float], str]) -> list[Item]:
        """Grid, axis words and row labels; the bars go on top."""
        return [*self._grid(words), *self._labels()]

    def upright(self, x: float, colour: str, width: float = 1) -> list[Item]:
        """A line down the plot; where labels stand above the bars, only beside the bars."""
        spans = [(self.top, self.bottom)]
        if self.layout.stacked:
            spans = [(top - 3, top + self.layout.bar + 3) for top in self.tops]
        return [Line(((x, start), (x, end)), colour, width) for start, end in spans]

    def _grid(self, words: Callable[[float], str]) -> list[Item]:
        found: list[Item] = []
        spoken_to = -1e9
        for value, text in tick_words(self.axis, words):
            x = self.x(value)
            found += self.upright(x, INK if value == 0 else GRID)
            half = text_width(text, self.layout.small) / 2
            middle = min(max(x, half), self.layout.width - half)
            if middle - half >= spoken_to + 6:
                found.append(
                    Text(middle, self.bottom + 18, text, self.layout.small, anchor="middle", colour=QUIET)
                )
                spoken_to = middle + half
        return found

    def _labels(self) -> list[Item]:
        size = self.layout.text
        found: list[Item] = []
        for row, lines in enumerate(self.labels):
            for i, line in enumerate(lines):
                if self.layout.stacked:
                    y = self.tops[row] - 7 - (len(lines) - 1 - i) * size * 1.25
                    found.append(Text(0, y, line, size))
                else:
                    y = self.middle(row) + size * 0.36 + (i - (len(lines) - 1) / 2) * size * 1.2
                    found.append(Text(self.column, y, line, size, anchor="end"))
        return found


def lay_rows(
    layout: Layout, labels: Sequence[str], reaches: Sequence[Reach], axis: Axis, top: float = 4
) -> Rows:
    """Finds the places: the label column as wide as needed, the plot as wide as the outer words allow."""
    lines, column = _label_lines(layout, labels)
    start = 1.0 if layout.stacked else column + 12
    left, right = _plot(layout, reaches, axis, start)
    tops: list[float] = []
    y = top
    for row in lines:
        tall = len(row) * layout.text * (1.25 if layout.stacked else 1.2)
        if layout.stacked:
            tops.append(y + tall + 5)
            y += tall + 5 + layout.bar + 12
        else:
            band = max(layout.row, tall + 8)
            tops.append(y + (band - layout.bar) / 2)
            y += band
    return Rows(layout, axis, tuple(map(tuple, lines)), column, left, right, top, tuple(tops), y)


def _label_lines(layout: Layout, labels: Sequence[str]) -> tuple[list[list[str]], float]:
    if layout.stacked:
        return [wrap(label, layout.width, layout.text, most=3) for label in labels], 0.0
    most = layout.width * 0.32
    lines = [wrap(label, most, layout.text, most=2 if layout.row < 30 else 3) for label in labels]
    return lines, max((text_width(line, layout.text) for row in lines for line in row), default=0.0)


def _plot(layout: Layout, reaches: Sequence[Reach], axis: Axis, start: float) -> tuple[float, float]:
    """The widest plot in which no row's outer words leave the drawing."""
    left, right = start, layout.width - 14
    for _ in range(4):
        for reach in reaches:
            low, high = axis.fraction(reach.low), axis.fraction(reach.high)
            if reach.left_words:
                out = start + reach.left_words + GAP - (left + low * (right - left))
                left += max(0.0, out / max(1 - low, 0.05))
            if reach.right_words:
                out = left + high * (right - left) + reach.right_words + GAP - layout.width
                right -= max(0.0, out / max(high, 0.05))
    return left, max(right, left + 20)
