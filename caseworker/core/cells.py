"""Cells of tables that spreadsheets open."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any


def plain_cell(cell: Any) -> Any:
    """Text that a spreadsheet could take for a formula is marked as text."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"):
        return "'" + cell
    return cell


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV file in UTF-8, each text a text."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
