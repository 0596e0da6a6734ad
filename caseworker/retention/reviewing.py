"""Whose records are past their day, why, and what stands in the way of erasing them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true

from caseworker.accounts.models import Role, User
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.codes import code
from caseworker.core.db import Base, db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.models import ProcessingLimit
from caseworker.participants.halted import RESTRICTION
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import organisations_below, programmes_of
from caseworker.retention.keeping import KeptFor, kept_for, latest
from caseworker.retention.models import Erasure, LegalHold
from caseworker.retention.rules import ASKED, KEPT, ONLY_FOR_TIME, PROPOSED

PAGE = 50
PROPOSERS = frozenset({Role.DATA_PROTECTION, Role.ADMINISTRATOR})
DECIDERS = frozenset({Role.DATA_PROTECTION})


def is_in_hand_of(user: User, roles: frozenset[Role] = PROPOSERS) -> ColumnElement[bool]:
    """Whether a participant is of the organisations in this user's hand, or on their programmes alone.

    A restricted record is in the hand of a data protection officer alone.
    """
    others = and_(_reaches(user, roles - DECIDERS), ~Participant.restricted)
    return or_(_reaches(user, roles & DECIDERS), others)


def _reaches(user: User, roles: frozenset[Role]) -> ColumnElement[bool]:
    grants = [grant for grant in user.grants if grant.role in roles and grant.holds_on(today())]
    if any(grant.programme_id is None and grant.organisation_id is None for grant in grants):
        return true()
    roots = [grant.organisation_id for grant in grants if grant.organisation_id]
    within: list[ColumnElement[bool]] = [false()]
    if roots:
        within.append(Participant.organisation_id.in_(organisations_below(roots)))
    if any(grant.programme_id for grant in grants):
        theirs = exists().where(Enrolment.participant_id == Participant.id, Enrolment.voided_at.is_(None))
        mine = Enrolment.programme_id.in_(programmes_of(user, roles))
        within.append(and_(theirs.where(mine), ~theirs.where(~mine)))
    return or_(*within)


def stands(day: date) -> ColumnElement[bool]:
    lasts = or_(LegalHold.until_on.is_(None), LegalHold.until_on >= day)
    return and_(LegalHold.voided_at.is_(None), LegalHold.from_on <= day, lasts)


def _is_held(day: date) -> ColumnElement[bool]:
    return exists().where(LegalHold.participant_id == Participant.id, stands(day))


def is_proposed() -> ColumnElement[bool]:
    return exists().where(
        Erasure.participant_id == Participant.id, Erasure.state == PROPOSED, Erasure.voided_at.is_(None)
    )


def _is_kept(day: date) -> ColumnElement[bool]:
    return exists().where(
        Erasure.participant_id == Participant.id,
        Erasure.state == KEPT,
        Erasure.look_again_on > day,
        Erasure.voided_at.is_(None),
    )


def _is_limited() -> ColumnElement[bool]:
    return exists().where(
        ProcessingLimit.participant_id == Participant.id,
        ProcessingLimit.kind == RESTRICTION,
        ProcessingLimit.until_on.is_(None),
        ProcessingLimit.voided_at.is_(None),
    )


def _is_on_a_programme() -> ColumnElement[bool]:
    return exists().where(
        Enrolment.participant_id == Participant.id,
        Enrolment.exited_on.is_(None),
        Enrolment.voided_at.is_(None),
    )


def _waits_for_an_answer(because: str) -> ColumnElement[bool]:
    """An open request; the request for erasure itself is answered by erasing."""
    asked = Base.metadata.tables["rights_request"]
    waits = exists().where(
        asked.c.participant_id == Participant.id, asked.c.answered_on.is_(None), asked.c.voided_at.is_(None)
    )
    return waits.where(asked.c.kind != "erasure") if because == ASKED else waits


def to_review(user: User, day: date, programme_id: UUID | None = None) -> Select[UUID]:
    """Keys of the people past their keep-until day whom nothing keeps, nobody proposed and nobody kept."""
    found = select(Participant.id).where(
        Participant.voided_at.is_(None),
        Participant.keep_until_on < day,
        is_in_hand_of(user),
        ~_is_held(day),
        ~is_proposed(),
        ~_is_kept(day),
        ~_is_limited(),
        ~_waits_for_an_answer(""),
    )
    if programme_id is not None:
        on = select(Enrolment.participant_id).where(
            Enrolment.programme_id == programme_id, Enrolment.voided_at.is_(None)
        )
        found = found.where(Participant.id.in_(on))
    return found


def count_of(people: Select[UUID]) -> int:
    return db.session.scalar(select(func.count()).select_from(people.subquery())) or 0


@dataclass(frozen=True)
class Line:
    """Somebody on the desk. Never a name: it is decided by programme, dates and basis."""

    person: Participant
    purposes: Sequence[KeptFor]
    left_on: date | None

    def programmes(self, names: Mapping[UUID, str]) -> str:
        """The programmes of theirs that this user may know of, each once."""
        keys = dict.fromkeys(each.programme_id for each in self.purposes)
        return ", ".join(names[key] for key in keys if key in names)


def lines_of(people: Select[UUID], page: int) -> list[Line]:
    """Those longest past their day first, fifty of them. Five statements."""
    asked = select(Participant).where(Participant.id.in_(people))
    asked = asked.order_by(Participant.keep_until_on, Participant.reference)
    found = list(db.session.scalars(asked.limit(PAGE).offset((page - 1) * PAGE)))
    whom = Enrolment.participant_id.in_([person.id for person in found])
    why = kept_for(whom, today())
    left = select(Enrolment.participant_id, func.max(Enrolment.exited_on)).where(
        whom, Enrolment.voided_at.is_(None)
    )
    left_on = {row[0]: row[1] for row in db.session.execute(left.group_by(Enrolment.participant_id))}
    return [Line(person, why.get(person.id, ()), left_on.get(person.id)) for person in found]


def programmes_in_hand(user: User) -> list[Programme]:
    mine = Programme.id.in_(programmes_of(user, PROPOSERS))
    return list(db.session.scalars(select(Programme).where(mine).order_by(Programme.name)))


def names_of(programme_ids: Iterable[UUID]) -> dict[UUID, str]:
    asked = select(Programme.id, Programme.name).where(Programme.id.in_(set(programme_ids)))
    return {row[0]: row[1] for row in db.session.execute(asked)}


def in_the_way(
    people: Select[UUID], because: str, day: date, *, decided: bool = False
) -> dict[UUID, list[str]]:
    """Person to the codes of IN_THE_WAY that stand. `decided`: their own proposal does not."""
    asked = {
        "gone": Participant.voided_at.is_not(None),
        "held": _is_held(day),
        "open_case": _is_on_a_programme(),
        "no_rule": Participant.keep_until_on.is_(None),
        "not_due": Participant.keep_until_on >= day,
        "request": _waits_for_an_answer(because),
        "limited": _is_limited(),
        "proposed": false() if decided else is_proposed(),
        "kept": _is_kept(day),
    }
    if not code("erasure_reason", because).flag("needs_date"):
        asked = {name: stands for name, stands in asked.items() if name not in ONLY_FOR_TIME}
    found: dict[UUID, list[str]] = {}
    rows = select(Participant.id, *(stands.label(name) for name, stands in asked.items()))
    for row in db.session.execute(rows.where(Participant.id.in_(people))):
        standing = [name for name in asked if getattr(row, name)]
        # On a programme, no day is set: one reason says it.
        if "open_case" in standing and "no_rule" in standing:
            standing.remove("no_rule")
        if standing:
            found[row.id] = standing
    return found


def in_hand(user: User, keys: Iterable[UUID]) -> Select[UUID]:
    """Those of these people who are in this user's hand."""
    return select(Participant.id).where(Participant.id.in_(set(keys)), is_in_hand_of(user))


