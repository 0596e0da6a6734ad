"""Erasing empties and removes what belongs to one person, and touches nothing of anybody else."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.drafts import Draft
from caseworker.core.sealing import unseal
from caseworker.models import metadata
from caseworker.participants.belonging import tables_of_people
from caseworker.participants.models import Participant
from caseworker.retention.counting import count_rows
from caseworker.retention.erasing import erase, with_absorbed
from caseworker.retention.fates import FATES, UNSHOWN, UNTOLD, Way
from caseworker.retention.file_tidying import empty_journal
from tests.conftest import Given
from tests.support.builders import a_participant, a_user, an_organisation, kept
from tests.support.databases import Database
from tests.support.everything import a_row_in_every_table


def pairs(*people: Participant) -> sa.Select[UUID, UUID]:
    return with_absorbed(sa.select(Participant.id).where(Participant.id.in_([each.id for each in people])))


def erase_these(*people: Participant) -> None:
    erase(sa.select(pairs(*people).subquery().c.key), by_id=a_user().id, now=clock.now())


def everything() -> dict[str, dict[Any, tuple[Any, ...]]]:
    """Every row of every table by its key, as stored."""
    db.session.flush()
    found = {}
    for table in metadata.sorted_tables:
        (key, *_rest) = table.primary_key.columns
        rows = db.session.execute(sa.select(key, table)).all()
        found[table.name] = {row[0]: tuple(row)[1:] for row in rows}
    return found


def texts(table: sa.Table, row: tuple[Any, ...], key: Any) -> str:
    """All a row says, sealed texts opened."""
    said = []
    for column, value in zip(table.columns, row, strict=True):
        if isinstance(value, bytes) and value and column.name.endswith("_sealed"):
            value = unseal(value, table.name, key, column.name).decode(errors="replace")
        said.append(str(value))
    return " ".join(said)


@pytest.mark.both_databases
def test_everything_of_one_person_goes_and_nothing_of_another(db_session: Session) -> None:
    organisation = an_organisation()
    ours, theirs = a_participant(organisation), a_participant(organisation)
    made, others = a_row_in_every_table(ours), a_row_in_every_table(theirs)
    concern = metadata.tables["concern"]
    db.session.execute(sa.update(concern).values(closed_on=clock.today()))
    before = everything()
    counts = count_rows(pairs(ours))
    erase_these(ours)
    after = everything()
    for table in tables_of_people():
        fate, key = FATES[table.name], made.keys.get(table.name)
        if key is None:
            continue
        if fate.way is Way.REMOVE:
            assert key not in after[table.name], table.name
        elif table.name != "participant":
            said = texts(table, after[table.name][key], key)
            for name in fate.emptied:
                assert made.canary(table.name, name) not in said, (table.name, name)
        if table.name not in UNSHOWN:
            assert counts[ours.id].get(table.name), table.name
        # Both people are in these, or it is one row.
        if table.name not in {"keep_apart", "merge", "moved_entry"}:
            other = others.keys[table.name]
            assert after[table.name].get(other) == before[table.name][other], table.name
    assert not UNTOLD & set(counts[ours.id])
    stub = db.session.get_one(Participant, ours.id)
    assert (stub.full_name, stub.born_on, stub.void_reason) == ("Erased record", None, "erased")


def secrets(before: dict[str, dict[Any, tuple[Any, ...]]], keys: dict[str, Any]) -> dict[str, list[bytes]]:
    """What must be nowhere afterwards: each cell of this person that is emptied or removed, as stored."""
    found: dict[str, list[bytes]] = {}
    for table in tables_of_people():
        fate, row = FATES[table.name], before[table.name].get(keys.get(table.name))
        if row is None or fate.way is Way.LEAVE:
            continue
        for column, value in zip(table.columns, row, strict=True):
            if fate.way is Way.EMPTY and column.name not in fate.emptied:
                continue
            stored = value.encode() if isinstance(value, str) else value
            if isinstance(stored, bytes) and len(stored) > 11:
                found.setdefault(f"{table.name}.{column.name}", []).append(stored)
    return found


def test_nothing_of_it_is_left_in_the_file(database: Database, given: Given) -> None:
    """Not in free pages, not in the journal: the bytes are looked for in the files themselves."""
    with given():
        person = a_participant(
            given_name="Zyxwvutsrqpon",
            family_name="Qwertzuiopasdf",
            phone="07700900111222",
            email="canary@example.org",
        )
        made = a_row_in_every_table(person)
        kept(
            Draft(
                user_id=a_user().id,
                path=f"/enrolments/{made.keys['enrolment']}/contacts/new",
                typed="canary draft",
                saved_at=clock.now(),
            )
        )
        db.session.execute(sa.update(metadata.tables["concern"]).values(closed_on=clock.today()))
        sought = secrets(everything(), made.keys)
        sought["draft"] = [
            db.session.scalars(sa.select(Draft.typed_sealed).where(Draft.path.endswith("/new"))).one()
        ]
    assert len(sought) > 60
    assert sum(len(places(database, each)) > 0 for each in sought.values()) == len(sought)
    with given():
        erase_these(person)
    with database.app.app_context():
        empty_journal()
    assert {name: found for name, each in sought.items() if (found := places(database, each))} == {}


def places(database: Database, sought: list[bytes]) -> list[str]:
    """Files of the database that hold one of these."""
    folder = Path(str(database.name))
    files = [path for path in folder.parent.iterdir() if path.name.startswith(folder.name)]
    return [path.name for path in files for each in sought if each in path.read_bytes()]
