"""Loading the demonstration: everything in one transaction, or nothing."""

from datetime import date
from pathlib import Path

import sqlalchemy as sa

import caseworker.models  # noqa: F401 - every table must be known
from caseworker.core import audit, clock
from caseworker.core.db import Base, db
from caseworker.core.installation import DEMO, Installation, installation
from caseworker.core.keys import Keyring
from caseworker.core.setup import record_installation, refuse_another_key
from caseworker.demo.derived import Tables, complete
from caseworker.demo.seeds import read_rows
from caseworker.retention.keeping import settle_keep_until

# No password has this hash: the sign-ins are made after the rows.
NOBODYS = "!"
_AT_ONCE = 5000


def is_loaded(keyring: Keyring) -> bool:
    """Whether the demonstration is in this database. Raises SettingsWrong when another key sealed it."""
    found = installation()
    if found is None or found.loaded_at is None:
        return False
    refuse_another_key(found, keyring)
    return True


def load(folder: Path, keyring: Keyring, today: date) -> int:
    """Insert every row of the data files, and what follows from them; the number of rows.

    Inside a transaction on an empty database. Raises BadSeed.
    """
    tables = read_tables(folder, today)
    count = 0
    for table in Base.metadata.sorted_tables:
        rows = tables.get(table.name, [])
        for first in range(0, len(rows), _AT_ONCE):
            db.session.execute(sa.insert(table), rows[first : first + _AT_ONCE])
        count += len(rows)
    record_installation(DEMO, keyring)
    db.session.flush()
    settle_keep_until()
    db.session.execute(sa.update(Installation).values(loaded_at=clock.now()))
    audit.note(audit.Entry("loaded", "installation", fields=",".join(tables), why="demo"))
    return count


def read_tables(folder: Path, today: date) -> Tables:
    """All rows by table, with what the product works out from them."""
    tables: Tables = {}
    for table in Base.metadata.sorted_tables:
        file = folder / f"{table.name}.csv.gz"
        if file.exists():
            tables[table.name] = list(read_rows(file, table, today))
    for user in tables["user"]:
        user["password_hash"] = NOBODYS
    complete(tables)
    for row in tables["participant_access"]:
        row["written_at"] = clock.now()
    return tables
