"""What a handover may be. Pure: dates and choices in, words out."""

from dataclasses import dataclass
from datetime import date, timedelta

from caseworker.core.errors import RuleBroken

FOR_GOOD, FOR_A_WHILE, TEAM_COVER = "for_good", "for_a_while", "team_cover"
KINDS = (FOR_GOOD, FOR_A_WHILE, TEAM_COVER)
MOST = 500
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Terms:
    """How cases are handed over: a kind of KINDS, a code of handover_reason, and the days of it.

    `until_on` is the last day, None for good; a handover for good begins today.
    """

    kind: str
    reason: str
    from_on: date
    until_on: date | None = None


def check_terms(terms: Terms, today: date) -> None:
    """Raises RuleBroken for days that do not fit the kind."""
    if terms.kind == FOR_GOOD:
        if terms.until_on is not None:
            raise RuleBroken("For good has no last day. Leave it out, or choose “for a while”", "until_on")
        if terms.from_on != today:
            raise RuleBroken("For good begins today. Leave the first day as it is", "from_on")
        return
    if terms.until_on is None:
        raise RuleBroken("Enter the last day: the cases return by themselves after it", "until_on")
    if terms.from_on < today:
        raise RuleBroken("The first day must be today or later", "from_on")
    if terms.until_on < terms.from_on:
        raise RuleBroken("The last day must be on or after the first", "until_on")
    if terms.until_on - terms.from_on > LONGEST:
        raise RuleBroken("More than a year is not a while. Hand them over for good instead", "until_on")
