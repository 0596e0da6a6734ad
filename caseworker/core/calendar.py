"""Days, months, years and working days as England counts them, and wall time in the UK."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from holidays import country_holidays

from caseworker.core.clock import UK

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class NoSuchTime(ValueError):
    """A time the clocks skip when summer time begins; the message says so and offers the nearest."""


@dataclass(frozen=True, order=True)
class Period:
    """The days from `first_on` to `last_on`, both included, with the name people use for them."""

    first_on: date
    last_on: date
    name: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first_on <= day <= self.last_on


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> dict[date, str]:
    """England's bank holidays of one year, by date. Source: the `holidays` library, subdivision ENG."""
    return dict(country_holidays("GB", subdiv="ENG", years=year).items())


def is_working_day(day: date) -> bool:
    """True from Monday to Friday except England's bank holidays."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day`, which is not itself counted; negative goes back.

    0 gives `day`, or the next working day when it is not one.
    """
    step = timedelta(days=-1 if count < 0 else 1)
    while count == 0 and not is_working_day(day):
        day += step
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`; negative when `last` is earlier."""
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def add_months(day: date, months: int) -> date:
    """The same day `months` months later, or the month's last day where there is none.

    29 February and one year is 28 February. Raises OverflowError outside years 1 to 9999.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= years <= 9999:
        raise OverflowError("a date outside the years 1 to 9999")
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """As `add_months` by twelve: 29 February and one year is 28 February."""
    return add_months(day, 12 * years)


def age_on(born_on: date, day: date) -> int:
    """Whole years lived on `day`; someone born on 29 February comes of age on 28 February.

    Raises ValueError when `day` is before the birth.
    """
    if day < born_on:
        raise ValueError("the day is before the birth")
    years = day.year - born_on.year
    return years if day >= add_years(born_on, years) else years - 1


def month_of(day: date) -> Period:
    """The calendar month `day` falls in."""
    first = day.replace(day=1)
    return Period(first, add_months(first, 1) - timedelta(days=1), f"{MONTHS[day.month - 1]} {day.year}")


def quarter_of(day: date) -> Period:
    """The quarter of the financial year: April to June is quarter 1."""
    year = financial_year_of(day)
    number = (day.month - 4) % 12 // 3
    first = add_months(year.first_on, 3 * number)
    return Period(first, add_months(first, 3) - timedelta(days=1), f"Quarter {number + 1} of {year.name}")


def financial_year_of(day: date) -> Period:
    """1 April to 31 March, named "2026 to 2027"."""
    return _year_from(day, 4)


def academic_year_of(day: date) -> Period:
    """1 August to 31 July, named "2026 to 2027"."""
    return _year_from(day, 8)


def at_uk(day: date, clock: time) -> datetime:
    """The instant, in UTC, of a UK wall-clock time; of the two 01:30s in autumn, the first.

    Raises NoSuchTime for the hour that spring skips.
    """
    local = datetime.combine(day, clock.replace(tzinfo=None), UK)
    instant = local.astimezone(UTC)
    if instant.astimezone(UK).replace(tzinfo=None) != local.replace(tzinfo=None):
        later = (datetime.combine(day, clock) + timedelta(hours=1)).time()
        said = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        raise NoSuchTime(
            f"There is no {clock:%H:%M} on {said}: the clocks go forward. "
            f"Enter another time, like {later:%H:%M}"
        )
    return instant


def uk_time(instant: datetime) -> datetime:
    """The same instant on a UK clock. Raises ValueError for a datetime without a zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return instant.astimezone(UK)


def _year_from(day: date, month: int) -> Period:
    first = date(day.year if day.month >= month else day.year - 1, month, 1)
    return Period(first, add_years(first, 1) - timedelta(days=1), f"{first.year} to {first.year + 1}")
