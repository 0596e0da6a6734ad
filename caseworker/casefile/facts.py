"""All that the rules read, of one programme or of every one, in a handful of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import joinedload

from caseworker.contacts.models import Contact
from caseworker.contacts.queries import LADDER, counts, reached_by
from caseworker.contacts.rules import Reached
from caseworker.core.calendar import uk_time
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment, ReviewPause
from caseworker.participants.agreed import CONTACT_AFTER, refused_on
from caseworker.plans.models import ActionPlan
from caseworker.programmes.models import ProgrammeRule
from caseworker.progressions.models import OutcomeState, Progression
from caseworker.progressions.queries import with_facts

REVIEWS, MINIMUM = "review_clock", "minimum_contact"
# Rules of contact and plan; every other is of outcomes.
APART = frozenset({REVIEWS, MINIMUM, LADDER})


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
    tried: dict[UUID, list[Reached]]
    said_no: dict[UUID, date]


def read_facts(programme_id: UUID | None, instead: Iterable[ProgrammeRule] | None = None) -> Facts:
    """Of one programme or of all; `instead`: as if these were all the rules."""
    rules: dict[tuple[UUID, str], list[ProgrammeRule]] = defaultdict(list)
    standing = _standing(ProgrammeRule, programme_id, ProgrammeRule.from_on, ProgrammeRule.code)
    for rule in standing if instead is None else instead:
        rules[rule.programme_id, rule.kind if rule.kind in APART else "outcomes"].append(rule)
    steps: dict[UUID, list[Progression]] = defaultdict(list)
    for step in _standing(Progression, programme_id, Progression.id):
        steps[step.enrolment_id].append(step)
    pauses: dict[UUID, list[ReviewPause]] = defaultdict(list)
    for pause in _standing(ReviewPause, programme_id, ReviewPause.from_on):
        pauses[pause.enrolment_id].append(pause)
    spoken = db.session.execute(
        select(Contact.enrolment_id, func.max(Contact.happened_at))
        .where(Contact.two_way, counts(), _within(Contact, programme_id))
        .group_by(Contact.enrolment_id)
    )
    plans = _standing(ActionPlan, programme_id, ActionPlan.id)
    settled = select(OutcomeState.enrolment_id).where(_within(OutcomeState, programme_id))
    return Facts(
        enrolments=list(_standing(Enrolment, programme_id, Enrolment.id)),
        rules=rules,
        spoken_on={enrolment_id: uk_time(at).date() for enrolment_id, at in spoken},
        plans={plan.enrolment_id: plan for plan in plans},
        steps=steps,
        settled_before=set(db.session.scalars(settled)),
        pauses=pauses,
        said_no=refused_on(CONTACT_AFTER, _people(programme_id)),
        tried=_tried({programme for programme, kind in rules if kind in (LADDER, MINIMUM)}),
    )


def _tried(programme_ids: Collection[UUID]) -> dict[UUID, list[Reached]]:
    """Contacts and attempts by case, the oldest first, where a programme's rules ask for each of them."""
    rows = db.session.execute(
        select(
            Contact.enrolment_id,
            Contact.happened_at,
            Contact.channel,
            Contact.two_way,
            Contact.result,
            Contact.direction,
        )
        .join(Enrolment, Enrolment.id == Contact.enrolment_id)
        .where(Enrolment.programme_id.in_(programme_ids), counts())
        .order_by(Contact.happened_at, Contact.id)
    )
    found: dict[UUID, list[Reached]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(reached_by(*row[1:]))
    return found


def _standing(model: Any, programme_id: UUID | None, *order: Any) -> Iterable[Any]:
    """Every row of one programme, or of all, not taken back."""
    rows = rows_of(model, programme_id).where(model.voided_at.is_(None)).order_by(*order)
    if model is Progression:
        rows = rows.options(*with_facts())
    elif model is Enrolment:
        rows = rows.options(joinedload(Enrolment.participant))
    return db.session.scalars(rows)


def _people(programme_id: UUID | None) -> Select[UUID] | None:
    if programme_id is None:
        return None
    return select(Enrolment.participant_id).where(Enrolment.programme_id == programme_id)


def rows_of(model: Any, programme_id: UUID | None) -> Select[Any]:
    return select(model).where(_within(model, programme_id))


def _within(model: Any, programme_id: UUID | None) -> ColumnElement[bool]:
    """A row of this programme, by its own key or its case's; None: of any."""
    if programme_id is None:
        return true()
    if hasattr(model, "programme_id"):
        own: ColumnElement[bool] = model.programme_id == programme_id
        return own
    cases = select(Enrolment.id).where(Enrolment.programme_id == programme_id)
    case: ColumnElement[bool] = model.enrolment_id.in_(cases)
    return case
