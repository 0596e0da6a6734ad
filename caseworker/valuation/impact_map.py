"""A stand-alone impact map in CSV: every cell checked, every problem told with its line and column."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .errors import ValuationError
from .figures import Figures, fixed
from .impact_map_row import Problem, RowReader, unreadable
from .inputs import Quantity, ValuationLine
from .prices import Deflators
from .proxy_bank import KINDS

REQUIRED = (
    "stakeholder",
    "outcome",
    "quantity",
    "proxy_value",
    "deadweight_pct",
    "displacement_pct",
    "attribution_pct",
    "drop_off_pct",
    "duration_years",
    "starts",
)
OPTIONAL = ("indicator", "price_year", "kind", "agency", "source", "low", "high")


class MapRefused(ValuationError):
    """The map cannot be valued; `problems` says why, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class ImpactMap:
    """The lines in file order, and what deserves a second look."""

    lines: tuple[ValuationLine, ...]
    warnings: tuple[str, ...]


Row = tuple[int, list[str]]


def _rows(data: bytes) -> Iterator[Row]:
    """Each row with the line it begins on; rows without a single character are passed over."""
    text = data.decode("utf-8-sig", errors="surrogateescape")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise MapRefused(
            [
                Problem(
                    max(reader.line_num, begins),
                    REQUIRED[0],
                    f"the row cannot be read ({error}); check its quotation marks",
                )
            ]
        ) from error


def _named(name: str, position: int) -> str:
    """A column's name as it can be printed, or its number where it has none."""
    return (name if name.isprintable() else ascii(name)[1:-1])[:40] or str(position)


def _header(rows: Iterator[Row]) -> list[str]:
    """The column names. Raises MapRefused for unknown, missing or repeated ones."""
    line, names = next(rows, (1, []))
    if len(names) <= 1:
        separated = next((sign for sign in (";", "\t") if names and sign in names[0]), None)
        how = (
            f"it is separated by {separated!r}; save it with commas"
            if separated
            else f"there is no header; the first line names the columns {', '.join(REQUIRED)}"
        )
        raise MapRefused([Problem(line, REQUIRED[0], how)])
    problems = []
    for position, name in enumerate(names, start=1):
        wrong = unreadable(name)
        if not wrong and name in REQUIRED + OPTIONAL:
            continue
        what = (
            "unknown column; take it out or correct its name"
            if name
            else "it has no name; name it or take it out"
        )
        problems.append(Problem(line, _named(name, position), wrong or what))
    problems += [
        Problem(line, _named(name, 0), "the column is there twice; take one out")
        for name, times in Counter(names).items()
        if times > 1 and name
    ]
    problems += [
        Problem(line, name, "the column is missing; add it") for name in REQUIRED if name not in names
    ]
    if problems:
        raise MapRefused(problems)
    return names


def _line(row: RowReader, deflators: Deflators | None) -> ValuationLine:
    figures = Figures(
        price=row.price(),
        deadweight=row.share("deadweight_pct"),
        displacement=row.share("displacement_pct"),
        attribution=row.share("attribution_pct"),
        drop_off=row.share("drop_off_pct"),
        duration=fixed("duration", row.years("duration_years", 1), row.code),
    )
    return ValuationLine(
        code=row.code,
        outcome=row.text("outcome"),
        stakeholder=row.text("stakeholder"),
        figures=figures,
        quantities=(Quantity(0, row.number("quantity")),),
        starts=row.years("starts", 0),
        price_year=row.price_year(deflators),
        kind=row.optional("kind"),
        agency=row.optional("agency"),
    )


def _fits(line: int, cells: list[str], names: list[str]) -> Problem | None:
    if not any(cell.strip() for cell in cells):
        return Problem(line, names[0], "the row is blank; take it out")
    if len(cells) < len(names):
        return Problem(line, names[len(cells)], "the row ends before this column; fill it in")
    if len(cells) > len(names):
        return Problem(
            line,
            str(len(names) + 1),
            f"the row has {len(cells)} cells and the header "
            f"{len(names)}; a comma inside a cell needs quotation marks round it",
        )
    return None


def read_impact_map(data: bytes, deflators: Deflators | None = None) -> ImpactMap:
    """The map in a CSV file's bytes. With `deflators` prices are to be restated, so every line
    needs a price year inside their series.

    Raises MapRefused with every problem found."""
    rows = _rows(data)
    names = _header(rows)
    problems: list[Problem] = []
    lines, seen, warnings = [], dict[tuple[str, ...], int](), []
    for number, cells in rows:
        misfit = _fits(number, cells, names)
        if misfit is not None:
            problems.append(misfit)
            continue
        line = _line(RowReader(number, dict(zip(names, cells, strict=True)), problems), deflators)
        lines.append(line)
        first = seen.setdefault(tuple(cells), number)
        if first != number:
            warnings.append(f"line {number} repeats line {first}; both are valued")
        if line.kind and line.kind not in KINDS:
            warnings.append(f"line {number}: kind {line.kind!r} is none of {', '.join(KINDS)}")
    if problems:
        raise MapRefused(problems)
    if not lines:
        raise MapRefused([Problem(2, REQUIRED[0], "the map is empty; add a line for each outcome")])
    return ImpactMap(tuple(lines), tuple(warnings))
