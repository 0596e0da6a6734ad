"""The pack is compared row by row with the database, and read as somebody reads it."""

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from pypdf import PdfReader
from sqlalchemy.orm import Session

from caseworker.core import audit, clock
from caseworker.core.audit import chain
from caseworker.core.db import Base, db
from caseworker.core.files import StoredFile, read_file, store_file
from caseworker.merging.services import merge_people
from caseworker.rights import giving
from caseworker.rights.models import AccessPack
from caseworker.rights.packing import make_pack
from tests.casefile.situations import spoke
from tests.merging.pairs import fill, two_records
from tests.rights.situations import NOON, TODAY, Desk, a_desk, asked
from tests.support.builders import a_participant
from tests.support.everything import Made, a_row_in_every_table

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def packed(desk: Desk) -> ZipFile:
    pack = make_pack(asked(desk), by=desk.officer, now=NOON, today=TODAY)
    return opened(pack)


def opened(pack: AccessPack) -> ZipFile:
    return ZipFile(BytesIO(read_file(db.session.get_one(StoredFile, pack.file_id))))


def filled(desk: Desk) -> tuple[Made, Made]:
    """A row in every table of the person who asks, and of somebody else."""
    mine = a_row_in_every_table(desk.case.participant)
    theirs = a_row_in_every_table(a_participant(organisation_id=desk.case.participant.organisation_id))
    assert (mine.failed, theirs.failed) == ({}, {})
    return mine, theirs


def as_given(made: Made, table: sa.Table, column: sa.Column[Any], value: Any) -> Any:
    """What the pack should say, from what was put in."""
    if column.name.endswith("_sealed"):
        return made.canary(table.name, column.name)
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, date) else value


def test_every_row_and_every_personal_column_is_in_the_pack(db_session: Session) -> None:
    """Which rows are whose is known from having made them, not from the code that finds them."""
    desk = a_desk()
    mine, theirs = filled(desk)
    tables = json.loads(packed(desk).read("record.json"))["tables"]
    compared = 0
    for table in Base.metadata.sorted_tables:
        if table.name in giving.KEPT_BACK or "id" not in table.c or table.name not in tables:
            continue
        given = {row["id"]: row for row in tables[table.name]}
        assert str(theirs.keys[table.name]) not in given, table.name
        row = given[str(mine.keys[table.name])]
        (held,) = db.session.execute(sa.select(table).where(table.c.id == mine.keys[table.name])).mappings()
        for column in table.columns:
            shown = (table.name, column.name) not in giving.KEPT_BACK_COLUMNS
            assert (column.name.removesuffix("_sealed") in row) == shown, column
            if shown and column.info.get("personal") and table.name != "participant":
                said = row[column.name.removesuffix("_sealed")]
                assert said == as_given(mine, table, column, held[column.name]), column
                compared += 1
    assert compared > 80
    person = tables["participant"][0]
    assert (person["given_name"], person["reference"]) == ("Sam", desk.case.participant.reference)


def test_no_table_with_something_of_a_person_is_missed(db_session: Session) -> None:
    """By the keys themselves: a row that leads to the person by any chain of keys is given or kept back."""
    desk = a_desk()
    mine, _theirs = filled(desk)
    tables = json.loads(packed(desk).read("record.json"))["tables"]
    of_nobody = {
        name for name in mine.keys
        if name not in tables and name not in giving.KEPT_BACK
    }  # fmt: skip
    personal = {
        name for name in of_nobody
        if any(column.info.get("personal") for column in Base.metadata.tables[name].columns)
    }  # fmt: skip
    assert personal == {"access_review", "caseload_import", "draft", "employer", "name_spelling", "user"}


def test_the_counts_are_those_of_the_database(db_session: Session) -> None:
    """Each table of the demonstration of one case, counted by hand-written statements."""
    desk = a_desk()
    filled(desk)
    pack = make_pack(asked(desk), by=desk.officer, now=NOON, today=TODAY)
    whose = {"p": desk.case.participant_id}
    by_hand = {
        "contact": "SELECT count(*) FROM contact c JOIN enrolment e ON e.id = c.enrolment_id",
        "contact_theme": "SELECT count(*) FROM contact_theme t JOIN contact c ON c.id = t.contact_id"
        " JOIN enrolment e ON e.id = c.enrolment_id",
        "action": "SELECT count(*) FROM action a JOIN goal g ON g.id = a.goal_id JOIN action_plan p"
        " ON p.id = g.plan_id JOIN enrolment e ON e.id = p.enrolment_id",
        "survey_answer": "SELECT count(*) FROM survey_answer a JOIN survey_response r ON r.id = a.response_id"
        " JOIN enrolment e ON e.id = r.enrolment_id",
        "participant_access": "SELECT count(*) FROM participant_access e",
    }
    key = sa.bindparam("p", type_=Base.metadata.tables["participant"].c.id.type)
    for name, words in by_hand.items():
        statement = sa.text(f"{words} WHERE e.participant_id = :p").bindparams(key)
        assert pack.counts[name] == db.session.scalar(statement, whose), name
    tables = json.loads(opened(pack).read("record.json"))["tables"]
    assert {name: len(rows) for name, rows in tables.items() if rows and name != "audit_event"} == {
        name: count for name, count in pack.counts.items() if name != "audit_event"
    }


