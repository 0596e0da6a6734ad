"""What a keyworker has to do, from the stored due days: the counts and the lists are the same rows."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from caseworker.accounts.models import User
from caseworker.casefile.queries import standing_of
from caseworker.core.db import db
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.queries import open_to
from caseworker.enrolments.rules import Standing, standing
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme

PAGE = 50
SHOWN = (Standing.OVERDUE, Standing.TODAY, Standing.COMING)


@dataclass(frozen=True)
class DueLine:
    """One thing that is due, for one enrolment."""

    kind: str
    due_on: date
    enrolment_id: UUID
    reference: str
    known_as: str
    family_name: str
    programme_name: str

    @property
    def name(self) -> str:
        return f"{self.known_as} {self.family_name}"


@dataclass(frozen=True)
class DueCounts:
    """How many things stand how, kind by kind."""

    by_kind: Counter[tuple[Standing, str]]

    def of(self, wanted: Standing, kind: str = "") -> int:
        return sum(count for (each, of), count in self.by_kind.items() if each is wanted and kind in ("", of))


def count_due(user: User, today: date) -> DueCounts:
    """Counted by day in the database; `standing` says what each day means."""
    rows = _own_dues(user, DueItem.kind, DueItem.due_on, func.count()).group_by(DueItem.kind, DueItem.due_on)
    found: Counter[tuple[Standing, str]] = Counter()
    for kind, due_on, count in db.session.execute(rows):
        found[standing(due_on, None, today), kind] += count
    return DueCounts(found)


def first_due(user: User, today: date, each: int) -> dict[Standing, list[DueLine]]:
    """The first few of what is overdue, of today and of the next days, in one query."""
    stands = standing_of(DueItem.due_on, today).label("stands")
    place = func.row_number().over(partition_by=stands, order_by=(DueItem.due_on, DueItem.id)).label("place")
    rows = _lines(user).add_columns(stands, place).subquery("rows")
    first = (
        select(rows)
        .where(rows.c.place <= each, rows.c.stands.in_([wanted.value for wanted in SHOWN]))
        .order_by(rows.c.due_on, rows.c.place)
    )
    found: dict[Standing, list[DueLine]] = {wanted: [] for wanted in SHOWN}
    for *line, stands_so, _place in db.session.execute(first):
        found[Standing(stands_so)].append(DueLine(*line))
    return found


def list_due(user: User, today: date, wanted: Standing, kind: str, page: int) -> list[DueLine]:
    """A page of what stands so, the oldest first."""
    lines = _lines(user).where(standing_of(DueItem.due_on, today) == wanted.value)
    if kind:
        lines = lines.where(DueItem.kind == kind)
    lines = lines.order_by(DueItem.due_on, DueItem.id).limit(PAGE).offset((page - 1) * PAGE)
    return [DueLine(*row) for row in db.session.execute(lines)]


def _lines(user: User) -> Select[*tuple[Any, ...]]:
    known_as = func.coalesce(Participant.preferred_name, Participant.given_name).label("known_as")
    return (
        _own_dues(
            user,
            DueItem.kind,
            DueItem.due_on,
            Enrolment.id,
            Participant.reference,
            known_as,
            Participant.family_name,
            Programme.name,
        )
        .join(Participant, Participant.id == Enrolment.participant_id)
        .join(Programme, Programme.id == Enrolment.programme_id)
    )


def _own_dues(user: User, *columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .select_from(Enrolment)
        .join(DueItem, DueItem.enrolment_id == Enrolment.id)
        .where(Enrolment.keyworker_id == user.id, DueItem.closed_on.is_(None), open_to(user))
    )
