"""On which basis data is held, what may be asked, and what stands against using somebody's record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, column, func, or_, select, table

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.core.types import Key
from caseworker.lawful.models import CollectedField, ContactStop, LawfulBasis, ProcessingLimit
from caseworker.participants.halted import RESTRICTION
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import programmes_of

READERS = frozenset({Role.LEAD, Role.DATA_PROTECTION, Role.ADMINISTRATOR})
WRITERS = frozenset({Role.DATA_PROTECTION})
OBJECTION = "objection"


@dataclass(frozen=True)
class Limits:
    """What stands against using a record: `restricted` is all of it, `objected` holds single purposes."""

    restricted: bool
    objected: frozenset[str]
    rows: tuple[ProcessingLimit, ...]

    def holds_back(self, purpose: str) -> bool:
        return self.restricted or purpose in self.objected


def limits_on(participant_id: UUID) -> Limits:
    """The restriction and objections that stand today, in one query."""
    rows = tuple(
        db.session.scalars(
            select(ProcessingLimit)
            .where(ProcessingLimit.participant_id == participant_id, _lasts())
            .order_by(ProcessingLimit.from_on, ProcessingLimit.id)
        )
    )
    objected = frozenset(row.purpose for row in rows if row.kind == OBJECTION and row.purpose)
    return Limits(any(row.kind == RESTRICTION for row in rows), objected, rows)


def held_back(purpose: str) -> Select[UUID]:
    """Keys of the people whose record may not be used for a purpose: all is restricted, or they objected.

    An objection without a purpose is to every one.
    """
    whole = or_(ProcessingLimit.kind == RESTRICTION, ProcessingLimit.purpose.is_(None))
    return select(ProcessingLimit.participant_id).where(
        _lasts(), or_(whole, ProcessingLimit.purpose == purpose)
    )


def _lasts() -> ColumnElement[bool]:
    return and_(ProcessingLimit.until_on.is_(None), ProcessingLimit.voided_at.is_(None))


def limited_among(
    participant_ids: Iterable[UUID | None], enrolment_ids: Iterable[UUID | None] = ()
) -> set[UUID]:
    """Those of these people, or of the people of these cases, whose record is kept and not used."""
    case = table("enrolment", column("id", Key()), column("participant_id", Key()))
    row, people, cases = ProcessingLimit, set(participant_ids), set(enrolment_ids)
    whose: ColumnElement[bool] = row.participant_id.in_(people)
    if cases:
        whose = or_(whose, row.participant_id.in_(select(case.c.participant_id).where(case.c.id.in_(cases))))
    found = select(row.participant_id).where(whose, row.kind == RESTRICTION, _lasts())
    return set(db.session.scalars(found))


def restricted_cases(enrolment_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these cases whose person's record is kept and not used, in one query."""
    case = table("enrolment", column("id", Key()), column("participant_id", Key()))
    row = ProcessingLimit
    return set(
        db.session.scalars(
            select(case.c.id)
            .join(row, row.participant_id == case.c.participant_id)
            .where(case.c.id.in_(set(enrolment_ids)), row.kind == RESTRICTION, _lasts())
        )
    )


def stop_of(participant_id: UUID) -> ContactStop | None:
    """The stop that holds for somebody."""
    return db.session.scalar(
        select(ContactStop).where(
            ContactStop.participant_id == participant_id,
            ContactStop.ended_on.is_(None),
            ContactStop.voided_at.is_(None),
        )
    )


def stopped_since() -> dict[UUID, date]:
    """Everybody who must not be contacted, and from which day."""
    rows = db.session.execute(
        select(ContactStop.participant_id, ContactStop.from_on).where(
            ContactStop.ended_on.is_(None), ContactStop.voided_at.is_(None)
        )
    )
    return {row.participant_id: row.from_on for row in rows}


def collected(programme_id: UUID, day: date) -> frozenset[str]:
    """The sensitive fields a programme may ask for on a day."""
    row = CollectedField
    found = select(row.field).where(row.programme_id == programme_id, holds_on(row, day))
    return frozenset(db.session.scalars(found))


def may_collect(programme_id: UUID, field: str, day: date) -> bool:
    """Whether a programme may ask for one field of sensitive_field on a day."""
    return field in collected(programme_id, day)


def holds_on(row: type[CollectedField] | type[LawfulBasis], day: date) -> ColumnElement[bool]:
    lasts = or_(row.until_on.is_(None), row.until_on >= day)
    return and_(row.voided_at.is_(None), row.from_on <= day, lasts)


def bases_of(programme_id: UUID, day: date | None = None) -> list[LawfulBasis]:
    """Every basis of a programme, the newest first of each purpose; on a day: those that hold then."""
    row = LawfulBasis
    found = select(row).where(row.programme_id == programme_id, row.voided_at.is_(None))
    if day is not None:
        found = found.where(holds_on(row, day))
    return list(db.session.scalars(found.order_by(row.purpose, row.from_on.desc(), row.id)))


def lasting_purposes(programme_ids: Sequence[UUID], day: date) -> dict[UUID, int]:
    """How many purposes of each programme have a basis on a day, in one query."""
    row = LawfulBasis
    rows = db.session.execute(
        select(row.programme_id, func.count(row.purpose.distinct()))
        .where(row.programme_id.in_(programme_ids), holds_on(row, day))
        .group_by(row.programme_id)
    )
    return {key: int(count) for key, count in rows}


def get_basis(programme: Programme, basis_id: UUID) -> LawfulBasis:
    """Raises NotVisible when it is missing, taken back or another programme's."""
    found = next((row for row in bases_of(programme.id) if row.id == basis_id), None)
    if found is None:
        raise NotVisible
    return found


def get_field(programme: Programme, row_id: UUID) -> CollectedField:
    """Raises NotVisible when it is missing, taken back or another programme's."""
    found = next((row for row in fields_of(programme.id) if row.id == row_id), None)
    if found is None:
        raise NotVisible
    return found


def basis_of(programme_id: UUID, purpose: str, day: date) -> LawfulBasis | None:
    """The basis of one purpose on a day."""
    return next((row for row in bases_of(programme_id, day) if row.purpose == purpose), None)


def fields_of(programme_id: UUID) -> list[CollectedField]:
    """Every time a field was switched on, the newest first."""
    row = CollectedField
    return list(
        db.session.scalars(
            select(row)
            .where(row.programme_id == programme_id, row.voided_at.is_(None))
            .order_by(row.field, row.from_on.desc(), row.id)
        )
    )


def visible_programmes(user: User, roles: frozenset[Role] = READERS) -> list[Programme]:
    """Programmes whose lawful basis this user reads (or, with WRITERS, writes), by name."""
    return list(
        db.session.scalars(
            select(Programme)
            .where(Programme.id.in_(programmes_of(user, roles)), Programme.voided_at.is_(None))
            .order_by(Programme.name, Programme.id)
        )
    )


def get_programme(user: User, programme_id: UUID, roles: frozenset[Role] = READERS) -> Programme:
    """Raises NotVisible when it is missing or not this user's."""
    found = next((each for each in visible_programmes(user, roles) if each.id == programme_id), None)
    if found is None:
        raise NotVisible
    return found
