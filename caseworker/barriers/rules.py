"""What stands in the way now, read from everything that was said of it. Pure: rows in, rows out."""

from collections.abc import Iterable

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
