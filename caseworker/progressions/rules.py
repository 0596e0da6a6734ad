"""When somebody came into work, and whether it lasted. Pure: facts in, dates out.

What a job is stands in `jobs`, each kind of lasting outcome in `sustained` and the files it names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from caseworker.progressions.jobs import Check, Job, Journey, Outcome
from caseworker.progressions.sustained import AFTER_LEAVING, EVENT, sustained

# What a journey is made of is offered here too.
__all__ = [
    "IN_WORK_AT_START",
    "Check",
    "CheckDue",
    "Edition",
    "Job",
    "Journey",
    "Outcome",
    "Settled",
    "begins_at_exit",
    "held",
    "into_work",
    "leaves_out",
    "settle",
]

IN_WORK_AT_START = "10"
# A step of these groups says that somebody was asked how things stand.
SAYS_WHERE = ("not_in_work", "not_known")


def into_work(journey: Journey) -> Outcome | None:
    """The first job from the start of support on. None for those in work at start: they are left out."""
    if journey.status_at_start == IN_WORK_AT_START or journey.started_on is None:
        return None
    if not journey.counted:
        return Outcome(None, journey.started_on, None, None, None)
    first = journey.counted[0]
    return Outcome(first.started_on, journey.started_on, None, first.best_evidence, first.id)


class Edition(Protocol):
    """A dated edition of a programme's rule, as `ProgrammeRule` holds it."""

    id: Any
    kind: Any
    code: Any
    settings: Any
    from_on: Any
    until_on: Any


@dataclass(frozen=True)
class CheckDue:
    """When to ask whether work has lasted, for one rule. `closed_on` is None while it is still to ask."""

    rule_id: UUID
    rule: str
    due_on: date
    closed_on: date | None


@dataclass(frozen=True)
class Settled:
    """Everything stored for an enrolment: what each rule found, and what is still to be asked."""

    outcomes: dict[str, Outcome]
    checks: tuple[CheckDue, ...]


def settle(journey: Journey, editions: Sequence[Edition]) -> Settled:
    """Run every rule that held on the first day of support. The same answer from the same facts, always."""
    outcomes: dict[str, Outcome] = {}
    checks: list[CheckDue] = []
    if journey.started_on is None:
        return Settled(outcomes, ())
    for edition in editions:
        if not held(edition, journey.started_on):
            continue
        outcome = _apply(edition, journey)
        if outcome is None:
            continue
        outcomes[edition.code] = outcome
        if edition.kind == "sustained" and edition.settings["kind"] != EVENT:
            checks.append(_check(edition, outcome, journey))
    return Settled(outcomes, tuple(checks))


def held(edition: Edition, day: date) -> bool:
    """The edition was in force on a day."""
    return bool(edition.from_on <= day and (edition.until_on is None or day <= edition.until_on))


def begins_at_exit(journey: Journey, editions: Sequence[Edition]) -> bool:
    """They left, and a rule asks how they are after that: it is settled without any step."""
    return journey.exited_on is not None and any(
        edition.kind == "sustained" and edition.settings["kind"] == AFTER_LEAVING for edition in editions
    )


def leaves_out(edition: Edition, status_at_start: str) -> bool:
    """Those in work at the start are outside every rule of coming into work and staying there."""
    event = edition.kind == "sustained" and edition.settings["kind"] == EVENT
    return status_at_start == IN_WORK_AT_START and not event


def _apply(edition: Edition, journey: Journey) -> Outcome | None:
    if leaves_out(edition, journey.status_at_start):
        return None
    if edition.kind == "into_work":
        return into_work(journey)
    return sustained(journey, edition.settings) if edition.kind == "sustained" else None


def _check(edition: Edition, outcome: Outcome, journey: Journey) -> CheckDue:
    """Asked on the day the weeks are complete; done once they are known, or somebody was asked after it."""
    due_on = outcome.unknown_on or outcome.matures_on or date.max
    told = [*journey.asked_on]
    if edition.settings["kind"] == AFTER_LEAVING:
        told += [step.started_on for step in journey.steps if step.group in SAYS_WHERE]
    asked = [day for day in told if day >= due_on]
    known = outcome.achieved_on is not None or outcome.unknown_on is None
    closed = min([*asked, *([due_on] if known else [])], default=journey.follow_up_stopped_on)
    return CheckDue(edition.id, edition.code, due_on, closed)
