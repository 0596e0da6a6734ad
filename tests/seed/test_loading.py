"""Loading: the same rows on both databases, the product's own rules, and nothing lost when run again."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from caseworker.contacts.models import Contact
from caseworker.contacts.services import settle_contacts
from caseworker.core.audit import verify
from caseworker.core.db import Base, begin, db, transaction
from caseworker.core.errors import SettingsWrong
from caseworker.core.installation import LIVE
from caseworker.core.keys import read_keyring
from caseworker.core.setup import record_installation
from caseworker.demo.command import demo
from caseworker.demo.seeds import key_for
from caseworker.demo.signins import FILE
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.services import settle_plan_dues
from caseworker.participants.models import Participant
from caseworker.plans.models import ActionPlan
from caseworker.progressions.models import OutcomeState
from caseworker.progressions.services import settle_outcomes
from tests.support.builders import a_participant
from tests.support.databases import KEY, Contents, Database, Kind

Databases = Callable[[Kind, Contents], Database]
# Made anew by every loading: sealed with a fresh nonce, hashed with a fresh salt, or stamped with the time.
FRESH = {"password_hash", "written_at", "created_at", "loaded_at"}
NOT_COMPARED = {"audit_event", "installation"}


def run_demo(database: Database, **changes: str) -> Result:
    settings = database.settings
    environment = {
        "CASEWORKER_DATA": str(settings.data),
        "CASEWORKER_DATABASE_URL": settings.database_url,
        "CASEWORKER_MIGRATION_URL": settings.migration_url,
        "CASEWORKER_KEY": KEY,
    }
    return CliRunner().invoke(demo, ["--no-serve"], env=environment | changes)


def facts(database: Database, table: sa.Table) -> list[tuple[Any, ...]]:
    columns = [column for column in table.columns if column.name not in FRESH]
    wanted = [column.is_not(None) if column.name.endswith("_sealed") else column for column in columns]
    with database.app.app_context():
        begin("read")
        rows = db.session.execute(sa.select(*wanted)).all()
        db.session.rollback()
    return sorted((tuple(row) for row in rows), key=repr)


@pytest.mark.postgres
def test_both_databases_hold_the_same_rows(databases: Databases) -> None:
    one, other = databases("sqlite", "demonstration"), databases("postgres", "demonstration")
    for each in (one, other):
        each.put_back()
    filled = 0
    for table in Base.metadata.sorted_tables:
        if table.name in NOT_COMPARED:
            continue
        rows = facts(one, table)
        assert rows == facts(other, table), table.name
        filled += bool(rows)
    assert filled >= 35


@pytest.mark.demonstration
@pytest.mark.both_databases
def test_due_days_and_outcomes_are_those_the_product_works_out(db_session: Session) -> None:
    def stored() -> list[Any]:
        due, state = DueItem, OutcomeState
        dues = sa.select(
            due.enrolment_id, due.kind, due.about_id, due.due_on, due.rule, due.closed_on
        ).order_by(due.enrolment_id, due.kind, due.about_id)
        states = sa.select(
            state.enrolment_id, state.rule, state.achieved_on, state.matures_on, state.unknown_on,
            state.evidence_level, state.progression_id,
        ).order_by(state.enrolment_id, state.rule)  # fmt: skip
        return [*db_session.execute(dues).all(), *db_session.execute(states).all()]

    before = stored()
    enrolments = db_session.scalars(sa.select(Enrolment).order_by(Enrolment.id)).all()[::17]
    assert len(enrolments) > 150
    for enrolment in enrolments:
        plan = db_session.scalar(sa.select(ActionPlan).where(ActionPlan.enrolment_id == enrolment.id))
        settle_contacts(enrolment)
        settle_plan_dues(
            enrolment,
            plan.id if plan else None,
            plan.agreed_on if plan else None,
            plan.reviewed_on if plan else None,
        )
        settle_outcomes(enrolment)
    db_session.flush()
    assert stored() == before


@pytest.mark.demonstration
@pytest.mark.both_databases
def test_one_audit_entry_says_that_it_was_loaded_and_notes_open(db_session: Session) -> None:
    verdict = verify()
    assert (verdict.rows, verdict.fault) == (1, None)
    note = db_session.scalars(sa.select(Contact).where(Contact.note_sealed.is_not(None)).limit(1)).one()
    assert note.note is not None
    assert note.note.encode() not in (note.note_sealed or b"")


@pytest.mark.demonstration
def test_run_again_it_keeps_the_data_and_the_sign_ins(database: Database) -> None:
    folder = Path(database.settings.data)
    first = run_demo(database)
    assert first.exit_code == 0, first.output
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    sign_ins = (folder / FILE).read_text(encoding="utf-8")
    again = run_demo(database)
    assert again.exit_code == 0, again.output
    assert (folder / FILE).read_text(encoding="utf-8") == sign_ins
    assert "Loading" not in again.output
    assert "Working out" not in again.output
    assert again.stdout == first.stdout
    assert "Ways into Work" in again.stdout
    assert "priya.shah@example.org" in again.stdout


@pytest.mark.demonstration
def test_changed_records_change_the_kept_figures(database: Database) -> None:
    run_demo(database)
    with database.app.app_context(), transaction() as session:
        person = session.scalars(sa.select(Participant).limit(1)).one()
        person.no_texts = not person.no_texts
    assert "Working out" in run_demo(database).stderr


def test_a_live_installation_is_refused(database: Database, given: Any) -> None:
    with given():
        record_installation(LIVE, read_keyring(KEY))
    refused = run_demo(database)
    assert isinstance(refused.exception, SettingsWrong)
    assert "live installation" in str(refused.exception)


def test_people_without_a_word_of_demonstration_are_refused(database: Database, given: Any) -> None:
    with given():
        a_participant()
    refused = run_demo(database)
    assert isinstance(refused.exception, SettingsWrong)
    assert "people in this database" in str(refused.exception)
    with database.app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Participant)) == 1
        db.session.rollback()


def test_another_program_s_database_is_refused(tmp_path: Path, database: Database) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE orders (id INTEGER)")
    engine.dispose()
    refused = run_demo(
        database,
        CASEWORKER_DATA=str(tmp_path),
        CASEWORKER_DATABASE_URL=url,
        CASEWORKER_MIGRATION_URL=url,
    )
    assert isinstance(refused.exception, SettingsWrong)
    assert "something else" in str(refused.exception)


def test_a_row_has_the_same_key_everywhere_and_keys_sort_by_row() -> None:
    keys = [key_for("contact", number) for number in range(1, 200)]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert {key.version for key in keys} == {7}
    assert str(key_for("contact", 1)) == str(key_for("contact", 1)) != str(key_for("action", 1))
