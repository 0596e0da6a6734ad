"""Fields that are typed into one box: words, numbers, money, times, dates, addresses."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from wtforms.widgets import HiddenInput

from caseworker.core import values
from caseworker.core.clock import today
from caseworker.core.fields.base import ValueField
from caseworker.core.formatting import date_uk


class TextField(ValueField):
    """One line of text. data: str, or None when optional and blank."""

    width = 30

    def __init__(self, *args: Any, max_length: int = values.SHORT_TEXT, **kwargs: Any) -> None:
        self.max_length = max_length
        super().__init__(*args, **kwargs)

    def parse(self, raw: Any) -> str:
        return values.text(raw, self.max_length, self.noun)


class NoteField(ValueField):
    """Several lines of text. data: str with "\\n" line ends, or None when optional and blank."""

    component = "textarea"

    def __init__(self, *args: Any, max_length: int = values.NOTE, rows: int = 5, **kwargs: Any) -> None:
        self.max_length = max_length
        self.rows = rows
        super().__init__(*args, **kwargs)

    def parse(self, raw: Any) -> str:
        return values.note(raw, self.max_length, self.noun)


class HiddenField(TextField):
    """A short text the page carries and nobody types; blank is None unless `optional=False`."""

    component = "hidden"
    widget = HiddenInput()

    def __init__(self, *args: Any, optional: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, optional=optional, **kwargs)


class WholeNumberField(ValueField):
    """data: int from `low` to `high`, both included."""

    component = "number"
    inputmode = "numeric"
    width = 5

    def __init__(self, *args: Any, low: int = 0, high: int, **kwargs: Any) -> None:
        self.low, self.high = low, high
        super().__init__(*args, **kwargs)

    def parse(self, raw: Any) -> int:
        return values.whole(raw, self.low, self.high, self.noun)


class DecimalField(ValueField):
    """data: Decimal from `low` to `high` with at most `places` digits after the point."""

    component = "number"
    inputmode = "decimal"
    width = 5

    def __init__(
        self, *args: Any, low: Decimal | int = 0, high: Decimal | int, places: int = 2, **kwargs: Any
    ) -> None:
        self.low, self.high, self.places = low, high, places
        super().__init__(*args, **kwargs)

    def parse(self, raw: Any) -> Decimal:
        return values.decimal_(raw, self.low, self.high, self.places, self.noun)

    def show(self, value: Any) -> str:
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain


class MoneyField(ValueField):
    """Pounds typed, pence out. data: int pence from `low` to `high` (in pence too)."""

    component = "money"
    inputmode = "decimal"
    width = 10

    def __init__(self, *args: Any, low: int = 0, high: int = values.MOST_PENCE, **kwargs: Any) -> None:
        self.low, self.high = low, high
        super().__init__(*args, **kwargs)

    def parse(self, raw: Any) -> int:
        return values.pence(raw, self.low, self.high, self.noun)

    def show(self, value: Any) -> str:
        pounds, rest = divmod(abs(value), 100)
        return f"{'-' if value < 0 else ''}{pounds}" + (f".{rest:02}" if rest else "")


class MinutesField(ValueField):
    """A length of time: "90", "1h 30". data: int minutes from `low` to `high`."""

    width = 10

    def __init__(self, *args: Any, low: int = 0, high: int = values.DAY_MINUTES, **kwargs: Any) -> None:
        self.low, self.high = low, high
        super().__init__(*args, **kwargs)

    def parse(self, raw: Any) -> int:
        return values.minutes(raw, self.low, self.high, self.noun)


class TimeField(ValueField):
    """A time on a UK wall clock. data: datetime.time without a zone."""

    component = "time"
    width = 5

    def parse(self, raw: Any) -> time:
        return values.time_of_day(raw, self.noun)

    def show(self, value: Any) -> str:
        return f"{value:%H:%M}"


class DateField(ValueField):
    """One box that takes "31/3/26", "31 3 2026", "today", "next tue". data: date.

    `past` refuses days after today, `future` days before it. `understood` is the date in full once it is
    read, to show back; "" until then.
    """

    component = "date"
    width = 20

    def __init__(self, *args: Any, past: bool = False, future: bool = False, **kwargs: Any) -> None:
        self.past, self.future = past, future
        super().__init__(*args, **kwargs)

    def parse(self, raw: Any) -> date:
        day = today()
        return values.date_(raw, day, self.noun, day if self.future else None, day if self.past else None)

    def show(self, value: Any) -> str:
        day = value.date() if isinstance(value, datetime) else value
        return f"{day.day} {day.month} {day.year}"

    @property
    def understood(self) -> str:
        return date_uk(self.data) if isinstance(self.data, date) else ""


class PostcodeField(ValueField):
    """data: "M1 1AE"."""

    width = 10

    def parse(self, raw: Any) -> str:
        return values.postcode(raw, self.noun)


class EmailField(ValueField):
    """data: an e-mail address, its domain in lower case."""

    width = 30
    input_type = "email"
    inputmode = "email"

    def parse(self, raw: Any) -> str:
        return values.email(raw, self.noun)


class PhoneField(ValueField):
    """data: digits with the leading 0, or "+" and a country's code."""

    width = 20
    input_type = "tel"
    inputmode = "tel"

    def parse(self, raw: Any) -> str:
        return values.phone(raw, self.noun)


class NiNumberField(ValueField):
    """data: "QQ123456C"."""

    width = 10

    def parse(self, raw: Any) -> str:
        return values.ni_number(raw, self.noun)
