"""Whether somebody may be contacted, and their record used: read with the person, no page asks for it.

The rows are those of `lawful`, a room above, whose models bring this in; here they are named by their table
alone.
"""

from sqlalchemy import ColumnElement, Date, String, column, exists, select, table
from sqlalchemy.orm import column_property

from caseworker.core.types import Instant, Key
from caseworker.participants.models import Participant

_STOP = table(
    "contact_stop",
    column("participant_id", Key()),
    column("kind", String()),
    column("from_on", Date()),
    column("ended_on", Date()),
    column("voided_at", Instant()),
)
_LIMIT = table(
    "processing_limit",
    column("participant_id", Key()),
    column("kind", String()),
    column("until_on", Date()),
    column("voided_at", Instant()),
)
RESTRICTION = "restriction"


def is_stopped(person: type[Participant]) -> ColumnElement[bool]:
    """Whether nothing may be sent to somebody, in a select of people."""
    return exists(select(_STOP.c.kind).where(_stops(person)).correlate_except(_STOP))


def is_limited(person: type[Participant]) -> ColumnElement[bool]:
    """Whether somebody's record is kept and not used, in a select of people."""
    return exists(select(_LIMIT.c.kind).where(_limits(person)).correlate_except(_LIMIT))


def _stops(person: type[Participant]) -> ColumnElement[bool]:
    stop = _STOP.c
    return (stop.participant_id == person.id) & stop.ended_on.is_(None) & stop.voided_at.is_(None)


def _limits(person: type[Participant]) -> ColumnElement[bool]:
    limit = _LIMIT.c
    lasts = limit.until_on.is_(None) & limit.voided_at.is_(None)
    return (limit.participant_id == person.id) & (limit.kind == RESTRICTION) & lasts


def add_to_person() -> None:
    """`stopped` is died or do_not_contact, with `stopped_on`; `limited`: kept and not used."""
    for name, found in (("stopped", _STOP.c.kind), ("stopped_on", _STOP.c.from_on)):
        value = select(found).where(_stops(Participant)).correlate_except(_STOP).scalar_subquery()
        setattr(Participant, name, column_property(value, deferred=name == "stopped_on"))
    Participant.limited = column_property(is_limited(Participant))  # type: ignore[assignment]


add_to_person()
