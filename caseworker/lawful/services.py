"""Writing down on which basis data is held and what may be asked, and limiting what is done with a record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.core.codes import code
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.lawful.models import CollectedField, LawfulBasis, ProcessingLimit
from caseworker.lawful.queries import OBJECTION, bases_of, basis_of, collected, fields_of, limits_on
from caseworker.lawful.rules import check_basis, fields, lacks_for
from caseworker.participants.halted import RESTRICTION
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme

DAY = timedelta(days=1)


@dataclass(frozen=True)
class BasisDetails:
    """A basis as it is decided: codes of the lists of the same names; `keep_months` 0 to 1200."""

    purpose: str
    article_6: str
    article_9: str | None
    offence_condition: str | None
    keep_from: str
    keep_months: int
    source: str


def write_basis(
    programme: Programme, details: BasisDetails, *, from_on: date, written_by: User, today: date
) -> LawfulBasis:
    """A new edition for one purpose: the one before ends the day before, and is not changed otherwise.

    Raises RuleBroken for what the law asks and it lacks, and for a day not after the edition before.
    """
    on = collected(programme.id, max(from_on, today))
    check_basis(details.purpose, details.article_6, details.article_9, details.offence_condition, on)
    for before in bases_of(programme.id):
        if before.purpose != details.purpose:
            continue
        if before.from_on >= from_on:
            raise RuleBroken("An edition begins on that day or later: choose a later day", "from_on")
        if before.until_on is None or before.until_on >= from_on:
            before.until_on = from_on - DAY
    made = LawfulBasis(
        programme_id=programme.id, from_on=from_on, entered_by_id=written_by.id, **vars(details)
    )
    db.session.add(made)
    return made


def take_back_basis(basis: LawfulBasis, *, by: User, now: datetime) -> None:
    """Undo of an edition: the one before holds again. Raises RuleBroken as `take_back`."""
    take_back(basis, by.id, now)
    for before in bases_of(basis.programme_id):
        if before.purpose == basis.purpose and before.until_on == basis.from_on - DAY:
            before.until_on = None


def switch_on(
    programme: Programme, field: str, *, why: str, from_on: date, switched_by: User, today: date
) -> CollectedField:
    """A programme may ask for a field from a day on.

    Raises RuleBroken where the basis of its purpose does not carry it, or it is on already.
    """
    wanted = next(each for each in fields() if each.code == field)
    basis = basis_of(programme.id, wanted.purpose, max(from_on, today))
    if basis is None:
        raise RuleBroken("Write the lawful basis of its purpose first", "field")
    lacking = lacks_for(wanted, basis.article_9, basis.offence_condition)
    if lacking:
        raise RuleBroken(lacking, "field")
    for row in fields_of(programme.id):
        if row.field == field and (row.until_on is None or row.until_on >= from_on):
            raise RuleBroken("It is switched on already", "field")
    made = CollectedField(
        programme_id=programme.id, field=field, why=why, from_on=from_on, entered_by_id=switched_by.id
    )
    db.session.add(made)
    return made


def switch_off(row: CollectedField, *, by: User, now: datetime, today: date) -> None:
    """Not asked any more from now; what was answered stays until its keep-until date."""
    if row.until_on is not None:
        return
    if row.from_on >= today:
        row.voided_at, row.voided_by_id, row.void_reason = now, by.id, "undone"
    else:
        row.until_on = today - DAY


def lasts(row: LawfulBasis | CollectedField, day: date) -> bool:
    """Whether it holds on a day."""
    return row.from_on <= day and (row.until_on is None or day <= row.until_on)


def limit(
    participant: Participant,
    *,
    kind: str,
    reason: str,
    from_on: date,
    by: User,
    today: date,
    purpose: str | None = None,
    request_id: UUID | None = None,
) -> ProcessingLimit:
    """Restrict a record (kept, not used), or note an objection to one purpose or, without one, to all.

    `reason` is a code of limit_reason. Raises RuleBroken for a day ahead, or one that stands already.
    """
    if from_on > today:
        raise RuleBroken("The day must be today or earlier", "from_on")
    if kind not in (RESTRICTION, OBJECTION) or code("limit_reason", reason).extras["kind"] != kind:
        raise RuleBroken("Choose a reason that fits", "reason")
    if kind == RESTRICTION:
        purpose = None
    for row in limits_on(participant.id).rows:
        if row.kind == kind and row.purpose == purpose:
            raise RuleBroken("This is noted already, and stands")
    made = ProcessingLimit(
        participant_id=participant.id,
        kind=kind,
        purpose=purpose,
        reason=reason,
        request_id=request_id,
        from_on=from_on,
        entered_by_id=by.id,
    )
    _add(participant, made)
    return made


def end_limit(row: ProcessingLimit, *, until_on: date, today: date) -> None:
    """It is lifted: the record may be used again from now. Raises RuleBroken for a day out of order."""
    if row.until_on is not None:
        raise RuleBroken("It has ended already")
    if until_on > today or until_on < row.from_on:
        raise RuleBroken("The day must be from its first day to today", "until_on")
    row.until_on = until_on
    db.session.flush()
    person = db.session.get(Participant, row.participant_id)
    db.session.expire(person, ["limited"])


def _add(participant: Participant, row: Any) -> None:
    """What is read with the person is read again."""
    db.session.add(row)
    db.session.flush()
    db.session.expire(participant, ["limited", "stopped", "stopped_on"])


def facts_of(row: LawfulBasis) -> Mapping[str, Any]:
    """What an edition says, to begin the next one with."""
    names = ("purpose", "article_6", "article_9", "offence_condition", "keep_from", "keep_months")
    return {name: getattr(row, name) for name in names}
