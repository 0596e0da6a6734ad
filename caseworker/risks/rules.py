"""What may be written down of a risk, and what two bookings have to do with each other. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from caseworker.core.codes import codes

LONGEST_REVIEW = timedelta(days=366)
USUAL_REVIEW = timedelta(days=91)
# Two meetings of one colleague that begin this close together meet in the doorway.
CLOSE = timedelta(minutes=60)
# Ways of meeting that bring somebody to a place.
IN_PERSON = frozenset({"face_to_face", "doorstep", "home_visit", "workplace_visit", "other"})
OFFICE = "face_to_face"
SPEAK_TO_LEAD = "Speak to the programme lead before booking"


@dataclass(frozen=True)
class RiskDetails:
    """A fact and what to do about it: codes of risk_measure and risk_source, days, and words."""

    what_to_do: str
    source: str
    fact: str
    from_on: date
    review_on: date
    more: str | None = None


@dataclass(frozen=True)
class Meeting:
    """What a booking says of where somebody will be. `office_id` stands in where no place was written."""

    starts_at: datetime
    day: date
    channel: str
    place: str | None
    with_id: UUID
    office_id: UUID | None


def in_order(measures: Iterable[str]) -> list[str]:
    """Codes of risk_measure, each once, the strictest first."""
    wanted = set(measures)
    return [each.code for each in codes("risk_measure") if each.code in wanted]


def would_meet(one: Meeting, other: Meeting) -> bool:
    """Both are there in person, on one day: at the same place, or with the same colleague within an hour."""
    if one.day != other.day or not {one.channel, other.channel} <= IN_PERSON:
        return False
    if _where(one) is not None and _where(one) == _where(other):
        return True
    return one.with_id == other.with_id and abs(one.starts_at - other.starts_at) <= CLOSE


def _where(meeting: Meeting) -> str | UUID | None:
    """A place as it is compared: letters and digits alone. Face to face without one is at the office."""
    letters = "".join(re.findall(r"\w+", (meeting.place or "").casefold()))
    if letters:
        return letters
    return meeting.office_id if meeting.channel == OFFICE else None
