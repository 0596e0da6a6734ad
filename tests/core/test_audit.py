"""The audit: a line for every change and look, chained so that tampering shows, and only ever growing."""

import contextlib
from collections import Counter
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from caseworker.accounts.models import User
from caseworker.commands.checking import HEAD
from caseworker.core import audit
from caseworker.core.audit import AuditEvent, Entry
from caseworker.core.db import begin, db
from caseworker.core.setup import owner_engine
from caseworker.programmes.models import Organisation
from tests.accounts.people import PASSWORD, somebody
from tests.conftest import Given
from tests.core.over_http import OverHttp, all_at_once
from tests.support.builders import an_organisation
from tests.support.client import PageClient
from tests.support.databases import Database
from tests.support.live import served

Change = Callable[[str], None]


def verdict(app: Flask, known: tuple[int, str] | None = None) -> audit.Verdict:
    with app.app_context():
        begin("read")
        return audit.verify(known)


def head(app: Flask) -> tuple[int, str]:
    with app.app_context():
        begin("read")
        return audit.head()


def lines(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        rows = db.session.execute(
            select(AuditEvent.action, AuditEvent.record_kind, AuditEvent.fields).order_by(AuditEvent.number)
        )
        return [(row.action, row.record_kind, row.fields) for row in rows]


@pytest.fixture
def tamper(database: Database) -> Change:
    """Change the audit as only the owner of the database could."""

    def change(statement: str) -> None:
        engine = owner_engine(database.settings.migration_url)
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()
        database.dirty = True

    return change


@pytest.fixture
def ten_lines(given: Given) -> None:
    for _ in range(10):
        with given():
            an_organisation()


@pytest.mark.both_databases
def test_every_change_has_its_line_in_its_own_transaction(app: Flask, given: Given) -> None:
    with given():
        key = an_organisation(code="c").id
    with given() as session:
        found = session.get_one(Organisation, key)
        found.name, found.code = "another", "d"
    with given() as session:
        session.get_one(Organisation, key).void_reason = "mistake"
    with contextlib.suppress(RuntimeError), given():
        an_organisation()
        raise RuntimeError("after writing")
    assert lines(app) == [
        ("created", "organisation", ""),
        ("changed", "organisation", "code,name"),
        ("changed", "organisation", "void_reason"),
    ]
    assert verdict(app).fault is None


@pytest.mark.both_databases
def test_values_never_get_into_the_audit(app: Flask, given: Given) -> None:
    with given():
        key = an_organisation(name="canary-one").id
    with given() as session:
        session.get_one(Organisation, key).name = "canary-two"
    with app.app_context():
        rows = db.session.execute(sa.text("SELECT * FROM audit_event")).all()
    assert rows
    assert "canary" not in str(rows)


@pytest.mark.usefixtures("ten_lines")
@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_event SET action = 'looked' WHERE number = 4", "row 4 was changed"),
        ("UPDATE audit_event SET user_id = NULL, why = 'x' WHERE number = 7", "row 7 was changed"),
        ("UPDATE audit_event SET at = (SELECT at FROM audit_event WHERE number = 1) WHERE number = 5",
         "row 5 was changed"),
        ("DELETE FROM audit_event WHERE number = 3", "row 3 is missing: the next one is 4"),
        ("DELETE FROM audit_event WHERE number = 1", "row 1 is missing: the next one is 2"),
    ],
)  # fmt: skip
def test_a_row_changed_or_taken_out_shows(app: Flask, tamper: Change, statement: str, fault: str) -> None:
    assert verdict(app).fault is None
    tamper(statement)
    assert (verdict(app).fault or "").startswith(fault)


@pytest.mark.usefixtures("ten_lines")
@pytest.mark.both_databases
def test_rows_that_changed_places_show(app: Flask, tamper: Change) -> None:
    for old, new in ((4, 99), (5, 4), (99, 5)):
        tamper(f"UPDATE audit_event SET number = {new} WHERE number = {old}")
    assert (verdict(app).fault or "").startswith("row 4 was changed")


@pytest.mark.usefixtures("ten_lines")
@pytest.mark.both_databases
def test_a_row_put_in_shows(app: Flask, tamper: Change) -> None:
    columns = ", ".join(c.name for c in AuditEvent.__table__.columns if c.name != "number")
    tamper(
        f"INSERT INTO audit_event (number, {columns}) SELECT 11, {columns} FROM audit_event WHERE number = 10"
    )
    assert (verdict(app).fault or "").startswith("row 11 was changed")


@pytest.mark.usefixtures("ten_lines")
@pytest.mark.both_databases
def test_a_cut_end_shows_against_the_head_that_the_log_showed(
    app: Flask, tamper: Change, given: Given
) -> None:
    known = head(app)
    assert known[0] == 10
    tamper("DELETE FROM audit_event WHERE number > 7")
    assert verdict(app).fault is None
    assert verdict(app, known).fault == "the last 3 rows are missing: the log shows row 10"
    for _ in range(5):
        with given():
            an_organisation()
    assert verdict(app).fault is None
    assert verdict(app, known).fault == "row 10 is not the one that the log shows"


