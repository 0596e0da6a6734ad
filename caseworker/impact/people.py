"""The people behind a line's quantity: those this reader may see, with the step that counted them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, select

from caseworker.accounts.models import User
from caseworker.core import audit
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.impact.quantities import candidates, claim_of, facts_of
from caseworker.impact.valued import worths
from caseworker.lawful.queries import held_back
from caseworker.outcomes.people import REPORTING
from caseworker.outcomes.subjects import Subject
from caseworker.participants.models import Participant
from caseworker.participants.queries import visible_participants
from caseworker.programmes.queries import CASEWORK, programmes_of
from caseworker.progressions.models import Progression
from caseworker.support.models import SupportGiven
from caseworker.valuation import OutcomeLine, OutcomeMap

MOST = 50


@dataclass(frozen=True)
class CountedPerson:
    """One start counted in a line. `amount` is in the line's unit; `evidence_level` None where no step.
    `help` of support_kind, where it is a piece of help that was counted."""

    enrolment_id: UUID
    reference: str
    name: str
    on_date: date
    amount: float
    kind: str | None
    evidence_level: str | None
    help: str | None


@dataclass(frozen=True)
class LinePeople:
    total: int
    visible: int
    rows: tuple[CountedPerson, ...]


def people_of_line(
    user: User, subject: Subject, outcome_map: OutcomeMap, code: str, page: int = 1
) -> LinePeople:
    """The starts a line counted, fifty at a time, by reference. Raises KeyError for an unknown line."""
    line = outcome_map.line(code)
    claims = facts_of(subject, together_with(line, outcome_map))
    rows = candidates(claims, worths(), once=bool(line.once_per_person)).subquery()
    wanted = and_(rows.c.claim == claim_of(line), rows.c.place == 1, rows.c.lacking == 0)
    # As in outcomes: known through another programme is not enough to be told what this one recorded.
    read = select(Enrolment.id).where(Enrolment.programme_id.in_(programmes_of(user, CASEWORK)))
    seen = and_(
        rows.c.participant_id.in_(visible_participants(user).with_only_columns(Participant.id)),
        rows.c.enrolment_id.in_(read),
        rows.c.participant_id.not_in(held_back(REPORTING)),
    )
    total, visible = db.session.execute(
        select(func.count(), func.coalesce(func.sum(case((seen, 1), else_=0)), 0))
        .select_from(rows)
        .where(wanted)
    ).one()
    found = db.session.execute(
        select(rows, Participant, Progression, SupportGiven.kind.label("help"))
        .join(Participant, Participant.id == rows.c.participant_id)
        .outerjoin(Progression, Progression.id == rows.c.progression_id)
        .outerjoin(SupportGiven, SupportGiven.id == rows.c.support_id)
        .where(wanted, seen)
        .order_by(Participant.reference, rows.c.on_date)
        .limit(MOST)
        .offset((page - 1) * MOST)
    )
    audit.listed("value_people")
    people = tuple(_person(row, claims[claim_of(line)][1].divisor) for row in found)
    return LinePeople(int(total), int(visible), people)


def together_with(line: OutcomeLine, outcome_map: OutcomeMap) -> list[OutcomeLine]:
    """The lines that count a person once with this one, itself included."""
    if not line.once_per_person:
        return [line]
    group = [each for each in outcome_map.lines if each.once_per_person == line.once_per_person]
    return sorted(group, key=lambda each: (each.rank, each.code))


def _person(row: Any, divisor: int) -> CountedPerson:
    person: Participant = row.Participant
    step: Progression | None = row.Progression
    return CountedPerson(
        enrolment_id=row.enrolment_id,
        reference=person.reference,
        name=person.full_name,
        on_date=row.on_date,
        amount=int(row.amount) / divisor,
        kind=step.kind if step else None,
        evidence_level=step.evidence_level if step else None,
        help=row.help,
    )
