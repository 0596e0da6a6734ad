"""Recording steps forward and checks. The rules run here, once, and their dates are stored."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from caseworker.accounts.models import User
from caseworker.core.codes import code
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.rules import Due, DueKind
from caseworker.enrolments.services import keep_due
from caseworker.programmes.models import ProgrammeRule
from caseworker.progressions.jobs import STILL_THERE
from caseworker.progressions.models import OutcomeState, Progression, SustainmentCheck
from caseworker.progressions.queries import evidence_level, journey_of, outcome_states, sustainment_dues
from caseworker.progressions.rules import Settled, begins_at_exit, settle


@dataclass(frozen=True)
class StepDetails:
    """A step forward in plain values. `kind` of progression_kind, `evidence` of evidence_level; pay in
    pence a `pay_period`; a usual week in minutes."""

    kind: str
    started_on: date
    evidence: str
    ended_on: date | None = None
    end_reason: str | None = None
    weekly_minutes: int | None = None
    pay_pence: int | None = None
    pay_period: str | None = None
    employer: str | None = None
    job_title: str | None = None
    contract: str | None = None
    sector: str | None = None
    priority_sector: bool | None = None
    green: bool | None = None
    planned_until_on: date | None = None
    evidence_file_id: UUID | None = None


def record_progression(
    enrolment: Enrolment, details: StepDetails, *, recorded_by: User, today: date
) -> Progression:
    """Record a step. Raises RuleBroken for days out of order or ahead, or pay without its period."""
    _check_days(enrolment, details, today)
    if (details.pay_pence is None) != (details.pay_period is None):
        raise RuleBroken("Enter both the pay and what it is for: an hour, a week, a month or a year", "pay")
    step = Progression(
        enrolment=enrolment,
        kind=details.kind,
        started_on=details.started_on,
        ended_on=details.ended_on,
        end_reason=details.end_reason,
        weekly_minutes=details.weekly_minutes,
        pay_pence=details.pay_pence,
        pay_period=details.pay_period,
        employer=details.employer,
        job_title=details.job_title,
        contract=details.contract,
        sector=details.sector,
        priority_sector=details.priority_sector,
        green=details.green,
        planned_until_on=details.planned_until_on,
        evidence_level=details.evidence,
        evidence_file_id=details.evidence_file_id,
        entered_by_id=recorded_by.id,
    )
    db.session.add(step)
    settle_outcomes(enrolment)
    return step


def _check_days(enrolment: Enrolment, details: StepDetails, today: date) -> None:
    if details.started_on > today:
        raise RuleBroken("The first day must be today or earlier. Record it when it has begun", "started_on")
    if details.ended_on is not None and details.ended_on < details.started_on:
        raise RuleBroken("The last day must be on or after the first", "ended_on")
    if details.ended_on is not None and details.ended_on > today:
        raise RuleBroken("The last day must be today or earlier", "ended_on")
    if details.planned_until_on is not None and details.planned_until_on < details.started_on:
        raise RuleBroken("The last day as agreed must be on or after the first", "planned_until_on")
    code("progression_kind", details.kind)


def record_check(
    step: Progression, *, checked_on: date, result: str, evidence: str, recorded_by: User, today: date
) -> SustainmentCheck:
    """Note whether they were still there on a day. Raises RuleBroken for a day before the step or ahead."""
    if checked_on > today:
        raise RuleBroken("The day must be today or earlier", "checked_on")
    if checked_on < step.started_on:
        raise RuleBroken("The day must be on or after the day it began", "checked_on")
    if result == STILL_THERE and step.ended_on is not None and checked_on > step.ended_on:
        raise RuleBroken("This ended before that day. Check the day, or record a new step", "checked_on")
    check = SustainmentCheck(
        enrolment=step.enrolment,
        progression=step,
        checked_on=checked_on,
        result=result,
        evidence_level=evidence,
        entered_by_id=recorded_by.id,
    )
    db.session.add(check)
    settle_outcomes(step.enrolment)
    return check


def end_progression(step: Progression, *, ended_on: date, end_reason: str | None, today: date) -> None:
    """Give a step its last day; what it achieved is worked out again by itself. Raises RuleBroken."""
    if ended_on < step.started_on:
        raise RuleBroken("The last day must be on or after the first", "ended_on")
    if ended_on > today:
        raise RuleBroken("The last day must be today or earlier", "ended_on")
    step.ended_on, step.end_reason = ended_on, end_reason
    settle_outcomes(step.enrolment)


def reopen_progression(step: Progression) -> None:
    """Undo of a last day: as far as we know, they are still there."""
    step.ended_on = step.end_reason = None
    settle_outcomes(step.enrolment)


def take_back_progression(step: Progression, *, by: User, now: datetime) -> None:
    """Undo of a step, with its checks; what it achieved goes with it. Raises RuleBroken as `take_back`."""
    for check in step.checks:
        if check.voided_at is None:
            take_back(check, by.id, now)
    take_back(step, by.id, now)
    settle_outcomes(step.enrolment)


def take_back_check(check: SustainmentCheck, *, by: User, now: datetime) -> None:
    """Undo of a check. Raises RuleBroken as `take_back`."""
    take_back(check, by.id, now)
    settle_outcomes(check.enrolment)


def settle_outcomes(enrolment: Enrolment) -> None:
    """Run the programme's rules over an enrolment and store what they find."""
    db.session.flush()
    store_outcomes(enrolment, settle(journey_of(enrolment), outcome_rules(enrolment.programme_id)))


