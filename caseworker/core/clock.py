"""The only place that reads the time. Services take `today`; they never ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """The instant, aware, in UTC."""
    return _moved.get() or datetime.now(UTC)


def today() -> date:
    """The date on a wall calendar in the United Kingdom."""
    return now().astimezone(UK).date()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Hold the clock at an aware instant, for tests and for reports made as at a date."""
    if instant.tzinfo is None:
        raise ValueError("The clock is moved to an aware instant")
    token = _moved.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
