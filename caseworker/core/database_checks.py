"""What kind of database this is and how sure its writes are, as `caseworker doctor` tells it."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, text

from caseworker.core import clock
from caseworker.core.engine import sqlite_module, wal_is_safe
from caseworker.core.filesystems import filesystem_of

Said = tuple[str, str, list[str]]
PRAGMAS = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
CLOCKS_APART_SECONDS = 5


def describe_database(connection: Connection, file: Path | None) -> Iterator[Said]:
    """(what, how it is, what is wrong with it), on a connection that only reads."""
    if connection.dialect.name == "sqlite":
        yield from _sqlite(connection, file)
    else:
        yield from _postgresql(connection)


def _sqlite(connection: Connection, file: Path | None) -> Iterator[Said]:
    module = sqlite_module()
    size = f"{file} ({filesystem_of(file.parent)}), {file.stat().st_size / 1e6:,.1f} MB" if file else "memory"
    yield "Database", f"SQLite {module.sqlite_version} ({module.__name__}), {size}", []
    said = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    safe = wal_is_safe(module.sqlite_version_info)
    why = (
        "this SQLite has the WAL-reset fix of March 2026"
        if safe
        else "this SQLite lacks the WAL-reset fix of March 2026, so a rollback journal is used"
    )
    wrong = []
    if said["journal_mode"] != ("wal" if safe else "delete"):
        wrong.append(f"The journal is {said['journal_mode']}: another program holds the database open")
    if said["synchronous"] != 2:
        wrong.append("SQLite does not wait for the disk: what was answered could be lost in a power cut")
    journal, full = str(said["journal_mode"]).upper(), "FULL" if said["synchronous"] == 2 else "not FULL"
    yield (
        "Durability",
        f"journal {journal} ({why}), synchronous {full}, waits {said['busy_timeout']} ms",
        wrong,
    )
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    damage = [] if found == "ok" else [f"The database file is damaged ({found}): restore the last backup"]
    yield "Database file", "damaged" if damage else "whole", damage


_PRIVILEGES = text("""
    SELECT current_user,
           (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS superuser,
           has_schema_privilege('public', 'CREATE') AS may_create,
           coalesce((SELECT has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE')
                            OR has_table_privilege(c.oid, 'TRUNCATE')
                     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                     WHERE c.relname = 'audit_event' AND n.nspname = 'public'), false) AS may_alter_audit
""")


def _postgresql(connection: Connection) -> Iterator[Said]:
    def show(name: str) -> str:
        return str(connection.exec_driver_sql(f"SHOW {name}").scalar())

    url = connection.engine.url
    where = f"{url.database} on {url.host or 'this machine'}"
    yield "Database", f"PostgreSQL {show('server_version')}, {where}", []
    wrong = []
    if show("synchronous_commit") == "off":
        wrong.append("PostgreSQL does not wait for the disk (synchronous_commit is off): set it to on")
    if show("fsync") == "off":
        wrong.append("PostgreSQL never waits for the disk (fsync is off): set it to on and restart it")
    isolation = show("default_transaction_isolation")
    how = f"synchronous_commit {show('synchronous_commit')}, fsync {show('fsync')}"
    yield "Durability", f"{how}, isolation {isolation} with version checks", wrong
    yield _role(connection)
    apart = abs((connection.execute(text("SELECT now()")).scalar_one() - clock.now()).total_seconds())
    differ = ["The clocks of the database and of this machine differ: set both by the network"]
    far = apart > CLOCKS_APART_SECONDS
    yield "Its clock", f"{apart:.1f} seconds from this machine's", differ if far else []


def _role(connection: Connection) -> Said:
    role = connection.execute(_PRIVILEGES).one()
    rights = {
        "is a superuser": role.superuser,
        "may make tables": role.may_create,
        "may change the audit": role.may_alter_audit,
    }
    may = " and ".join(words for words, held in rights.items() if held)
    if not may:
        return "Role", f"{role.current_user}: reads and writes rows, and the audit only grows", []
    cure = (
        f"The application's role {role.current_user} {may}: name a role of its own in "
        "CASEWORKER_DATABASE_URL, the owner in CASEWORKER_MIGRATION_URL, and run caseworker migrate"
    )
    return "Role", f"{role.current_user} {may}", [cure]