def settle_after_leaving(enrolment: Enrolment) -> None:
    """Once somebody left or came back: only where there is something to settle, or a rule that follows on."""
    rules = outcome_rules(enrolment.programme_id)
    journey = journey_of(enrolment)
    if begins_at_exit(journey, rules) or outcome_states(enrolment):
        store_outcomes(enrolment, settle(journey, rules))


def settle_follow_ups(participant_id: UUID) -> None:
    """Once their word on contact after leaving changed: what is asked of every case they have left."""
    db.session.flush()
    cases = select(Enrolment).where(
        Enrolment.participant_id == participant_id,
        Enrolment.exited_on.is_not(None),
        Enrolment.voided_at.is_(None),
    )
    for enrolment in db.session.scalars(cases).all():
        settle_after_leaving(enrolment)


def outcome_rules(programme_id: UUID) -> list[ProgrammeRule]:
    return list(db.session.scalars(select(ProgrammeRule).where(*_rules_of(programme_id)).order_by(*IN_ORDER)))


def rules_with_states(enrolment: Enrolment) -> tuple[list[ProgrammeRule], dict[str, OutcomeState]]:
    """The programme's rules, and what each found for an enrolment, in one read."""
    own = and_(OutcomeState.rule == ProgrammeRule.code, OutcomeState.enrolment_id == enrolment.id)
    rows = db.session.execute(
        select(ProgrammeRule, OutcomeState)
        .outerjoin(OutcomeState, own)
        .where(*_rules_of(enrolment.programme_id))
        .order_by(*IN_ORDER)
    ).all()
    states = {row.OutcomeState.rule: row.OutcomeState for row in rows if row.OutcomeState is not None}
    return [row.ProgrammeRule for row in rows], states


IN_ORDER = (ProgrammeRule.from_on, ProgrammeRule.code)


def _rules_of(programme_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        ProgrammeRule.programme_id == programme_id,
        ProgrammeRule.kind.in_(("into_work", "sustained")),
        ProgrammeRule.voided_at.is_(None),
    )


def store_outcomes(enrolment: Enrolment, settled: Settled) -> None:
    """Make the stored states and due checks what the rules say they are."""
    stored = outcome_states(enrolment)
    for rule, outcome in settled.outcomes.items():
        state = stored.pop(rule, None)
        if state is None:
            state = OutcomeState(enrolment_id=enrolment.id, rule=rule)
            db.session.add(state)
        state.achieved_on, state.matures_on = outcome.achieved_on, outcome.matures_on
        state.unknown_on, state.progression_id = outcome.unknown_on, outcome.job_id
        state.evidence_level = evidence_level(outcome.evidence_rank)
    for state in stored.values():
        db.session.delete(state)
    for check in settled.checks:
        due = Due(DueKind.SUSTAINMENT, check.rule_id, check.due_on, check.rule, check.closed_on)
        keep_due(enrolment, DueKind.SUSTAINMENT, check.rule_id, due)
    asked = {check.rule_id for check in settled.checks}
    for item in sustainment_dues(enrolment):
        if item.about_id not in asked:
            db.session.delete(item)
