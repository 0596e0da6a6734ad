"""What counts as contact. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from caseworker.core.codes import code

# Without two-way contact for longer than this, somebody is out of touch, whatever the programme's clock.
QUIET_DAYS = 28


@dataclass(frozen=True)
class ContactDetails:
    """A contact or attempt in plain values: codes of contact_channel, contact_direction, contact_result.

    `happened_at` is an aware instant; `minutes` from 0 to 1,440 or None; `note` None when nothing was said;
    `themes` of barrier_theme; `not_attended_reason` only where they did not come; `message_kind` of
    message_wording where a ready wording was sent.
    """

    happened_at: datetime
    channel: str
    direction: str
    result: str
    minutes: int | None = None
    note: str | None = None
    sensitive: bool = False
    themes: tuple[str, ...] = ()
    not_attended_reason: str | None = None
    message_kind: str | None = None


def is_two_way(result: str) -> bool:
    """They spoke, came or answered. Raises KeyError for a code that does not exist."""
    return code("contact_result", result).flag("two_way")


def asks_why(result: str) -> bool:
    """They did not come, and why may be said. Raises KeyError for a code that does not exist."""
    return code("contact_result", result).flag("asks_reason")


def quiet_before(today: date) -> date:
    """Whoever was last in touch before this day has been out of touch too long."""
    return today - timedelta(days=QUIET_DAYS)
