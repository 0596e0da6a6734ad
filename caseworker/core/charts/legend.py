"""The key above a drawing: a patch and its words, wrapped to the width."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from caseworker.core.charts.layout import Layout
from caseworker.core.charts.scene import Item, Rect, Text
from caseworker.core.fonts import ellipsis, text_width

PATCH = 14.0


@dataclass(frozen=True)
class Key:
    """How one kind looks."""

    label: str
    fill: str
    hatch: str | None = None
    slope: Literal[1, -1] = 1
    stroke: str | None = None

    def box(self, x: float, y: float, width: float, height: float) -> Rect:
        return Rect(x, y, width, height, self.fill, self.stroke, self.hatch, self.slope)


def legend(keys: Sequence[Key], layout: Layout) -> tuple[list[Item], float]:
    """The key's shapes and the height they take."""
    items: list[Item] = []
    x = y = 0.0
    for key in keys:
        label = ellipsis(key.label, layout.width - PATCH - 7, layout.small)
        width = PATCH + 7 + text_width(label, layout.small)
        if x and x + width > layout.width:
            x, y = 0.0, y + 20
        items.append(key.box(x, y + 1, PATCH, PATCH - 2))
        items.append(Text(x + PATCH + 7, y + 11.5, label, layout.small))
        x += width + 18
    return items, y + 26
