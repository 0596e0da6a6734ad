"""How long each person's record is kept: the latest day that any basis of any of their programmes gives.

The day is stored with the person. It is worked out again in the flush that changes what it hangs on (an
enrolment, a basis, a merge), and for everybody by `caseworker rebuild`. Every other personal row reaches it
through its person.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    bindparam,
    event,
    func,
    inspect,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session, aliased

from caseworker.contacts.models import Contact
from caseworker.core.calendar import uk_time
from caseworker.core.clock import today
from caseworker.core.db import Base, db
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.models import LawfulBasis
from caseworker.lawful.rules import LAST_CONTACT, KeepFacts, keep_until
from caseworker.merging.models import Merge
from caseworker.participants.belonging import whose
from caseworker.participants.models import Participant


@dataclass(frozen=True)
class KeptFor:
    """One purpose for which a record is kept. `until_on` None: they are still there, or no rule says."""

    programme_id: UUID
    purpose: str | None
    article_6: str | None
    keep_from: str | None
    keep_months: int | None
    until_on: date | None


def kept_for(people: ColumnElement[bool], today: date) -> dict[UUID, list[KeptFor]]:
    """Person to the purposes their record is kept for. `people` is a condition on Enrolment."""
    enrolments = _enrolments(people)
    bases = _bases({row.programme_id for row in enrolments}, today)
    by_contact = {key for key, some in bases.items() if any(one.keep_from == LAST_CONTACT for one in some)}
    heard = _last_contacts(people, by_contact)
    found: dict[UUID, list[KeptFor]] = defaultdict(list)
    for row in enrolments:
        facts = KeepFacts(uk_time(row.entered_at).date(), row.exited_on, heard.get(row.id))
        found[row.participant_id] += _purposes(row.programme_id, facts, bases.get(row.programme_id, ()))
    return dict(found)


def _purposes(programme_id: UUID, facts: KeepFacts, bases: Collection[Any]) -> Iterator[KeptFor]:
    if not bases:
        yield KeptFor(programme_id, None, None, None, None, None)
    for basis in bases:
        until_on = keep_until(facts, basis)
        yield KeptFor(
            programme_id, basis.purpose, basis.article_6, basis.keep_from, basis.keep_months, until_on
        )


def latest(purposes: Collection[KeptFor]) -> date | None:
    """The day after which nothing asks for a record any more; None while something does or nobody knows."""
    days = [each.until_on for each in purposes]
    return None if None in days else max((day for day in days if day is not None), default=None)


def settle_keep_until(people: ColumnElement[bool] | None = None) -> int:
    """Store each person's day again; how many differed. Without `people` (a condition on Enrolment): all."""
    among = true() if people is None else people
    wanted = {key: latest(purposes) for key, purposes in kept_for(among, today()).items()}
    whom = select(Enrolment.participant_id).where(among)
    asked = select(Participant.id, Participant.keep_until_on).where(Participant.voided_at.is_(None))
    if people is not None:
        asked = asked.where(Participant.id.in_(whom))
    changes = [
        {"whose": key, "day": wanted.get(key)}
        for key, day in db.session.execute(asked)
        if day != wanted.get(key)
    ]
    if changes:
        row = Base.metadata.tables[Participant.__tablename__]
        changing = update(row).where(row.c.id == bindparam("whose")).values(keep_until_on=bindparam("day"))
        db.session.connection().execute(changing, changes)
    return len(changes)


def keep_until_of(table: Table) -> Select[Any, UUID, date | None]:
    """(`row_id`, `participant_id`, `keep_until_on`) of every row of a table that belongs to somebody."""
    rows = whose(table).subquery()
    return select(rows.c.row_id, rows.c.participant_id, Participant.keep_until_on).join(
        Participant, Participant.id == rows.c.participant_id
    )


def _enrolments(people: ColumnElement[bool]) -> list[Any]:
    asked = select(
        Enrolment.id,
        Enrolment.participant_id,
        Enrolment.programme_id,
        Enrolment.entered_at,
        Enrolment.exited_on,
    ).where(people, Enrolment.voided_at.is_(None))
    return list(db.session.execute(asked))


def _bases(programme_ids: Collection[UUID], today: date) -> Mapping[UUID, list[Any]]:
    """Programme to its bases as they are now: of each purpose the last that has begun."""
    asked = (
        select(
            LawfulBasis.programme_id,
            LawfulBasis.purpose,
            LawfulBasis.article_6,
            LawfulBasis.keep_from,
            LawfulBasis.keep_months,
        )
        .where(
            LawfulBasis.programme_id.in_(programme_ids),
            LawfulBasis.voided_at.is_(None),
            LawfulBasis.from_on <= today,
        )
        .order_by(LawfulBasis.purpose, LawfulBasis.from_on)
    )
    last: dict[Any, Any] = {(row.programme_id, row.purpose): row for row in db.session.execute(asked).all()}
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in last.values():
        found[row.programme_id].append(row)
    return found


def _last_contacts(people: ColumnElement[bool], programme_ids: Collection[UUID]) -> dict[UUID, date]:
    if not programme_ids:
        return {}
    asked = (
        select(Contact.enrolment_id, func.max(Contact.happened_at))
        .join(Enrolment, Enrolment.id == Contact.enrolment_id)
        .where(people, Enrolment.programme_id.in_(programme_ids), Contact.voided_at.is_(None))
        .group_by(Contact.enrolment_id)
    )
    return {key: uk_time(at).date() for key, at in db.session.execute(asked)}


@event.listens_for(Session, "before_flush")
def _note(session: Session, _context: Any, _instances: Any) -> None:
    marks = session.info.setdefault("keep_until", set())
    for record in (*session.new, *session.dirty):
        if isinstance(record, Enrolment) and (record in session.new or _moves(record)):
            marks.add(("participant_id", record.participant_id))
        elif isinstance(record, LawfulBasis):
            marks.add(("programme_id", record.programme_id))
        elif isinstance(record, Merge):
            marks |= {("participant_id", record.kept_id), ("participant_id", record.absorbed_id)}


def _moves(enrolment: Enrolment) -> bool:
    attributes = inspect(enrolment).attrs
    return any(attributes[name].history.has_changes() for name in ("exited_on", "voided_at"))


@event.listens_for(Session, "after_flush")
def _settle(session: Session, _context: Any) -> None:
    marks = session.info.pop("keep_until", None)
    if not marks:
        return
    people = {key for name, key in marks if name == "participant_id"}
    programmes = {key for name, key in marks if name == "programme_id"}
    whose = [Enrolment.participant_id.in_(people)]
    if programmes:
        other = aliased(Enrolment)
        theirs = select(other.participant_id).where(other.programme_id.in_(programmes))
        whose.append(Enrolment.participant_id.in_(theirs))
    settle_keep_until(or_(*whose))