def get_person(user: User, person_id: UUID) -> Participant:
    """One person to look at for keeping or erasing, and the look noted. Raises NotVisible."""
    found = db.session.scalar(select(Participant).where(Participant.id == person_id, is_in_hand_of(user)))
    if found is None:
        raise NotVisible
    audit.looked(found.id, "retention")
    return found


def find_person(user: User, reference: str) -> Participant | None:
    """Somebody by their reference, among those in this user's hand."""
    asked = select(Participant).where(Participant.reference == reference, is_in_hand_of(user))
    return db.session.scalar(asked.where(Participant.voided_at.is_(None)))


def basis_of(people: Select[UUID]) -> dict[UUID, tuple[date | None, list[dict[str, Any]]]]:
    """Person to their day and what gave it, in plain values for the record of a decision."""
    found: dict[UUID, tuple[date | None, list[dict[str, Any]]]] = defaultdict(lambda: (None, []))
    for key, purposes in kept_for(Enrolment.participant_id.in_(people), today()).items():
        found[key] = latest(purposes), [_plain(each) for each in purposes]
    return found


def _plain(purpose: KeptFor) -> dict[str, Any]:
    return {
        "programme": str(purpose.programme_id),
        "purpose": purpose.purpose,
        "article_6": purpose.article_6,
        "keep_from": purpose.keep_from,
        "keep_months": purpose.keep_months,
        "until_on": purpose.until_on.isoformat() if purpose.until_on else None,
    }
