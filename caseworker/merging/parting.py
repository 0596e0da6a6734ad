"""Two records that were made one are parted again: exactly what moved goes back."""

import json
from base64 import b64decode
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, case, delete, select

from caseworker.accounts.models import Role, User
from caseworker.core import audit
from caseworker.core.db import Base, db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.intake.stopping import settle_person
from caseworker.merging.models import Merge
from caseworker.merging.rules import FLAGS, JOINED
from caseworker.merging.services import give, said_by
from caseworker.merging.tables import moving, of_cases, place_name, rows_of
from caseworker.participants.models import NameKey, Participant, PersonLink
from caseworker.participants.rules import name_words
from caseworker.participants.services import index_names
from caseworker.programmes.queries import programmes_of

NOT_YOURS = "Only whoever made them one, or a lead of both records’ programmes, can take them apart"


@dataclass
class Parted:
    """What could not be put back as it was. `fields` were changed after the merge and stay as they are."""

    fields: list[str] = field(default_factory=list)
    elsewhere: int = 0


def unmerge(merge: Merge, *, by: User, now: datetime) -> Parted:
    """Take a merge apart. What was written on a moved enrolment since goes back with it; what was entered
    about the person since stays with the kept record.

    Raises RuleBroken when it is apart already, the kept record itself went into another since, or it is not
    this user's to part.
    """
    people = _hold(merge)
    kept, absorbed = people[merge.kept_id], people[merge.absorbed_id]
    if merge.voided_at is not None:
        raise RuleBroken("These two records are apart already")
    if kept.voided_at is not None:
        raise RuleBroken("The record they went into was itself merged since. Take that merge apart first")
    if not may_part(by, merge):
        raise RuleBroken(NOT_YOURS)
    parted, was_stopped = Parted(), kept.stopped
    before = json.loads(merge.before or "{}")
    _follow_cases(merge, kept, absorbed)
    for table, column in moving():
        keys = [UUID(key) for key in merge.moved.get(place_name(table, column), ())]
        still = set(rows_of(table, column, kept.id))
        parted.elsewhere += len([key for key in keys if key not in still])
        give(table, column, [key for key in keys if key in still], absorbed.id)
    _restore(kept, before, parted)
    _restore_links(before["links"])
    absorbed.voided_at = absorbed.voided_by_id = absorbed.void_reason = None
    merge.voided_at, merge.voided_by_id, merge.void_reason = now, by.id, "taken apart"
    for person in (kept, absorbed):
        audit.note(audit.Entry("unmerged", "participant", person.id, person.id))
    db.session.flush()
    _take_words_back(kept, before["words"])
    db.session.flush()
    db.session.expire_all()
    if was_stopped:
        settle_person(kept)
        settle_person(absorbed)
    return parted


def may_part(user: User, merge: Merge) -> bool:
    """Whoever made it, or a lead of the programmes of both records as they were."""
    if merge.entered_by_id == user.id:
        return True
    went = {UUID(key) for key in merge.moved.get("enrolment", ())}
    led = programmes_of(user, {Role.LEAD})
    rows = db.session.execute(
        select(Enrolment.id, case((Enrolment.programme_id.in_(led), 1), else_=0)).where(
            Enrolment.participant_id == merge.kept_id, Enrolment.voided_at.is_(None)
        )
    )
    sides: dict[bool, list[bool]] = {True: [], False: []}
    for key, is_led in rows:
        sides[key in went].append(bool(is_led))
    return all(any(side) or not side for side in sides.values())


def _hold(merge: Merge) -> dict[UUID, Participant]:
    held = db.session.scalars(
        select(Participant)
        .where(Participant.id.in_([merge.kept_id, merge.absorbed_id]))
        .order_by(Participant.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    people = {person.id: person for person in held}
    db.session.refresh(merge)
    return people


def _follow_cases(merge: Merge, kept: Participant, absorbed: Participant) -> None:
    """What was made since for an enrolment that goes back goes with it: who may read it, and its files."""
    cases = [UUID(key) for key in merge.moved.get("enrolment", ())]
    because, files = set(cases), set()
    for table, column in of_cases():
        if "id" in table.c:
            because |= set(db.session.scalars(select(table.c.id).where(column.in_(cases))))
        for at in _file_columns(table):
            files |= set(db.session.scalars(select(at).where(column.in_(cases), at.is_not(None))))
    access, stored = (Base.metadata.tables[name] for name in ("participant_access", "stored_file"))
    for where, reason in ((access, access.c.because_id.in_(because)), (stored, stored.c.id.in_(files))):
        column = where.c.participant_id
        since = db.session.scalars(select(where.c.id).where(column == kept.id, reason))
        known = set(merge.moved.get(where.name, ()))
        give(where, column, [key for key in since if str(key) not in known], absorbed.id)


def _file_columns(table: Table) -> list[Column[UUID]]:
    return [
        column
        for column in table.columns
        if any(key.target_fullname == "stored_file.id" for key in column.foreign_keys)
    ]


def _restore(kept: Participant, before: dict[str, Any], parted: Parted) -> None:
    """Put back what the merge changed, where nobody has changed it since. Once somebody has worked on the
    record, what protects the person stays on."""
    worked_on = kept.version != before["version"]
    for name, value in before["fields"].items():
        if said_by(kept, name) != before["after"][name] or (worked_on and name in (*FLAGS, *JOINED)):
            parted.fields.append(name)
            continue
        sealed = f"{name}_sealed"
        column = sealed if sealed in Participant.__table__.columns else name
        setattr(kept, column, _value(name, value))


def _value(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return b64decode(value["bytes"])
    return date.fromisoformat(value) if value is not None and name.endswith("_on") else value


def _restore_links(links: dict[str, str]) -> None:
    for key, human in links.items():
        link = db.session.get(PersonLink, UUID(key))
        if link is not None:
            link.human_id = UUID(human)


def _take_words_back(kept: Participant, lent: list[str]) -> None:
    """The words that were lent go; those of the person's own names are there, whatever happened since."""
    own = name_words(kept.given_name, kept.family_name, kept.preferred_name)
    db.session.execute(
        delete(NameKey).where(NameKey.participant_id == kept.id, NameKey.word.in_(set(lent) - set(own)))
    )
    held = set(db.session.scalars(select(NameKey.word).where(NameKey.participant_id == kept.id)))
    if not set(own) <= held:
        index_names(kept)
