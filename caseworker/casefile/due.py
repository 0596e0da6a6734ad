"""What somebody has to do: stored due days, their appointments and their tasks, in one select.

The counts and the lists are the same rows, and `standing` alone says what a day means.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, Select, Subquery, Time, cast, func, literal, null, select, union_all

from caseworker.accounts.models import User
from caseworker.appointments.cover import does, meets
from caseworker.appointments.models import Appointment, Task
from caseworker.appointments.queries import is_open_to, task_is_open_to
from caseworker.casefile.queries import standing_of
from caseworker.core.db import db
from caseworker.core.sealing import unseal
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.queries import open_to, worked_by
from caseworker.enrolments.rules import Standing, standing
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme

PAGE = 50
SHOWN = (Standing.OVERDUE, Standing.TODAY, Standing.COMING, Standing.UNKNOWN)
# What a list can be narrowed to, by its name in the address.
VIEWS: dict[str, tuple[Standing, ...]] = {
    "overdue": (Standing.OVERDUE,),
    "today": (Standing.TODAY,),
    "now": (Standing.OVERDUE, Standing.TODAY),
    "coming": (Standing.COMING,),
    "later": (Standing.LATER,),
    "unknown": (Standing.UNKNOWN,),
}
APPOINTMENT, TASK = "appointment", "task"


@dataclass(frozen=True)
class DueLine:
    """One thing to do: for an enrolment, or for none (its key and names are then empty)."""

    kind: str
    due_on: date | None
    at: time | None
    id: UUID
    enrolment_id: UUID | None
    sealed: bytes | None
    reference: str
    known_as: str
    family_name: str
    programme_name: str

    @property
    def name(self) -> str:
        return f"{self.known_as} {self.family_name}"

    @property
    def words(self) -> str:
        """What a task says; empty for anything else."""
        if self.kind != TASK or self.sealed is None:
            return ""
        return unseal(self.sealed, "task", self.id, "words_sealed").decode()


@dataclass(frozen=True)
class DueCounts:
    """How many things stand how, kind by kind."""

    by_kind: Counter[tuple[Standing, str]]

    def of(self, wanted: Standing | tuple[Standing, ...], kind: str = "") -> int:
        stands = (wanted,) if isinstance(wanted, Standing) else wanted
        return sum(count for (each, of), count in self.by_kind.items() if each in stands and kind in ("", of))


def count_due(user: User, today: date) -> DueCounts:
    """Counted by day in the database; `standing` says what each day means."""
    every = _to_do(user, today)
    rows = select(every.c.kind, every.c.due_on, func.count()).group_by(every.c.kind, every.c.due_on)
    found: Counter[tuple[Standing, str]] = Counter()
    for kind, due_on, count in db.session.execute(rows):
        found[standing(due_on, None, today), kind] += count
    return DueCounts(found)


def first_due(user: User, today: date, each: int) -> dict[Standing, list[DueLine]]:
    """The first few of what is overdue, of today and of the next days, in one query."""
    every = _to_do(user, today)
    stands = _stands(every, today)
    place = func.row_number().over(partition_by=stands, order_by=_in_time(every)).label("place")
    rows = _lines(every).add_columns(stands.label("stands"), place).subquery("rows")
    first = (
        select(rows)
        .where(rows.c.place <= each, rows.c.stands.in_([wanted.value for wanted in SHOWN]))
        .order_by(rows.c.due_on, rows.c.place)
    )
    found: dict[Standing, list[DueLine]] = {wanted: [] for wanted in SHOWN}
    for *line, stands_so, _place in db.session.execute(first):
        found[Standing(stands_so)].append(DueLine(*line))
    return found


def list_due(
    user: User, today: date, wanted: tuple[Standing, ...], kind: str = "", page: int = 1
) -> list[DueLine]:
    """A page of what stands so, in the order of time."""
    every = _to_do(user, today)
    lines = _lines(every).where(_stands(every, today).in_([each.value for each in wanted]))
    if kind:
        lines = lines.where(every.c.kind == kind)
    lines = lines.order_by(*_in_time(every)).limit(PAGE).offset((page - 1) * PAGE)
    return [DueLine(*row) for row in db.session.execute(lines)]


def _stands(every: Subquery, today: date) -> Any:
    """What is there and has no day stands as unknown."""
    return func.coalesce(standing_of(every.c.due_on, today), literal(Standing.UNKNOWN.value))


def _in_time(every: Subquery) -> tuple[Any, ...]:
    """By day; of one day those with a time first, in its order."""
    return every.c.due_on, every.c.at.is_(None), every.c.at, every.c.id


def _lines(every: Subquery) -> Select[*tuple[Any, ...]]:
    known_as = func.coalesce(Participant.preferred_name, Participant.given_name, "").label("known_as")
    return (
        select(
            *every.c,
            func.coalesce(Participant.reference, "").label("reference"),
            known_as,
            func.coalesce(Participant.family_name, "").label("family_name"),
            func.coalesce(Programme.name, "").label("programme_name"),
        )
        .select_from(every)
        .outerjoin(Enrolment, Enrolment.id == every.c.enrolment_id)
        .outerjoin(Participant, Participant.id == Enrolment.participant_id)
        .outerjoin(Programme, Programme.id == Enrolment.programme_id)
    )


def _to_do(user: User, today: date) -> Subquery:
    no_time, no_words = cast(null(), Time()), cast(null(), LargeBinary())
    dues = (
        select(
            DueItem.kind,
            DueItem.due_on,
            no_time.label("at"),
            DueItem.id,
            DueItem.enrolment_id,
            no_words.label("sealed"),
        )
        .join(Enrolment, Enrolment.id == DueItem.enrolment_id)
        .where(worked_by(user, today), DueItem.closed_on.is_(None), open_to(user))
    )
    meetings = select(
        literal(APPOINTMENT),
        Appointment.starts_on,
        Appointment.starts_time,
        Appointment.id,
        Appointment.enrolment_id,
        no_words,
    ).where(meets(user, today), Appointment.result.is_(None), is_open_to(user))
    tasks = select(literal(TASK), Task.due_on, no_time, Task.id, Task.enrolment_id, Task.words_sealed).where(
        does(user, today), Task.done_on.is_(None), task_is_open_to(user)
    )
    return union_all(dues, meetings, tasks).subquery("to_do")
