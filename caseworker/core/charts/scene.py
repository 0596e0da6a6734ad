"""A drawing said once: shapes in pixels, y downwards, that a page and a PDF both draw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from caseworker.core.charts.palette import INK
from caseworker.core.fonts import text_width

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Rect:
    """A filled box; `hatch` draws slanted lines of that colour over it, `slope` says which way they lean."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str | None = None
    hatch: str | None = None
    slope: Literal[1, -1] = 1

    def hatching(self, gap: float = 7) -> list[tuple[float, float, float, float]]:
        """The slanted lines (x1, y1, x2, y2), cut to the box."""
        lines: list[tuple[float, float, float, float]] = []
        if self.hatch is None or self.width <= 0 or self.height <= 0:
            return lines
        start = gap / 2
        while start < self.width + self.height:
            near, far = max(0.0, start - self.height), min(start, self.width)
            if far - near > 0.5:
                x1, x2 = (near, far) if self.slope == 1 else (self.width - near, self.width - far)
                lines.append((self.x + x1, self.y + start - near, self.x + x2, self.y + start - far))
            start += gap
        return lines


@dataclass(frozen=True)
class Line:
    """A line through two or more points; `dash` is (on, off) in pixels."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 1
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Circle:
    x: float
    y: float
    radius: float
    fill: str
    stroke: str | None = None
    stroke_width: float = 1


@dataclass(frozen=True)
class Text:
    """One line of text; y is its base line, `anchor` says which part of it stands at x."""

    x: float
    y: float
    text: str
    size: float = 13
    bold: bool = False
    anchor: Anchor = "start"
    colour: str = INK

    def span(self) -> tuple[float, float]:
        """Left and right edge."""
        width = text_width(self.text, self.size, self.bold)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, left + width


@dataclass(frozen=True)
class Group:
    """Shapes moved together by (dx, dy)."""

    items: tuple["Item", ...]
    dx: float = 0
    dy: float = 0


Item = Rect | Line | Circle | Text | Group


@dataclass(frozen=True)
class Scene:
    """A finished drawing of `width` by `height` pixels."""

    width: float
    height: float
    items: tuple[Item, ...]

    def texts(self) -> Iterator[Text]:
        """Every text with its place in the whole drawing."""
        yield from _texts(self.items, 0, 0)


def _texts(items: Sequence[Item], dx: float, dy: float) -> Iterator[Text]:
    for item in items:
        if isinstance(item, Group):
            yield from _texts(item.items, dx + item.dx, dy + item.dy)
        elif isinstance(item, Text):
            yield Text(item.x + dx, item.y + dy, item.text, item.size, item.bold, item.anchor, item.colour)
