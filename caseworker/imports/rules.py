"""What the lines of a sheet say: which column is which, what each row holds, what is wrong with it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caseworker.core.values import Invalid, is_blank, sentence, showable
from caseworker.imports.columns import BY_NAME, COLUMNS, Reading, named
from caseworker.imports.grid import MOST_ROWS, Grid, Line
from caseworker.participants.rules import name_words

_HEAD_WITHIN = 10
_SHOWN = 60
NEEDED = tuple(column for column in COLUMNS if column.needed)

# A person as a sheet can tell them apart: the words of the name, and the birth date or None.
Same = tuple[tuple[str, ...], date | None]


@dataclass(frozen=True)
class Fault:
    """One bad cell: where it is, what was found there, and what would mend it."""

    line: int
    column: str
    found: str
    mend: str


@dataclass(frozen=True)
class Sheet:
    """A sheet whose columns are known. `rows` holds text by the name of the column."""

    rows: list[tuple[int, dict[str, str]]]
    spoilt: dict[tuple[int, str], str]
    understood: list[str]
    not_read: list[str]
    days_late: int = 0


@dataclass
class Row:
    """One person of a sheet. `values` holds what could be read, by the name of the column."""

    line: int
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)

    @property
    def same(self) -> Same:
        return same_as(
            self.values.get("given_name"), self.values.get("family_name"), self.values.get("born_on")
        )

    @property
    def referred_on(self) -> date:
        day: date = self.values.get("referred_on") or self.values["started_on"]
        return day


def same_as(given_name: str | None, family_name: str | None, born_on: date | None) -> Same:
    """Two records are the same person when these are equal: the words of the name, whatever their case,
    accents and marks, and the date of birth, which may be not known in both."""
    words = name_words(given_name, family_name) or [f"{given_name} {family_name}".casefold()]
    return tuple(words), born_on


def understand(grid: Grid) -> Sheet:
    """Find the heads and the rows below them. Raises Invalid when there are none, too many or doubtful."""
    if not grid.lines:
        raise Invalid("The sheet is empty. Choose one with a row of column names and a row for each person")
    head = max(grid.lines[:_HEAD_WITHIN], key=lambda line: len(named(line.cells)))
    columns = named(head.cells)
    _refuse_heads(head, columns)
    below = [line for line in grid.lines if line.number > head.number]
    if not below:
        raise Invalid("There are column names and no people below them")
    if len(below) > MOST_ROWS:
        raise Invalid(
            f"There are more than {MOST_ROWS:,} rows. Split the sheet and bring in one part at a time"
        )
    for first, last in grid.merged:
        if last > head.number and last > first:
            raise Invalid(
                f"Rows {first} to {last} have cells that are merged. Unmerge them, fill in each row, "
                "and choose the sheet again"
            )
    not_read = [
        showable(cell)[:_SHOWN] for place, cell in enumerate(head.cells) if cell and place not in columns
    ]
    rows: list[tuple[int, dict[str, str]]] = []
    spoilt: dict[tuple[int, str], str] = {}
    for line in below:
        cells = {name: _cell(line, place) for place, name in columns.items()}
        if any(cells.values()):
            rows.append((line.number, cells))
            spoilt |= {(line.number, columns[at]): said for at, said in line.faults.items() if at in columns}
    return Sheet(rows, spoilt, list(columns.values()), not_read, grid.days_late)


def _cell(line: Line, place: int) -> str:
    return line.cells[place] if place < len(line.cells) and not is_blank(line.cells[place]) else ""


def _refuse_heads(head: Line, columns: Mapping[int, str]) -> None:
    missing = [column.label for column in NEEDED if column.name not in columns.values()]
    if missing:
        raise Invalid(
            f"No column is called {' or '.join(missing)}. The first row must hold the column names; "
            "see which names are understood"
        )
    if not {"started_on", "referred_on"} & set(columns.values()):
        raise Invalid("No column is called Start date or Referred on. One of them is needed")
    for name, times in Counter(columns.values()).items():
        if times > 1:
            heads = [head.cells[place] for place, each in columns.items() if each == name]
            raise Invalid(
                f"Two columns mean the same: {showable(' and '.join(heads))[:200]}. Take one of them out"
            )


def read_rows(sheet: Sheet, keyworkers: Mapping[str, Sequence[Any]], today: date) -> list[Row]:
    """Every row with its values and its faults. `keyworkers`: a name or e-mail in plain words to those
    who go by it."""
    reading = Reading(today, sheet.days_late)
    rows = [_read(sheet, line, cells, keyworkers, reading) for line, cells in sheet.rows]
    first: dict[Same, int] = {}
    for row in rows:
        if not row.faults and row.same in first:
            row.faults.append(
                Fault(
                    row.line,
                    "First name",
                    _found(row),
                    f"This is the same person as line {first[row.same]}. Take one of the two out",
                )
            )
        elif not row.faults:
            first[row.same] = row.line
    return rows


def _found(row: Row) -> str:
    return f"{row.values['given_name']} {row.values['family_name']}"[:_SHOWN]


def _read(
    sheet: Sheet,
    line: int,
    cells: Mapping[str, str],
    keyworkers: Mapping[str, Sequence[Any]],
    reading: Reading,
) -> Row:
    row = Row(line, {})

    def wrong(name: str, mend: str) -> None:
        row.faults.append(Fault(line, BY_NAME[name].label, showable(cells.get(name, ""))[:_SHOWN], mend))

    for name, cell in cells.items():
        column = BY_NAME[name]
        if (line, name) in sheet.spoilt:
            wrong(name, f"{column.label} {sheet.spoilt[line, name]}")
        elif not cell:
            if column.needed:
                wrong(name, f"Enter their {column.label.lower()}")
        else:
            try:
                row.values[name] = column.read(cell, reading)
            except Invalid as refused:
                wrong(name, refused.message)
    row.values["birth_not_known"] = bool(cells.get("born_on")) and row.values.get("born_on") is None
    _check_days(row, cells, wrong)
    _find_keyworker(row, keyworkers, wrong)
    return row


def _check_days(row: Row, cells: Mapping[str, str], wrong: Any) -> None:
    referred, started, born = (row.values.get(name) for name in ("referred_on", "started_on", "born_on"))
    if not cells.get("referred_on") and not cells.get("started_on"):
        wrong(
            "started_on" if "started_on" in cells else "referred_on",
            "Enter the day they started or were referred",
        )
    if referred and started and started < referred:
        wrong("started_on", "The start must be on or after the day they were referred")
    if born and (first := min(filter(None, (referred, started)), default=None)) and born > first:
        wrong("born_on", "Their date of birth is after the day they came")


def _find_keyworker(row: Row, keyworkers: Mapping[str, Sequence[Any]], wrong: Any) -> None:
    typed = row.values.pop("keyworker", None)
    if typed is None:
        return
    found = keyworkers.get(" ".join(typed.lower().split()), ())
    if len(found) == 1:
        row.values["keyworker"] = found[0]
    elif found:
        wrong("keyworker", "Two colleagues go by this name. Write the e-mail address instead")
    else:
        wrong(
            "keyworker",
            f"{sentence('nobody')} who does casework on this programme goes by this name or e-mail",
        )
