"""Taking an import back: what it made goes, unless somebody has worked on it since."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import UNDOABLE
from caseworker.enrolments.hanging import SOMETHING, WORK, hanging_on, held
from caseworker.enrolments.models import Enrolment
from caseworker.imports.models import CaseloadImport, ImportedRow
from caseworker.imports.queries import in_chunks
from caseworker.imports.services import DONE, UNDONE
from caseworker.participants.models import Participant
from caseworker.participants.queries import is_open_to
from caseworker.participants.services import end_access

WORKED_ON = "worked on since"
CHANGED = "the record was changed"
ELSEWHERE = "they came onto another programme"


@dataclass(frozen=True)
class Staying:
    """A row that stays, and why."""

    line: int
    reference: str
    why: tuple[str, ...]
    person_id: UUID
    restricted: bool


def why_rows_stay(kept: CaseloadImport) -> list[Staying]:
    """The rows that undo would leave alone. One query for each table that hangs on a case or a person."""
    rows = _rows(kept)
    cases, people = _worked_on(kept)
    staying = []
    for row, enrolment, person in rows:
        why = list(cases.get(enrolment.id, ()))
        if row.made_person:
            why += people.get(person.id, ())
        if enrolment.version > 1 or (row.made_person and person.version > 1):
            why.append(CHANGED)
        if enrolment.voided_at is None and why:
            staying.append(
                Staying(row.line, person.reference, tuple(dict.fromkeys(why)), person.id, person.restricted)
            )
    return staying


def told_to(user: User, staying: list[Staying], *, reads_cases: bool) -> list[Staying]:
    """What a user may be told of these rows: why, where the case is open to them; of restricted people
    whose record is not open to them, nothing. One query for each 500 rows."""
    opened: set[UUID] = set()
    for some in in_chunks([each.person_id for each in staying] if reads_cases else []):
        open_ones = select(Participant.id).where(Participant.id.in_(some), is_open_to(user, Participant))
        opened |= set(db.session.scalars(open_ones))
    return [
        each if each.person_id in opened else replace(each, why=(WORKED_ON,))
        for each in staying
        if each.person_id in opened or not each.restricted
    ]


def undo_import(kept: CaseloadImport, *, by: User, now: datetime, today: date) -> int:
    """Take back what the import made and nobody has worked on; the number of rows taken back.

    Raises RuleBroken when it was not brought in, was undone, or is older than 30 days.
    """
    if kept.state != DONE:
        raise RuleBroken("This import is not there to be undone")
    if now - kept.entered_at > UNDOABLE:
        raise RuleBroken("An import can be undone for 30 days")
    staying = {each.line for each in why_rows_stay(kept)}
    gone = []
    for row, enrolment, person in _rows(kept):
        if row.line in staying or enrolment.voided_at is not None:
            continue
        gone.append(enrolment.id)
        for record in (enrolment, person) if row.made_person else (enrolment,):
            record.voided_at, record.voided_by_id, record.void_reason = now, by.id, "import undone"
    for case_id in gone:
        end_access(case_id, today - timedelta(days=1))
    kept.state = UNDONE
    return len(gone)


def _rows(kept: CaseloadImport) -> list[tuple[ImportedRow, Enrolment, Participant]]:
    found = db.session.execute(
        select(ImportedRow, Enrolment, Participant)
        .join(Enrolment, Enrolment.id == ImportedRow.enrolment_id)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .where(ImportedRow.import_id == kept.id)
        .order_by(ImportedRow.line)
    )
    return [(row, enrolment, person) for row, enrolment, person in found]


def _worked_on(kept: CaseloadImport) -> tuple[dict[UUID, list[str]], dict[UUID, list[str]]]:
    """What was recorded since, in words, by case and by person."""
    made = select(ImportedRow.enrolment_id).where(ImportedRow.import_id == kept.id)
    cases: dict[UUID, list[str]] = {}
    for table, column in hanging_on("enrolment_id", "enrolment"):
        for key in db.session.scalars(held(table, column).where(column.in_(made))):
            cases.setdefault(key, []).append(WORK.get(table.name, SOMETHING))
    whose = select(Enrolment.participant_id).where(Enrolment.id.in_(made))
    people: dict[UUID, list[str]] = {}
    for table, column in hanging_on("participant_id", "participant"):
        keys = held(table, column).where(column.in_(whose))
        if table.name == "enrolment":
            keys = keys.where(table.c.id.not_in(made))
        for key in db.session.scalars(keys):
            words = ELSEWHERE if table.name == "enrolment" else WORK.get(table.name, SOMETHING)
            people.setdefault(key, []).append(words)
    return cases, people
