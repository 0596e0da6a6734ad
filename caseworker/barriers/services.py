"""Recording what stands in the way. Nothing is overwritten: each talk about it is a new row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from caseworker.accounts.models import User
from caseworker.barriers.asked import OFF, barriers_asked
from caseworker.barriers.models import BarrierAssessment, Strength
from caseworker.barriers.rules import SOMETHING
from caseworker.core.codes import code
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.queries import collected

NOTHING_SAID = "Answer at least one of the themes, or go back without saving"


@dataclass(frozen=True)
class Finding:
    """One theme as it was talked about: `state` of barrier_state; `severity` 0-4 only with something."""

    theme: str
    state: str
    barrier: str | None = None
    severity: int | None = None
    note: str | None = None


def record_findings(
    enrolment: Enrolment,
    findings: Sequence[Finding],
    *,
    assessed_on: date,
    recorded_by: User,
    today: date,
) -> list[BarrierAssessment]:
    """Record the themes that were talked about on one day.

    Raises RuleBroken when there is none, for a day ahead, for something without how much it stands in the
    way, for a barrier of another theme, and for what this programme may not ask about.
    """
    if assessed_on > today:
        raise RuleBroken("The day must be today or earlier", "assessed_on")
    if not findings:
        raise RuleBroken(NOTHING_SAID)
    offered = barriers_asked(collected(enrolment.programme_id, today))
    for finding in findings:
        if finding.theme not in offered:
            raise RuleBroken(OFF)
        named = finding.barrier if finding.barrier and _theme_of(finding.barrier) == finding.theme else None
        if named and named not in dict(offered[finding.theme]):
            raise RuleBroken(OFF, f"barrier_{finding.theme}")
    rows = [_row(enrolment, finding, assessed_on, recorded_by) for finding in findings]
    db.session.add_all(rows)
    return rows


def _row(enrolment: Enrolment, finding: Finding, day: date, by: User) -> BarrierAssessment:
    something = finding.state == SOMETHING
    if something and finding.severity is None:
        raise RuleBroken("Choose how much it stands in the way", f"severity_{finding.theme}")
    if something and finding.barrier and _theme_of(finding.barrier) != finding.theme:
        raise RuleBroken("Choose a barrier from this theme", f"barrier_{finding.theme}")
    return BarrierAssessment(
        enrolment=enrolment,
        theme=finding.theme,
        state=finding.state,
        barrier=finding.barrier if something else None,
        severity=finding.severity if something else None,
        note=finding.note,
        assessed_on=day,
        entered_by_id=by.id,
    )


def _theme_of(barrier: str) -> str:
    return code("barrier_code", barrier).extras["theme"]


def note_strength(
    enrolment: Enrolment, kind: str, words: str, *, noted_on: date, recorded_by: User, today: date
) -> Strength:
    """Add what they have going for them: `kind` of strength_kind. Raises RuleBroken for a day ahead."""
    if noted_on > today:
        raise RuleBroken("The day must be today or earlier", "noted_on")
    strength = Strength(
        enrolment=enrolment, kind=kind, words=words, noted_on=noted_on, entered_by_id=recorded_by.id
    )
    db.session.add(strength)
    return strength


def take_back_strength(strength: Strength, *, by: User, now: datetime) -> None:
    """Undo of noting it. Raises RuleBroken as `take_back`."""
    take_back(strength, by.id, now)
