"""Risks that hold, what to do about them, and pairs of people who must not meet."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from caseworker.accounts.models import Role, User
from caseworker.core.clock import today
from caseworker.core.codes import label
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.participants.models import Participant, ParticipantAccess, Scope
from caseworker.participants.queries import lasting, visible_participants
from caseworker.programmes.queries import programmes_of
from caseworker.risks.models import KeepApart, RiskFlag, RiskReview
from caseworker.risks.rules import in_order


def holds() -> ColumnElement[bool]:
    """A risk that is neither over nor taken back; an overdue review does not end it."""
    return and_(RiskFlag.voided_at.is_(None), RiskFlag.ended_on.is_(None))


def marks(participant_id: BindParameter[UUID]) -> Select[str]:
    """`risk:` and what to do, for each risk of somebody that holds: a part of one column of marks."""
    return select((literal("risk:") + RiskFlag.what_to_do).label("mark")).where(
        RiskFlag.participant_id == participant_id, holds()
    )


def measures_of(participant_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """What to do, in words, by person. It says neither the fact nor its source."""
    found: dict[UUID, list[str]] = defaultdict(list)
    if not participant_ids:
        return found
    rows = db.session.execute(
        select(RiskFlag.participant_id, RiskFlag.what_to_do).where(
            RiskFlag.participant_id.in_(participant_ids), holds()
        )
    )
    for whose, what_to_do in rows:
        found[whose].append(what_to_do)
    return {whose: measure_words(every) for whose, every in found.items()}


def measure_words(measures: Iterable[str]) -> list[str]:
    return [label("risk_measure", each) for each in in_order(measures)]


def risks_of(participant_id: UUID) -> list[RiskFlag]:
    """Risks that hold, with their facts: for readers of the case alone. The next to review first."""
    return list(
        db.session.scalars(
            select(RiskFlag)
            .where(RiskFlag.participant_id == participant_id, holds())
            .order_by(RiskFlag.review_on, RiskFlag.id)
        )
    )


def every_risk_of(participant_id: UUID) -> tuple[list[RiskFlag], dict[UUID, list[RiskReview]]]:
    """(risks not taken back, those that hold first; their reviews by risk, the newest first)."""
    flags = db.session.scalars(
        select(RiskFlag)
        .where(RiskFlag.participant_id == participant_id, RiskFlag.voided_at.is_(None))
        .options(selectinload(RiskFlag.reviews))
        .order_by(RiskFlag.ended_on.is_not(None), RiskFlag.review_on, RiskFlag.id)
    ).all()
    reviews = {
        flag.id: sorted(
            (each for each in flag.reviews if each.voided_at is None),
            key=lambda each: (each.reviewed_on, each.id),
            reverse=True,
        )
        for flag in flags
    }
    return list(flags), reviews


def get_risk(participant_id: UUID, flag_id: UUID) -> RiskFlag:
    """Raises NotVisible when it is missing, taken back or another person's."""
    flag = db.session.scalar(
        select(RiskFlag).where(
            RiskFlag.id == flag_id,
            RiskFlag.participant_id == participant_id,
            RiskFlag.voided_at.is_(None),
        )
    )
    if flag is None:
        raise NotVisible
    return flag


def get_review(flag: RiskFlag, review_id: UUID) -> RiskReview:
    """The newest review of a risk, by its key: an earlier one is settled. Raises NotVisible."""
    newest = db.session.scalar(
        select(RiskReview)
        .where(RiskReview.flag_id == flag.id, RiskReview.voided_at.is_(None))
        .order_by(RiskReview.id.desc())
        .limit(1)
    )
    if newest is None or newest.id != review_id:
        raise NotVisible
    return newest


def stands(first: date, last: date) -> ColumnElement[bool]:
    """A pair to be kept apart on some day from one to another."""
    return and_(
        KeepApart.voided_at.is_(None),
        KeepApart.from_on <= last,
        or_(KeepApart.until_on.is_(None), KeepApart.until_on >= first),
    )


