"""Numbers, money, dates and times as the pages print them; the same on every machine."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from flask import Flask

from caseworker.core.calendar import MONTHS, WEEKDAYS, uk_time
from caseworker.core.clock import now
from caseworker.core.codes import label

MISSING = "–"
SHORT_MONTHS = tuple(month[:3] for month in MONTHS)
LENGTHS = (
    (31_557_600, "year"), (2_629_800, "month"), (86_400, "day"), (3_600, "hour"), (60, "minute"),
)  # fmt: skip
MINUS = "\N{MINUS SIGN}"
Number = int | float | Decimal


def date_uk(day: date | None) -> str:
    """22 November 2026; an instant is first put on the UK calendar; None prints a dash."""
    return MISSING if day is None else _day(day, MONTHS)


def date_short(day: date | None) -> str:
    """22 Nov 2026."""
    return MISSING if day is None else _day(day, SHORT_MONTHS)


def date_weekday(day: date | None) -> str:
    """Sunday 22 November 2026."""
    return MISSING if day is None else f"{WEEKDAYS[_on_calendar(day).weekday()]} {date_uk(day)}"


def when(instant: datetime | None) -> str:
    """22 Nov 2026, 10:30, in UK time. Raises ValueError for an instant without a zone."""
    if instant is None:
        return MISSING
    local = uk_time(instant)
    return f"{date_short(local)}, {local:%H:%M}"


def ago(instant: datetime | None, at: datetime | None = None) -> str:
    """How long before `at` (now by default): "just now", "5 minutes ago", "in 2 days", "3 months ago"."""
    if instant is None:
        return MISSING
    seconds = int(((at or now()) - instant).total_seconds())
    size = abs(seconds)
    if size < 60:
        return "just now"
    length, unit = next((length, unit) for length, unit in LENGTHS if size >= length)
    words = plural(size // length, unit)
    return f"{words} ago" if seconds > 0 else f"in {words}"


def pounds(amount: int | Decimal | None) -> str:
    """£1,234.50 from integer pence; a Decimal is taken as pounds. None prints a dash."""
    if amount is None:
        return MISSING
    value = _pence(amount)
    whole, rest = divmod(abs(value), 100)
    return f"{MINUS if value < 0 else ''}£{whole:,}.{rest:02}"


def pounds_whole(amount: int | Decimal | None) -> str:
    """£1,235 from integer pence (or Decimal pounds), halves away from zero."""
    if amount is None:
        return MISSING
    value = _rounded(Decimal(_pence(amount)) / 100, 0)
    return f"{MINUS if value < 0 else ''}£{abs(value):,}"


def pounds_short(amount: int | Decimal | None) -> str:
    """£950, £12.3k, £1.2m, £3.4bn from integer pence (or Decimal pounds)."""
    if amount is None:
        return MISSING
    value = Decimal(_pence(amount)) / 100
    for size, letter in ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k")):
        # Rounded first, so that £999,960 is £1m and never £1000.0k.
        if _rounded(abs(value) / (size / 1000), 1) >= 1000 or abs(value) >= size:
            sign = MINUS if value < 0 else ""
            return f"{sign}£{_trimmed(_rounded(abs(value) / size, 1))}{letter}"
    return pounds_whole(amount)


def percent(fraction: Number | None, places: int = 1) -> str:
    """47.0% from the fraction 0.47, with `places` digits after the point. None prints a dash."""
    if fraction is None:
        return MISSING
    value = _rounded(_exact(fraction) * 100, places)
    return f"{MINUS if value < 0 else ''}{abs(value):,.{places}f}%"


def number(value: Number | None, places: int = 0) -> str:
    """1,234 or, with `places`, 1,234.5."""
    if value is None:
        return MISSING
    shown = _rounded(_exact(value), places)
    return f"{MINUS if shown < 0 else ''}{abs(shown):,.{places}f}"


def signed(value: Number | None, places: int = 0) -> str:
    """+1.25 or −0.40: a change, with its sign always there."""
    if value is None:
        return MISSING
    return f"+{number(value, places)}" if _rounded(_exact(value), places) > 0 else number(value, places)


def amount(value: Number | None) -> str:
    """12, 12.5 or 1,200.25: as many decimals as it needs, two at most."""
    if value is None:
        return MISSING
    whole, _, rest = number(value, 2).partition(".")
    return f"{whole}.{rest.rstrip('0')}".removesuffix(".")


def plural(count: int, one: str, many: str | None = None) -> str:
    """ "1 day", "2 days", "1,200 entries" (with `many` given)."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def people(count: int) -> str:
    """1 person, 2 people."""
    return plural(count, "person", "people")


def minutes(length: int | None) -> str:
    """45 minutes, 1 hour, 1 hour 30 minutes."""
    if length is None:
        return MISSING
    hours, rest = divmod(length, 60)
    parts = [plural(hours, "hour")] if hours else []
    return " ".join(parts + ([plural(rest, "minute")] if rest or not hours else []))


def code_label(code: str | None, name: str, lang: str = "en") -> str:
    """The words for a code of list `name`, retired or not. Raises KeyError for one that does not exist."""
    return MISSING if code is None else label(name, code, lang)


FILTERS = (
    date_uk, date_short, date_weekday, when, ago, pounds, pounds_whole, pounds_short, percent, number, signed,
    amount, plural, people, minutes, code_label,
)  # fmt: skip


def register(app: Flask) -> None:
    """Make every function here a jinja filter of the same name."""
    for each in FILTERS:
        app.jinja_env.filters[each.__name__] = each


def _on_calendar(day: date) -> date:
    return uk_time(day).date() if isinstance(day, datetime) else day


def _day(day: date, months: Sequence[str]) -> str:
    day = _on_calendar(day)
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _pence(amount: Any) -> int:
    if isinstance(amount, Decimal):
        return int(_rounded(amount * 100, 0))
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError("money is integer pence or Decimal pounds")
    return amount


def _exact(value: Number) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError("a figure is formatted from a number")
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise ValueError("a figure must be finite")
    return exact


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _trimmed(value: Decimal) -> str:
    return f"{value:,.1f}".removesuffix(".0")
