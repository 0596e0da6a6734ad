"""What a data-protection impact assessment asks, answered from the configuration as it is today.

What is held, who receives it, on which basis and for how long. It names no participant.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Table, distinct, func, or_, select
from sqlalchemy.orm import aliased

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.accounts.permissions import ROLE_LABELS, ROLE_PERMISSIONS
from caseworker.controllers.models import SharingAgreement
from caseworker.core.codes import codes, label
from caseworker.core.db import Base, db
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.models import CollectedField, LawfulBasis
from caseworker.lawful.queries import holds_on, visible_programmes
from caseworker.participants.belonging import (
    WITHOUT_A_PERSON,
    personal_columns,
    sealed_columns,
    tables_of_people,
)
from caseworker.participants.models import Agreement, Participant
from caseworker.privacy.access import is_reviewed_by
from caseworker.privacy.words import CLASSES, NOT_DECIDED
from caseworker.programmes.models import Organisation, Programme
from caseworker.referrals.models import Agency, OnwardReferral

SHARE = "share"


@dataclass(frozen=True)
class Held:
    """One table: what it holds, of whom, which kinds of personal data, and what of it is sealed."""

    table: str
    holds: str
    whose: str
    kinds: Sequence[str]
    sealed: Sequence[str]


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


@dataclass(frozen=True)
class Kept:
    """One purpose of one programme; `decided` is False where nobody has said on which basis."""

    programme: str
    purpose: str
    decided: bool
    article_6: str
    article_9: str
    offences: str
    keep: str
    source: str


@dataclass(frozen=True)
class Asked:
    """A sensitive field that a programme may ask for."""

    programme: str
    field: str
    why: str
    from_on: date


@dataclass(frozen=True)
class Pack:
    made_on: date
    held: Sequence[Held]
    inside: Sequence[Inside]
    outside: Sequence[Outside]
    shared: Sequence[Shared]
    kept: Sequence[Kept]
    asked: Sequence[Asked]

    @property
    def undecided(self) -> int:
        return sum(not row.decided for row in self.kept)


def read_pack(user: User, day: date) -> Pack:
    """Of the programmes and organisations this user answers for."""
    programmes = visible_programmes(user)
    organisations = {programme.organisation_id for programme in programmes}
    return Pack(
        day,
        data_map(),
        _inside(user, day),
        _outside(organisations),
        _shared(organisations, day),
        _kept(programmes, day),
        _asked(programmes, day),
    )


def data_map() -> list[Held]:
    """Every table with rows of people or personal columns, read from the models."""
    of_people = {table.name for table in tables_of_people()}
    found = [
        _held(table, table.name in of_people)
        for table in Base.metadata.sorted_tables
        if table.name in of_people or personal_columns(table)
    ]
    return sorted(found, key=lambda row: row.holds)


def _held(table: Table, of_people: bool) -> Held:
    personal = personal_columns(table)
    kinds = {str(CLASSES.get(kind, kind)) for kind in personal.values()}
    return Held(
        table.name,
        table.comment or table.name,
        "Participants" if of_people else WITHOUT_A_PERSON.get(table.name, "").capitalize(),
        sorted(kinds),
        [name.removesuffix("_sealed").replace("_", " ") for name in sealed_columns(table)],
    )


def _inside(user: User, day: date) -> list[Inside]:
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


def _outside(organisations: Iterable[UUID]) -> list[Outside]:
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


def _shared(organisations: Iterable[UUID], day: date) -> list[Shared]:
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
        Shared(one, other, label("sharing_scope", covers), reference, first, last)
        for one, other, covers, reference, first, last in db.session.execute(rows)
    ]


def _kept(programmes: Sequence[Programme], day: date) -> list[Kept]:
    row = LawfulBasis
    rows = db.session.scalars(
        select(row).where(row.programme_id.in_([each.id for each in programmes]), holds_on(row, day))
    )
    bases = {(basis.programme_id, basis.purpose): basis for basis in rows}
    return [
        _of_purpose(programme.name, purpose.label_en, bases.get((programme.id, purpose.code)))
        for programme in programmes
        for purpose in codes("processing_purpose", day)
    ]


def _of_purpose(programme: str, purpose: str, basis: LawfulBasis | None) -> Kept:
    if basis is None:
        return Kept(programme, purpose, False, str(NOT_DECIDED), "", "", "", "")
    begins = label("keep_from", basis.keep_from)
    months = f"{basis.keep_months} months" if basis.keep_months != 1 else "1 month"
    return Kept(
        programme,
        purpose,
        True,
        label("article_6_basis", basis.article_6),
        label("article_9_condition", basis.article_9) if basis.article_9 else "",
        label("offence_condition", basis.offence_condition) if basis.offence_condition else "",
        f"{months} from {begins[:1].lower()}{begins[1:]}",
        basis.source,
    )


def _asked(programmes: Sequence[Programme], day: date) -> list[Asked]:
    row = CollectedField
    rows = db.session.execute(
        select(Programme.name, row.field, row.why, row.from_on)
        .join(Programme, Programme.id == row.programme_id)
        .where(row.programme_id.in_([each.id for each in programmes]), holds_on(row, day))
        .order_by(Programme.name, row.field)
    )
    return [Asked(name, label("sensitive_field", field), why, first) for name, field, why, first in rows]
