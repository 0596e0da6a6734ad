"""When somebody came into work, and whether it lasted. Pure: facts in, dates out.

A job is known to have lasted until its last day, or until the last check that found them still there.
Beyond that nobody knows, and not knowing is never a no.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import UUID

IN_WORK_AT_START = "10"
STILL_THERE, LEFT, NOT_KNOWN = "still_there", "left", "not_known"


@dataclass(frozen=True)
class Check:
    on: date
    result: str
    evidence_rank: int


@dataclass(frozen=True)
class Job:
    """A step into work as the rules see it. `evidence_rank` rises with the strength of the evidence."""

    id: UUID
    started_on: date
    ended_on: date | None
    evidence_rank: int
    checks: tuple[Check, ...] = ()

    @property
    def known_until(self) -> date:
        """The last day they are known to have been in it."""
        if self.ended_on is not None:
            return self.ended_on
        found = [check.on for check in self.checks if check.result == STILL_THERE]
        return max([self.started_on, *found])

    @property
    def ended(self) -> bool:
        """It is known to be over, even where the last day is not known."""
        if self.ended_on is not None:
            return True
        last = max(self.checks, key=lambda check: check.on, default=None)
        return last is not None and last.result == LEFT

    @property
    def best_evidence(self) -> int:
        return max([self.evidence_rank, *(check.evidence_rank for check in self.checks)])


@dataclass(frozen=True)
class Outcome:
    """What a rule found, as dates. Compare each with `as at`: stored once, right on every later day."""

    achieved_on: date | None
    matures_on: date | None
    unknown_on: date | None
    evidence_rank: int | None
    job_id: UUID | None


@dataclass(frozen=True)
class Spell:
    """Jobs that follow on from each other, or overlap, with gaps no longer than the rule allows."""

    started_on: date
    known_until: date
    ended: bool
    jobs: tuple[Job, ...]


def into_work(jobs: Iterable[Job], started_on: date, status_at_start: str) -> Outcome | None:
    """The first job from the start of support on. None for those in work at start: they are left out."""
    if status_at_start == IN_WORK_AT_START:
        return None
    first = min(
        (job for job in jobs if job.started_on >= started_on),
        key=lambda job: (job.started_on, str(job.id)),
        default=None,
    )
    if first is None:
        return Outcome(None, started_on, None, None, None)
    return Outcome(first.started_on, started_on, None, first.best_evidence, first.id)


def spells(jobs: Iterable[Job], gap_days: int) -> list[Spell]:
    """Jobs joined into spells, earliest first. A job that starts within `gap_days` of the last known day
    of the spell, or while the spell is not known to have ended, goes on with it only as far as is known."""
    found: list[Spell] = []
    for job in sorted(jobs, key=lambda job: (job.started_on, str(job.id))):
        last = found[-1] if found else None
        if last and (job.started_on - last.known_until).days - 1 <= gap_days:
            found[-1] = Spell(
                last.started_on,
                max(last.known_until, job.known_until),
                last.ended and job.ended,
                (*last.jobs, job),
            )
        else:
            found.append(Spell(job.started_on, job.known_until, job.ended, (job,)))
    return found


def continuous_weeks(jobs: Sequence[Job], started_on: date, settings: dict[str, Any]) -> Outcome | None:
    """In work for `weeks` without a gap longer than `gap_days`; None before anybody is in work.

    Achieved on the day the weeks are complete. It matures when the first job's weeks have passed. Past
    that day it is unknown unless a spell is known to have ended too soon.
    """
    length = timedelta(weeks=int(settings["weeks"]))
    runs = spells([job for job in jobs if job.started_on >= started_on], int(settings["gap_days"]))
    if not runs:
        return None
    matures_on = runs[0].started_on + length
    for run in runs:
        complete_on = run.started_on + length
        if run.known_until >= complete_on - timedelta(days=1):
            job = next(job for job in run.jobs if job.known_until >= complete_on - timedelta(days=1))
            return Outcome(complete_on, matures_on, None, job.best_evidence, job.id)
    unknown_on = None if runs[-1].ended else runs[-1].started_on + length
    return Outcome(None, matures_on, unknown_on, None, None)


SUSTAINED: dict[str, Callable[[Sequence[Job], date, dict[str, Any]], Outcome | None]] = {
    "continuous_weeks": continuous_weeks,
}


class Edition(Protocol):
    """A dated edition of a programme's rule, as `ProgrammeRule` holds it."""

    id: Any
    kind: Any
    code: Any
    settings: Any
    from_on: Any
    until_on: Any


@dataclass(frozen=True)
class Journey:
    """An enrolment as the rules of work see it: `jobs` are its steps into paid work or self-employment."""

    started_on: date | None
    status_at_start: str
    jobs: tuple[Job, ...]
    asked_on: tuple[date, ...] = ()
    follow_up_stopped_on: date | None = None


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
        outcome = _apply(edition, journey, journey.started_on)
        if outcome is None:
            continue
        outcomes[edition.code] = outcome
        if edition.kind == "sustained":
            checks.append(_check(edition, outcome, journey))
    return Settled(outcomes, tuple(checks))


def held(edition: Edition, day: date) -> bool:
    """The edition was in force on a day."""
    return bool(edition.from_on <= day and (edition.until_on is None or day <= edition.until_on))


def _apply(edition: Edition, journey: Journey, started_on: date) -> Outcome | None:
    if edition.kind == "into_work":
        return into_work(journey.jobs, started_on, journey.status_at_start)
    if edition.kind == "sustained" and journey.status_at_start != IN_WORK_AT_START:
        return SUSTAINED[edition.settings["kind"]](journey.jobs, started_on, edition.settings)
    return None


def _check(edition: Edition, outcome: Outcome, journey: Journey) -> CheckDue:
    """Asked on the day the weeks are complete; done once they are known, or somebody was asked after it."""
    due_on = outcome.unknown_on or outcome.matures_on or date.max
    asked = [day for day in journey.asked_on if day >= due_on]
    known = outcome.achieved_on is not None or outcome.unknown_on is None
    closed = min([*asked, *([due_on] if known else [])], default=journey.follow_up_stopped_on)
    return CheckDue(edition.id, edition.code, due_on, closed)
