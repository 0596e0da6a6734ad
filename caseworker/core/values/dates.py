"""Dates, in the ways people type them."""

import re
from calendar import monthrange
from datetime import date, timedelta

from caseworker.core.calendar import MONTHS, WEEKDAYS, add_months
from caseworker.core.values.invalid import Invalid, ask, sentence
from caseworker.core.values.texts import is_blank

EARLIEST = date(1900, 1, 1)
YEARS_AHEAD = 10
EXAMPLE = "31 3 2026"

_LONGEST = 40
_WEEKDAY = re.compile(r"(?:(this|next|last) )?([a-z]{3,9})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[-/. ]([0-9]{1,2}|[a-z]{3,9})[-/. ]([0-9]{4}|[0-9]{2})")
_NO_YEAR = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[-/. ]([0-9]{1,2}|[a-z]{3,9})")


def date_(
    raw: object,
    today: date,
    noun: str = "a date",
    earliest: date | None = None,
    latest: date | None = None,
) -> date:
    """A date as typed: "31/3/26", "31 3 2026", "31 March 2026", "2026-03-31", "today", "next tue".

    The day comes before the month. A weekday alone, or after "this", is the coming one and may be today;
    after "next" it is later than today, after "last" earlier. Two-digit years are the latest not more than
    ten years ahead. Always from 1900 to ten years after `today`, and from `earliest` to `latest`.
    """
    if is_blank(raw):
        raise Invalid(ask(noun, EXAMPLE))
    if type(raw) is date:
        value = raw
    elif not isinstance(raw, str) or len(raw) > _LONGEST:
        raise Invalid(f"{sentence(noun)} must be a date, like {EXAMPLE}")
    else:
        words = " ".join(raw.lower().replace(",", " ").split())
        spoken = _spoken(words, today)
        value = spoken if spoken is not None else _written(words, today, noun)
    return _within(value, today, noun, earliest, latest)


def date_parts(
    day: object, month: object, year: object, noun: str = "a date", today: date | None = None
) -> date:
    """A date typed in three boxes; the year in full, the month as a number or a name.

    Raises Invalid with `parts` naming the boxes at fault. With `today` the usual limits hold too.
    """
    boxes = {"day": day, "month": month, "year": year}
    typed = {name: _box(box) for name, box in boxes.items()}
    missing = tuple(name for name, box in typed.items() if not box)
    if len(missing) == 3:
        raise Invalid(ask(noun, EXAMPLE), missing)
    if missing:
        raise Invalid(f"{sentence(noun)} must include a {' and a '.join(missing)}", missing)
    if not re.fullmatch(r"[0-9]{4}", typed["year"]):
        raise Invalid(f"{sentence(noun)} must have a year of 4 numbers, like 1990", ("year",))
    month_number = _month(typed["month"])
    if month_number is None:
        raise Invalid(f"{sentence(noun)} must have a month from 1 to 12", ("month",))
    if not re.fullmatch(r"[0-9]{1,2}", typed["day"]):
        raise Invalid(f"{sentence(noun)} must have a day from 1 to 31", ("day",))
    value = _real(int(typed["year"]), month_number, int(typed["day"]), noun)
    return value if today is None else _within(value, today, noun, None, None)


def date_of_birth(
    day: object, month: object, year: object, today: date, noun: str = "their date of birth"
) -> date:
    """As `date_parts`, from 120 years before `today` to `today`."""
    value = date_parts(day, month, year, noun)
    if value > today:
        raise Invalid(f"{sentence(noun)} must be in the past", ("year",))
    if value < add_months(today, -120 * 12):
        raise Invalid(f"{sentence(noun)} is more than 120 years ago. Check the year", ("year",))
    return value


def _box(raw: object) -> str:
    if isinstance(raw, int) and abs(raw) > 9999:
        return "too long"
    return "" if is_blank(raw) else str(raw).strip()[:_LONGEST].lower()


def _spoken(words: str, today: date) -> date | None:
    days = {"today": 0, "tomorrow": 1, "yesterday": -1}.get(words)
    if days is not None:
        return today + timedelta(days=days)
    matched = _WEEKDAY.fullmatch(words)
    wanted = _weekday(matched[2]) if matched else None
    if matched is None or wanted is None:
        return None
    ahead = (wanted - today.weekday()) % 7
    if matched[1] == "last":
        return today - timedelta(days=(today.weekday() - wanted) % 7 or 7)
    if matched[1] == "next":
        return today + timedelta(days=ahead or 7)
    return today + timedelta(days=ahead)


def _written(words: str, today: date, noun: str) -> date:
    first, _, rest = words.partition(" ")
    weekday = _weekday(first)
    if weekday is not None and rest:
        value = _written(rest, today, noun)
        if value.weekday() != weekday:
            raise Invalid(
                f"{value.day} {MONTHS[value.month - 1]} {value.year} is a {WEEKDAYS[value.weekday()]}, "
                f"not a {WEEKDAYS[weekday]}. Enter {noun} again"
            )
        return value
    matched = _YEAR_FIRST.fullmatch(words)
    if matched:
        year, month_word, day = matched[1], matched[2], matched[3]
    else:
        matched = _DAY_FIRST.fullmatch(words)
        if matched is None:
            raise _unreadable(words, noun)
        day, month_word, year = matched[1], matched[2], matched[3]
    month = _month(month_word)
    if month is None:
        raise Invalid(f"{sentence(noun)} must have a month from 1 to 12, like {EXAMPLE}")
    return _real(_full_year(year, today), month, int(day), noun)


def _unreadable(words: str, noun: str) -> Invalid:
    if _NO_YEAR.fullmatch(words):
        return Invalid(f"{sentence(noun)} must include a year, like {EXAMPLE}")
    return Invalid(f"{sentence(noun)} must be a date, like {EXAMPLE}")


def _full_year(year: str, today: date) -> int:
    if len(year) == 4:
        return int(year)
    last = today.year + YEARS_AHEAD
    return last - (last - int(year)) % 100


def _month(word: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,2}", word):
        return int(word) if 1 <= int(word) <= 12 else None
    return _named(word, MONTHS, 1)


def _weekday(word: str) -> int | None:
    return _named(word, WEEKDAYS, 0)


def _named(word: str, names: tuple[str, ...], first: int) -> int | None:
    if len(word) < 3:
        return None
    return next((place for place, name in enumerate(names, first) if name.lower().startswith(word)), None)


def _real(year: int, month: int, day: int, noun: str) -> date:
    if year < 1:
        raise Invalid(f"{sentence(noun)} must have a year of 4 numbers, like 2026", ("year",))
    if not 1 <= day <= monthrange(year, month)[1]:
        raise Invalid(f"There is no {day} {MONTHS[month - 1]} {year}. {ask(noun, EXAMPLE)}", ("day",))
    return date(year, month, day)


def _within(value: date, today: date, noun: str, earliest: date | None, latest: date | None) -> date:
    first = max(EARLIEST, earliest or EARLIEST)
    last = min(add_months(today, YEARS_AHEAD * 12), latest or date.max)
    if value > last:
        said = "today or earlier" if last == today else f"{_words(last)} or earlier"
        raise Invalid(f"{sentence(noun)} must be {said}", ("year",))
    if value < first:
        said = "today or later" if first == today else f"{_words(first)} or later"
        raise Invalid(f"{sentence(noun)} must be {said}", ("year",))
    return value


def _words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
