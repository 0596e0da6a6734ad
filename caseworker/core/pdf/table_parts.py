"""Makes the cells of a table, each with its place in the logical tree."""

from collections.abc import Sequence
from typing import Literal

from caseworker.core.pdf.elements import Element
from caseworker.core.pdf.paragraphs import TextBlock
from caseworker.core.pdf.styles import CAPTION, CELL, HEAD_CELL
from caseworker.core.pdf.tables import Row, TableBlock
from caseworker.core.pdf.words import Part, runs

Align = Literal["left", "right"]
Cell = tuple[Part, ...]


def table_block(
    element: Element,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    caption: str,
    align: Sequence[Align] | None,
    share: Sequence[float] | None,
    total: bool,
    row_heads: bool,
    empty: str,
) -> TableBlock:
    """ValueError where a row, `align` or `share` is not as long as the head."""
    sides: list[Align] = list(align) if align else ["left" for _column in head]
    for row in (*rows, sides, *([share] if share else [])):
        if len(row) != len(head):
            raise ValueError(f"The table has {len(head)} columns; a row of {len(row)} does not fit.")
    words = TextBlock(runs((caption,), True), CAPTION, element.child("Caption")) if caption else None
    top = element.child("THead").child("TR")
    head_row = Row(tuple(_head_cell(text, side, top) for text, side in zip(head, sides, strict=True)))
    body = element.child("TBody")
    made = [
        _row(row, sides, body.child("TR"), row_heads, total and i == len(rows) - 1)
        for i, row in enumerate(rows)
    ]
    return TableBlock(head_row, made or [_empty_row(empty, len(head), body)], words, share)


def _head_cell(text: str, side: Align, row: Element) -> TextBlock:
    return TextBlock(runs((text,), True), HEAD_CELL.but(align=side), row.child("TH", scope="Column"), 1)


def _row(row: Sequence[Cell], sides: Sequence[Align], element: Element, row_heads: bool, total: bool) -> Row:
    cells = []
    for i, (parts, side) in enumerate(zip(row, sides, strict=True)):
        style = (HEAD_CELL if total else CELL).but(align=side)
        named = i == 0 and row_heads and len(row) > 1
        kid = element.child("TH", scope="Row") if named else element.child("TD")
        cells.append(TextBlock(runs(parts, total), style, kid, 1))
    return Row(tuple(cells), total)


def _empty_row(text: str, columns: int, body: Element) -> Row:
    cell = body.child("TR").child("TD")
    cell.columns = columns
    return Row((TextBlock(runs((text,)), CELL, cell, 1),))
