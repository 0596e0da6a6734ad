"""Who of a sheet is here already, as far as this user may be told: asked for all rows at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select

from caseworker.accounts.models import User
from caseworker.core.clock import today
from caseworker.core.db import Base, db
from caseworker.enrolments.models import Enrolment
from caseworker.imports.queries import in_chunks
from caseworker.imports.rules import Row, Same, same_as
from caseworker.participants.models import NameKey, Participant, ParticipantAccess, Scope
from caseworker.participants.queries import is_open_to, lasting
from caseworker.participants.sameness import Details
from caseworker.programmes.models import Programme

# Reason of a record that went into another one.
MERGED = "merged"


@dataclass(frozen=True)
class Known:
    """Somebody of the controller whom a row may mean. `merged`: their record went into another since, and
    `id` is that one's. Where `here` is False the user is told nothing of them and joins nobody to them."""

    id: UUID
    reference: str
    details: Details
    merged: bool = False
    here: bool = True

    @property
    def same(self) -> Same:
        return same_as(self.details.given_name, self.details.family_name, self.details.born_on)


def people_like(user: User, programme: Programme, rows: Sequence[Row]) -> list[Known]:
    """People of a controller who share a birth date with a row, or a word of the name where one of the two
    has no birth date. A restricted record is there only for the users it names.

    Two queries for each 500 rows, and two more where records were merged.
    """
    births = {row.values["born_on"] for row in rows if row.values.get("born_on")}
    words = {word for row in rows for word in row.same[0]}
    bare = {word for row in rows if row.values.get("born_on") is None for word in row.same[0]}
    found: dict[UUID, Known] = {}
    for some in in_chunks(sorted(births)):
        _add(found, user, programme, Participant.born_on.in_(some))
    for some in in_chunks(sorted(words)):
        named = Participant.id.in_(select(NameKey.participant_id).where(NameKey.word.in_(some)))
        _add(found, user, programme, and_(named, Participant.born_on.is_(None)))
    for some in in_chunks(sorted(bare)):
        named = Participant.id.in_(select(NameKey.participant_id).where(NameKey.word.in_(some)))
        _add(found, user, programme, named)
    return _followed(found, user, programme)


def _add(found: dict[UUID, Known], user: User, programme: Programme, narrowed: ColumnElement[bool]) -> None:
    person = Participant
    rows = db.session.execute(
        select(
            person.id,
            person.reference,
            person.given_name,
            person.family_name,
            person.preferred_name,
            person.born_on,
            person.postcode,
            person.voided_at,
            _is_here(user, programme).label("here"),
        )
        .where(narrowed, person.organisation_id == programme.organisation_id)
        .where(
            or_(
                and_(person.voided_at.is_(None), or_(~person.restricted, _names(user))),
                person.void_reason == MERGED,
            )
        )
        .order_by(person.id)
    )
    for row in rows:
        details = Details(row.given_name, row.family_name, row.preferred_name, row.born_on, row.postcode)
        found[row.id] = Known(row.id, row.reference, details, row.voided_at is not None, bool(row.here))


def _is_here(user: User, programme: Programme) -> ColumnElement[bool]:
    """Open to the user, or on this programme once: whoever runs it knew them then."""
    been = exists().where(
        Enrolment.participant_id == Participant.id,
        Enrolment.programme_id == programme.id,
        Enrolment.voided_at.is_(None),
    )
    return or_(been, *(is_open_to(user, Participant, scope) for scope in (Scope.CASE, Scope.PEOPLE)))


def _followed(found: dict[UUID, Known], user: User, programme: Programme) -> list[Known]:
    """Merged records as the one they went into: gone from here where that one is restricted."""
    into = _merged_into({each.id for each in found.values() if each.merged})
    here: dict[UUID, bool] = {}
    for some in in_chunks(sorted(set(into.values()))):
        rows = db.session.execute(
            select(Participant.id, _is_here(user, programme).label("here")).where(
                Participant.id.in_(some),
                Participant.voided_at.is_(None),
                or_(~Participant.restricted, _names(user)),
            )
        )
        here |= {row.id: bool(row.here) for row in rows}
    followed = []
    for each in found.values():
        if not each.merged:
            followed.append(each)
        elif into.get(each.id) in here:
            followed.append(replace(each, id=into[each.id], here=here[into[each.id]]))
    return followed


def _merged_into(gone: set[UUID]) -> dict[UUID, UUID]:
    """The record that each of these went into in the end. A query for each merge of a merged record."""
    merge = Base.metadata.tables["merge"].c
    steps: dict[UUID, UUID] = {}
    asked: set[UUID] = set()
    asking = gone
    while asking:
        for some in in_chunks(sorted(asking)):
            rows = db.session.execute(
                select(merge.absorbed_id, merge.kept_id).where(
                    merge.absorbed_id.in_(some), merge.voided_at.is_(None)
                )
            )
            steps |= {row.absorbed_id: row.kept_id for row in rows}
        asked |= asking
        asking = set(steps.values()) - asked
    ends = {}
    for first in gone & set(steps):
        last = steps[first]
        while last in steps:
            last = steps[last]
        ends[first] = last
    return ends


def _names(user: User) -> ColumnElement[bool]:
    row = ParticipantAccess
    return exists().where(
        row.participant_id == Participant.id,
        row.user_id == user.id,
        row.scope.in_([Scope.CASE, Scope.PEOPLE]),
        lasting(today()),
    )
