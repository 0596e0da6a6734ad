"""Work as the rules of outcomes see it: jobs with their checks, terms and breaks. Pure.

A job is known to have lasted until its last day, or until the last check that found them still there.
Beyond that nobody knows, and not knowing is never a no.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

STILL_THERE, LEFT, NOT_KNOWN = "still_there", "left", "not_known"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Check:
    on: date
    result: str
    evidence_rank: int


@dataclass(frozen=True)
class Terms:
    """Hours and pay from a day on; None is not known. Minutes a usual week, pence a `pay_period`."""

    from_on: date
    weekly_minutes: int | None = None
    pay_pence: int | None = None
    pay_period: str | None = None


@dataclass(frozen=True)
class Break:
    """Days without work inside a job that goes on; no last day while it lasts."""

    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class Job:
    """A step into work as the rules see it. `evidence_rank` rises with the strength of the evidence;
    `terms` begin with those of the first day, in the order of their days."""

    id: UUID
    started_on: date
    ended_on: date | None
    evidence_rank: int
    checks: tuple[Check, ...] = ()
    self_employed: bool = False
    terms: tuple[Terms, ...] = ()
    breaks: tuple[Break, ...] = ()

    @property
    def known_until(self) -> date:
        """The last day they are known to have been in it."""
        return self.proved_until(0) or self.started_on

    def proved_until(self, rank: int) -> date | None:
        """The last day known by evidence of at least this rank; None where none is so strong."""
        if self.best_evidence < rank:
            return None
        if self.ended_on is not None:
            return self.ended_on
        found = [each.on for each in self.checks if each.result == STILL_THERE and each.evidence_rank >= rank]
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

    def terms_on(self, day: date) -> Terms:
        """What held on a day; nothing known where nothing is recorded."""
        held = [terms for terms in self.terms if terms.from_on <= day]
        return held[-1] if held else Terms(self.started_on)


@dataclass(frozen=True)
class Step:
    """Any other step forward: its kind and the group it belongs to, from a day to a day."""

    id: UUID
    kind: str
    group: str
    started_on: date
    ended_on: date | None
    evidence_rank: int


@dataclass(frozen=True)
class Journey:
    """An enrolment as the rules of work see it: `jobs` are its steps into paid work or self-employment."""

    started_on: date | None
    status_at_start: str
    jobs: tuple[Job, ...]
    asked_on: tuple[date, ...] = ()
    follow_up_stopped_on: date | None = None
    exited_on: date | None = None
    steps: tuple[Step, ...] = ()

    @property
    def counted(self) -> tuple[Job, ...]:
        """Jobs from the start of support on, the first to start first."""
        first = self.started_on or date.max
        found = (job for job in self.jobs if job.started_on >= first)
        return tuple(sorted(found, key=lambda job: (job.started_on, str(job.id))))


@dataclass(frozen=True)
class Outcome:
    """What a rule found, as dates. Compare each with `as at`: stored once, right on every later day."""

    achieved_on: date | None
    matures_on: date | None
    unknown_on: date | None
    evidence_rank: int | None
    job_id: UUID | None


@dataclass(frozen=True)
class Piece:
    """Days of one job without a break, as far as is known. `ended`: it is known what came after."""

    job: Job
    first_on: date
    last_on: date
    ended: bool


def pieces(jobs: Iterable[Job], rank: int = 0, hoped_until: date | None = None) -> list[Piece]:
    """What is known of jobs by evidence of a rank, the earliest first. With `hoped_until`, what there
    would be if whoever may still be there was, to that day, and back from a break that has no end."""
    found: list[Piece] = []
    for job in jobs:
        last_on = job.proved_until(rank)
        hoping = hoped_until is not None and not job.ended
        if hoped_until is not None and hoping:
            last_on = max(hoped_until, job.started_on)
        if last_on is not None:
            found += _without_breaks(job, last_on, hoping)
    return sorted(found, key=lambda piece: (piece.first_on, str(piece.job.id)))


def _without_breaks(job: Job, last_on: date, hoping: bool) -> Iterator[Piece]:
    first = job.started_on
    for gap in sorted(job.breaks, key=lambda gap: gap.from_on):
        if gap.from_on > last_on:
            break
        if gap.until_on is None and hoping:
            continue
        back = last_on + DAY if gap.until_on is None else gap.until_on + DAY
        if gap.from_on > first:
            yield Piece(job, first, gap.from_on - DAY, job.ended or back <= last_on)
        first = max(first, back)
    if first <= last_on:
        yield Piece(job, first, last_on, job.ended)
