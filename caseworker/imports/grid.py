"""A sheet as lines of plain text, whatever file it came in."""

from dataclasses import dataclass, field

MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_BYTES = 10 * 1024 * 1024
# Longer than any box of a form takes, so that it is refused there in words.
LONGEST_CELL = 1_500


@dataclass(frozen=True)
class Line:
    """One row with something in it. `number` is the row's number as a spreadsheet shows it."""

    number: int
    cells: list[str]
    faults: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """The rows of one sheet that hold something, in order.

    `merged` gives the rows whose cells are joined to others below. `days_late` is how many days later
    than usual this workbook counts its dates from: 1,462 in files from old Macs.
    """

    lines: list[Line]
    merged: tuple[tuple[int, int], ...] = ()
    days_late: int = 0
    other_sheets: int = 0
