"""Changes to who a person is and who may see them."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, update

from caseworker.core import audit, clock
from caseworker.core.db import db
from caseworker.participants.models import NameKey, Participant, ParticipantAccess, Scope
from caseworker.participants.rules import name_words


def index_names(participant: Participant) -> None:
    """Write the search words of a person's names again."""
    db.session.execute(delete(NameKey).where(NameKey.participant_id == participant.id))
    names = (participant.given_name, participant.family_name, participant.preferred_name)
    db.session.add_all(NameKey(participant_id=participant.id, word=word) for word in name_words(*names))


def open_access(
    participant_id: UUID,
    *,
    scope: Scope,
    why: str,
    because_id: UUID,
    from_on: date,
    user_id: UUID | None = None,
    programme_id: UUID | None = None,
    until_on: date | None = None,
) -> None:
    """Let one user, or those with a role over a programme, see a person. Told twice, it is written once."""
    row = ParticipantAccess.__table__
    existing = db.session.execute(
        update(ParticipantAccess)
        .where(
            row.c.participant_id == participant_id,
            row.c.user_id.is_(None) if user_id is None else row.c.user_id == user_id,
            row.c.programme_id.is_(None) if programme_id is None else row.c.programme_id == programme_id,
            row.c.scope == scope,
            row.c.because_id == because_id,
        )
        .values(from_on=from_on, until_on=until_on, why=why)
        .returning(row.c.id)
    ).first()
    audit.note(audit.Entry("access opened", "participant_access", because_id, participant_id, why=why))
    if existing is None:
        db.session.add(
            ParticipantAccess(
                participant_id=participant_id,
                user_id=user_id,
                programme_id=programme_id,
                scope=scope,
                why=why,
                because_id=because_id,
                from_on=from_on,
                until_on=until_on,
                written_at=clock.now(),
            )
        )


def close_access(because_id: UUID, until_on: date, *, user_id: UUID | None = None) -> None:
    """End what was opened because of an enrolment, a course place or a grant (for one user, or for all)."""
    closing = update(ParticipantAccess).where(
        ParticipantAccess.because_id == because_id, ParticipantAccess.until_on.is_(None)
    )
    if user_id is not None:
        closing = closing.where(ParticipantAccess.user_id == user_id)
    closed = db.session.scalars(closing.values(until_on=until_on).returning(ParticipantAccess.participant_id))
    for participant_id in sorted(set(closed)):
        audit.note(audit.Entry("access closed", "participant_access", because_id, participant_id))
