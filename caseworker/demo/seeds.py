"""The demonstration's data files, as rows ready to be inserted.

A row's number, from 1, stands for its key. A day is a date, `@-12` (twelve days before loading) or
`academic-1:first`; a blank cell is the column's default, or nothing.
"""

import csv
import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from caseworker.core.calendar import academic_year_of, add_years, at_uk
from caseworker.core.sealing import seal
from caseworker.core.types import Instant, Key

Convert = Callable[[str], Any]
Row = dict[str, Any]

# Keys sort by row number: they read as made one millisecond apart from here on, long before any loading.
_FIRST_KEY = 1_767_225_600_000
_ACADEMIC = re.compile(r"academic([+-]\d+):(first|last)")


class BadSeed(ValueError):
    """A data file that does not fit the tables; the message names the file, the row and the column."""


@lru_cache(maxsize=20_000)
def key_for(table: str, number: int | str) -> UUID:
    """The same UUIDv7 for the same row on every database."""
    body = bytearray(hashlib.sha256(f"{table}/{number}".encode()).digest()[:16])
    stamp = _FIRST_KEY + (number if isinstance(number, int) else 0)
    body[:6] = stamp.to_bytes(6, "big")
    body[6] = body[6] & 0x0F | 0x70
    body[8] = body[8] & 0x3F | 0x80
    return UUID(bytes=bytes(body))


def read_rows(file: Path, table: sa.Table, today: date) -> Iterator[Row]:
    """Every row of one file with all columns of its table. Raises BadSeed."""
    with gzip.open(file, "rb") as packed:
        reader = csv.reader(TextIOWrapper(packed, encoding="utf-8", newline=""))
        columns = _columns(table, next(reader), today, file.name)
        blanks = {column.name: _blank(column) for column in table.columns}
        for cells in reader:
            row = dict(blanks)
            for (name, convert, sealed), cell in zip(columns, cells, strict=True):
                if cell == "":
                    continue
                try:
                    row[name] = convert(cell)
                except (ValueError, KeyError) as error:
                    raise BadSeed(f"{file.name} row {cells[0]}, {name}: {error}") from None
                if sealed:
                    row[name] = seal(row[name], table.name, row["id"], name)
            yield row


def _columns(table: sa.Table, header: list[str], today: date, file: str) -> list[tuple[str, Convert, bool]]:
    found: list[tuple[str, Convert, bool]] = []
    for name in header:
        if f"{name}_sealed" in table.columns:
            found.append((f"{name}_sealed", str.encode, True))
        elif name in table.columns:
            found.append((name, _converter(table.columns[name], today), False))
        else:
            raise BadSeed(f"{file}: there is no column {name}")
    return found


def _blank(column: sa.Column[Any]) -> Any:
    if column.name == "version":
        return 1
    default = column.default
    return default.arg if isinstance(default, sa.ColumnDefault) and default.is_scalar else None


def _converter(column: sa.Column[Any], today: date) -> Convert:
    kind = column.type
    if isinstance(kind, Key):
        target = (
            next(iter(column.foreign_keys)).column.table.name if column.foreign_keys else column.table.name
        )
        return lambda cell: key_for(target, int(cell) if cell.isdigit() else cell)
    if isinstance(kind, Instant):
        return _instants(today)
    if isinstance(kind, sa.Date):
        return _days(today)
    if isinstance(kind, sa.Boolean):
        return _flag
    if isinstance(kind, sa.Integer):
        return int
    if isinstance(kind, sa.Time):
        return time.fromisoformat
    return json.loads if isinstance(kind, sa.JSON) else str


def _flag(cell: str) -> bool:
    return {"yes": True, "no": False}[cell]


def _days(today: date) -> Callable[[str], date]:
    @cache
    def day(cell: str) -> date:
        if cell.startswith("@"):
            return today + timedelta(days=int(cell[1:]))
        academic = _ACADEMIC.fullmatch(cell)
        if academic:
            year = academic_year_of(add_years(today, int(academic[1])))
            return year.first_on if academic[2] == "first" else year.last_on
        return date.fromisoformat(cell)

    return day


def _instants(today: date) -> Callable[[str], datetime]:
    day = _days(today)

    @cache
    def instant(cell: str) -> datetime:
        on, _, clock = cell.partition("T")
        return at_uk(day(on), time.fromisoformat(clock))

    return instant