def test_what_is_kept_back_is_nowhere_in_the_archive(db_session: Session) -> None:
    desk = a_desk()
    mine, theirs = filled(desk)
    folder = packed(desk)
    everything = folder.read("record.json").decode() + text_of(folder)
    for table in giving.KEPT_BACK:
        for column in Base.metadata.tables[table].columns:
            assert mine.canary(table, column.name) not in everything
    assert theirs.person.reference not in everything
    assert desk.team.keyworker.name not in everything
    assert "Keyworker" in everything


def text_of(folder: ZipFile) -> str:
    pages = [
        page.extract_text()
        for name in sorted(folder.namelist()) if name.endswith(".pdf")
        for page in PdfReader(BytesIO(folder.read(name))).pages
    ]  # fmt: skip
    return " ".join(" ".join(pages).split())


def test_it_reads_in_words_with_what_was_taken_back_and_who_looked(db_session: Session) -> None:
    desk = a_desk()
    contact = spoke(desk.team, desk.case, 3, note="Bus to the college is late.")
    wrong = spoke(desk.team, desk.case, 2, note="Rang the wrong house.")
    wrong.voided_at, wrong.voided_by_id, wrong.void_reason = NOON, desk.team.keyworker.id, "undone"
    audit.note(audit.Entry("looked", "case", desk.case.id, desk.case.participant_id,
                           user_id=desk.team.lead.id))  # fmt: skip
    chain(db.session)
    db.session.flush()
    read = text_of(packed(desk))
    assert contact.note is not None and contact.note in read
    assert "Rang the wrong house." in read and "(taken back)" in read
    assert "Channel: Telephone" in read and "telephone ·" not in read
    assert "You were referred to" in read and "in 1 of them we spoke" in read
    assert "Programme lead" in read and "looked" in read
    assert "ico.org.uk" in read


def test_files_are_beside_it_and_earlier_packs_are_not_packed_again(db_session: Session) -> None:
    desk = a_desk()
    store_file(desk.case.participant_id, "payslip.pdf", "application/pdf", b"%PDF-payslip", desk.officer.id)
    db.session.flush()
    request = asked(desk)
    first = make_pack(request, by=desk.officer, now=NOON, today=TODAY)
    second = make_pack(request, by=desk.officer, now=NOON, today=TODAY)
    assert first.file_id != second.file_id
    for pack in (first, second):
        files = [name for name in opened(pack).namelist() if name.startswith("files/")]
        assert files == ["files/001.pdf"]
        assert opened(pack).read("files/001.pdf") == b"%PDF-payslip"
    stored = db.session.get_one(StoredFile, first.file_id)
    assert b"PK" not in stored.body_sealed[:40]


def test_what_was_merged_into_the_record_is_in_it(db_session: Session) -> None:
    two = two_records()
    fill(two)
    merge_people(two.kept, two.absorbed, {}, by=two.team.lead, today=TODAY, now=NOON)
    assert giving.records_of(two.kept.id) == {two.kept.id, two.absorbed.id}


def test_a_merge_tells_of_no_concern_and_of_nobody_kept_apart(db_session: Session) -> None:
    """What moved with a person is known by table and key, also of tables that are not in a pack."""
    desk = a_desk()
    other = a_participant(organisation_id=desk.case.participant.organisation_id)
    third = a_participant(organisation_id=desk.case.participant.organisation_id)
    hidden = a_row_in_every_table(other, third, {"concern", "keep_apart"})
    merge_people(desk.case.participant, other, {}, by=desk.team.lead, today=TODAY, now=NOON)
    chain(db.session)
    told = packed(desk).read("record.json").decode()
    tables = json.loads(told)["tables"]
    assert tables["merge"]
    assert not {"concern", "keep_apart"} & {row["record_kind"] for row in tables["audit_event"]}
    for table in ("concern", "keep_apart"):
        assert str(hidden.keys[table]) not in told


def test_a_pack_of_five_hundred_entries_comes_in_parts(db_session: Session) -> None:
    desk = a_desk()
    for number in range(450):
        spoke(desk.team, desk.case, number % 30, note=f"Entry number {number}.")
    folder = packed(desk)
    assert "your-record-part-2.pdf" in folder.namelist()
    read = text_of(folder)
    assert all(f"Entry number {number}." in read for number in range(450))
