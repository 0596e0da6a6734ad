"""Sizes, colours and margins of a printed report; lengths in points."""

from dataclasses import dataclass, replace

from caseworker.core.charts.palette import AMBER, INK, QUIET, TEAL

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
SIDE = 54.0
TOP = 66.0
BOTTOM = 62.0
WIDTH = PAGE_WIDTH - 2 * SIDE
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
TINT = "#eef5f4"
WARNING_TINT = "#fdf4e3"
RULE = "#c9d3d3"


@dataclass(frozen=True)
class Style:
    """How a block of text looks: size and line height in points."""

    size: float = 10
    leading: float = 14.5
    bold: bool = False
    colour: str = INK
    align: str = "left"
    before: float = 0
    after: float = 8

    def but(self, **changes: object) -> "Style":
        return replace(self, **changes)  # type: ignore[arg-type]


BODY = Style()
TITLE = Style(28, 34, True, TEAL, after=6)
SUBTITLE = Style(13, 18, colour=QUIET, after=18)
HEADINGS = {
    2: Style(17, 22, True, TEAL, before=22, after=7),
    3: Style(12.5, 17, True, INK, before=15, after=5),
    4: Style(10.5, 15, True, INK, before=10, after=3),
}
SMALL = Style(8.5, 12, colour=QUIET, after=6)
CAPTION = Style(10, 14, True, before=6, after=5)
CELL = Style(8.8, 12, after=0)
HEAD_CELL = CELL.but(bold=True)
CARD_FIGURE = Style(24, 29, True, TEAL, after=0)
CARD_LABEL = Style(9.5, 13, True, after=0)
CARD_NOTE = Style(8.5, 12, colour=QUIET, after=0)
FURNITURE = 8.0
ACCENT = AMBER
