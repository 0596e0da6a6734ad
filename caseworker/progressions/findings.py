"""What the rules found for one enrolment, as a page says it today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker.enrolments.models import Enrolment
from caseworker.programmes.models import ProgrammeRule
from caseworker.progressions.models import OutcomeState
from caseworker.progressions.rules import held, leaves_out


class Found(StrEnum):
    """`unknown` is past its day and nobody could say: never a no. `ended` is known to be one."""

    ACHIEVED = "achieved"
    NOT_YET_DUE = "not_yet_due"
    UNKNOWN = "unknown"
    ENDED = "ended"
    NONE_SO_FAR = "none_so_far"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Finding:
    """One rule: `on` is the day it was achieved, is due, or went unknown; `evidence` of evidence_level."""

    label: str
    found: Found
    on: date | None = None
    evidence: str | None = None


def findings(
    enrolment: Enrolment, rules: Sequence[ProgrammeRule], states: Mapping[str, OutcomeState], today: date
) -> list[Finding]:
    """A finding for each rule that held on the first day of support; none before that day."""
    if enrolment.started_on is None:
        return []
    own = [rule for rule in rules if held(rule, enrolment.started_on)]
    return [_finding(rule, states.get(rule.code), enrolment.status_at_start, today) for rule in own]


def _finding(rule: ProgrammeRule, state: OutcomeState | None, at_start: str, today: date) -> Finding:
    if leaves_out(rule, at_start):
        return Finding(rule.label, Found.LEFT_OUT)
    if state is None:
        return Finding(rule.label, Found.NONE_SO_FAR)
    if state.achieved_on is not None and state.achieved_on <= today:
        return Finding(rule.label, Found.ACHIEVED, state.achieved_on, state.evidence_level)
    due_on = state.achieved_on or state.unknown_on
    if due_on is None:
        return Finding(rule.label, Found.NONE_SO_FAR if rule.kind == "into_work" else Found.ENDED)
    if due_on > today:
        return Finding(rule.label, Found.NOT_YET_DUE, due_on)
    return Finding(rule.label, Found.UNKNOWN, due_on)
