"""Making an installation, step by step; each step may be repeated and changes nothing the second time."""

import os
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from caseworker.core import migrate
from caseworker.core.db import db
from caseworker.core.engine import engine_options, prepare
from caseworker.core.errors import SettingsWrong
from caseworker.core.filesystems import database_file, refuse_network_share
from caseworker.core.installation import Installation, installation
from caseworker.core.keys import Keyring, new_key_text


def make_data_folder(folder: Path) -> bool:
    """A folder for nobody else to read; True when it was not there. Raises SettingsWrong."""
    made = not folder.exists()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        trial = folder / ".may-write"
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise SettingsWrong(
            f"{folder} cannot be written to ({error.strerror}): "
            "set CASEWORKER_DATA to a folder that belongs to this user"
        ) from None
    return made


def make_key(file: Path) -> bool:
    """A new key that only this user may read, unless there is one; True when it was made."""
    if file.exists():
        return False
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise SettingsWrong(
            f"The key cannot be written to {file} ({error.strerror}): set CASEWORKER_KEY_FILE"
        ) from None
    with os.fdopen(handle, "w") as opened:
        opened.write(new_key_text() + "\n")
        opened.flush()
        os.fsync(opened.fileno())
    return True


def owner_engine(migration_url: str) -> Engine:
    refuse_network_share(migration_url)
    engine = create_engine(**engine_options(migration_url))
    prepare(engine)
    return engine


def bring_up_to_date(migration_url: str, database_url: str) -> tuple[str, str]:
    """Migrate, and on PostgreSQL let the application's role do its work and no more.

    Returns the revisions before and after. Raises SettingsWrong when the database cannot be reached.
    """
    engine = owner_engine(migration_url)
    try:
        before = migrate.current(engine)
        migrate.upgrade(engine)
        role = sa.make_url(database_url).username
        if engine.dialect.name == "postgresql" and role and role != engine.url.username:
            restrict(engine, role)
        return before, migrate.current(engine)
    except DBAPIError as error:
        raise SettingsWrong(unreachable(error, migration_url)) from None
    finally:
        engine.dispose()


def unreachable(error: DBAPIError, url: str) -> str:
    """One line of why the database does not answer, without its password."""
    shown = sa.make_url(url).render_as_string(hide_password=True)
    reason = " ".join(str(error.orig).split())[:300]
    return f"The database {shown} cannot be used: {reason}"


def restrict(engine: Engine, role: str) -> None:
    """What the application's role may do: read and write rows. No tables of its own; the audit only grows.

    Raises SettingsWrong when there is no such role.
    """
    with engine.begin() as connection:
        known = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
        if known is None:
            raise SettingsWrong(
                f"PostgreSQL has no role {role}: make it with "
                f"createuser --no-superuser --no-createdb --no-createrole --pwprompt {role}"
            )
        quoted = engine.dialect.identifier_preparer.quote(role)
        for rule in _RULES:
            connection.exec_driver_sql(rule.replace("$role", quoted))


_RULES = (
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "REVOKE ALL ON SCHEMA public FROM $role",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM $role",
    "GRANT USAGE ON SCHEMA public TO $role",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO $role",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO $role",
    "REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM $role",
    "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM $role",
)


def record_installation(kind: str, keyring: Keyring) -> bool:
    """Say what this database is, and which key seals it; True when it was not said before.

    Inside a transaction. Raises SettingsWrong when it is of another kind, or was sealed with another key.
    """
    found = installation()
    if found is None:
        db.session.add(Installation(kind=kind, key_fingerprint=keyring.fingerprint()))
        return True
    if found.kind != kind:
        raise SettingsWrong(f"This database is a {found.kind} one, not {kind}: use another database")
    refuse_another_key(found, keyring)
    return False


def refuse_another_key(found: Installation, keyring: Keyring) -> None:
    """Raises SettingsWrong when what is sealed in this database does not open with this key."""
    if found.key_fingerprint not in keyring.fingerprints():
        raise SettingsWrong(
            f"This key ({keyring.fingerprint()}) is not the one that sealed this database "
            f"({found.key_fingerprint}): put that key back, or no sealed text can be read"
        )


def refuse_unready(database_url: str, keyring: Keyring) -> Installation:
    """The installation, ready to serve. Raises SettingsWrong with the command that makes it so."""
    file = database_file(database_url)
    if file is not None and not file.exists():
        raise SettingsWrong("There is no database yet. Make one with: caseworker setup")
    try:
        if not migrate.is_current():
            raise SettingsWrong("The database's tables are not at this version. Run: caseworker migrate")
        found = installation()
    except DBAPIError as error:
        raise SettingsWrong(unreachable(error, database_url)) from None
    if found is None:
        raise SettingsWrong("This database is not set up yet. Run: caseworker setup")
    refuse_another_key(found, keyring)
    return found
