"""People of one controller who may be the person described: found by indexed keys, judged by `sameness`."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, union
from sqlalchemy.orm import aliased

from caseworker.accounts.models import User
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.participants.models import NameKey, Participant, ParticipantAccess, Scope
from caseworker.participants.queries import is_findable_by, is_open_to, lasting
from caseworker.participants.sameness import Comparison, Details, birthdays_like, compare, sounds_of

MOST = 5
# However common the name, no more people of it are compared.
_MOST_NAMESAKES = 200
_SCOPES = (Scope.CASE, Scope.PEOPLE)


@dataclass(frozen=True)
class Match:
    """Somebody who may be the same. Where `named_to_user` is False nothing of them is to be shown;
    where only `open_to_user` is False, their name and reference, and the way to ask for their case."""

    participant: Participant
    comparison: Comparison
    open_to_user: bool
    named_to_user: bool


def likely_same(
    user: User,
    organisation_id: UUID,
    details: Details,
    *,
    apart_from: Iterable[UUID] = (),
    most: int = MOST,
) -> list[Match]:
    """Those of the controller who may be the person described, the likeliest first; in one query.

    A restricted record is there only for the users it names.
    """
    seen = or_(*(is_open_to(user, Participant, scope) for scope in _SCOPES))
    named = is_findable_by(user, Participant)
    rows = db.session.execute(
        select(Participant, seen.label("seen"), named.label("named"))
        .where(
            Participant.id.in_(_candidates(organisation_id, details)),
            Participant.organisation_id == organisation_id,
            Participant.voided_at.is_(None),
            Participant.id.not_in(list(apart_from)),
            or_(~Participant.restricted, _names_user(user)),
        )
        .order_by(Participant.id)
    )
    found = [
        Match(person, compare(details, details_of(person)), bool(seen), bool(seen or named))
        for person, seen, named in rows
    ]
    possible = [match for match in found if match.comparison.possible]
    return sorted(possible, key=lambda match: (-match.comparison.score, match.participant.id))[:most]


def details_of(person: Participant) -> Details:
    """A stored person, to be compared."""
    return Details(
        given_name=person.given_name,
        family_name=person.family_name,
        preferred_name=person.preferred_name,
        born_on=person.born_on,
        postcode=person.postcode,
        ni_marks=frozenset({person.ni_number_mark} if person.ni_number_mark else ()),
    )


def _names_user(user: User) -> ColumnElement[bool]:
    row = ParticipantAccess
    return exists().where(
        row.participant_id == Participant.id,
        row.user_id == user.id,
        row.scope.in_(_SCOPES),
        lasting(today()),
    )


def _candidates(organisation_id: UUID, details: Details) -> Select[UUID]:
    """Whoever shares enough to be worth comparing; each arm is an index of its own."""
    person = aliased(Participant)
    given, family = sounds_of(details)
    either = exists().where(NameKey.participant_id == person.id, NameKey.sound.in_(given | family))
    arms = [_namesakes(organisation_id, given, family)]
    if details.born_on is not None:
        arms.append(select(person.id).where(person.born_on.in_(birthdays_like(details.born_on)), either))
    if details.postcode:
        arms.append(select(person.id).where(person.postcode == details.postcode, either))
    if details.ni_marks:
        arms.append(select(person.id).where(person.ni_number_mark.in_(details.ni_marks)))
    every = union(*arms).subquery("candidates") if len(arms) > 1 else arms[0].subquery("candidates")
    return select(every.c.id)


def _namesakes(organisation_id: UUID, given: frozenset[str], family: frozenset[str]) -> Select[UUID]:
    first, last = aliased(NameKey), aliased(NameKey)
    pairs = (
        select(last.participant_id.label("id"))
        .join(first, and_(first.participant_id == last.participant_id, first.sound.in_(given)))
        .join(Participant, Participant.id == last.participant_id)
        .where(last.sound.in_(family), Participant.organisation_id == organisation_id)
        .limit(_MOST_NAMESAKES)
        .subquery("namesakes")
    )
    return select(pairs.c.id)
