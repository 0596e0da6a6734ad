"""People who sign in, looked after from the command line."""

from pathlib import Path

import pytest

from caseworker.accounts.passwords import check_password
from caseworker.core.engine import sqlite_module
from tests.commands.program import run, set_up


@pytest.fixture
def data(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    set_up(made)
    connection = sqlite_module().connect(made / "caseworker.db")
    key = "X'" + "01" * 16 + "'"
    connection.execute(
        "INSERT INTO organisation (id, code, name, version, entered_at) "
        f"VALUES ({key}, 'north', 'North', 1, '2026-01-01')"
    )
    connection.execute(
        "INSERT INTO programme (id, organisation_id, code, name, summary, funder, starts_on, outcome_map, "
        f"version, entered_at) VALUES ({key}, {key}, 'step', 'Step', '', '', '2026-01-01', 'employability', "
        "1, '2026-01-01')"
    )
    connection.commit()
    connection.close()
    return made


def kept_hash(data: Path, email: str) -> str:
    connection = sqlite_module().connect(data / "caseworker.db")
    ((kept,),) = connection.execute('SELECT password_hash FROM "user" WHERE email = ?', [email]).fetchall()
    connection.close()
    return str(kept)


def test_a_user_is_added_with_roles_and_a_password_shown_once(data: Path) -> None:
    roles = ["--role", "keyworker:step", "--role", "group_lead@north", "--role", "verifier"]
    done = run(data, "user", "add", "Priya@Example.org", "--name", "Priya Shah", *roles)
    assert done.returncode == 0, done.stderr
    password = done.stdout.split()[-1]
    assert check_password(kept_hash(data, "priya@example.org"), password).right
    listed = run(data, "user", "list").stdout.splitlines()
    assert listed[1] == "priya@example.org  Priya Shah  keyworker:step, group_lead@north, verifier"
    assert password not in "".join(listed)


@pytest.mark.parametrize(
    ("email", "role", "words"),
    [
        ("p@example.org", "boss", "boss is not a role. Roles: keyworker, tutor"),
        ("p@example.org", "lead:no", "There is no programme no. There are: step"),
        ("p@example.org", "lead@no", "There is no organisation no. There are: north"),
        ("p@example.org", "lead:", "does not say where"),
        ("p@example.org", "lead@", "does not say where"),
        ("p", "lead", "must be in the right form"),
        ("ADA@example.org", "lead", "There is already a user with the address ada@example.org"),
    ],
)
def test_a_user_that_cannot_be_is_refused_in_words(data: Path, email: str, role: str, words: str) -> None:
    done = run(data, "user", "add", email, "--name", "P", "--role", role)
    assert done.returncode in (1, 2)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert run(data, "user", "list").stdout.count("\n") == 1


def test_a_forgotten_password_is_replaced(data: Path) -> None:
    before = kept_hash(data, "ada@example.org")
    done = run(data, "user", "password", "Ada@example.org")
    assert check_password(kept_hash(data, "ada@example.org"), done.stdout.split()[-1]).right
    assert kept_hash(data, "ada@example.org") != before


def test_somebody_who_left_is_switched_off_and_on_again(data: Path) -> None:
    assert run(data, "user", "switch-off", "ada@example.org").returncode == 0
    assert "(may not sign in)" in run(data, "user", "list").stdout
    assert run(data, "user", "switch-on", "ada@example.org").returncode == 0
    assert "(may not sign in)" not in run(data, "user", "list").stdout


@pytest.mark.parametrize(
    "command", ["password", "end-sessions", "reset-second-step", "switch-off", "switch-on"]
)
def test_nobody_of_that_address_is_said(data: Path, command: str) -> None:
    done = run(data, "user", command, "nobody@example.org")
    assert (done.returncode, done.stderr) == (
        1, "Error: There is no user with the address nobody@example.org\n"
    )  # fmt: skip


def test_what_is_done_from_the_command_line_is_in_the_audit(data: Path) -> None:
    assert run(data, "user", "end-sessions", "ada@example.org").returncode == 0
    assert run(data, "user", "reset-second-step", "ada@example.org").returncode == 0
    connection = sqlite_module().connect(data / "caseworker.db")
    rows = connection.execute("SELECT action, record_kind FROM audit_event ORDER BY number").fetchall()
    connection.close()
    assert rows == [("created", "user"), ("created", "role_grant"), ("ended sessions", "user"),
                    ("ended sessions", "user")]  # fmt: skip
    done = run(data, "audit", "verify")
    assert (done.returncode, done.stdout.split(", head ")[0]) == (0, "The audit is whole: 4 rows")
