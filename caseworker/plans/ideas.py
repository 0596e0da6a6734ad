"""Steps to choose from when an action is written: our own words, by theme and barrier. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker.core.codes import Code, codes
from caseworker.plans.rules import ActionDetails

MOST = 5
THEMES = 3


@dataclass(frozen=True)
class Idea:
    """A step: `owner` of action_owner; usually done within so many `days`."""

    code: str
    words: str
    theme: str
    barrier: str
    owner: str
    days: int

    def details(self, today: date) -> ActionDetails:
        return ActionDetails(self.words, self.owner, today + timedelta(days=self.days))


def ideas_for(themes: Iterable[str], barriers: Collection[str], today: date) -> list[Idea]:
    """At most five steps for each of the first three themes, those for the barriers named first."""
    every = [_idea(row) for row in codes("suggested_action", today)]
    found: list[Idea] = []
    for theme in list(dict.fromkeys(themes))[:THEMES]:
        own = [idea for idea in every if idea.theme == theme]
        own.sort(key=lambda idea: (idea.barrier not in barriers, bool(idea.barrier)))
        found += own[:MOST]
    return found


def idea_named(code: str, today: date) -> Idea | None:
    return next((_idea(row) for row in codes("suggested_action", today) if row.code == code), None)


def _idea(row: Code) -> Idea:
    extras = row.extras
    days = row.number("days") or 0
    return Idea(row.code, row.label(), extras["theme"], extras["barrier"], extras["owner"], days)
