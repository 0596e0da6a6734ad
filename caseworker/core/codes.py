"""Dated code lists, read from `code_lists/*.csv`: a retired code is no longer offered and stays readable."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import StringIO
from types import MappingProxyType

COLUMNS = ("code", "label_en", "label_cy", "valid_from", "valid_to", "sort")
KINDS = {"text": re.compile(".*"), "flag": re.compile("yes|no|"), "number": re.compile("[0-9]*")}


class BadCodeList(ValueError):
    """A code list that cannot be trusted; the message names the list, the line and the fault."""


@dataclass(frozen=True)
class Code:
    """One row of a list. `valid_from` and `valid_to` are both included; None is open.

    `extras` hold the list's own columns as text; `flag` and `number` read those the edition types so.
    """

    code: str
    label_en: str
    label_cy: str
    valid_from: date | None
    valid_to: date | None
    sort: int
    extras: Mapping[str, str]

    def in_use(self, day: date) -> bool:
        """True when the code may be chosen on `day`."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def flag(self, column: str) -> bool:
        """A yes-or-no column; a blank is no. Raises KeyError for a column the list does not have."""
        return self.extras[column] == "yes"

    def number(self, column: str) -> int | None:
        """A whole-number column; None for a blank. Raises KeyError for a column the list does not have."""
        return int(self.extras[column]) if self.extras[column] else None

    def label(self, lang: str = "en") -> str:
        """The words of `lang`, or the English ones where no reviewed Welsh exists."""
        return self.label_cy if lang == "cy" and self.label_cy else self.label_en


@dataclass(frozen=True)
class Edition:
    """Which edition of a list is shipped, where it comes from, and what is doubtful about it.

    `extra_columns` gives the list's own columns and their kinds: "text", "flag" (yes or no) or "number".
    """

    list: str
    edition: str
    source: str
    doubts: str
    extra_columns: Mapping[str, str]


def codes(name: str, on: date | None = None) -> tuple[Code, ...]:
    """The codes of a list in its order: all of them, or those in use on a day. Raises KeyError."""
    every = tuple(_read(name).values())
    return every if on is None else tuple(code for code in every if code.in_use(on))


def code(name: str, value: str) -> Code:
    """One code, retired or not. Raises KeyError for a list or code that does not exist."""
    return _read(name)[value]


def label(name: str, value: str, lang: str = "en") -> str:
    """The words for a code, retired or not. Raises KeyError for a list or code that does not exist."""
    return code(name, value).label(lang)


@cache
def editions() -> Mapping[str, Edition]:
    """Every list shipped, by name."""
    text = _folder().joinpath("editions.csv").read_text(encoding="utf-8")
    found: dict[str, Edition] = {}
    for row in csv.DictReader(StringIO(text), strict=True):
        if row["list"] in found:
            raise BadCodeList(f"editions.csv: {row['list']} is there twice")
        extra = dict(_typed_column(word) for word in row["extra_columns"].split())
        found[row["list"]] = Edition(row["list"], row["edition"], row["source"], row["doubts"], extra)
    return MappingProxyType(found)


@cache
def _read(name: str) -> Mapping[str, Code]:
    edition = editions()[name]
    text = _folder().joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return MappingProxyType(parse_list(name, text, edition.extra_columns))


def parse_list(name: str, text: str, extra_columns: Mapping[str, str]) -> dict[str, Code]:
    """The codes in the text of a CSV file, by code, in the order of `sort`. Raises BadCodeList."""
    reader = csv.DictReader(StringIO(text), strict=True)
    wanted = (*COLUMNS, *extra_columns)
    if tuple(reader.fieldnames or ()) != wanted:
        raise BadCodeList(f"{name}.csv: the columns must be {', '.join(wanted)}")
    found: dict[str, Code] = {}
    for row in reader:
        where = f"{name}.csv line {reader.line_num}"
        if None in row or None in row.values():
            raise BadCodeList(f"{where}: a cell too many or too few")
        each = _row(row, extra_columns, where)
        if each.code in found:
            raise BadCodeList(f"{where}: {each.code} is there twice")
        found[each.code] = each
    sorts = [each.sort for each in found.values()]
    if len(set(sorts)) != len(sorts):
        raise BadCodeList(f"{name}.csv: two codes share a sort number")
    return dict(sorted(found.items(), key=lambda pair: pair[1].sort))


def _row(row: dict[str, str], extra_columns: Mapping[str, str], where: str) -> Code:
    if not row["code"] or not row["label_en"]:
        raise BadCodeList(f"{where}: a code and an English label are needed")
    if any(cell != cell.strip() for cell in row.values()):
        raise BadCodeList(f"{where}: a cell starts or ends with a space")
    if not row["sort"].isascii() or not row["sort"].isdigit():
        raise BadCodeList(f"{where}: sort must be a whole number")
    first, last = (_day(row[column], where) for column in ("valid_from", "valid_to"))
    if first and last and last < first:
        raise BadCodeList(f"{where}: ends before it begins")
    for column, kind in extra_columns.items():
        if not KINDS[kind].fullmatch(row[column]):
            raise BadCodeList(f"{where}: {column} must be a {kind}")
    extras = MappingProxyType({column: row[column] for column in extra_columns})
    return Code(row["code"], row["label_en"], row["label_cy"], first, last, int(row["sort"]), extras)


def _typed_column(word: str) -> tuple[str, str]:
    column, _, kind = word.partition(":")
    if kind and kind not in KINDS:
        raise BadCodeList(f"editions.csv: {word} is not one of {', '.join(KINDS)}")
    return column, kind or "text"


def _day(cell: str, where: str) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise BadCodeList(f"{where}: {cell} is not a date like 2026-03-31") from None


def _folder() -> Traversable:
    return files("caseworker.core").joinpath("code_lists")
