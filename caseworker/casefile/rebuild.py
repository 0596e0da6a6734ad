"""Work out every stored due day and outcome again from the facts, in bulk, and put right what differs.

What is done one enrolment at a time as facts change must give the same rows: a property test says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseworker.casefile.facts import MINIMUM, REVIEWS, Facts, read_facts, rows_of
from caseworker.contacts.queries import LADDER, heard
from caseworker.core.db import db
from caseworker.enrolments.heard import Heard
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.rules import Due, DueKind, contact_due, plan_due, review_due
from caseworker.enrolments.services import spell_of
from caseworker.lawful.queries import stopped_since
from caseworker.programmes.models import ProgrammeRule
from caseworker.progressions.models import OutcomeState
from caseworker.progressions.queries import evidence_level, journey_with
from caseworker.progressions.rules import Outcome, Settled, begins_at_exit, settle

DueRow = tuple[date, str, date | None]
StateRow = tuple[date | None, date | None, date | None, str | None, UUID | None]
Dues = dict[tuple[UUID, str, UUID], DueRow]
States = dict[tuple[UUID, str], StateRow]


@dataclass(frozen=True)
class Rebuilt:
    """How many stored rows there are now, and how many of them were wrong, missing or too many."""

    dues: int
    dues_mended: int
    outcomes: int
    outcomes_mended: int


def rebuild(programme_id: UUID | None = None) -> Rebuilt:
    """Make every stored row what the rules say it is, of one programme or of all. Run inside a
    transaction."""
    db.session.flush()
    dues, states = _worked_out(read_facts(programme_id))
    mended = _mend_dues(dues, programme_id), _mend_states(states, programme_id)
    return Rebuilt(len(dues), mended[0], len(states), mended[1])


def moved_by(programme_id: UUID, rules: Sequence[ProgrammeRule]) -> Counter[str]:
    """How much would be different were these all the rules of a programme: days by DueKind, and under
    "outcome" what was achieved. Nothing is stored."""
    dues, states = _worked_out(read_facts(programme_id, rules))
    stored = db.session.scalars(rows_of(DueItem, programme_id))
    before = _open_days(
        ((item.enrolment_id, item.kind, item.about_id), (item.due_on, item.rule, item.closed_on))
        for item in stored
    )
    after = _open_days(dues.items())
    keys = before.keys() | after.keys()
    moved = Counter(key[1] for key in keys if before.get(key) != after.get(key))
    kept = db.session.scalars(rows_of(OutcomeState, programme_id))
    found = {(state.enrolment_id, state.rule): _stored(state) for state in kept}
    moved["outcome"] = sum(found.get(key) != states.get(key) for key in found.keys() | states.keys())
    return moved


def _open_days(dues: Iterable[tuple[tuple[UUID, str, UUID], DueRow]]) -> dict[tuple[UUID, str], list[date]]:
    """The open days by case and kind: a check is about the edition of its rule, and another edition with
    the same days moves nothing."""
    found: dict[tuple[UUID, str], list[date]] = defaultdict(list)
    for (enrolment_id, kind, _), (due_on, _rule, closed_on) in dues:
        if closed_on is None:
            found[enrolment_id, str(kind)].append(due_on)
    return {key: sorted(days) for key, days in found.items()}


def _worked_out(facts: Facts) -> tuple[Dues, States]:
    dues: Dues = {}
    states: States = {}
    stopped = stopped_since()
    for enrolment in facts.enrolments:
        settled = _settled(facts, enrolment)
        for due in _dues(facts, enrolment, settled):
            closed_on = due.closed_on or stopped.get(enrolment.participant_id)
            dues[enrolment.id, due.kind.value, due.about_id] = (due.due_on, due.rule, closed_on)
        for rule, outcome in settled.outcomes.items():
            states[enrolment.id, rule] = _state(outcome)
    return dues, states


def _settled(facts: Facts, enrolment: Enrolment) -> Settled:
    """The rules first run with the first step forward, or when somebody leaves whom a rule follows on."""
    steps, rules = facts.steps.get(enrolment.id, []), _rules(facts, enrolment, "outcomes")
    journey = journey_with(enrolment, steps, facts.said_no.get(enrolment.participant_id))
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
        return heard(facts.tried.get(enrolment.id, []), ladders, enrolment.participant)
    return facts.spoken_on.get(enrolment.id)


def _rules(facts: Facts, enrolment: Enrolment, kind: str) -> list[ProgrammeRule]:
    return facts.rules.get((enrolment.programme_id, kind), [])


def _state(outcome: Outcome) -> StateRow:
    best = evidence_level(outcome.evidence_rank)
    return (outcome.achieved_on, outcome.matures_on, outcome.unknown_on, best, outcome.job_id)


def _mend_dues(wanted: Dues, programme_id: UUID | None) -> int:
    mended, missing = 0, dict(wanted)
    for item in db.session.scalars(rows_of(DueItem, programme_id)):
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


def _mend_states(wanted: States, programme_id: UUID | None) -> int:
    mended, missing = 0, dict(wanted)
    for state in db.session.scalars(rows_of(OutcomeState, programme_id)):
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
