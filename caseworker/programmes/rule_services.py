"""Setting a programme's rules: an edition is never rewritten, the next one begins on a day of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from caseworker.accounts.models import User
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.programmes.models import Programme, ProgrammeRule
from caseworker.programmes.rule_queries import editions_of

TWICE = "There is a version from that day already. Take that one back first, or choose another day"
DAY = timedelta(days=1)
# Nobody knows a funder's rules further ahead.
YEARS_AHEAD = 5


@dataclass(frozen=True)
class EditionDetails:
    """An edition in plain values: `code` names the rule, `settings` are read by the rule of its kind."""

    kind: str
    code: str
    label: str
    settings: Mapping[str, Any]
    source: str
    from_on: date


@dataclass(frozen=True)
class Placed:
    """Where a new edition goes: the one it cuts short, if any, and the last day it holds itself."""

    cuts: ProgrammeRule | None
    until_on: date | None


def place(editions: Sequence[ProgrammeRule], from_on: date) -> Placed:
    """Place an edition among those of its rule, the oldest first. Raises RuleBroken for a day taken."""
    if any(each.from_on == from_on for each in editions):
        raise RuleBroken(TWICE, "from_on")
    cuts = next(
        (
            each
            for each in editions
            if each.from_on < from_on and (each.until_on is None or each.until_on >= from_on)
        ),
        None,
    )
    after = next((each for each in editions if each.from_on > from_on), None)
    ends = [cuts.until_on if cuts else None, after.from_on - DAY if after else None]
    return Placed(cuts, min((day for day in ends if day is not None), default=None))


def check_day(programme: Programme, from_on: date, today: date) -> None:
    """Raises RuleBroken for a first day outside the programme's time."""
    if from_on < programme.starts_on:
        raise RuleBroken("The first day must not be before the programme began", "from_on")
    if from_on > today.replace(year=today.year + YEARS_AHEAD, day=1):
        raise RuleBroken(f"The first day must be within {YEARS_AHEAD} years", "from_on")


def add_edition(
    programme: Programme, details: EditionDetails, *, entered_by: User, today: date
) -> ProgrammeRule:
    """A new edition of a rule; the one that held on that day ends the day before.

    What is due and what was achieved is settled by the caller. Raises RuleBroken.
    """
    check_day(programme, details.from_on, today)
    placed = place(editions_of(programme.id, details.kind, details.code), details.from_on)
    if placed.cuts is not None:
        placed.cuts.until_on = details.from_on - DAY
    rule = ProgrammeRule(
        programme_id=programme.id,
        kind=details.kind,
        code=details.code,
        label=details.label,
        settings=dict(details.settings),
        source=details.source,
        from_on=details.from_on,
        until_on=placed.until_on,
        entered_by_id=entered_by.id,
    )
    with refused_as(uq_programme_rule_one=RuleBroken(TWICE, "from_on")):
        db.session.add(rule)
    return rule


def take_back_edition(rule: ProgrammeRule, reason: str, *, by: User, now: datetime) -> None:
    """Void an edition, with a code of rule_void_reason: the one before it holds in its place."""
    for each in editions_of(rule.programme_id, rule.kind, rule.code):
        if each.until_on == rule.from_on - DAY:
            each.until_on = rule.until_on
    rule.voided_at, rule.voided_by_id, rule.void_reason = now, by.id, reason
    db.session.flush()


def end_edition(rule: ProgrammeRule, until_on: date) -> None:
    """Its last day: nothing follows. Raises RuleBroken where it has one, or for a day before its first."""
    if rule.until_on is not None:
        raise RuleBroken("This rule has its last day already", "until_on")
    if until_on < rule.from_on:
        raise RuleBroken("The last day must be on or after the first", "until_on")
    rule.until_on = until_on
    db.session.flush()


def resume_edition(rule: ProgrammeRule) -> None:
    """Undo of its end. Raises RuleBroken where a later version follows."""
    if any(each.from_on > rule.from_on for each in editions_of(rule.programme_id, rule.kind, rule.code)):
        raise RuleBroken("A later version follows this one. Take that one back first")
    rule.until_on = None
    db.session.flush()
