"""An entry on the wrong person moves to the right one: sealed anew, due days worked out on both, undone."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.casefile.rebuild import rebuild
from caseworker.contacts.models import Contact, ContactTheme
from caseworker.contacts.services import record_work
from caseworker.core import clock
from caseworker.core.audit import AuditEvent, chain
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.files import StoredFile, read_file, store_file
from caseworker.documents.models import Document
from caseworker.enrolments.models import DueItem, Enrolment, MovedEntry
from caseworker.rights import giving
from caseworker.rights.copying import table_of
from caseworker.rights.moving import MOVABLE, move_back, move_entry
from tests.casefile.situations import spoke, started
from tests.rights.situations import NOON, TODAY, Desk, a_desk
from tests.rights.test_pack import packed, text_of
from tests.support.everything import a_row_in_every_table

WORDS = "Her eviction is on Friday."


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def here_again(desk: Desk) -> Enrolment:
    """The case in this session, which is another than the one it was made in."""
    return db.session.get_one(Enrolment, desk.case.id)


def due_of(enrolment: Enrolment) -> date | None:
    return db.session.scalar(
        select(DueItem.due_on).where(DueItem.enrolment_id == enrolment.id, DueItem.kind == "contact")
    )


def moved(desk: Desk, kind: str, entry: object, to: Enrolment) -> MovedEntry:
    return move_entry(kind, entry, to, by=desk.team.lead, now=NOON, today=TODAY)  # type: ignore[arg-type]


@pytest.mark.both_databases
def test_a_contact_moves_and_both_clocks_are_worked_out_again(db_session: Session) -> None:
    desk = a_desk()
    right = started(desk.team, 40)
    spoke(desk.team, desk.case, 20)
    entry = spoke(desk.team, desk.case, 1, note=WORDS)
    db.session.add(ContactTheme(contact_id=entry.id, theme="housing"))
    db.session.flush()
    before = due_of(desk.case), due_of(right)
    done = moved(desk, "contact", entry, right)
    copied = db.session.get_one(Contact, done.new_id)
    assert (copied.enrolment_id, copied.note, copied.happened_at) == (right.id, WORDS, entry.happened_at)
    assert (copied.entered_by_id, copied.entered_at) == (entry.entered_by_id, entry.entered_at)
    assert copied.note_sealed != entry.note_sealed
    assert (
        db.session.scalar(select(ContactTheme.theme).where(ContactTheme.contact_id == copied.id)) == "housing"
    )
    assert (entry.voided_at, entry.void_reason) == (NOON, "moved")
    assert (due_of(desk.case), due_of(right)) != before
    assert rebuild().dues_mended == 0
    move_back(done, by=desk.team.lead, now=NOON + timedelta(days=29))
    assert (entry.voided_at, entry.void_reason, copied.void_reason) == (None, None, "moved back")
    assert (due_of(desk.case), due_of(right)) == before
    assert rebuild().dues_mended == 0


def test_it_is_undone_for_thirty_days_and_while_nothing_was_changed(db_session: Session) -> None:
    desk = a_desk()
    right = started(desk.team, 40)
    done = moved(desk, "contact", spoke(desk.team, desk.case, 1), right)
    with pytest.raises(RuleBroken, match="30 days"):
        move_back(done, by=desk.team.lead, now=NOON + timedelta(days=31))
    db.session.get_one(Contact, done.new_id).voided_at = NOON
    with pytest.raises(RuleBroken, match="changed where it is now"):
        move_back(done, by=desk.team.lead, now=NOON)
    with pytest.raises(RuleBroken, match="same person"):
        moved(desk, "contact", spoke(desk.team, desk.case, 1), desk.case)


def test_a_correction_takes_along_what_it_corrects(db_session: Session) -> None:
    desk = a_desk()
    right = started(desk.team, 40)
    first = spoke(desk.team, desk.case, 2, note="First words.")
    second = spoke(desk.team, desk.case, 2, note="Better words.")
    second.corrects_id, second.correction_reason = first.id, "typing_error"
    db.session.flush()
    with pytest.raises(RuleBroken, match="newer one"):
        moved(desk, "contact", first, right)
    done = moved(desk, "contact", second, right)
    assert (first.void_reason, second.void_reason) == ("moved", "moved")
    copied = db.session.get_one(Contact, done.new_id)
    assert (copied.note, copied.corrects_id) == ("Better words.", None)
    move_back(done, by=desk.team.lead, now=NOON)
    assert (first.voided_at, second.voided_at) == (None, None)


def test_a_file_goes_along_sealed_for_its_new_row(db_session: Session) -> None:
    desk = a_desk()
    right = started(desk.team, 40)
    file = store_file(
        desk.case.participant_id, "tenancy.pdf", "application/pdf", b"%PDF-1", desk.team.lead.id
    )
    db.session.flush()
    entry = Document(enrolment=desk.case, kind="tenancy", note=WORDS, file_id=file.id)
    db.session.add(entry)
    db.session.flush()
    done = moved(desk, "document", entry, right)
    copied = db.session.scalars(select(StoredFile).where(StoredFile.voided_at.is_(None))).one()
    assert (copied.participant_id, copied.name, read_file(copied)) == (
        right.participant_id, "tenancy.pdf", b"%PDF-1",
    )  # fmt: skip
    assert file.void_reason == "moved"
    move_back(done, by=desk.team.lead, now=NOON)
    assert (file.voided_at, copied.void_reason) == (None, "moved back")


@pytest.mark.parametrize("kind", sorted(MOVABLE))
def test_every_kind_moves_whole_and_comes_back(db_session: Session, kind: str) -> None:
    """Each column of a full row is the same in the new place, but for where it stands."""
    desk = a_desk()
    made = a_row_in_every_table(desk.case.participant)
    model = MOVABLE[kind].model
    entry = db.session.get_one(model, made.keys[table_of(model).name])
    if isinstance(entry, Contact):
        entry.channel, entry.direction, entry.result = "telephone", "out", "spoke"
        db.session.flush()
    right = started(desk.team, 40)
    done = moved(desk, kind, entry, right)
    copied = db.session.get_one(model, done.new_id)
    for column in table_of(model).columns:
        sealed = column.name.endswith("_sealed")
        if column.name in {"id", "version", "enrolment_id", "voided_at", "voided_by_id", "void_reason"}:
            continue
        if column.name in MOVABLE[kind].leaves:
            assert getattr(copied, column.name) is None
        elif not column.name.endswith("file_id"):
            name = column.name.removesuffix("_sealed") if sealed else column.name
            assert getattr(copied, name) == getattr(entry, name), name
    move_back(done, by=desk.team.lead, now=NOON)
    assert (entry.voided_at, copied.void_reason) == (None, "moved back")


def test_the_pack_of_the_wrong_person_says_only_that_it_was_moved(db_session: Session) -> None:
    desk = a_desk()
    right = started(desk.team, 40)
    entry = spoke(desk.team, desk.case, 1, note=WORDS)
    db.session.add(ContactTheme(contact_id=entry.id, theme="housing"))
    db.session.flush()
    done = moved(desk, "contact", entry, right)
    folder = packed(desk)
    everything = folder.read("record.json").decode() + text_of(folder)
    assert WORDS not in everything and "housing" not in everything
    assert str(right.participant_id) not in everything and str(right.id) not in everything
    assert "Entry moved, 20 Nov 2026" in everything
    assert done.record_id in giving.subject_of(desk.case.participant_id, done.id).moved
    theirs = giving.subject_of(right.participant_id, done.id)
    assert theirs.moved == {}


def test_the_audit_names_both_people(db_session: Session) -> None:
    desk = a_desk()
    right = started(desk.team, 40)
    work = record_work(
        desk.case, kind="job_search", minutes=10, done_on=TODAY, note=WORDS,
        recorded_by=desk.team.keyworker, today=TODAY,
    )  # fmt: skip
    db.session.flush()
    moved(desk, "work", work, right)
    chain(db.session)
    lines = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "moved"))
    assert {line.participant_id for line in lines} == {desk.case.participant_id, right.participant_id}
