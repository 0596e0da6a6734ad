"""A table: head repeated on each page, cut between rows, and inside a row only if that row is tall."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker.core.charts.palette import INK
from caseworker.core.pdf.block import Block
from caseworker.core.pdf.canvas import TaggedCanvas
from caseworker.core.pdf.columns import LOOKED_AT, column_widths
from caseworker.core.pdf.paragraphs import TextBlock
from caseworker.core.pdf.styles import RULE, TINT

PAD_X, PAD_Y = 6.0, 4.5
TALL = 0.4


@dataclass(frozen=True)
class Row:
    """One row; `total` rows stand under a heavy rule."""

    cells: tuple[TextBlock, ...]
    total: bool = False

    def height(self, widths: Sequence[float]) -> float:
        tall = (cell.height(wide - 2 * PAD_X) for cell, wide in zip(self.cells, widths, strict=False))
        return max(tall) + 2 * PAD_Y

    def split(self, widths: Sequence[float], room: float) -> "tuple[Row, Row] | None":
        """Every cell cut at the same height."""
        pairs = []
        for cell, wide in zip(self.cells, widths, strict=False):
            tall = cell.height(wide - 2 * PAD_X)
            if tall <= room - 2 * PAD_Y:
                pairs.append((cell, cell.rest_of_nothing()))
                continue
            parts = cell.split(wide - 2 * PAD_X, room - 2 * PAD_Y)
            if parts is None:
                return None
            pairs.append(parts)
        heads, tails = zip(*pairs, strict=True)
        return Row(heads), Row(tails, self.total)


@dataclass(frozen=True)
class TableRows:
    """Rows with the heights already found for them."""

    rows: list[Row]
    heights: list[float]


class TableBlock:
    """`share` gives the columns' widths in parts of the whole; without it they follow the content."""

    keep_with_next = False
    before = 6.0
    after = 14.0

    def __init__(
        self,
        head: Row,
        rows: Sequence[Row],
        caption: TextBlock | None = None,
        share: Sequence[float] | None = None,
    ) -> None:
        self.head, self.rows, self.caption, self.share = head, list(rows), caption, share
        self.continued = False
        self._widths: list[float] | None = None
        self._heights: list[float] | None = None

    def widths(self, width: float) -> list[float]:
        if self._widths is None:
            count = len(self.head.cells)
            sample = [row.cells for row in (self.head, *self.rows[:LOOKED_AT]) if len(row.cells) == count]
            columns = list(zip(*sample, strict=True))
            narrowest = [max(cell.narrowest_width() for cell in column) + 2 * PAD_X for column in columns]
            natural = [max(cell.natural_width() for cell in column) + 2 * PAD_X for column in columns]
            self._widths = column_widths(narrowest, natural, width, self.share)
        return self._widths

    def _row_heights(self, width: float) -> list[float]:
        if self._heights is None:
            self._heights = [row.height(self._row_widths(row, width)) for row in self.rows]
        return self._heights

    def _row_widths(self, row: Row, width: float) -> list[float]:
        return self.widths(width) if len(row.cells) == len(self.head.cells) else [width]

    def _top(self, width: float) -> float:
        caption = self.caption.height(width) + self.caption.style.after if self.caption else 0.0
        return caption + self.head.height(self.widths(width))

    def height(self, width: float) -> float:
        return self._top(width) + sum(self._row_heights(width))

    def least(self, width: float) -> float:
        """Head and two rows; of a tall row only its first lines."""
        rows = [min(tall, 60.0) for tall in self._row_heights(width)[:2]]
        return self._top(width) + sum(rows)

    def fitted(self, width: float, room: float, forced: bool = False) -> Block | None:
        return self if self.height(width) <= room + 0.01 else None

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        left = room - self._top(width)
        heights = self._row_heights(width)
        fit = 0
        while fit < len(heights) and heights[fit] <= left + 0.01:
            left -= heights[fit]
            fit += 1
        head, tail = TableRows(self.rows[:fit], heights[:fit]), TableRows(self.rows[fit:], heights[fit:])
        if tail.rows and (fit == 0 or heights[fit] > room * TALL):
            widths = self._row_widths(tail.rows[0], width)
            parts = tail.rows[0].split(widths, left)
            if parts is not None:
                head = TableRows([*head.rows, parts[0]], [*head.heights, parts[0].height(widths)])
                tail = TableRows([parts[1], *tail.rows[1:]], [parts[1].height(widths), *tail.heights[1:]])
        if not head.rows or not tail.rows:
            return None
        return self._part(head, self.caption, self.continued), self._part(tail, None, True)

    def _part(self, rows: "TableRows", caption: TextBlock | None, continued: bool) -> "TableBlock":
        part = TableBlock(self.head, rows.rows, caption, self.share)
        part._widths, part._heights, part.continued = self._widths, rows.heights, continued
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        widths = self.widths(width)
        y = top
        if self.caption:
            self.caption.draw(canvas, x, y, width)
            y -= self.caption.height(width) + self.caption.style.after
        tall = self.head.height(widths)
        with canvas.artifact():
            canvas.fill(TINT)
            canvas.rect(x, y - tall, width, tall, stroke=0, fill=1)
            canvas.stroke(INK, 0.9)
            canvas.line(x, y - tall, x + width, y - tall)
        self._draw_row(canvas, self.head, widths, x, y, again=self.continued)
        y -= tall
        for row, tall in zip(self.rows, self._row_heights(width), strict=True):
            with canvas.artifact():
                if row.total:
                    canvas.stroke(INK, 0.9)
                    canvas.line(x, y, x + width, y)
                canvas.stroke(RULE, 0.6)
                canvas.line(x, y - tall, x + width, y - tall)
            self._draw_row(canvas, row, self._row_widths(row, width), x, y)
            y -= tall

    def _draw_row(
        self, canvas: TaggedCanvas, row: Row, widths: Sequence[float], x: float, y: float, again: bool = False
    ) -> None:
        for cell, wide in zip(row.cells, widths, strict=False):
            draw = cell.draw_again if again else cell.draw
            draw(canvas, x + PAD_X, y - PAD_Y, wide - 2 * PAD_X)
            x += wide
