"""Telling a buddy by e-mail that somebody is not back, again and again until one of them answers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.visits.models import Visit
from caseworker.visits.queries import late_ones, leads_over
from caseworker.visits.rules import is_to_be_told, leads_are_told


@dataclass(frozen=True)
class LateAlert:
    """To one colleague about another: names of colleagues alone, never of whom is visited."""

    visit_id: UUID
    email: str
    name: str
    late: str


def late_alerts(now: datetime) -> list[LateAlert]:
    """Whom to write to now: the buddy; each lead as well after half an hour without an answer, or where the
    buddy no longer signs in."""
    found = []
    for visit in late_ones(now):
        if not is_to_be_told(visit.expected_back_at, visit.alerted_at, visit.answered_at, now):
            continue
        told: dict[UUID, User] = {visit.buddy.id: visit.buddy}
        if leads_are_told(visit.expected_back_at, now) or not visit.buddy.active:
            told |= {lead.id: lead for lead in leads_over(visit.visitor)}
        found += [
            LateAlert(visit.id, user.email, user.name, visit.visitor.name)
            for user in told.values()
            if user.active
        ]
    return found


def note_told(visit_ids: Collection[UUID], now: datetime) -> None:
    """They were written to. An answer or a check-in at the same moment is not overwritten."""
    db.session.execute(update(Visit).where(Visit.id.in_(visit_ids)).values(alerted_at=now))
