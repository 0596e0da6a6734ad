"""Who receives what: roles here, agencies outside, and other organisations by a signed agreement."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import distinct, func, or_, select
from sqlalchemy.orm import aliased

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.accounts.permissions import ROLE_LABELS, ROLE_PERMISSIONS
from caseworker.controllers.models import SharingAgreement
from caseworker.controllers.words import COVERS
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Agreement, Participant
from caseworker.privacy.access import is_reviewed_by
from caseworker.programmes.models import Organisation
from caseworker.referrals.models import Agency, OnwardReferral

SHARE = "share"


@dataclass(frozen=True)
class Inside:
    """One role: how many hold it now, and what it opens as {area: what may be done there}."""

    role: str
    holders: int
    opens: dict[str, list[str]]


@dataclass(frozen=True)
class Outside:
    """An agency: how many were referred with something shared, how many agreed by name to sharing."""

    organisation: str
    agency: str
    referred: int
    agreed: int


@dataclass(frozen=True)
class Shared:
    giver: str
    receiver: str
    covers: str
    reference: str
    from_on: date
    until_on: date | None


def inside(user: User, day: date) -> list[Inside]:
    held = (
        select(RoleGrant.role, func.count(distinct(RoleGrant.user_id)))
        .join(User, User.id == RoleGrant.user_id)
        .where(
            RoleGrant.voided_at.is_(None),
            RoleGrant.from_on <= day,
            or_(RoleGrant.until_on.is_(None), RoleGrant.until_on >= day),
            User.active,
            is_reviewed_by(user),
        )
        .group_by(RoleGrant.role)
    )
    counts = {Role(role): count for role, count in db.session.execute(held)}
    return [Inside(words, counts.get(role, 0), _opens(role)) for role, words in ROLE_LABELS.items()]


def _opens(role: Role) -> dict[str, list[str]]:
    areas: dict[str, list[str]] = defaultdict(list)
    for permission in sorted(ROLE_PERMISSIONS[role]):
        area, _, deed = permission.partition(":")
        areas[area.replace("_", " ")].append(deed.replace("_", " "))
    return dict(areas)


def outside(organisations: Iterable[UUID]) -> list[Outside]:
    wanted = list(organisations)
    referred = (
        select(Organisation.name, Agency.name, func.count(distinct(Enrolment.participant_id)))
        .join(Organisation, Organisation.id == Agency.organisation_id)
        .outerjoin(
            OnwardReferral,
            (OnwardReferral.agency_id == Agency.id)
            & OnwardReferral.sent_on.is_not(None)
            & OnwardReferral.voided_at.is_(None),
        )
        .outerjoin(Enrolment, Enrolment.id == OnwardReferral.enrolment_id)
        .where(Agency.voided_at.is_(None), Agency.organisation_id.in_(wanted))
        .group_by(Organisation.name, Agency.name)
    )
    agreed = (
        select(Organisation.name, Agreement.agency, func.count(distinct(Agreement.participant_id)))
        .join(Participant, Participant.id == Agreement.participant_id)
        .join(Organisation, Organisation.id == Participant.organisation_id)
        .where(
            Agreement.purpose == SHARE,
            Agreement.answer == "given",
            Agreement.agency.is_not(None),
            Agreement.withdrawn_on.is_(None),
            Agreement.voided_at.is_(None),
            Participant.organisation_id.in_(wanted),
        )
        .group_by(Organisation.name, Agreement.agency)
    )
    sent = {(where, name): count for where, name, count in db.session.execute(referred)}
    said = {(where, name or ""): count for where, name, count in db.session.execute(agreed)}
    return [Outside(*key, sent.get(key, 0), said.get(key, 0)) for key in sorted(sent.keys() | said.keys())]


def shared(organisations: Iterable[UUID], day: date) -> list[Shared]:
    wanted = list(organisations)
    giver, receiver = aliased(Organisation), aliased(Organisation)
    row = SharingAgreement
    rows = (
        select(giver.name, receiver.name, row.covers, row.reference, row.from_on, row.until_on)
        .join(giver, giver.id == row.giver_id)
        .join(receiver, receiver.id == row.receiver_id)
        .where(
            row.voided_at.is_(None),
            or_(row.until_on.is_(None), row.until_on >= day),
            or_(row.giver_id.in_(wanted), row.receiver_id.in_(wanted)),
        )
        .order_by(giver.name, receiver.name, row.from_on)
    )
    return [
        Shared(one, other, str(COVERS[covers]), reference, first, last)
        for one, other, covers, reference, first, last in db.session.execute(rows)
    ]
