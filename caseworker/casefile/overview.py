"""What the case page shows beside the timeline: one small read for each card."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    LargeBinary,
    Select,
    Time,
    bindparam,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import contains_eager

from caseworker.accounts.models import User
from caseworker.appointments.models import Appointment, Task
from caseworker.barriers.models import BarrierAssessment
from caseworker.barriers.rules import latest_words, still_in_the_way
from caseworker.casefile.marks import marks_column
from caseworker.casefile.queries import Case, cases
from caseworker.core.db import db
from caseworker.core.sealing import unseal
from caseworker.core.types import Instant, Key
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.participants.models import Participant
from caseworker.plans.models import Action, ActionPlan, Goal
from caseworker.programmes.readers import Reader, as_reader, built
from caseworker.progressions.models import Progression
from caseworker.wellbeing.models import WellbeingAssessment


@dataclass(frozen=True)
class MarkedCase(Case):
    """A case of somebody, with what must be known of them first: see `marks.read_marks`."""

    marks: str | None


@dataclass(frozen=True)
class Ahead:
    """Something due (`kind` of DueKind), an appointment to write up (BOOKED) or a task not done (TASK).

    Only a task may have no day. `colleague` is whom it is with, or who is to do it: `colleague_id`.
    """

    kind: str
    starts_on: date | None
    id: UUID
    enrolment_id: UUID
    starts_at: datetime | None
    starts_time: time | None
    channel: str
    colleague: str
    colleague_id: UUID | None
    sealed: bytes | None

    @property
    def words(self) -> str:
        """What a task says."""
        return unseal(self.sealed, "task", self.id, "words_sealed").decode() if self.sealed else ""


BOOKED, TASK = "appointment", "task"


def cases_of(user: User, participant: Participant, today: date) -> list[MarkedCase]:
    """The enrolments of a person that this user may read, the newest first."""
    values = as_reader(user, participant_id=participant.id)
    return [MarkedCase(*row) for row in db.session.execute(built(_cases_of, user, today), values)]


def _cases_of(reader: Reader, today: date) -> Select[*tuple[Any, ...]]:
    return (
        cases(reader, today)
        .add_columns(marks_column(bindparam("participant_id", type_=Key())).label("marks"))
        .where(Enrolment.participant_id == bindparam("participant_id"))
        .order_by(Enrolment.referred_on.desc(), Enrolment.id.desc())
    )


def ahead_of(enrolment_id: UUID) -> list[Ahead]:
    """What is due, what is booked and the tasks, none done yet, the soonest first: in one query."""
    return [Ahead(*found) for found in db.session.execute(_ahead(), {"enrolment_id": enrolment_id})]


@cache
def _ahead() -> Select[*tuple[Any, ...]]:
    enrolment_id = bindparam("enrolment_id", type_=Key())
    due = select(
        DueItem.kind,
        DueItem.due_on.label("starts_on"),
        DueItem.id,
        DueItem.enrolment_id,
        cast(null(), Instant()).label("starts_at"),
        cast(null(), Time()).label("starts_time"),
        literal("").label("channel"),
        literal("").label("colleague"),
        cast(null(), Key()).label("colleague_id"),
        cast(null(), LargeBinary()).label("sealed"),
    ).where(DueItem.enrolment_id == enrolment_id, DueItem.closed_on.is_(None))
    row = Appointment
    booked = (
        select(
            literal(BOOKED),
            row.starts_on,
            row.id,
            row.enrolment_id,
            row.starts_at,
            row.starts_time,
            row.channel,
            User.name,
            row.with_id,
            cast(null(), LargeBinary()),
        )
        .join(User, User.id == row.with_id)
        .where(row.enrolment_id == enrolment_id, row.result.is_(None), row.voided_at.is_(None))
    )
    both = union_all(due, booked, _tasks(enrolment_id)).subquery()
    order = (both.c.starts_on.is_(None), both.c.starts_on, both.c.starts_time, both.c.kind, both.c.id)
    return select(both).order_by(*order)


def _tasks(enrolment_id: BindParameter[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal(TASK),
            Task.due_on,
            Task.id,
            Task.enrolment_id,
            cast(null(), Instant()),
            cast(null(), Time()),
            literal(""),
            User.name,
            Task.user_id,
            Task.words_sealed,
        )
        .join(User, User.id == Task.user_id)
        .where(Task.enrolment_id == enrolment_id, Task.done_on.is_(None), Task.voided_at.is_(None))
    )


def open_goals(enrolment_id: UUID) -> list[Goal]:
    """Goals not closed yet, the soonest first, each with its actions still open."""
    return list(db.session.scalars(_goals(), {"enrolment_id": enrolment_id}).unique())


OPEN = ("not_started", "in_progress")


@cache
def _goals() -> Select[Goal]:
    open_action = (Action.goal_id == Goal.id) & Action.voided_at.is_(None) & Action.state.in_(OPEN)
    return (
        select(Goal)
        .join(ActionPlan, ActionPlan.id == Goal.plan_id)
        .outerjoin(Action, open_action)
        .where(
            ActionPlan.enrolment_id == bindparam("enrolment_id"),
            ActionPlan.voided_at.is_(None),
            Goal.voided_at.is_(None),
            Goal.closed_on.is_(None),
        )
        .options(contains_eager(Goal.actions))
        .order_by(Goal.target_on, Goal.id, Action.due_on, Action.id)
    )


def open_barriers(enrolment_id: UUID) -> list[BarrierAssessment]:
    """The latest word on each barrier, where it still gets in the way, the most serious first."""
    rows = db.session.scalars(_all_of(BarrierAssessment, "assessed_on"), {"enrolment_id": enrolment_id})
    return still_in_the_way(latest_words(rows))


def latest_wellbeing(enrolment_id: UUID) -> WellbeingAssessment | None:
    """The newest sitting, whatever was asked in it."""
    sittings = _all_of(WellbeingAssessment, "assessed_on", newest_first=True)
    found: WellbeingAssessment | None = db.session.scalar(sittings, {"enrolment_id": enrolment_id})
    return found


def progressions_of(enrolment_id: UUID) -> list[Progression]:
    steps = _all_of(Progression, "started_on", newest_first=True)
    return list(db.session.scalars(steps, {"enrolment_id": enrolment_id}))


@cache
def _all_of(record: Any, day: str, *, newest_first: bool = False) -> Select[Any]:
    """What was not taken back of one kind of record, in the order of its days."""
    order = (getattr(record, day), record.id)
    return (
        select(record)
        .where(record.enrolment_id == bindparam("enrolment_id"), record.voided_at.is_(None))
        .order_by(*((each.desc() for each in order) if newest_first else order))
    )
