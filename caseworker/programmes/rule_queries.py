"""The rules of a programme, every edition, for whoever may set them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.programmes.models import Programme, ProgrammeRule
from caseworker.programmes.queries import programmes_of

# Roles that set a programme's rules.
RULING = frozenset({Role.LEAD, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Entered:
    """An edition with the names of who entered it and who took it back; None: it came with a loaded file."""

    rule: ProgrammeRule
    by: str | None
    voided_by: str | None


def ruled_programmes(user: User) -> list[tuple[Programme, int]]:
    """Programmes whose rules this user may set, each with how many editions stand."""
    standing = (
        select(func.count())
        .where(ProgrammeRule.programme_id == Programme.id, ProgrammeRule.voided_at.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Programme, standing)
        .where(Programme.id.in_(programmes_of(user, RULING)), Programme.voided_at.is_(None))
        .order_by(Programme.name, Programme.code)
    )
    return [(programme, int(count)) for programme, count in rows]


def get_ruled_programme(user: User, code: str) -> Programme:
    """Raises NotVisible when it is missing, or its rules are not this user's to set."""
    programme = db.session.scalar(
        select(Programme).where(
            Programme.code == code,
            Programme.id.in_(programmes_of(user, RULING)),
            Programme.voided_at.is_(None),
        )
    )
    if programme is None:
        raise NotVisible
    return programme


def rules_entered(programme: Programme) -> list[Entered]:
    """Every edition, those taken back too, the oldest first."""
    by, voided_by = aliased(User), aliased(User)
    rows = db.session.execute(
        select(ProgrammeRule, by.name, voided_by.name)
        .outerjoin(by, by.id == ProgrammeRule.entered_by_id)
        .outerjoin(voided_by, voided_by.id == ProgrammeRule.voided_by_id)
        .where(ProgrammeRule.programme_id == programme.id)
        .order_by(ProgrammeRule.kind, ProgrammeRule.label, ProgrammeRule.code, ProgrammeRule.from_on)
    )
    return [Entered(*row) for row in rows]


def get_rule(programme: Programme, rule_id: UUID) -> ProgrammeRule:
    """Raises NotVisible when it is missing, taken back or another programme's."""
    rule = db.session.scalar(
        select(ProgrammeRule).where(
            ProgrammeRule.id == rule_id,
            ProgrammeRule.programme_id == programme.id,
            ProgrammeRule.voided_at.is_(None),
        )
    )
    if rule is None:
        raise NotVisible
    return rule


def editions_of(programme_id: UUID, kind: str, code: str | None = None) -> Sequence[ProgrammeRule]:
    """The editions that stand of a kind, or of one rule of it, the oldest first."""
    rows = select(ProgrammeRule).where(
        ProgrammeRule.programme_id == programme_id,
        ProgrammeRule.kind == kind,
        ProgrammeRule.voided_at.is_(None),
    )
    if code is not None:
        rows = rows.where(ProgrammeRule.code == code)
    return db.session.scalars(rows.order_by(ProgrammeRule.from_on, ProgrammeRule.id)).all()
