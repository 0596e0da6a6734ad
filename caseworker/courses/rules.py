"""What a register says. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from caseworker.core.codes import code, codes

PRESENT, LATE = "present", "late"
MOST_MINUTES_LATE = 600
# A register offers them in this order: those given most often first, so that they are in the first row.
MARKS = ("present", "absent", "late", "apology", "left_early", "excused", "not_required")


@dataclass(frozen=True)
class Attended:
    """`present` of `expected` classes; classes that did not happen or were not required are in neither."""

    present: int = 0
    expected: int = 0

    @property
    def share(self) -> float | None:
        return self.present / self.expected if self.expected else None

    def __add__(self, other: "Attended") -> "Attended":
        return Attended(self.present + other.present, self.expected + other.expected)


def attended(marks: Iterable[str]) -> Attended:
    """Count the marks of classes that happened. Raises KeyError for a mark that does not exist."""
    rows = [code("register_mark", mark) for mark in marks]
    return Attended(
        present=sum(1 for row in rows if row.flag("attended")),
        expected=sum(1 for row in rows if row.flag("counted")),
    )


def marks_where(flag: str) -> list[str]:
    """The marks of which a column of register_mark is yes."""
    return [row.code for row in codes("register_mark") if row.flag(flag)]
