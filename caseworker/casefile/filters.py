"""What a list of cases is narrowed and sorted by: all of it in the address, none of it personal."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from caseworker.casefile.words import STATUS
from caseworker.core.codes import codes
from caseworker.enrolments.rules import DueKind, Standing

SORTS = ("name", "programme", "status", "keyworker", "start", "last", "next")
DUE_KINDS = tuple(kind.value for kind in DueKind)
DUES = (Standing.OVERDUE.value, Standing.TODAY.value, Standing.COMING.value)
NOBODY = "nobody"
# Also understood, since people type addresses.
_NOBODY_TOO = "none"
QUIET = "quiet"
MINE = "mine"
MISSING = "missing"
THEMES = tuple(each.code for each in codes("barrier_theme"))
# Read only where they are asked for: they narrow before anything is counted.
BEFORE = ("theme", "wellbeing")


Arguments = MultiDict[str, str]


@dataclass(frozen=True)
class CaseFilter:
    """Empty groups narrow nothing, except that people who have left are shown only when asked for."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "name"
    descending: bool = False
    page: int = 1

    def __hash__(self) -> int:
        return hash((tuple(self.chosen.items()), self.sort, self.descending, self.page))

    @classmethod
    def read(cls, args: Arguments) -> "CaseFilter":
        """What an address asks for; anything it does not know is left out."""
        chosen = {
            "status": _known(args.getlist("status"), STATUS),
            "due": _known(args.getlist("due"), DUES),
            "kind": _known(args.getlist("kind"), DUE_KINDS),
            "contact": _known(args.getlist("contact"), (QUIET,)),
            "mine": _known(args.getlist("mine"), (MINE,)),
            "theme": _known(args.getlist("theme"), THEMES),
            "wellbeing": _known(args.getlist("wellbeing"), (MISSING,)),
            "programme": tuple(dict.fromkeys(code[:60] for code in args.getlist("programme"))),
            "cohort": _keys(args.getlist("cohort")),
            "keyworker": _keys(args.getlist("keyworker")),
        }
        sort = args.get("sort", "")
        return cls(
            {group: values for group, values in chosen.items() if values},
            sort if sort in SORTS else "name",
            args.get("order", "") == "descending",
            page_asked(args),
        )

    @property
    def before(self) -> tuple[tuple[str, ...], ...]:
        """What narrows before anything is counted, in the order of BEFORE."""
        return tuple(self.values(group) for group in BEFORE)

    @property
    def base(self) -> dict[str, list[str]]:
        """The same as the query part of a link to everybody who was counted."""
        return {group: list(self.values(group)) for group in BEFORE if self.values(group)}

    def values(self, group: str) -> tuple[str, ...]:
        return self.chosen.get(group, ())

    def address(self, **changes: Any) -> dict[str, Any]:
        """The query part for a link: this filter with changes, on the first page."""
        parts: dict[str, Any] = {group: list(values) for group, values in self.chosen.items()}
        parts["sort"] = self.sort if self.sort != "name" else None
        parts["order"] = "descending" if self.descending else None
        return {name: value for name, value in (parts | changes).items() if value}

    def without(self, group: str, value: str) -> dict[str, Any]:
        return self.address(**{group: [each for each in self.values(group) if each != value]})

    def sorted_by(self, sort: str) -> dict[str, Any]:
        """The link of a column's heading: sort by it, or turn it round."""
        turned = sort == self.sort and not self.descending
        return self.address(sort=sort if sort != "name" else None, order="descending" if turned else None)

    def direction(self, sort: str) -> str:
        if sort != self.sort:
            return ""
        return "descending" if self.descending else "ascending"


def _known(typed: Iterable[str], allowed: Iterable[str]) -> tuple[str, ...]:
    wanted = set(typed)
    return tuple(each for each in allowed if each in wanted)


def _keys(typed: Iterable[str]) -> tuple[str, ...]:
    """Keys as this house writes them, and NOBODY, once each."""
    meant = (NOBODY if each == _NOBODY_TOO else each for each in typed)
    return tuple(dict.fromkeys(each for each in meant if each == NOBODY or _is_key(each)))


def _is_key(typed: str) -> bool:
    try:
        return str(UUID(typed)) == typed
    except ValueError:
        return False


def page_asked(args: Arguments) -> int:
    """The page an address asks for; 1 for anything that is not a page's number."""
    typed = args.get("page", "")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def page_within(args: Arguments, size: int, total: int) -> int:
    """The same, and never past the last page of `total`."""
    return min(page_asked(args), max(1, -(-total // size)))


def pages_of(number: int, size: int, total: int, address: Callable[[int], str]) -> dict[str, Any]:
    """What `pagination` shows: where one is in a list of `total`, with the addresses beside it."""
    last = max(1, -(-total // size))
    return {
        "number": number,
        "last": last,
        "previous": address(number - 1) if number > 1 else "",
        "next": address(number + 1) if number < last else "",
        "total": total,
        "from": (number - 1) * size + 1,
        "to": min(number * size, total),
    }
