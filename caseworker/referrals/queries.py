"""Referrals of an enrolment, the agencies of an organisation, and what rests on an agreement."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.participants.agreed import SHARE, agreements_of, holds, latest
from caseworker.participants.models import Agreement
from caseworker.referrals.models import Agency, OnwardReferral


def referrals_of(enrolment: Enrolment) -> list[OnwardReferral]:
    """Open ones first, then the newest."""
    rows = db.session.scalars(
        select(OnwardReferral)
        .where(OnwardReferral.enrolment_id == enrolment.id, OnwardReferral.voided_at.is_(None))
        .options(joinedload(OnwardReferral.agency))
        .order_by(OnwardReferral.entered_at.desc(), OnwardReferral.id.desc())
    )
    return sorted(rows, key=lambda row: row.closed_on is not None)


def get_referral(enrolment: Enrolment, referral_id: UUID) -> OnwardReferral:
    """Raises NotVisible for another enrolment's, or one taken back."""
    found = db.session.get(OnwardReferral, referral_id)
    if found is None or found.enrolment_id != enrolment.id or found.voided_at is not None:
        raise NotVisible
    return found


def agencies_of(organisation_id: UUID) -> list[Agency]:
    return list(
        db.session.scalars(
            select(Agency)
            .where(Agency.organisation_id == organisation_id, Agency.voided_at.is_(None))
            .order_by(func.lower(Agency.name))
        )
    )


def agreement_with(participant_id: UUID, agency: str) -> Agreement | None:
    """Their yes to sharing with this agency, if it is their last word and stands."""
    wanted = agency.strip().lower()
    for row in latest(agreements_of(participant_id)):
        if row.purpose == SHARE and (row.agency or "").strip().lower() == wanted and holds(row):
            return row
    return None


def open_resting_on(agreement_id: UUID) -> list[OnwardReferral]:
    """Referrals not closed yet that were sent on the strength of an agreement."""
    return list(
        db.session.scalars(
            select(OnwardReferral)
            .where(
                OnwardReferral.agreement_id == agreement_id,
                OnwardReferral.closed_on.is_(None),
                OnwardReferral.voided_at.is_(None),
            )
            .options(joinedload(OnwardReferral.agency))
        )
    )
