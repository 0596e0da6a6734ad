"""What stands in the way now, read from everything that was said of it. Pure: rows in, rows out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker.barriers.models import BarrierAssessment

SOMETHING, NOTHING, NOT_ASKED, DECLINED = "something", "nothing", "not_asked", "declined"
SERIOUS = 3

Latest = dict[str, list[BarrierAssessment]]


def latest_words(history: Iterable[BarrierAssessment]) -> Latest:
    """What holds of each theme, from assessments in the order of time; several where barriers were named.

    A word on the theme as a whole replaces all that was said of it; a named barrier stands beside the
    others that were named. Not having been asked answers nothing: it replaces only itself.
    """
    latest: dict[str, dict[str | None, BarrierAssessment]] = {}
    for row in history:
        said = latest.setdefault(row.theme, {})
        if row.state == NOT_ASKED and any(each.state != NOT_ASKED for each in said.values()):
            continue
        if row.barrier is None:
            said.clear()
        elif None in said:
            del said[None]
        said[row.barrier] = row
    return {theme: list(said.values()) for theme, said in latest.items()}


def still_in_the_way(latest: Latest) -> list[BarrierAssessment]:
    """Barriers with a severity from 1 to 4, the most serious first."""
    rows = [row for said in latest.values() for row in said if row.severity]
    return sorted(rows, key=lambda row: (-(row.severity or 0), row.theme, row.barrier or ""))


def serious_themes(barriers: Iterable[BarrierAssessment]) -> list[str]:
    """Themes of the barriers that ask for a goal: severity 3 or 4."""
    found = [row.theme for row in barriers if (row.severity or 0) >= SERIOUS]
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class LastTime:
    """What was answered of a theme last, as it is shown again: `severity` and `barrier` of what is worst."""

    state: str
    severity: int | None = None
    barrier: str | None = None


def last_time(latest: Latest) -> dict[str, LastTime]:
    """What to begin the next talk with, by theme: what was something or nothing. The rest is asked afresh."""
    found = {}
    for theme, said in latest.items():
        worst = max(said, key=lambda row: -1 if row.severity is None else row.severity)
        if worst.state in (SOMETHING, NOTHING):
            found[theme] = LastTime(worst.state, worst.severity, worst.barrier)
    return found


@dataclass(frozen=True)
class Stand:
    """How a theme stood after a day: `severity` of its worst barrier, or None with the `state` that was said.

    Having nothing, not being asked and not telling are answers of their own: none of them is a nought.
    """

    on: date
    state: str
    severity: int | None


@dataclass(frozen=True)
class Moved:
    """A theme from the first time something was said of it to now."""

    theme: str
    first: Stand
    now: Stand


def courses(history: Sequence[BarrierAssessment]) -> dict[str, list[Stand]]:
    """How each theme stood after each day it was talked about, from assessments in the order of time."""
    found: dict[str, list[Stand]] = {}
    before: dict[str, list[BarrierAssessment]] = {}
    for row in history:
        own = before.setdefault(row.theme, [])
        own.append(row)
        said = latest_words(own)[row.theme]
        worst = max((each.severity for each in said if each.severity is not None), default=None)
        state = SOMETHING if worst is not None else said[-1].state
        course = found.setdefault(row.theme, [])
        if course and course[-1].on == row.assessed_on:
            course.pop()
        course.append(Stand(row.assessed_on, state, worst))
    return found


def moved_since_start(history: Sequence[BarrierAssessment]) -> list[Moved]:
    """Themes that had something at first and were talked about again on a later day, in order of themes."""
    found = []
    for theme, course in courses(history).items():
        told = [stand for stand in course if stand.severity is not None]
        answered = [stand for stand in course if stand.state != NOT_ASKED]
        if told and answered[-1].on > told[0].on:
            found.append(Moved(theme, told[0], answered[-1]))
    return sorted(found, key=lambda each: each.theme)
