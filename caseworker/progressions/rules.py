"""When somebody came into work, and whether it lasted. Pure: facts in, dates out.

A job is known to have lasted until its last day, or until the last check that found them still there.
Beyond that nobody knows, and not knowing is never a no.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
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


def check_days(settings: dict[str, Any], first_job_on: date) -> date:
    """When to ask whether they are still in work, so that the rule can be answered."""
    return first_job_on + timedelta(weeks=int(settings["weeks"]))
