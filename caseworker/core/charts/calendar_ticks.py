"""Round days of the calendar for an axis of time."""

from datetime import date, timedelta

from caseworker.core.charts.words import day
from caseworker.core.fonts import text_width

MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)


def calendar_ticks(first: date, last: date, width: float, size: float) -> list[tuple[date, str]]:
    """As many first days of months as have room; for less than two months the two ends."""
    if first == last:
        return [(first, day(first))]
    room = max(2, int(width / (text_width("Mar 2026", size) + 24)))
    for step in MONTHS:
        starts = _month_starts(first, last, step)
        if len(starts) <= room:
            break
    if len(starts) < 2:
        return [(first, day(first)), (last, day(last))]
    return [(on, str(on.year) if step >= 12 else day(on).split(" ", 1)[1]) for on in starts]


def _month_starts(first: date, last: date, step: int) -> list[date]:
    found = []
    begin = first if first.day == 1 else (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    month = begin.year * 12 + begin.month - 1
    month += -month % step
    while (on := date(month // 12, month % 12 + 1, 1)) <= last:
        found.append(on)
        month += step
    return found
