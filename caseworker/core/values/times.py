"""Times of day, instants and lengths of time, in the ways people type them."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from caseworker.core.calendar import NoSuchTime, at_uk
from caseworker.core.values.invalid import Invalid, ask, sentence
from caseworker.core.values.numbers import check_bounds, digits_typed
from caseworker.core.values.texts import is_blank

DAY_MINUTES = 24 * 60

_LONGEST = 40
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? ?(am|pm)?")
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_HOURS = re.compile(
    r"(?:([0-9]{1,3}(?:\.[0-9]{1,2})?) ?(?:h|hr|hrs|hour|hours))?"
    r"(?: ?(?:and )?([0-9]{1,4}) ?(?:m|min|mins|minute|minutes)?)?"
)


def time_of_day(raw: object, noun: str = "the time") -> time:
    """A time on the clock: "14:30", "2.30pm", "1430", "9am", "noon", "midnight"."""
    if is_blank(raw):
        raise Invalid(ask(noun, "14:30"))
    if type(raw) is time:
        return raw
    refused = Invalid(f"{sentence(noun)} must be a time, like 14:30 or 2:30pm")
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        raise refused
    words = raw.strip().lower()
    if words in ("noon", "midday", "midnight"):
        return time(0) if words == "midnight" else time(12)
    matched = _TIME.fullmatch(words)
    if not matched or not (matched[2] or matched[3]):
        raise refused
    hour, minute, half = int(matched[1]), int(matched[2] or 0), matched[3]
    if half and not 1 <= hour <= 12:
        raise refused
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise refused
    return time(hour, minute)


def instant(day: date, clock: time) -> datetime:
    """The instant, in UTC, of a UK wall time. Raises Invalid for the hour the clocks skip in spring."""
    try:
        return at_uk(day, clock)
    except NoSuchTime as skipped:
        raise Invalid(str(skipped)) from None


def minutes(raw: object, low: int = 0, high: int = DAY_MINUTES, noun: str = "how long it took") -> int:
    """A length of time to whole minutes: "90", "1h 30", "1:30", "1.5 hours", "45 min"."""
    typed = digits_typed(raw, noun, "45 or 1h 30").lower()
    value = _counted_minutes(typed)
    if value is None:
        raise Invalid(f"{sentence(noun)} must be minutes, or hours and minutes, like 45 or 1h 30")
    check_bounds(value, low, high, noun, " minutes")
    return value


def _counted_minutes(typed: str) -> int | None:
    clock = _CLOCK.fullmatch(typed)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    matched = _HOURS.fullmatch(typed)
    if not matched or not (matched[1] or matched[2]):
        return None
    hours, rest = Decimal(matched[1] or 0), int(matched[2] or 0)
    if matched[1] and matched[2] and ("." in matched[1] or rest > 59):
        return None
    total = hours * 60 + rest
    return int(total) if total == int(total) else None
