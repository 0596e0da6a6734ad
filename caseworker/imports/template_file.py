"""The empty sheet to fill in: every column by its own name, nothing else."""

import csv
from io import BytesIO, StringIO

from caseworker.imports.columns import COLUMNS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet takes what it takes for a number apart: these stay as typed.
_AS_TYPED = frozenset({"phone", "postcode", "own_reference", "economic_status"})


def empty_workbook() -> BytesIO:
    # Loaded only here: starting the web server does not wait for it.
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("People")
        bold, typed = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for place, column in enumerate(COLUMNS):
            kind = typed if column.name in _AS_TYPED else day if column.name.endswith("_on") else None
            sheet.set_column(place, place, max(14, len(column.label) + 2), kind)
            sheet.write_string(0, place, column.label, bold)
        sheet.freeze_panes(1, 0)
    made.seek(0)
    return made


def empty_separated() -> BytesIO:
    text = StringIO(newline="")
    csv.writer(text).writerow([column.label for column in COLUMNS])
    return BytesIO(text.getvalue().encode("utf-8-sig"))
