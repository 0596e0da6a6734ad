"""Requests somebody may see: a data protection officer those of the people of their organisations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from caseworker.accounts.models import User
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.protecting import is_protected_by
from caseworker.merging.queries import followed
from caseworker.participants.models import Participant
from caseworker.rights import rules
from caseworker.rights.models import AccessPack, RequestPause, RightsRequest

PAGE = 50


@dataclass(frozen=True)
class Line:
    """A request on the desk, with where it stands: waiting, overdue, soon, open or answered."""

    request: RightsRequest
    pauses: tuple[RequestPause, ...]
    standing: str


def _requests(user: User) -> Select[RightsRequest]:
    return (
        select(RightsRequest)
        .join(RightsRequest.participant)
        .options(contains_eager(RightsRequest.participant))
        .where(RightsRequest.voided_at.is_(None), is_protected_by(user))
    )


def get_request(user: User, request_id: UUID, looking_at: str = "request") -> RightsRequest:
    """One request, and the look at its person noted. Raises NotVisible."""
    found = db.session.scalar(_requests(user).where(RightsRequest.id == request_id))
    if found is None:
        raise NotVisible
    audit.looked(found.participant_id, looking_at)
    return found


def get_protected(user: User, typed: str) -> Participant | None:
    """A person by their reference, or by one that was merged into theirs, among those whose data this user
    protects: a request on a record that is gone would stand in nobody's way."""
    reference = followed(typed.strip().upper())
    return db.session.scalar(
        select(Participant).where(Participant.reference == reference, is_protected_by(user))
    )


def open_requests(user: User, day: date) -> list[Line]:
    """Every request that is not answered: those overdue first, then by due date, those that wait last."""
    lines = _lines(_requests(user).where(RightsRequest.answered_on.is_(None)), day)
    return sorted(
        lines,
        key=lambda line: (
            line.standing == "waiting",
            line.request.due_on or date.max,
            line.request.received_on,
        ),
    )


def answered_requests(user: User, day: date, page: int = 1) -> tuple[list[Line], int]:
    """A page of those answered, the last one first, and how many there are."""
    answered = _requests(user).where(RightsRequest.answered_on.is_not(None))
    keys = answered.with_only_columns(RightsRequest.id).order_by(None).subquery()
    total = db.session.scalar(select(func.count()).select_from(keys)) or 0
    newest = answered.order_by(RightsRequest.answered_on.desc(), RightsRequest.id.desc())
    return _lines(newest.limit(PAGE).offset((page - 1) * PAGE), day), total


def _lines(wanted: Select[RightsRequest], day: date) -> list[Line]:
    requests = list(db.session.scalars(wanted))
    pauses = pauses_of(request.id for request in requests)
    return [line_of(request, pauses.get(request.id, []), day) for request in requests]


def line_of(request: RightsRequest, pauses: Sequence[RequestPause], day: date) -> Line:
    still = rules.stands_still((pause.from_on, pause.until_on) for pause in pauses)
    stands = "answered" if request.answered_on else rules.standing(request.due_on, still, day)
    return Line(request, tuple(pauses), stands)


def pauses_of(request_ids: Iterable[UUID]) -> dict[UUID, list[RequestPause]]:
    """Pauses by request, in order."""
    found: dict[UUID, list[RequestPause]] = {}
    rows = db.session.scalars(
        select(RequestPause)
        .where(RequestPause.request_id.in_(list(request_ids)), RequestPause.voided_at.is_(None))
        .order_by(RequestPause.from_on, RequestPause.id)
    )
    for row in rows:
        found.setdefault(row.request_id, []).append(row)
    return found


def requests_of(participant_id: UUID) -> list[RightsRequest]:
    """Everything one person asked about their record, the newest first."""
    return list(
        db.session.scalars(
            select(RightsRequest)
            .where(RightsRequest.participant_id == participant_id, RightsRequest.voided_at.is_(None))
            .order_by(RightsRequest.received_on.desc(), RightsRequest.id.desc())
        )
    )


def open_erasure_requests(user: User) -> list[RightsRequest]:
    """Requests to be erased that wait for an answer, for the desk that erases: the first due first."""
    return [line.request for line in open_requests(user, today()) if line.request.kind == rules.ERASURE]


def packs_of(request_id: UUID) -> list[AccessPack]:
    """Packs made for a request, the newest first."""
    return list(
        db.session.scalars(
            select(AccessPack)
            .where(AccessPack.request_id == request_id, AccessPack.voided_at.is_(None))
            .order_by(AccessPack.made_at.desc(), AccessPack.id.desc())
        )
    )
