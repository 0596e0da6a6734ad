"""The rows as they are collected, and the files they are written to."""

import csv
import gzip
import json
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Days:
    """Day numbers of one programme. With a first day they are dates; without one, `@-12` means twelve days
    before the demonstration is loaded, so that a live caseload is never empty."""

    first: date | None

    def on(self, day: int) -> str:
        if self.first is None:
            return f"@{day:+d}"
        return (self.first + timedelta(days=day)).isoformat()

    def at(self, day: int, clock: str) -> str:
        """A time on the wall clock in the UK."""
        return f"{self.on(day)}T{clock}"

    def weekday(self, day: int) -> int:
        """The day, or the Monday after where it falls on a weekend and the date is known."""
        if self.first is None:
            return day
        return day + {5: 2, 6: 1}.get((self.first + timedelta(days=day)).weekday(), 0)

    def number(self, day: date) -> int:
        if self.first is None:
            raise ValueError("a live programme has no dates, only days from loading")
        return (day - self.first).days


class Book:
    """Rows by table. A row's number, from 1, stands for its key in every other row."""

    def __init__(self) -> None:
        self.tables: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: str, **values: Any) -> int:
        rows = self.tables.setdefault(table, [])
        rows.append({name: value for name, value in values.items() if value is not None})
        return len(rows)

    def row(self, table: str, number: int) -> dict[str, Any]:
        return self.tables[table][number - 1]

    def text(self, table: str) -> str:
        """The table as CSV: the row number, then every column that any row fills."""
        rows = self.tables[table]
        columns = list(dict.fromkeys(name for row in rows for name in row))
        out = StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["id", *columns])
        for number, row in enumerate(rows, start=1):
            writer.writerow([number, *(_cell(row.get(name)) for name in columns)])
        return out.getvalue()

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.csv.gz"):
            old.unlink()
        for table in self.tables:
            # No name and no time in the header, so that the same rows are the same bytes.
            packed = gzip.compress(self.text(table).encode(), compresslevel=9, mtime=0)
            (folder / f"{table}.csv.gz").write_bytes(packed)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True)
    return str(value)
