"""The doctor says how it is and what is wrong; the audit's chain is walked."""

import re
from pathlib import Path

import pytest

from caseworker.core.engine import sqlite_module
from tests.commands.program import run, set_up


@pytest.fixture
def data(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    set_up(made)
    return made


def alter(data: Path, statement: str) -> None:
    connection = sqlite_module().connect(data / "caseworker.db")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_sound_installation_has_nothing_wrong(data: Path) -> None:
    done = run(data, "doctor")
    assert done.returncode == 0, done.stdout
    for words in (
        "Caseworker 0.", "Code lists", "mode 700", "SQLite 3.", "synchronous FULL", "in the United Kingdom",
        "journal WAL (this SQLite has the WAL-reset fix", "live, sealed with key", "2 rows, head 2:",
        "Without this key no note, draft or file can ever be read again", "Nothing is wrong.",
    ):  # fmt: skip
        assert words in done.stdout
    key = (data / "key").read_text().split(":")[1].strip()
    assert key not in done.stdout


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"HOST": "0.0.0.0"}, "Passwords and records would travel unencrypted"),
        ({"PUBLIC_URL": "https://cases.example.org"}, "no proxy is trusted: set CASEWORKER_TRUSTED_PROXY=1"),
        ({"KEY": "1:" + "A" * 43 + "="}, "This key is not the one that sealed this database"),
    ],
)
def test_settings_that_do_not_fit_are_said(data: Path, settings: dict[str, str], words: str) -> None:
    done = run(data, "doctor", **settings)
    assert done.returncode == 1
    assert words in done.stdout


def test_files_that_others_may_read_are_said(data: Path) -> None:
    (data / "key").chmod(0o644)
    data.chmod(0o755)
    done = run(data, "doctor")
    assert done.returncode == 1
    assert f"chmod 600 {data / 'key'}" in done.stdout
    assert f"chmod 700 {data}" in done.stdout


def test_a_database_that_is_not_there_old_or_damaged_is_said(data: Path) -> None:
    alter(data, "UPDATE alembic_version SET version_num = 'old'")
    assert "Run: caseworker migrate" in run(data, "doctor").stdout
    body = bytearray((data / "caseworker.db").read_bytes())
    body[8192:40000] = b"\xff" * (40000 - 8192)
    (data / "caseworker.db").write_bytes(body)
    done = run(data, "doctor")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Wrong:" in done.stdout
    (data / "caseworker.db").unlink()
    assert "There is no database yet. Make one with: caseworker setup" in run(data, "doctor").stdout


def test_before_set_up_the_doctor_says_what_to_run(tmp_path: Path) -> None:
    done = run(tmp_path / "nothing", "doctor")
    assert done.returncode == 1
    assert done.stdout.count("caseworker setup") >= 2
    assert not (tmp_path / "nothing").exists()


def test_a_broken_chain_is_status_1_and_a_cut_end_shows_by_the_logged_head(data: Path) -> None:
    whole = run(data, "audit", "verify")
    assert whole.returncode == 0
    head = re.search(r"head (\d+:[0-9a-f]{64})", whole.stdout)
    assert head is not None
    alter(data, "DELETE FROM audit_event WHERE number = 2")
    assert run(data, "audit", "verify").returncode == 0
    cut = run(data, "audit", "verify", "--head", head[1])
    assert (cut.returncode, cut.stdout) == (
        1,
        "The audit is broken: the last row is missing: the log shows row 2. The 1 rows before are whole.\n",
    )
    alter(data, "UPDATE audit_event SET action = 'looked'")
    assert "row 1 was changed" in run(data, "audit", "verify").stdout
    assert run(data, "audit", "verify", "--head", "nonsense").returncode == 2
