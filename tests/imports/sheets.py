"""Sheets for tests: CSV text and XLSX workbooks from rows of plain values."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook

HEADS = ("First name", "Last name", "DOB", "Start date", "Keyworker")
AMARA = ("Amara", "Osei", "17/05/1990", "02/11/2026", "Priya Shah")
SEAN = ("Seán", "O’Neill", "1/2/1988", "2026-11-03", "")


def separated(*rows: Sequence[str], heads: Sequence[str] = HEADS, by: str = ",") -> bytes:
    made = StringIO(newline="")
    csv.writer(made, delimiter=by).writerows((heads, *rows))
    return made.getvalue().encode()


def workbook(*rows: Sequence[Any], heads: Sequence[str] = HEADS) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (heads, *rows):
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    made = BytesIO()
    book.save(made)
    return made.getvalue()
