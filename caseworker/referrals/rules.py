"""How a referral stands, and when to ask the agency about it."""

from datetime import date, timedelta
from typing import Literal

from caseworker.core.errors import RuleBroken

# How long an agency is given before it is asked; one's own day can be set each time.
PATIENCE = timedelta(days=14)

Standing = Literal["signposted", "sent", "accepted", "attended", "closed"]


def standing(
    signposted_only: bool, accepted_on: date | None, attended_on: date | None, result: str | None
) -> Standing:
    """The furthest it has come."""
    if result is not None:
        return "closed"
    if attended_on is not None:
        return "attended"
    if accepted_on is not None:
        return "accepted"
    return "signposted" if signposted_only else "sent"


def check_days(today: date, **steps: date | None) -> None:
    """Steps in their order, each by the name of its field. Raises RuleBroken for one ahead or too early."""
    before: date | None = None
    for field, day in steps.items():
        if day is None:
            continue
        if day > today:
            raise RuleBroken("The day must be today or earlier", field)
        if before is not None and day < before:
            raise RuleBroken("The day must be on or after the step before it", field)
        before = day