def other_of(participant_id: Any) -> ColumnElement[UUID]:
    """The other side of each pair that somebody is in."""
    return func.coalesce(
        func.nullif(KeepApart.one_id, participant_id), KeepApart.other_id, type_=KeepApart.one_id.type
    )


def involves(participant_id: Any) -> ColumnElement[bool]:
    return or_(KeepApart.one_id == participant_id, KeepApart.other_id == participant_id)


def any_apart(joining: Collection[UUID], there: Select[UUID], first: date, last: date) -> bool:
    """Whether some of `joining` must not meet one another, or any who are there: one statement always."""
    everybody = (
        or_(KeepApart.one_id.in_(joining), KeepApart.one_id.in_(there)),
        or_(KeepApart.other_id.in_(joining), KeepApart.other_id.in_(there)),
    )
    new = or_(KeepApart.one_id.in_(joining), KeepApart.other_id.in_(joining))
    found = select(KeepApart.id).where(stands(first, last), *everybody, new).limit(1)
    return db.session.scalar(found) is not None


@dataclass(frozen=True)
class Pair:
    """A pair as a lead reads it. `other` is None where that person is not theirs to see; `by` recorded it."""

    pair: KeepApart
    one: Participant | None
    other: Participant | None
    by: str


def pairs_for(user: User, participant_id: UUID | None = None) -> list[Pair]:
    """Pairs of people on a lead's programmes that stand or are to come; of one person, who comes first.

    A lead who sees one of the two learns that there is a pair and who recorded it, not whom it is with.
    """
    mine = visible_participants(user, Scope.CASE).with_only_columns(Participant.id)
    mine = mine.where(Participant.id.in_(_led(user)))
    rows = db.session.execute(
        select(KeepApart, User.name)
        .outerjoin(User, User.id == KeepApart.entered_by_id)
        .where(
            KeepApart.voided_at.is_(None),
            or_(KeepApart.one_id.in_(mine), KeepApart.other_id.in_(mine)),
            *([involves(participant_id)] if participant_id else []),
        )
        .options(joinedload(KeepApart.one), joinedload(KeepApart.other))
        .order_by(KeepApart.until_on.is_not(None), KeepApart.from_on.desc(), KeepApart.id)
    ).all()
    sides = {side for pair, _ in rows for side in (pair.one_id, pair.other_id)}
    seen = set(db.session.scalars(mine.where(Participant.id.in_(sides)))) if sides else set()
    return [_as_read(pair, by or "", seen, participant_id) for pair, by in rows]


def _as_read(pair: KeepApart, by: str, seen: Collection[UUID], first: UUID | None) -> Pair:
    sides = [pair.one, pair.other]
    if first == pair.other_id or (first is None and pair.one_id not in seen):
        sides.reverse()
    shown = [side if side.id in seen else None for side in sides]
    return Pair(pair, shown[0], shown[1], by)


def _led(user: User) -> Select[UUID]:
    """Everybody with a case on a programme that this user leads."""
    return select(ParticipantAccess.participant_id).where(
        ParticipantAccess.programme_id.in_(programmes_of(user, {Role.LEAD})),
        ParticipantAccess.scope == Scope.CASE,
        lasting(today()),
    )


def get_pair(user: User, pair_id: UUID) -> Pair:
    """One pair that a lead sees both sides of. Raises NotVisible."""
    for found in pairs_for(user):
        if found.pair.id == pair_id and found.one is not None and found.other is not None:
            return found
    raise NotVisible


def find_led(user: User, reference: str) -> Participant | None:
    """Somebody on a programme that this user leads, by reference; None: missing, or not theirs to see."""
    people = visible_participants(user, Scope.CASE).where(Participant.id.in_(_led(user)))
    return db.session.scalar(people.where(Participant.reference == reference))


def leads(user: User, programme_id: UUID) -> bool:
    """Whether somebody leads a programme today, and so may let a booking go ahead."""
    led = programmes_of(user, {Role.LEAD}).subquery("led")
    return db.session.scalar(select(led.c.id).where(led.c.id == programme_id)) is not None


def is_overdue(day: date) -> ColumnElement[bool]:
    """A risk that holds and was not looked at again in time."""
    return and_(holds(), RiskFlag.review_on < day)
