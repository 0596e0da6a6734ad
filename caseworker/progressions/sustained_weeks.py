"""Work that went on: for so many weeks without a longer gap, or on one day after leaving. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from caseworker.core.calendar import add_months
from caseworker.core.codes import code
from caseworker.progressions.jobs import DAY, Job, Journey, Outcome, Piece, pieces

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Spell:
    """Jobs that follow on from each other, or overlap, with gaps no longer than the rule allows."""

    started_on: date
    known_until: date
    ended: bool
    pieces: tuple[Piece, ...]

    def job_on(self, day: date) -> Job:
        """The first of its jobs known to have lasted to a day or beyond."""
        return next(piece.job for piece in self.pieces if piece.last_on >= day)


def least_evidence(settings: Settings) -> int:
    """The rank of evidence a rule asks for; 0 where any will do."""
    level = settings.get("evidence")
    return 0 if level is None else code("evidence_level", str(level)).number("rank") or 0


def spells(jobs: Iterable[Job], gap_days: int, rank: int = 0) -> list[Spell]:
    """Jobs joined into spells, earliest first. A job that starts within `gap_days` of the last known day
    of the spell, or while the spell is not known to have ended, goes on with it only as far as is known.
    Days off in a break are a gap like any other."""
    found: list[Spell] = []
    for piece in pieces(jobs, rank):
        last = found[-1] if found else None
        if last and (piece.first_on - last.known_until).days - 1 <= gap_days:
            known_until, ended = max(last.known_until, piece.last_on), last.ended and piece.ended
            found[-1] = Spell(last.started_on, known_until, ended, (*last.pieces, piece))
        else:
            found.append(Spell(piece.first_on, piece.last_on, piece.ended, (piece,)))
    return found


def continuous_weeks(journey: Journey, settings: Settings) -> Outcome | None:
    """In work for `weeks` without a gap longer than `gap_days`; None before anybody is in work.

    Achieved on the day the weeks are complete. It matures when the first job's weeks have passed. Past
    that day it is unknown unless every spell is known to have ended too soon.
    """
    length, gap_days = timedelta(weeks=int(settings["weeks"])), int(settings["gap_days"])
    jobs = journey.counted
    if not jobs:
        return None
    matures_on = jobs[0].started_on + length
    kept = _complete(spells(jobs, gap_days, least_evidence(settings)), length)
    if kept is not None:
        complete_on, job = kept
        return Outcome(complete_on, matures_on, None, job.best_evidence, job.id)
    runs = spells(jobs, gap_days)
    unproved = _complete(runs, length)
    if unproved is not None:
        return Outcome(None, matures_on, unproved[0], None, None)
    going_on = [run for run in runs if not run.ended]
    if going_on:
        return Outcome(None, matures_on, going_on[-1].started_on + length, None, None)
    silent = any(not job.ended for job in jobs)
    return Outcome(None, matures_on, matures_on if silent else None, None, None)


def _complete(runs: Iterable[Spell], length: timedelta) -> tuple[date, Job] | None:
    for run in runs:
        complete_on = run.started_on + length
        if run.known_until >= complete_on - DAY:
            return complete_on, run.job_on(complete_on - DAY)
    return None


def status_at_point(journey: Journey, settings: Settings) -> Outcome | None:
    """In work on the day `months` after they left (`from` exit) or began (`from` start); None before that
    day is known. A gap of up to `gap_days` (none, unless said) around the day is still in work.

    Unknown unless they were told to be out of work on that very day: a job that ended says nothing of
    the next one.
    """
    base = journey.started_on if settings.get("from") == "start" else journey.exited_on
    if base is None or journey.started_on is None:
        return None
    point, gap_days = add_months(base, int(settings["months"])), int(settings.get("gap_days", 0))
    for run in spells(journey.counted, gap_days, least_evidence(settings)):
        if run.started_on <= point <= run.known_until:
            job = run.job_on(point)
            return Outcome(point, point, None, job.best_evidence, job.id)
    out = any(
        step.group == "not_in_work" and step.started_on <= point <= (step.ended_on or step.started_on)
        for step in journey.steps
    )
    return Outcome(None, point, None if out else point, None, None)


def single_event(journey: Journey, settings: Settings) -> Outcome | None:
    """The first step of one of `progression_kinds` from the start of support on; None before there is
    one. It counts for those in work at the start too. Without the evidence asked for it is unknown."""
    wanted, rank = set(settings["progression_kinds"]), least_evidence(settings)
    if journey.started_on is None:
        return None
    found = sorted(
        (step for step in journey.steps if step.kind in wanted and step.started_on >= journey.started_on),
        key=lambda step: (step.started_on, str(step.id)),
    )
    if not found:
        return None
    for step in found:
        if step.evidence_rank >= rank:
            return Outcome(step.started_on, journey.started_on, None, step.evidence_rank, step.id)
    return Outcome(None, journey.started_on, found[0].started_on, None, None)
