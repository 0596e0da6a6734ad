"""Who decided an agreement, where it was not plainly the person: kept beside the answer."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from caseworker.core.db import db
from caseworker.lawful.models import AgreementDecision
from caseworker.lawful.rules import SELF, check_decision
from caseworker.participants.models import Agreement, Participant


def record_decision(
    row: Agreement, participant: Participant, *, decided_by: str, name: str | None, judged: str | None
) -> AgreementDecision | None:
    """Keep who decided and how that was judged; nothing where somebody of age decided themselves.

    Raises RuleBroken as `check_decision`.
    """
    check_decision(decided_by, name, judged, born_on=participant.born_on, day=row.given_on)
    if decided_by == SELF and not judged:
        return None
    db.session.flush()
    made = AgreementDecision(
        agreement_id=row.id,
        decided_by=decided_by,
        name=None if decided_by == SELF else name,
        judged=judged,
        entered_by_id=row.entered_by_id,
    )
    db.session.add(made)
    return made


def decisions_of(agreement_ids: Iterable[UUID]) -> dict[UUID, AgreementDecision]:
    """By agreement; in one query."""
    found = db.session.scalars(
        select(AgreementDecision).where(AgreementDecision.agreement_id.in_(list(agreement_ids)))
    )
    return {row.agreement_id: row for row in found}
