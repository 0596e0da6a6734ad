"""How each database is opened: durable first, then fast."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event

from caseworker.core.errors import SettingsWrong

NETWORK_FILESYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"})
# SQLite's WAL-reset corruption bug was mended in March 2026, in 3.51.3 and two backports.
_WAL_FIXED = (3, 51, 3)
_WAL_BACKPORTS = frozenset({(3, 44, 6), (3, 50, 7)})


def sqlite_module() -> Any:
    """pysqlite3 carries a current SQLite; the standard library's may be years old."""
    try:
        import pysqlite3
    except ImportError:
        import sqlite3

        return sqlite3
    return pysqlite3


def wal_is_safe(version: tuple[int, ...]) -> bool:
    return version >= _WAL_FIXED or version in _WAL_BACKPORTS


def engine_options(url: str) -> dict[str, Any]:
    """What flask-sqlalchemy-lite passes to `create_engine`. Raises SettingsWrong for another database."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise SettingsWrong("CASEWORKER_DATABASE_URL is not an address of a database") from None
    if parsed.get_backend_name() == "sqlite":
        return {
            "url": parsed,
            "module": sqlite_module(),
            "connect_args": {"isolation_level": None, "check_same_thread": False},
        }
    if parsed.get_backend_name() == "postgresql":
        return {
            "url": parsed.set(drivername="postgresql+psycopg"),
            "pool_pre_ping": True,
            "pool_size": 8,
            # A commit is on the disk before it is answered, whatever the server's own default.
            "connect_args": {"options": "-c synchronous_commit=on"},
        }
    raise SettingsWrong("CASEWORKER_DATABASE_URL must begin with sqlite:/// or postgresql://")


def prepare(engine: Engine) -> None:
    """Attach what every connection does first."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connected)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "begin", _postgresql_begin)


def _sqlite_connected(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    module = sqlite_module()
    mode = "wal" if wal_is_safe(module.sqlite_version_info) else "delete"
    for pragma in (
        "busy_timeout=30000",
        f"journal_mode={mode}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _sqlite_begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("caseworker_begin") == "read"
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _postgresql_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("caseworker_begin") == "read":
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
