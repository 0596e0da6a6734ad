"""Puts a chart together from one drawing function and three layouts."""

from collections.abc import Callable, Sequence

from caseworker.core.charts.chart import Align, Chart, ChartTable
from caseworker.core.charts.layout import COMPACT, NARROW, WIDE, Layout
from caseworker.core.charts.palette import QUIET
from caseworker.core.charts.scene import Scene, Text

NOTHING = "There are no figures to draw yet."


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> ChartTable:
    """Words in the first column stand left, figures in the others right."""
    align: list[Align] = ["right" for _column in head]
    align[0] = "left"
    return ChartTable(tuple(head), tuple(map(tuple, rows)), tuple(align))


def assemble(title: str, description: str, figures: ChartTable, draw: Callable[[Layout], Scene]) -> Chart:
    if not figures.rows:
        return Chart(title, NOTHING, figures, _empty(WIDE), _empty(NARROW), _empty(COMPACT))
    return Chart(title, description, figures, draw(WIDE), draw(NARROW), draw(COMPACT))


def sentences(lead: str, parts: Sequence[str]) -> str:
    """The description read out in place of the drawing: what it is, then every figure."""
    return f"{lead} {'; '.join(parts)}."


def _empty(layout: Layout) -> Scene:
    return Scene(layout.width, 40, (Text(0, 24, NOTHING, layout.text, colour=QUIET),))
