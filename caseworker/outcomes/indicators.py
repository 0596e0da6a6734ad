"""The percentages of the outcome page in words, and the condition that counts each."""

from dataclasses import dataclass

from caseworker.outcomes.journeys import Condition, Journeys


@dataclass(frozen=True)
class Indicator:
    """A percentage in words. The three reasons say who is left out, not yet due and not known."""

    code: str
    label: str
    definition: str
    excluded_why: str = ""
    not_yet_why: str = ""
    unknown_why: str = ""


INDICATORS = (
    Indicator(
        "into_work",
        "Into work",
        "Of the starts that were not in work: those that have begun a first job or self-employment, on or "
        "after the first day of support and by the date of these figures.",
        excluded_why="already in work at the start",
        unknown_why="nobody could find out",
    ),
    Indicator(
        "sustained",
        "Kept work",
        "Of the starts that came into work long enough ago to know: those still in work for the whole time "
        "that the programme asks.",
        not_yet_why="came into work too recently to know",
        unknown_why="nobody could be reached",
    ),
    Indicator(
        "closer_to_work",
        "Now in work or looking",
        "Of the starts that were not required to look for work: those now in work, or looking for it.",
        unknown_why="nobody could find out",
    ),
    Indicator("engaged", "Engaged", "Starts with at least one contact in which both sides spoke."),
    Indicator("completed", "Completed a course", "Starts that completed at least one course."),
)


def indicator(code: str) -> Indicator | None:
    return next((each for each in INDICATORS if each.code == code), None)


def conditions(journeys: Journeys) -> dict[str, Condition]:
    """The condition behind each indicator."""
    return {
        "into_work": journeys.work(),
        "sustained": journeys.kept_work(),
        "closer_to_work": journeys.closer_to_work(),
        "engaged": journeys.engaged(),
        "completed": journeys.completed(),
    }
