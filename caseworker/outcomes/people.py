"""The people behind a percentage: those this reader may see, by reference, and how many others there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func

from caseworker.accounts.models import User
from caseworker.core import audit
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.queries import held_back
from caseworker.outcomes.indicators import conditions
from caseworker.outcomes.journeys import Condition, count_if
from caseworker.outcomes.queries import journeys_of, sustained_rule
from caseworker.outcomes.subjects import Subject
from caseworker.participants.models import Participant
from caseworker.participants.queries import visible_participants
from caseworker.programmes.queries import CASEWORK, programmes_of

REPORTING = "reporting"
PARTS = ("counted", "not_counted", "unknown", "not_yet", "excluded")
MOST = 50


@dataclass(frozen=True)
class CountedStart:
    """One start behind a figure. `fact_on` is when the outcome was reached, where there is a day."""

    enrolment_id: UUID
    reference: str
    name: str
    started_on: date
    fact_on: date | None
    evidence_level: str | None


@dataclass(frozen=True)
class People:
    """`total` starts in this part; `visible` of them may be seen by this reader; `rows` is one page."""

    total: int
    visible: int
    rows: tuple[CountedStart, ...]


def people_behind(user: User, subject: Subject, code: str, part: str, page: int = 1) -> People:
    """The starts in one part of an indicator, fifty at a time, in the order of their references."""
    journeys = journeys_of(subject, sustained_rule(subject))
    wanted = _part(conditions(journeys)[code], part)
    # Known through another programme is not enough: what this one recorded is read by its own people.
    seen = and_(
        Enrolment.participant_id.in_(visible_participants(user).with_only_columns(Participant.id)),
        Enrolment.programme_id.in_(programmes_of(user, CASEWORK)),
        # Who objected to reporting, or whose record is restricted, is counted and named to nobody.
        Enrolment.participant_id.not_in(held_back(REPORTING)),
    )
    total, visible = db.session.execute(journeys.select(count_if(wanted), count_if(and_(wanted, seen)))).one()
    state = journeys.sustained if code == "sustained" else journeys.into
    rows = db.session.execute(
        journeys.select(
            Enrolment.id,
            Participant.reference,
            func.coalesce(Participant.preferred_name, Participant.given_name),
            Participant.family_name,
            Enrolment.started_on,
            state.achieved_on,
            state.evidence_level,
        )
        .join(Participant, Participant.id == Enrolment.participant_id)
        .where(wanted, seen)
        .order_by(Participant.reference, Enrolment.started_on)
        .limit(MOST)
        .offset((page - 1) * MOST)
    )
    audit.listed("outcome_people")
    return People(int(total), int(visible), tuple(_row(row) for row in rows))


def _part(asked: Condition, part: str) -> ColumnElement[bool]:
    if part == "not_counted":
        return and_(asked.among, ~asked.counted, ~asked.unknown)
    return {
        "counted": asked.counted,
        "unknown": asked.unknown,
        "not_yet": asked.not_yet,
        "excluded": asked.excluded,
    }[part]


def _row(row: Sequence[object]) -> CountedStart:
    key, reference, given, family, started_on, fact_on, evidence = row
    return CountedStart(key, reference, f"{given} {family}", started_on, fact_on, evidence)  # type: ignore[arg-type]
