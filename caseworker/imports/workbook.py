"""Excel workbooks: what is inside is measured before anything is unpacked."""

import re
import zlib
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException

from caseworker.core.values import Invalid
from caseworker.imports.grid import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Grid, Line

MOST_PARTS = 400
MOST_UNPACKED = 24 * 1024 * 1024
_MAC_DAYS = 1462
_SLACK = 20
# Rows without anything between two that hold something: a sheet that claims a million is cut off here.
_MOST_EMPTY = 20_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"[A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7})\"")
_DAMAGED = "This workbook is damaged. Open it, save it as a new XLSX file and choose that one"
# Whatever a file made to break a reader makes it raise.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)
FORMULA = "holds a formula. Copy the column and paste it back as values"
ERROR = "holds an error of the spreadsheet. Type the value instead"


def read_workbook(content: bytes) -> Grid:
    """The first sheet that is not hidden. Raises Invalid for what is too big, locked, damaged or a trap."""
    try:
        measured = _measured(content)
        book = load_workbook(measured, read_only=True, keep_links=False)
        try:
            return _first_sheet(book)
        finally:
            book.close()
    except Invalid:
        raise
    except _BROKEN:
        raise Invalid(_DAMAGED) from None


def _measured(content: bytes) -> BytesIO:
    """The same parts, each read to the size its directory states and no further: a sheet of 200 MB fits
    into 190 kB, and a directory can lie."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as archive, ZipFile(made, "w") as copied:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Invalid(
                "This workbook is far bigger inside than it looks. Copy the people alone into a new sheet"
            )
        names = {part.filename for part in parts}
        if any(name.endswith("vbaProject.bin") for name in names):
            raise Invalid("This workbook holds macros. Save it as XLSX without them and choose it again")
        if "xl/workbook.xml" not in names or len(names) < len(parts):
            raise Invalid("This is not an Excel workbook. Save it as XLSX or CSV and choose it again")
        if any(part.flag_bits & 1 for part in parts):
            raise Invalid("This workbook has a password. Save it without one and choose it again")
        for part in parts:
            with archive.open(part) as source:
                body = source.read(part.file_size + 1)
            if _declares(body):
                raise Invalid(_DAMAGED)
            copied.writestr(part.filename, body)
    made.seek(0)
    return made


def _declares(part: bytes) -> bool:
    """No spreadsheet program writes a document type or an entity; a trap for XML readers does."""
    plain = part.replace(b"\x00", b"")
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _first_sheet(book: Any) -> Grid:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise Invalid("This workbook has no sheet with people in it")
    sheet = sheets[0]
    sheet.reset_dimensions()
    lines: list[Line] = []
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        line = _line(number, row)
        if any(line.cells):
            lines.append(line)
            empty = 0
        else:
            empty += 1
        if len(lines) > MOST_ROWS + _SLACK or empty > _MOST_EMPTY:
            break
    with book._archive.open(sheet._worksheet_path) as source:
        merged = tuple((int(first), int(last)) for first, last in _MERGED.findall(source.read()))
    days_late = _MAC_DAYS if book.epoch == CALENDAR_MAC_1904 else 0
    return Grid(lines, merged, days_late, other_sheets=len(sheets) - 1)


def _line(number: int, row: Any) -> Line:
    cells, faults = [], {}
    for place, cell in enumerate(row):
        cells.append(_text(cell.value)[:LONGEST_CELL])
        if cell.data_type == "f":
            faults[place] = FORMULA
        elif cell.data_type == "e":
            faults[place] = ERROR
    while cells and not cells[-1]:
        cells.pop()
    return Line(number, cells, faults)


def _text(value: Any) -> str:
    """A cell as somebody would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
