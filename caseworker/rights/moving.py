"""An entry that was written on the wrong person goes to the right one.

It is copied to where it belongs, sealed anew for its new row, by whom and when it was first written. The old
row is voided and stays, sealed as it was, read by a data protection officer alone; its place shows only that
something was moved, and the day. What is worked out from entries is worked out again on both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.barriers.models import BarrierAssessment, Strength
from caseworker.contacts.models import CaseWork, Contact
from caseworker.contacts.queries import is_corrected
from caseworker.contacts.services import settle_contacts
from caseworker.core import audit
from caseworker.core.calendar import uk_time
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.files import StoredFile
from caseworker.core.records import Record
from caseworker.core.taking_back import UNDOABLE
from caseworker.documents.models import Document
from caseworker.enrolments.models import CaseRecord, Enrolment, MovedEntry
from caseworker.lawful.limits import by_rule
from caseworker.rights.copying import copy_entry, points_at_file, table_of
from caseworker.support.models import SupportGiven
from caseworker.wellbeing.models import WellbeingAssessment

MOVED, MOVED_BACK = "moved", "moved back"


@dataclass(frozen=True)
class Movable:
    """A kind of entry that can move. `day` is its column that says when; `leaves` are columns that point
    into the old case and stay behind."""

    model: type[CaseRecord]
    day: str
    leaves: frozenset[str] = frozenset()


# By the kind the timeline calls it.
MOVABLE: Mapping[str, Movable] = {
    "contact": Movable(Contact, "happened_at", frozenset({"corrects_id", "correction_reason"})),
    "work": Movable(CaseWork, "done_on"),
    "barrier": Movable(BarrierAssessment, "assessed_on"),
    "strength": Movable(Strength, "noted_on"),
    "wellbeing": Movable(WellbeingAssessment, "assessed_on"),
    "support": Movable(SupportGiven, "asked_on", frozenset({"contact_id", "budget_id"})),
    "document": Movable(Document, "entered_at"),
}


def find_entry(enrolment: Enrolment, kind: str, key: UUID) -> CaseRecord:
    """An entry of a case that can move. Raises NotVisible."""
    movable = MOVABLE.get(kind)
    entry = db.session.get(movable.model, key) if movable else None
    if entry is None or entry.enrolment_id != enrolment.id or entry.voided_at is not None:
        raise NotVisible
    return entry


def day_of(kind: str, entry: Record) -> date:
    value: date | datetime = getattr(entry, MOVABLE[kind].day)
    return uk_time(value).date() if isinstance(value, datetime) else value


def move_entry(
    kind: str, entry: CaseRecord, to: Enrolment, *, by: User, now: datetime, today: date
) -> MovedEntry:
    """Move an entry to the enrolment it belongs to, with what it corrects and its file.

    Whoever calls has checked that the user sees both people. Raises RuleBroken for the same person, and for
    a contact that was corrected since: the correction is moved, and takes it along.
    """
    source = entry.enrolment
    if source.participant_id == to.participant_id:
        raise RuleBroken("This is the same person. Find the one the entry belongs to")
    if _is_corrected(entry):
        raise RuleBroken("This entry was corrected. Move the newer one: it takes this one along")
    with by_rule():
        copied = copy_entry(entry, MOVABLE[kind].leaves, to)
        moved = _void_as_moved(kind, entry, copied, to, by, now, today)
        for older in _corrected_by(entry):
            _void_as_moved(kind, older, None, to, by, now, today)
        db.session.flush()
        _settle(kind, source, to)
        db.session.flush()
    return moved


def move_back(moved: MovedEntry, *, by: User, now: datetime) -> None:
    """Undo of moving. Raises RuleBroken after 30 days, and once the entry was changed where it is."""
    if moved.voided_at is not None:
        raise RuleBroken("This entry was moved back already")
    if now - moved.entered_at > UNDOABLE:
        raise RuleBroken("Moving an entry can be undone for 30 days. Move it again instead")
    kind = kind_of(moved.record_kind)
    model = MOVABLE[kind].model
    copied, entry = db.session.get(model, moved.new_id), db.session.get_one(model, moved.record_id)
    if copied is None or copied.voided_at is not None or _is_corrected(copied):
        raise RuleBroken("The entry was changed where it is now. Move it again instead")
    with by_rule():
        _void(copied, by, now, MOVED_BACK)
        for file in _files_of(copied):
            _void(file, by, now, MOVED_BACK)
        for each in _moved_together(entry):
            old = _row_of(each)
            old.voided_at = old.voided_by_id = old.void_reason = None
            _void(each, by, now, MOVED_BACK)
        db.session.flush()
        _settle(kind, entry.enrolment, copied.enrolment)
        db.session.flush()


def _is_corrected(entry: CaseRecord) -> bool:
    return isinstance(entry, Contact) and is_corrected(entry)


def kind_of(table: str) -> str:
    return next(kind for kind, movable in MOVABLE.items() if table_of(movable.model).name == table)


def _files_of(entry: CaseRecord) -> Iterable[StoredFile]:
    for column in table_of(type(entry)).columns:
        key = getattr(entry, column.name) if points_at_file(column) else None
        if key is not None:
            yield db.session.get_one(StoredFile, key)


def _corrected_by(entry: CaseRecord) -> Iterable[Contact]:
    """What a contact corrects, and what that one corrected."""
    key = entry.corrects_id if isinstance(entry, Contact) else None
    while key is not None:
        older = db.session.get_one(Contact, key)
        yield older
        key = older.corrects_id


def _void_as_moved(
    kind: str,
    entry: CaseRecord,
    copied: CaseRecord | None,
    to: Enrolment,
    by: User,
    now: datetime,
    today: date,
) -> MovedEntry:
    source = entry.enrolment
    for file in _files_of(entry):
        _void(file, by, now, MOVED)
        db.session.add(_moved(file, None, source, to, day_of(kind, entry), by, today))
    _void(entry, by, now, MOVED)
    moved = _moved(entry, copied, source, to, day_of(kind, entry), by, today)
    db.session.add(moved)
    audit.note(audit.Entry("moved", moved.record_kind, entry.id, source.participant_id))
    if copied is not None:
        audit.note(audit.Entry("moved", moved.record_kind, copied.id, to.participant_id))
    return moved


def _moved(
    row: Record, copied: Record | None, source: Enrolment, to: Enrolment, day: date, by: User, today: date
) -> MovedEntry:
    return MovedEntry(
        from_participant_id=source.participant_id, from_enrolment_id=source.id,
        to_participant_id=to.participant_id, record_kind=table_of(type(row)).name,
        record_id=row.id, new_id=copied.id if copied else None, happened_on=day, moved_on=today,
        entered_by_id=by.id,
    )  # fmt: skip


def _void(row: Record, by: User, now: datetime, why: str) -> None:
    row.voided_at, row.voided_by_id, row.void_reason = now, by.id, why


def _moved_together(entry: CaseRecord) -> list[MovedEntry]:
    """The entry, what it corrects, and their files."""
    rows = [entry, *_corrected_by(entry)]
    keys = {row.id for row in rows} | {file.id for row in rows for file in _files_of(row)}
    return list(
        db.session.scalars(
            select(MovedEntry).where(MovedEntry.record_id.in_(keys), MovedEntry.voided_at.is_(None))
        )
    )


def _row_of(moved: MovedEntry) -> Record:
    if moved.record_kind == "stored_file":
        return db.session.get_one(StoredFile, moved.record_id)
    return db.session.get_one(MOVABLE[kind_of(moved.record_kind)].model, moved.record_id)


def _settle(kind: str, *enrolments: Enrolment) -> None:
    """What is worked out from contacts: when the next is due, and where the ladder stands."""
    if kind == "contact":
        for enrolment in enrolments:
            db.session.refresh(enrolment)
            settle_contacts(enrolment)
