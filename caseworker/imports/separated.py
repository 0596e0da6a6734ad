"""Text files of values separated by commas, semicolons or tabs."""

import csv
from io import StringIO

from caseworker.core.values import Invalid
from caseworker.imports.grid import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Grid, Line

SEPARATORS = (",", ";", "\t")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Rows above the heads: a title, a date, an empty line.
_SLACK = 20


def read_separated(content: bytes) -> Grid:
    """Raises Invalid for bytes that are not text, or quotes that never close."""
    text = _decoded(content)
    if "\x00" in text:
        raise Invalid("This is not a sheet that can be read. Save it as XLSX or CSV and choose it again")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=lambda each: _outside_quotes(first, each))
    lines: list[Line] = []
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, row in enumerate(reader, 1):
            cells = [cell.strip()[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]]
            if any(cells):
                lines.append(Line(number, cells))
            if len(lines) > MOST_ROWS + _SLACK:
                break
    except csv.Error:
        raise Invalid(
            f"The sheet cannot be read past line {len(lines) + 1}: a quotation mark is never closed. "
            "Save it from your spreadsheet again"
        ) from None
    return Grid(lines)


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else what Windows writes in Western Europe."""
    try:
        if content.startswith(_UTF16):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise Invalid(
            "The letters of this file cannot be read. Save it as “CSV UTF-8” and choose it again"
        ) from None
