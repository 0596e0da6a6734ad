"""When appointments are, which of them meet, and how little a calendar says of somebody. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from caseworker.core.calendar import is_working_day
from caseworker.core.codes import code

USUAL_LENGTH = 30
SHORTEST, LONGEST = 5, 720
OPENING, CLOSING = time(9), time(17)
# Days from the day one counts from.
PRESETS = {"tomorrow": 1, "next_week": 7, "two_weeks": 14}
HELD = frozenset({"spoke", "late"})
MISSED = "did_not_attend"
CALLED_OFF = frozenset({"cancelled_with_notice", "cancelled_by_us"})


@dataclass(frozen=True)
class AppointmentDetails:
    """An appointment in plain values: UK wall time, `length_minutes` 5-720, a code of contact_channel."""

    starts_on: date
    starts_time: time
    channel: str
    length_minutes: int = USUAL_LENGTH
    place: str | None = None
    note: str | None = None
    interpreter: str | None = None


class Meeting(Protocol):
    """What the rules below read of an appointment."""

    @property
    def starts_at(self) -> Any: ...

    @property
    def length_minutes(self) -> Any: ...


def preset_day(preset: str, counted_from: date) -> date:
    """The day of a preset. Raises KeyError for one that does not exist."""
    return counted_from + timedelta(days=PRESETS[preset])


def usual_time(local: time) -> time:
    """The half hour that follows, within the working day: what a new appointment is offered."""
    half = (local.hour * 60 + local.minute) // 30 * 30 + 30
    following = time(half // 60 % 24, half % 60)
    return following if OPENING <= following < CLOSING else OPENING


def ends_at(meeting: Meeting) -> datetime:
    start: datetime = meeting.starts_at
    return start + timedelta(minutes=meeting.length_minutes)


def overlap(one: Meeting, other: Meeting) -> bool:
    """They share some time; one that begins as the other ends does not."""
    return bool(one.starts_at < ends_at(other) and other.starts_at < ends_at(one))


def meeting_others(mine: Meeting, others: Iterable[Any]) -> list[Any]:
    return [other for other in others if overlap(mine, other)]


def is_day_off(day: date) -> bool:
    """A weekend or a bank holiday in England: said beside a booking, and never refused."""
    return not is_working_day(day)


def is_missed(result: str) -> bool:
    return result == MISSED


def may_be_ahead(result: str) -> bool:
    """Whether this can come of an appointment before it begins: it was called off. Raises KeyError."""
    return code("contact_result", result).code in CALLED_OFF


def initials(known_as: str, family_name: str) -> str:
    """`Seán`, `O’Neill` -> S.O.; what is no letter or digit is left out."""
    first = (next((letter for letter in name if letter.isalnum()), "") for name in (known_as, family_name))
    return "".join(f"{letter.upper()[:1]}." for letter in first if letter) or "–"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
