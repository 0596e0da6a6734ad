"""What waits for a keyworker besides what is due: people out of touch, and drafts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from caseworker.accounts.models import Role, User
from caseworker.accounts.permissions import Permission, may, roles_of
from caseworker.casefile.queries import cases
from caseworker.casefile.words import DRAFT_OF
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.drafts import KEPT_DAYS, Draft
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import open_to, worked_by
from caseworker.handover.queries import counted_unassigned
from caseworker.participants.models import Participant
from caseworker.support.queries import counted_waiting


@dataclass(frozen=True)
class WaitingDraft:
    """Typing that was not saved: what it is, whose case, and the form it goes back into."""

    words: Any
    reference: str
    path: str
    saved_at: datetime


def has_casework(user: User) -> bool:
    """Is a keyworker, or has somebody on a caseload of their own."""
    if Role.KEYWORKER in roles_of(user):
        return True
    return db.session.scalar(select(Enrolment.id).where(worked_by(user, clock.today())).limit(1)) is not None


def has_anything(user: User) -> bool:
    """Has casework, or decides over others': who has no keyworker, what help waits for a yes."""
    return may(user, Permission.CASE_HAND_OVER) or has_casework(user)


def count_own(user: User, today: date) -> tuple[int, int]:
    """(people on one's caseload who have not left, those of them who are out of touch)."""
    rows = cases(user, today).where(worked_by(user, today)).subquery("own")
    found = select(rows.c.quiet, func.count()).where(rows.c.exited_on.is_(None)).group_by(rows.c.quiet)
    counts = {bool(quiet): count for quiet, count in db.session.execute(found)}
    return sum(counts.values()), counts.get(True, 0)


def count_led(user: User) -> tuple[int, int]:
    """For a lead: (cases without a keyworker, help that waits for a yes)."""
    counts = select(counted_unassigned(user).scalar_subquery(), counted_waiting(user).scalar_subquery())
    unassigned, asked_for = db.session.execute(counts).one()
    return unassigned, asked_for


def waiting_drafts(user: User) -> list[WaitingDraft]:
    """Drafts that can still be put back into their form, the newest first."""
    kept = db.session.execute(
        select(Draft.path, Draft.saved_at)
        .where(Draft.user_id == user.id, Draft.saved_at > clock.now() - timedelta(days=KEPT_DAYS))
        .order_by(Draft.saved_at.desc())
    ).all()
    places = [(_place(path), path, saved_at) for path, saved_at in kept]
    wanted = {place[1] for place, _, _ in places if place and place[1]}
    named = (
        select(Enrolment.id, Participant.reference)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .where(Enrolment.id.in_(wanted), open_to(user))
    )
    references = dict(db.session.execute(named).all()) if wanted else {}
    return [
        WaitingDraft(DRAFT_OF[place[0]], references[place[1]] if place[1] else "", path, saved_at)
        for place, path, saved_at in places
        if place and place[0] in DRAFT_OF and (place[1] is None or place[1] in references)
    ]


def _place(path: str) -> tuple[str, UUID | None] | None:
    """(feature, enrolment) of a form's address; None when it leads nowhere any more."""
    try:
        endpoint, values = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RoutingException):
        return None
    return endpoint.split(".")[0], values.get("enrolment_id")
