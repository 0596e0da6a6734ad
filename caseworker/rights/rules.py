"""By when a request about somebody's own record must be answered. Pure.

Sources: UK GDPR Article 12(3) and Article 12A, put in by section 76 of the Data (Use and Access) Act 2025 and
in force since 5 February 2026 (SI 2026/82); the Information Commissioner's guidance on the right of access
("How long do we have to comply?"), read in November 2026:

* The month begins on the day of receipt, working day or not; or on the day on which we were sure who asks,
  where that had to be asked (Article 12A: the later of the two).
* It ends on the same day of the next month, or on the last day of that month where it has no such day.
  Where that is a weekend or one of England's bank holidays, on the next working day.
* Two further months, for a complex request or several at once, are counted from the same beginning. We say
  so, with the reason, before the first month is over.
* In a request for access, the days from the one on which we asked what they mean to the one on which they
  said, both included, do not count. Each moves the end a day on. What begins after the end moves nothing.

Bank holidays are those of `core.calendar`. They are fixed by proclamation about two years ahead; later years
follow the rule that has held since 1978, so a day added for an occasion changes a due date reckoned before.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from caseworker.core.calendar import add_months, add_working_days

ACCESS = "access"
RECTIFICATION = "rectification"
RESTRICTION = "restriction"
OBJECTION = "objection"
ERASURE = "erasure"
PORTABILITY = "portability"
FIRST_MONTHS, FURTHER_MONTHS = 1, 2
SOON_DAYS = 7

# (first day, last day); None while it lasts.
Pause = tuple[date, date | None]


def begins_on(received_on: date, identity_on: date | None) -> date | None:
    """First day of the month: the later of receipt and being sure who asks; None while we are not."""
    return None if identity_on is None else max(received_on, identity_on)


def due_on(begin: date, pauses: Iterable[Pause] = (), *, extended: bool = False) -> date:
    """Last day to answer. A pause that still lasts is reckoned as if it ended before it began: ask
    `stands_still` whether the clock runs at all."""
    end = add_months(begin, FIRST_MONTHS + (FURTHER_MONTHS if extended else 0))
    for first, last in _apart(pauses):
        first = max(first, begin)
        if first <= end and last >= first:
            end += timedelta(days=(last - first).days + 1)
    return add_working_days(end, 0)


def stands_still(pauses: Iterable[Pause]) -> bool:
    """Whether we wait for the person's answer."""
    return any(last is None for _first, last in pauses)


def standing(due: date | None, still: bool, today: date) -> str:
    """waiting (for who asks, or for what they mean), overdue, soon (within 7 days) or open."""
    if due is None or still:
        return "waiting"
    if due < today:
        return "overdue"
    return "soon" if due <= today + timedelta(days=SOON_DAYS) else "open"


def _apart(pauses: Iterable[Pause]) -> list[tuple[date, date]]:
    """Ended pauses in order, overlapping ones made one: no day moves the end twice."""
    apart: list[tuple[date, date]] = []
    for first, last in sorted((first, last) for first, last in pauses if last is not None):
        if apart and first <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(last, apart[-1][1]))
        else:
            apart.append((first, last))
    return apart
