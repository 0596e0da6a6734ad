"""Work out every stored due day and outcome again from the facts, in bulk, and put right what differs.

What is done one enrolment at a time as facts change must give the same rows: a property test says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from caseworker.contacts.models import Contact
from caseworker.contacts.queries import LADDER, counts, heard, history_of
from caseworker.core.calendar import uk_time
from caseworker.core.db import db
from caseworker.enrolments.heard import Heard
from caseworker.enrolments.models import DueItem, Enrolment, ReviewPause
from caseworker.enrolments.rules import Due, DueKind, contact_due, plan_due, review_due
from caseworker.enrolments.services import spell_of
from caseworker.plans.models import ActionPlan
from caseworker.programmes.models import ProgrammeRule
from caseworker.progressions.models import OutcomeState, Progression
from caseworker.progressions.queries import evidence_level, journey_with, with_facts
from caseworker.progressions.rules import Outcome, Settled, begins_at_exit, settle

REVIEWS, MINIMUM = "review_clock", "minimum_contact"
# Rules of contact and plan; every other is of outcomes.
APART = frozenset({REVIEWS, MINIMUM, LADDER})

DueRow = tuple[date, str, date | None]
StateRow = tuple[date | None, date | None, date | None, str | None, UUID | None]


@dataclass(frozen=True)
class Rebuilt:
    """How many stored rows there are now, and how many of them were wrong, missing or too many."""

    dues: int
    dues_mended: int
    outcomes: int
    outcomes_mended: int


@dataclass(frozen=True)
class Facts:
    """All that the rules read, by enrolment or programme."""

    enrolments: list[Enrolment]
    rules: dict[tuple[UUID, str], list[ProgrammeRule]]
    spoken_on: dict[UUID, date]
    plans: dict[UUID, ActionPlan]
    steps: dict[UUID, list[Progression]]
    settled_before: set[UUID]
    pauses: dict[UUID, list[ReviewPause]]


def rebuild() -> Rebuilt:
    """Make every stored row what the rules say it is. Run inside a transaction."""
    db.session.flush()
    facts = _facts()
    dues: dict[tuple[UUID, str, UUID], DueRow] = {}
    states: dict[tuple[UUID, str], StateRow] = {}
    for enrolment in facts.enrolments:
        settled = _settled(facts, enrolment)
        for due in _dues(facts, enrolment, settled):
            dues[enrolment.id, due.kind.value, due.about_id] = (due.due_on, due.rule, due.closed_on)
        for rule, outcome in settled.outcomes.items():
            states[enrolment.id, rule] = _state(outcome)
    return Rebuilt(len(dues), _mend_dues(dues), len(states), _mend_states(states))


def _facts() -> Facts:
    rules: dict[tuple[UUID, str], list[ProgrammeRule]] = defaultdict(list)
    for rule in _standing(ProgrammeRule, ProgrammeRule.from_on, ProgrammeRule.code):
        rules[rule.programme_id, rule.kind if rule.kind in APART else "outcomes"].append(rule)
    steps: dict[UUID, list[Progression]] = defaultdict(list)
    for step in _standing(Progression, Progression.id):
        steps[step.enrolment_id].append(step)
    pauses: dict[UUID, list[ReviewPause]] = defaultdict(list)
    for pause in _standing(ReviewPause, ReviewPause.from_on):
        pauses[pause.enrolment_id].append(pause)
    spoken = db.session.execute(
        select(Contact.enrolment_id, func.max(Contact.happened_at))
        .where(Contact.two_way, counts())
        .group_by(Contact.enrolment_id)
    )
    return Facts(
        enrolments=list(_standing(Enrolment, Enrolment.id)),
        rules=rules,
        spoken_on={enrolment_id: uk_time(at).date() for enrolment_id, at in spoken},
        plans={plan.enrolment_id: plan for plan in _standing(ActionPlan, ActionPlan.id)},
        steps=steps,
        settled_before=set(db.session.scalars(select(OutcomeState.enrolment_id))),
        pauses=pauses,
    )


def _standing(model: Any, *order: Any) -> Iterable[Any]:
    """Every row not taken back."""
    rows = select(model).where(model.voided_at.is_(None)).order_by(*order)
    if model is Progression:
        rows = rows.options(*with_facts())
    return db.session.scalars(rows)


def _settled(facts: Facts, enrolment: Enrolment) -> Settled:
    """The rules first run with the first step forward, or when somebody leaves whom a rule follows on."""
    steps, rules = facts.steps.get(enrolment.id, []), _rules(facts, enrolment, "outcomes")
    journey = journey_with(enrolment, steps)
    if steps or enrolment.id in facts.settled_before or begins_at_exit(journey, rules):
        return settle(journey, rules)
    return Settled({}, ())


def _dues(facts: Facts, enrolment: Enrolment, settled: Settled) -> Iterator[Due]:
    editions = _rules(facts, enrolment, REVIEWS)
    spell = spell_of(enrolment, facts.pauses.get(enrolment.id, ()))
    plan = facts.plans.get(enrolment.id)
    found = [
        contact_due(spell, editions, _heard(facts, enrolment), _rules(facts, enrolment, MINIMUM)),
        plan_due(spell, editions, plan.agreed_on if plan else None),
        review_due(spell, editions, plan.id, plan.agreed_on, plan.reviewed_on) if plan else None,
    ]
    yield from (due for due in found if due is not None)
    for check in settled.checks:
        yield Due(DueKind.SUSTAINMENT, check.rule_id, check.due_on, check.rule, check.closed_on)


def _heard(facts: Facts, enrolment: Enrolment) -> Heard | date | None:
    ladders = _rules(facts, enrolment, LADDER)
    if ladders or _rules(facts, enrolment, MINIMUM):
        return heard(history_of(enrolment.id), ladders, enrolment.participant)
    return facts.spoken_on.get(enrolment.id)


def _rules(facts: Facts, enrolment: Enrolment, kind: str) -> list[ProgrammeRule]:
    return facts.rules.get((enrolment.programme_id, kind), [])


def _state(outcome: Outcome) -> StateRow:
    best = evidence_level(outcome.evidence_rank)
    return (outcome.achieved_on, outcome.matures_on, outcome.unknown_on, best, outcome.job_id)


def _mend_dues(wanted: dict[tuple[UUID, str, UUID], DueRow]) -> int:
    mended, missing = 0, dict(wanted)
    for item in db.session.scalars(select(DueItem)):
        row = missing.pop((item.enrolment_id, item.kind, item.about_id), None)
        if row is None:
            db.session.delete(item)
        elif row == (item.due_on, item.rule, item.closed_on):
            continue
        else:
            item.due_on, item.rule, item.closed_on = row
        mended += 1
    for (enrolment_id, kind, about_id), (due_on, rule, closed_on) in missing.items():
        keys = {"enrolment_id": enrolment_id, "kind": kind, "about_id": about_id}
        db.session.add(DueItem(**keys, due_on=due_on, rule=rule, closed_on=closed_on))
    return mended + len(missing)


def _mend_states(wanted: dict[tuple[UUID, str], StateRow]) -> int:
    mended, missing = 0, dict(wanted)
    for state in db.session.scalars(select(OutcomeState)):
        row = missing.pop((state.enrolment_id, state.rule), None)
        if row is None:
            db.session.delete(state)
        elif row == _stored(state):
            continue
        else:
            _store(state, row)
        mended += 1
    for (enrolment_id, rule), row in missing.items():
        state = OutcomeState(enrolment_id=enrolment_id, rule=rule)
        _store(state, row)
        db.session.add(state)
    return mended + len(missing)


def _stored(state: OutcomeState) -> StateRow:
    return (
        state.achieved_on,
        state.matures_on,
        state.unknown_on,
        state.evidence_level,
        state.progression_id,
    )


def _store(state: OutcomeState, row: StateRow) -> None:
    state.achieved_on, state.matures_on, state.unknown_on, state.evidence_level, state.progression_id = row
