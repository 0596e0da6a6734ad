"""From the bytes of an upload to lines of text: what a file is, is read from its bytes."""

from caseworker.core.values import Invalid
from caseworker.imports.grid import MOST_BYTES, Grid
from caseworker.imports.separated import read_separated

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_NOT_SHEETS = (
    b"%PDF",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"{\\rtf",
    b"<!DOCTYPE",
    b"<html",
)


def read_sheet(name: str, content: bytes) -> Grid:
    """Raises Invalid, with words for whoever chose the file; `name` is how they know it."""
    if not content.strip():
        raise Invalid(f"{name} is empty. Choose another file")
    if len(content) > MOST_BYTES:
        raise Invalid(f"{name} is bigger than {MOST_BYTES // (1024 * 1024)} MB. Choose a smaller file")
    if content.startswith(_OLD_EXCEL):
        raise Invalid(f"{name} is an old Excel file, or has a password. Save it as XLSX without a password")
    if content.startswith(_ZIP):
        # Loaded only here: what reads workbooks is slow to load, and most who sign in never need it.
        from caseworker.imports.workbook import read_workbook

        return read_workbook(content)
    if content.startswith(_NOT_SHEETS):
        raise Invalid(f"{name} is not a sheet. Choose an XLSX or a CSV file")
    return read_separated(content)