@pytest.mark.usefixtures("ten_lines")
@pytest.mark.both_databases
def test_another_key_cannot_carry_the_chain_on(app: Flask, tamper: Change) -> None:
    """Whoever holds the database but not the key cannot compute a link."""
    tamper("UPDATE audit_event SET why = 'x', link = (SELECT link FROM audit_event WHERE number = 10) "
           "WHERE number = 10")  # fmt: skip
    assert (verdict(app).fault or "").startswith("row 10 was changed")


@pytest.mark.both_databases
def test_a_look_is_written_once_a_page_before_the_page_leaves(
    trial: Flask, browser_of: PageClient, given: Given, user: User
) -> None:
    key = user.id
    assert browser_of.get(f"/trial/look/{key}").data == b"looked"
    with trial.app_context():
        rows = db.session.execute(
            select(AuditEvent.user_id, AuditEvent.participant_id, AuditEvent.request_id).where(
                AuditEvent.action == "looked"
            )
        ).all()
    assert [(row.user_id, row.participant_id) for row in rows] == [(user.id, key)]
    assert len(rows[0].request_id) == 16


@pytest.mark.both_databases
def test_a_refused_form_and_a_conflict_show_a_record_and_say_who_looked(
    trial: Flask, browser_of: PageClient, given: Given
) -> None:
    with given():
        key = an_organisation(code="c", name="as it was").id
    mine = browser_of.get_form(f"/trial/looked/{key}")
    assert browser_of.submit(browser_of.get_form(f"/trial/{key}"), name="theirs").status_code == 303
    assert looks(trial) == 1
    assert browser_of.submit(mine, name="mine").status_code == 409
    assert looks(trial) == 2
    wrong = browser_of.get_form(f"/trial/looked/{key}")
    assert browser_of.submit(wrong, code="").status_code == 422
    assert looks(trial) == 4
    with trial.app_context():
        assert db.session.get_one(Organisation, key).name == "theirs"


@pytest.mark.both_databases
def test_no_look_no_conflict(
    trial: Flask, browser_of: PageClient, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    with given():
        key = an_organisation(code="c", name="as it was").id
    mine = browser_of.get_form(f"/trial/looked/{key}")
    assert browser_of.submit(browser_of.get_form(f"/trial/{key}"), name="theirs").status_code == 303

    def fail(*_about: object) -> bytes:
        raise OSError("the disk is full")

    monkeypatch.setattr(audit, "_link", fail)
    answer = browser_of.submit(mine, name="mine")
    assert answer.status_code == 500
    assert b"theirs" not in answer.data


def looks(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all())


@pytest.mark.both_databases
def test_no_look_no_page(
    trial: Flask, browser_of: PageClient, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_about: object) -> bytes:
        raise OSError("the disk is full")

    monkeypatch.setattr(audit, "_link", fail)
    answer = browser_of.get(f"/trial/look/{user.id}")
    assert answer.status_code == 500
    assert b"looked" not in answer.data


@pytest.mark.both_databases
def test_who_was_kept_out_is_in_the_audit(trial: Flask, browser_of: PageClient, user: User) -> None:
    assert browser_of.get(f"/trial/{user.id}").status_code == 404
    with trial.app_context():
        row = db.session.execute(select(AuditEvent).where(AuditEvent.action == "refused")).scalar_one()
        assert (row.user_id, row.record_kind, row.record_id, row.why) == (
            user.id, "trial.edit", user.id, "404"
        )  # fmt: skip


@pytest.mark.both_databases
def test_under_racing_writers_rows_are_changes_exactly(trial: Flask, given: Given) -> None:
    person = somebody(given)
    with served(trial) as address:
        browsers = [OverHttp(address) for _ in range(4)]
        for browser in browsers:
            browser.sign_in(person.email, PASSWORD)
        forms = [
            (browser, browser.form("/trial/new").fill(code=f"c{number}-{turn}", name="x"))
            for number, browser in enumerate(browsers)
            for turn in range(8)
        ]
        statuses = all_at_once([lambda b=b, f=f: b.send(f).status for b, f in forms])  # type: ignore[misc]
    assert Counter(statuses) == {303: 32}
    assert verdict(trial).fault is None
    with trial.app_context():
        changed = select(func.count()).where(
            AuditEvent.record_kind == "organisation", AuditEvent.action == "created"
        )
        assert db.session.scalar(changed) == 32
        assert db.session.scalar(select(func.count()).select_from(Organisation)) == 32


@pytest.mark.postgres
def test_the_applications_role_cannot_alter_the_audit_nor_make_tables(app: Flask, given: Given) -> None:
    with given():
        an_organisation()
    for statement in (
        "UPDATE audit_event SET why = 'x'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "DROP TABLE audit_event",
        "CREATE TABLE mine (n int)",
        "ALTER TABLE audit_event ADD COLUMN n int",
        "DELETE FROM alembic_version",
    ):
        refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
        with app.app_context(), db.engine.connect() as connection, refused:
            connection.execute(text(statement))
    assert verdict(app).fault is None


@pytest.mark.both_databases
def test_a_note_without_any_statement_is_forgotten_when_rolled_back(app: Flask) -> None:
    with app.app_context():
        begin("write")
        audit.note(Entry("looked", "nothing"))
        begin("write")
        assert not db.session.info.get("audit")


@pytest.mark.both_databases
def test_the_log_line_of_the_head_is_what_verify_takes(app: Flask, given: Given) -> None:
    with given():
        an_organisation()
    number, link = head(app)
    assert HEAD.fullmatch(f"{number}:{link}")
