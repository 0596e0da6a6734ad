"""Who may see whom. Every read of a person starts at `visible_participants`."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, union_all

from caseworker.accounts.models import Role, User
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.participants.models import Participant, ParticipantAccess, Scope, StatedReason
from caseworker.programmes.queries import holds_any, programmes_of
from caseworker.programmes.readers import Reader

# The role that sees everybody of its programmes, at each scope that a programme opens.
OVER_PROGRAMMES = {Scope.CASE: Role.LEAD, Scope.PEOPLE: Role.PROGRAMME_ADMINISTRATOR}
# Roles that have cases on a programme, and so may find a colleague's.
WITH_CASES = frozenset({Role.KEYWORKER, Role.LEAD})


def open_to(user: Reader, scope: Scope) -> Select[UUID]:
    """Keys of the participants this user sees today, at this scope."""
    return select(ParticipantAccess.participant_id).where(_reads(user, scope))


def is_open_to(user: Reader, person: type[Participant], scope: Scope = Scope.CASE) -> ColumnElement[bool]:
    """The same as `visible_participants`, asked of each person of a select that is narrow already."""
    mine = ParticipantAccess.participant_id == person.id
    return and_(
        person.voided_at.is_(None),
        exists().where(mine, _reads(user, scope)),
        or_(~person.restricted, exists().where(mine, _is_named(user, scope))),
    )


def _reads(user: Reader, scope: Scope) -> ColumnElement[bool]:
    """Access rows that let this user see somebody today: their own, and those of programmes they lead.

    What opens a case to a programme's leads shows its administrators who the person is, and no more.
    """
    role = OVER_PROGRAMMES.get(scope)
    if role is None or not holds_any(user, {role}):
        return _is_named(user, scope)
    own = and_(ParticipantAccess.user_id == user.id, ParticipantAccess.scope == scope)
    over = ParticipantAccess.programme_id.in_(programmes_of(user, {role}))
    opening = ParticipantAccess.scope.in_({Scope.CASE, scope})
    return and_(or_(own, and_(over, opening)), lasting(today()))


def _is_named(user: Reader, scope: Scope) -> ColumnElement[bool]:
    return and_(ParticipantAccess.user_id == user.id, ParticipantAccess.scope == scope, lasting(today()))


def lasting(day: date) -> ColumnElement[bool]:
    return and_(
        ParticipantAccess.from_on <= day,
        or_(ParticipantAccess.until_on.is_(None), ParticipantAccess.until_on >= day),
    )


def visible_participants(user: Reader, scope: Scope = Scope.CASE) -> Select[Participant]:
    """People this user may see. A restricted record opens only to users named in its access rows."""
    named = select(ParticipantAccess.participant_id).where(_is_named(user, scope))
    return select(Participant).where(
        Participant.voided_at.is_(None),
        Participant.id.in_(open_to(user, scope)),
        or_(~Participant.restricted, Participant.id.in_(named)),
    )


def findable_by(user: Reader) -> Select[UUID]:
    """Keys among which a search of this user looks: theirs, and those on a programme where they have cases;
    each once.

    Narrow it by `is_findable_by` or `is_open_to`: a restricted record may be among them.
    """
    on_theirs = and_(
        ParticipantAccess.programme_id.in_(programmes_of(user, WITH_CASES)),
        ParticipantAccess.scope == Scope.CASE,
        lasting(today()),
    )
    whose = select(ParticipantAccess.participant_id)
    both = union_all(whose.where(_is_named(user, Scope.CASE)), whose.where(on_theirs)).subquery("both")
    return select(both.c.participant_id).distinct()


def is_findable_by(user: Reader, person: type[Participant]) -> ColumnElement[bool]:
    """On a programme where this user has cases: their name may be shown, and their case asked for.

    A restricted record is not there for anybody but those it names.
    """
    return and_(
        person.voided_at.is_(None),
        ~person.restricted,
        exists().where(
            ParticipantAccess.participant_id == person.id,
            ParticipantAccess.programme_id.in_(programmes_of(user, WITH_CASES)),
            ParticipantAccess.scope == Scope.CASE,
            lasting(today()),
        ),
    )


def get_findable(user: User, participant_id: UUID) -> Participant:
    """One person to ask for, and the look at their name noted. Raises NotVisible."""
    participant = db.session.scalar(
        select(Participant).where(Participant.id == participant_id, is_findable_by(user, Participant))
    )
    if participant is None:
        raise NotVisible
    audit.looked(participant.id, "name")
    return participant


def get_stated_reason(user: User, stated_id: UUID) -> StatedReason:
    """A reason this user stated. Raises NotVisible."""
    stated = db.session.get(StatedReason, stated_id)
    if stated is None or stated.user_id != user.id or stated.voided_at is not None:
        raise NotVisible
    return stated


def readers_of(participant_id: UUID) -> list[ParticipantAccess]:
    """The access list of a person, as it is today."""
    return list(
        db.session.scalars(
            select(ParticipantAccess).where(
                ParticipantAccess.participant_id == participant_id, lasting(today())
            )
        )
    )
