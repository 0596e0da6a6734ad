"""How a document stands on a day, and what of it must be said."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from caseworker.core.codes import code
from caseworker.core.errors import RuleBroken

# How long before its last day a document is asked for again.
SOON = timedelta(days=28)
HEALTH = "health"

Standing = Literal["holds", "soon", "expired", "not_seen"]


@dataclass(frozen=True)
class Paper:
    """What was said of a document; `copied` where a file came with it."""

    kind: str
    seen_on: date | None
    issued_on: date | None
    expires_on: date | None
    note: str | None
    copied: bool = False


def standing(seen_on: date | None, expires_on: date | None, today: date) -> Standing:
    """expired after its last day, soon in the 28 days before it, not_seen while only a copy is there."""
    if expires_on is not None and expires_on < today:
        return "expired"
    if seen_on is None:
        return "not_seen"
    return "soon" if expires_on is not None and expires_on <= today + SOON else "holds"


def check_paper(paper: Paper, today: date) -> None:
    """Raises RuleBroken, naming the field, for days out of order or a document nobody saw."""
    code("document_kind", paper.kind)
    if paper.seen_on is None and not paper.copied:
        raise RuleBroken("Enter the day you saw the original, or add a copy", "seen_on")
    if paper.seen_on is not None and paper.seen_on > today:
        raise RuleBroken("The day must be today or earlier", "seen_on")
    if paper.issued_on is not None and paper.issued_on > today:
        raise RuleBroken("The date on it must be today or earlier", "issued_on")
    if paper.expires_on and paper.issued_on and paper.expires_on < paper.issued_on:
        raise RuleBroken("The last day must be on or after the date on it", "expires_on")


def is_about_health(kind: str) -> bool:
    """Such papers are for those who do casework, not for a programme's office."""
    return code("document_kind", kind).extras["shows"] == HEALTH
