"""Restricted records with who they name, links between controllers, agreements to share."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import User
from caseworker.controllers.models import RestrictedMark, SharingAgreement
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.protecting import PROTECTION, is_protected_by
from caseworker.participants.models import Participant, ParticipantAccess, PersonLink, Scope
from caseworker.participants.queries import lasting
from caseworker.programmes.models import Organisation, Programme
from caseworker.programmes.queries import organisations_below

DUPLICATES = "duplicate_warning"


@dataclass(frozen=True)
class Named:
    """Somebody who sees a case by name, and why (keyworker, named, team_cover ...)."""

    user_id: UUID
    name: str
    why: str


@dataclass(frozen=True)
class Linked:
    """One side of a link: a reference and its controller, never a name."""

    link: PersonLink
    reference: str
    organisation: str


def current_mark(participant_id: UUID) -> RestrictedMark | None:
    """Why a record is seen by named people only; None while it is not."""
    return db.session.scalar(
        select(RestrictedMark).where(
            RestrictedMark.participant_id == participant_id,
            RestrictedMark.until_on.is_(None),
            RestrictedMark.voided_at.is_(None),
        )
    )


def named_for(participant_id: UUID) -> list[Named]:
    """Those who see the case by name today, each once: as keyworker, if they are that too."""
    rows = db.session.execute(
        select(User.id, User.name, ParticipantAccess.why)
        .join(ParticipantAccess, ParticipantAccess.user_id == User.id)
        .where(
            ParticipantAccess.participant_id == participant_id,
            ParticipantAccess.scope == Scope.CASE,
            lasting(today()),
        )
        .order_by(User.name, ParticipantAccess.why == "keyworker")
    )
    found = {key: Named(key, name, why) for key, name, why in rows}
    return list(found.values())


def protected_mark(user: User, mark_id: UUID) -> RestrictedMark:
    """One mark on a record whose data this officer protects. Raises NotVisible."""
    mark = db.session.scalar(_protected(user).where(RestrictedMark.id == mark_id))
    if mark is None:
        raise NotVisible
    return mark


def protected_marks(user: User) -> list[RestrictedMark]:
    """Restricted records whose data this officer protects, the newest first."""
    return list(
        db.session.scalars(_protected(user).order_by(RestrictedMark.from_on.desc(), RestrictedMark.id))
    )


def _protected(user: User) -> Select[RestrictedMark]:
    return (
        select(RestrictedMark)
        .join(Participant, Participant.id == RestrictedMark.participant_id)
        .where(
            RestrictedMark.until_on.is_(None),
            RestrictedMark.voided_at.is_(None),
            Participant.voided_at.is_(None),
            is_protected_by(user),
        )
        .options(joinedload(RestrictedMark.participant))
    )


def programmes_of_person(participant_id: UUID) -> list[Programme]:
    return list(
        db.session.scalars(
            select(Programme)
            .join(Enrolment, Enrolment.programme_id == Programme.id)
            .where(Enrolment.participant_id == participant_id, Enrolment.voided_at.is_(None))
            .distinct()
        )
    )


def find_protected(user: User, reference: str, field: str) -> Participant:
    """By its reference, a record whose data this officer protects. Raises RuleBroken on the field."""
    person = db.session.scalar(
        select(Participant).where(
            Participant.reference == reference.strip().upper(),
            Participant.voided_at.is_(None),
            is_protected_by(user),
        )
    )
    if person is None:
        raise RuleBroken("There is no record with this reference in the organisations you answer for", field)
    return person


def links_of(user: User) -> list[list[Linked]]:
    """People known to several controllers, each as its sides; those with a side this officer protects."""
    mine = (
        select(PersonLink.human_id)
        .join(Participant, Participant.id == PersonLink.participant_id)
        .where(PersonLink.voided_at.is_(None), is_protected_by(user))
    )
    rows = db.session.execute(
        select(PersonLink, Participant.reference, Organisation.name)
        .join(Participant, Participant.id == PersonLink.participant_id)
        .join(Organisation, Organisation.id == Participant.organisation_id)
        .where(PersonLink.voided_at.is_(None), PersonLink.human_id.in_(mine), is_protected_by(user))
        .order_by(PersonLink.human_id, Organisation.name)
    )
    found: dict[UUID, list[Linked]] = {}
    for link, reference, organisation in rows:
        found.setdefault(link.human_id, []).append(Linked(link, reference, organisation))
    return list(found.values())


def get_link(user: User, link_id: UUID) -> PersonLink:
    """One side of a link that this officer protects. Raises NotVisible."""
    link = db.session.scalar(
        select(PersonLink)
        .join(Participant, Participant.id == PersonLink.participant_id)
        .where(PersonLink.id == link_id, PersonLink.voided_at.is_(None), is_protected_by(user))
    )
    if link is None:
        raise NotVisible
    return link


def givers_to(organisation_id: UUID, covers: str, day: date) -> list[Organisation]:
    """Controllers who agreed to share this with an organisation, on a day."""
    return list(
        db.session.scalars(
            select(Organisation)
            .join(SharingAgreement, SharingAgreement.giver_id == Organisation.id)
            .where(
                SharingAgreement.receiver_id == organisation_id,
                SharingAgreement.covers == covers,
                _holding(day),
            )
            .distinct()
            .order_by(Organisation.name)
        )
    )


def _holding(day: date) -> ColumnElement[bool]:
    row = SharingAgreement
    return row.voided_at.is_(None) & (row.from_on <= day) & or_(row.until_on.is_(None), row.until_on >= day)


def protected_organisations(user: User) -> list[Organisation]:
    """Controllers whose officer this is, by name; an officer of a programme alone signs for none."""
    grants = [grant for grant in user.grants if grant.role in PROTECTION and grant.holds_on(today())]
    every = select(Organisation).order_by(Organisation.name)
    if not any(grant.programme_id is None and grant.organisation_id is None for grant in grants):
        roots = [grant.organisation_id for grant in grants if grant.organisation_id]
        every = every.where(Organisation.id.in_(organisations_below(roots)))
    return list(db.session.scalars(every))


def agreements_between(organisations: Collection[UUID]) -> list[SharingAgreement]:
    """Every agreement to share with one of these organisations on either side, the newest first."""
    row = SharingAgreement
    either = or_(row.giver_id.in_(organisations), row.receiver_id.in_(organisations))
    return list(
        db.session.scalars(
            select(row)
            .where(row.voided_at.is_(None), either)
            .options(joinedload(row.giver), joinedload(row.receiver))
            .order_by(row.from_on.desc(), row.id.desc())
        )
    )


def get_sharing(user: User, sharing_id: UUID) -> SharingAgreement:
    """Raises NotVisible for one of organisations this officer does not protect."""
    found = db.session.get(SharingAgreement, sharing_id)
    mine = {each.id for each in protected_organisations(user)}
    if found is None or found.voided_at is not None or not {found.giver_id, found.receiver_id} & mine:
        raise NotVisible
    return found
