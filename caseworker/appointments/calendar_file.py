"""Appointments as a calendar program reads them (RFC 5545): initials and times, and nothing else.

Lines end with CR LF and are folded at 75 octets; wall time is kept by naming the zone and its rule.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from caseworker.appointments.models import Appointment
from caseworker.appointments.queries import Booked
from caseworker.appointments.rules import CALLED_OFF

OCTETS = 75
ZONE = "Europe/London"
# The rule of the zone since 1996, as every calendar program needs it beside the name.
ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:DAYLIGHT",
    "TZNAME:BST",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "DTSTART:19960331T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZNAME:GMT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar_file(lines: Iterable[Booked], nobody: str) -> bytes:
    """The whole file. `nobody` is what an appointment about nobody is called."""
    return "".join(folded(line) + "\r\n" for line in _calendar(lines, nobody)).encode()


def escaped(text: str) -> str:
    """A value of kind TEXT: backslash, semicolon, comma and line ends written as the format asks."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, "\\" + mark)
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """The line in pieces of 75 octets at most, each after the first begun with a space; no letter is cut."""
    pieces, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > OCTETS:
            pieces.append("")
            size = 1
        pieces[-1] += letter
        size += width
    return "\r\n ".join(pieces)


def _calendar(lines: Iterable[Booked], nobody: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Caseworker//Appointments//EN")
    yield from ("CALSCALE:GREGORIAN", *ZONE_LINES)
    for line in lines:
        yield from _event(line.appointment, line.initials if line.reference else nobody)
    yield "END:VCALENDAR"


def _event(appointment: Appointment, who: str) -> Iterator[str]:
    start = datetime.combine(appointment.starts_on, appointment.starts_time)
    yield "BEGIN:VEVENT"
    yield f"UID:{appointment.id}"
    yield f"SEQUENCE:{appointment.version}"
    yield f"DTSTAMP:{appointment.entered_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={ZONE}:{start:%Y%m%dT%H%M%S}"
    yield f"DURATION:PT{appointment.length_minutes}M"
    yield f"SUMMARY:{escaped(who)}"
    yield f"STATUS:{'CANCELLED' if appointment.result in CALLED_OFF else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"
