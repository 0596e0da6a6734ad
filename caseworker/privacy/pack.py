"""What a data-protection impact assessment asks, answered from the configuration as it is today.

What is held, who receives it, on which basis and for how long. It names no participant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table, select

from caseworker.accounts.models import User
from caseworker.core.codes import codes, label
from caseworker.core.db import Base, db
from caseworker.lawful.models import CollectedField, LawfulBasis
from caseworker.lawful.queries import holds_on, visible_programmes
from caseworker.participants.belonging import (
    WITHOUT_A_PERSON,
    personal_columns,
    sealed_columns,
    tables_of_people,
)
from caseworker.privacy.recipients import Inside, Outside, Shared, inside, outside, shared
from caseworker.privacy.words import CLASSES, NOT_DECIDED
from caseworker.programmes.models import Programme


@dataclass(frozen=True)
class Held:
    """One table: what it holds, of whom, which kinds of personal data, and what of it is sealed."""

    table: str
    holds: str
    whose: str
    kinds: Sequence[str]
    sealed: Sequence[str]


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
        inside(user, day),
        outside(organisations),
        shared(organisations, day),
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
