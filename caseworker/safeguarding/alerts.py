"""Unread concerns, told by e-mail until somebody has taken them: that there is one, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.safeguarding.leads import Belongs, leads
from caseworker.safeguarding.models import ConcernAlert
from caseworker.safeguarding.queries import unread_concerns

# A lead is told of the same concern again after this long, as long as nobody has taken it.
AGAIN = timedelta(hours=4)


@dataclass(frozen=True)
class Alert:
    """One message to one person, for all that waits for them. `unreadable`: nobody may read it yet, and this
    person can mend that."""

    user_id: UUID
    email: str
    name: str
    unreadable: bool
    concern_ids: Sequence[UUID]


def alerts_due(day: date, now: datetime) -> list[Alert]:
    """Whom to tell now, each once, by their sign-in name. Nobody is told of a concern about themselves."""
    waiting = unread_concerns()
    people = leads(day, {each.about_participant_id for each in waiting if each.about_participant_id})
    told_lately = _told_since(now - AGAIN)
    found: dict[tuple[UUID, bool], tuple[User, list[UUID]]] = {}
    for concern in waiting:
        told = people.told(Belongs.of(concern))
        for user in told.readers or told.instead:
            if (concern.id, user.id) not in told_lately:
                key = (user.id, not told.readers)
                found.setdefault(key, (user, []))[1].append(concern.id)
    alerts = [
        Alert(user.id, user.email, user.name, unreadable, concern_ids)
        for (_key, unreadable), (user, concern_ids) in found.items()
    ]
    return sorted(alerts, key=lambda alert: (alert.email, alert.unreadable))


def note_alert(alert: Alert, now: datetime) -> None:
    """Keep that it was sent, so that it is repeated and not multiplied."""
    db.session.add_all(
        ConcernAlert(concern_id=concern_id, user_id=alert.user_id, sent_at=now)
        for concern_id in alert.concern_ids
    )


def _told_since(since: datetime) -> set[tuple[UUID, UUID]]:
    rows = select(ConcernAlert.concern_id, ConcernAlert.user_id).where(ConcernAlert.sent_at > since)
    return {(row.concern_id, row.user_id) for row in db.session.execute(rows)}
