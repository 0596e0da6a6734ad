"""From nothing to a live installation in one command, which may be repeated."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from caseworker.accounts.passwords import check_password
from caseworker.core.engine import sqlite_module
from tests.commands.program import run, set_up
from tests.support import postgres
from tests.support.databases import url_text


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_set_up_makes_everything_that_is_missing_for_one_user_only(data: Path) -> None:
    password = set_up(data)
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE((data / "key").stat().st_mode) == 0o600
    connection = sqlite_module().connect(data / "caseworker.db")
    assert connection.execute("SELECT kind FROM installation").fetchall() == [("live",)]
    ((email, kept),) = connection.execute('SELECT email, password_hash FROM "user"').fetchall()
    assert email == "ada@example.org"
    assert check_password(kept, password).right
    assert connection.execute("SELECT role, programme_id FROM role_grant").fetchall() == [
        ("administrator", None)
    ]
    connection.close()


def test_set_up_again_changes_nothing(data: Path) -> None:
    set_up(data)
    key = (data / "key").read_bytes()
    again = run(data, "setup", "--email", "other@example.org", "--name", "Other")
    assert again.returncode == 0
    assert "There are users already" in again.stdout
    assert (data / "key").read_bytes() == key
    assert run(data, "user", "list").stdout == "ada@example.org  Ada Lee  administrator\n"


def test_with_the_key_gone_it_does_not_go_on_with_another(data: Path) -> None:
    set_up(data)
    (data / "key").unlink()
    again = run(data, "setup", "--email", "other@example.org", "--name", "Other")
    assert again.returncode == 2
    assert "put that key back" in again.stderr
    assert "Traceback" not in again.stderr


def test_a_demonstration_does_not_become_a_live_installation(data: Path) -> None:
    set_up(data)
    connection = sqlite_module().connect(data / "caseworker.db")
    connection.execute("UPDATE installation SET kind = 'demo'")
    connection.commit()
    connection.close()
    again = run(data, "setup")
    assert (again.returncode, again.stderr) == (
        2,
        "caseworker: This database is a demo one, not live: use another database\n",
    )


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        (("setup",), {"PORT": "x"}, "CASEWORKER_PORT must be a whole number from 1 to 65535"),
        (("setup",), {"DATABASE_URL": "mysql://x/y"}, "must begin with sqlite:/// or postgresql://"),
        (("setup",), {"DATABASE_URL": "nonsense"}, "is not an address of a database"),
        (("setup",), {"KEY": "1:abc"}, "make one with: caseworker setup"),
        (("setup",), {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "cannot be used"),
        (("setup",), {"DATA": "/dev/null/x"}, "set CASEWORKER_DATA to a folder that belongs to this user"),
        (("setup",), {"KEY_FILE": "/dev/null/x"}, "set CASEWORKER_KEY_FILE"),
        (("serve",), {}, "There is no key yet. Make one with: caseworker setup"),
        (("user", "list"), {}, "There is no key yet"),
        (("audit", "verify"), {}, "There is no key yet"),
    ],
)
def test_what_is_wrong_is_one_line_with_the_cure(
    data: Path, arguments: tuple[str, ...], settings: dict[str, str], words: str
) -> None:
    done = run(data, *arguments, **settings)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.startswith("caseworker: ")
    assert done.stderr.count("\n") == 1


def test_serving_before_the_tables_are_there_says_what_to_run(data: Path) -> None:
    set_up(data)
    connection = sqlite_module().connect(data / "caseworker.db")
    connection.execute("DELETE FROM alembic_version")
    connection.commit()
    connection.close()
    assert "Run: caseworker migrate" in run(data, "serve").stderr
    (data / "caseworker.db").unlink()
    done = run(data, "serve")
    assert (done.returncode, done.stderr) == (
        2,
        "caseworker: There is no database yet. Make one with: caseworker setup\n",
    )
    assert not (data / "caseworker.db").exists()


def test_migrate_may_be_repeated(data: Path) -> None:
    set_up(data)
    done = run(data, "migrate")
    assert done.returncode == 0
    assert re.fullmatch(r"The tables are at revision \w+ already\n", done.stdout)


@pytest.fixture
def roles(worker: str) -> Iterator[tuple[str, str]]:
    """An empty database, an owner and a role that owns nothing, as an administrator would make them."""
    name = f"caseworker_setup_{postgres.run_name()}_{worker}"
    postgres.create_application_role()
    owner = postgres.create_database(name)
    yield url_text(owner), url_text(postgres.as_application(owner))
    postgres.drop_database(name)


@pytest.mark.postgres
def test_on_postgresql_the_application_may_write_rows_and_the_audit_only_grows(
    data: Path, roles: tuple[str, str]
) -> None:
    owner, application = roles
    urls = {"DATABASE_URL": application, "MIGRATION_URL": owner}
    set_up(data, **urls)
    assert run(data, "user", "add", "b@example.org", "--name", "B", **urls).returncode == 0
    plain = sa.make_url(application).set(drivername="postgresql").render_as_string(hide_password=False)
    for statement in (
        "UPDATE audit_event SET why = ''",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "CREATE TABLE mine (n int)",
        'DROP TABLE "user"',
        "UPDATE alembic_version SET version_num = 'x'",
    ):
        with psycopg.connect(plain) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
    done = run(data, "doctor", **urls)
    assert "reads and writes rows, and the audit only grows" in done.stdout
    assert "fsync is off" in done.stdout, "the tests' server is fast and unsafe, and the doctor says so"
    # As the owner it runs too, and the doctor says what is wrong with that.
    said = run(data, "doctor", DATABASE_URL=owner)
    assert said.returncode == 1
    assert "may change the audit: name a role of its own in CASEWORKER_DATABASE_URL" in said.stdout


@pytest.mark.postgres
def test_a_role_that_is_not_there_is_said_with_the_command_that_makes_it(
    data: Path, roles: tuple[str, str]
) -> None:
    owner, _application = roles
    nobody = sa.make_url(owner).set(username="nobody_yet").render_as_string(hide_password=False)
    done = run(data, "setup", DATABASE_URL=nobody, MIGRATION_URL=owner)
    assert done.returncode == 2
    assert "PostgreSQL has no role nobody_yet: make it with createuser" in done.stderr
