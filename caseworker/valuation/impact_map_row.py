"""One row of an impact map: its cells read by column, every wrong one noted."""

from dataclasses import dataclass

from .errors import PriceYearError
from .figures import Figure, fixed
from .numbers import NotANumber, read_number, read_share, read_whole
from .prices import Deflators, parse_price_year

MOST_YEARS = 100


@dataclass(frozen=True)
class Problem:
    """Where and what; `line` counts from 1, the header."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}"


def unreadable(cell: str) -> str:
    """What is wrong with the characters of a cell; empty where nothing is."""
    if any("\udc80" <= character <= "\udcff" for character in cell):
        return "this is not UTF-8; save the file as CSV UTF-8"
    if any(character not in "\t\r\n" and (character < " " or character == "\x7f") for character in cell):
        return "it holds a character that cannot be printed; take it out"
    return ""


class RowReader:
    """The cells of one row by column name; a wrong one is noted and reading goes on."""

    def __init__(self, line: int, cells: dict[str, str], problems: list[Problem]) -> None:
        self.line, self._cells, self._problems = line, cells, problems
        self.code = f"line {line:09d}"
        for column, cell in cells.items():
            wrong = unreadable(cell)
            if wrong:
                self.note(column, wrong)

    def note(self, column: str, message: str) -> None:
        self._problems.append(Problem(self.line, column, message))

    def text(self, column: str) -> str:
        found = self._cells[column].strip()
        if not found:
            self.note(column, "it is blank; write a name")
        return found

    def optional(self, column: str) -> str:
        return self._cells.get(column, "").strip()

    def number(self, column: str) -> float:
        try:
            return float(read_number(self._cells[column]))
        except NotANumber as wrong:
            self.note(column, str(wrong))
            return 0.0

    def share(self, column: str) -> Figure:
        parameter = column.removesuffix("_pct")
        try:
            return fixed(parameter, read_share(self._cells[column]), self.code)
        except NotANumber as wrong:
            self.note(column, str(wrong))
            return fixed(parameter, 0.0, self.code)

    def years(self, column: str, low: int) -> int:
        try:
            return read_whole(self._cells[column], low, MOST_YEARS)
        except NotANumber as wrong:
            self.note(column, str(wrong))
            return low

    def price(self) -> Figure:
        value = self.number("proxy_value")
        if not self.optional("low") and not self.optional("high"):
            return fixed("price", value, self.code)
        low, high = self.number("low"), self.number("high")
        if not low <= value <= high:
            self.note("low", "low, proxy_value and high are not in order; low is the smallest of the three")
        return Figure(self.code, "price", value, low, high)

    def price_year(self, deflators: Deflators | None) -> str | None:
        """With deflators it must be there and inside their series."""
        found = self.optional("price_year")
        if not found:
            if deflators is not None:
                self.note("price_year", "it is blank; a base year needs each line's price year, like 2024")
            return None
        try:
            deflators.index(found) if deflators is not None else parse_price_year(found)
        except PriceYearError as wrong:
            self.note("price_year", str(wrong))
        return found
