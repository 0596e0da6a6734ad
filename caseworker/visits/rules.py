"""When somebody out on a visit is late, and when their buddy is told again. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

EXTENSION = timedelta(minutes=30)
# After an appointment ends: the way back.
WAY_BACK = timedelta(minutes=30)
# Between one e-mail and the next; the job runs every five minutes.
AGAIN = timedelta(minutes=5)
# Late for so long, and nobody answered: the leads are told too.
LEADS_TOO = timedelta(minutes=30)
# In how many minutes somebody expects to be back.
PRESETS = {"30": 30, "60": 60, "90": 90, "120": 120, "180": 180}
LONGEST_OUT = timedelta(hours=16)


@dataclass(frozen=True)
class VisitDetails:
    """Where, back by when (UTC), who looks out for them, and the number they can be rung on."""

    place: str
    expected_back_at: datetime
    buddy_id: UUID
    phone: str | None = None


def is_late(expected_back_at: datetime, back_at: datetime | None, now: datetime) -> bool:
    return back_at is None and now > expected_back_at


def is_to_be_told(
    expected_back_at: datetime, alerted_at: datetime | None, answered_at: datetime | None, now: datetime
) -> bool:
    """Late, nobody has answered, and nobody was told in the last minutes. A job may run a little early."""
    if now <= expected_back_at or answered_at is not None:
        return False
    return alerted_at is None or now - alerted_at >= AGAIN - timedelta(seconds=30)


def leads_are_told(expected_back_at: datetime, now: datetime) -> bool:
    return now - expected_back_at >= LEADS_TOO


def late_minutes(expected_back_at: datetime, now: datetime) -> int:
    return max(int((now - expected_back_at).total_seconds() // 60), 0)
