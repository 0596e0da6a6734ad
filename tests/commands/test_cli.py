"""The command starts quickly, lists everything it can do, and ends quietly."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from caseworker.cli import COMMANDS, program
from tests.commands.program import PROGRAM, environment, run_alone
from tests.support.databases import KEY

HEAVY = {"pandas", "numpy", "reportlab", "xlsxwriter"}


def test_every_command_listed_exists_and_explains_itself() -> None:
    listed = CliRunner().invoke(program, ["--help"]).output
    for name, (_where, words) in COMMANDS.items():
        assert name in listed
        assert words.split()[0] in listed
        told = CliRunner().invoke(program, [name, "--help"])
        assert told.exit_code == 0, name


@pytest.mark.parametrize("name", ["--version", "serve --help", "user --help", "doctor --help"])
def test_these_start_without_data_frames_and_pdf(name: str) -> None:
    script = (
        "import sys\nfrom caseworker.cli import program\n"
        f"try: program({name.split()!r})\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.stdout
    assert not HEAVY & set(done.stderr.split())


def test_the_version_is_said(tmp_path: Path) -> None:
    assert run_alone(tmp_path / "data", "--version").stdout.startswith("caseworker 0.")


def test_an_unknown_command_is_said_in_words(tmp_path: Path) -> None:
    done = run_alone(tmp_path / "data", "sreve")
    assert done.returncode == 2
    assert "No such command 'sreve'" in done.stderr


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    alone = environment(tmp_path, KEY=KEY)
    done = subprocess.run(
        f"'{PROGRAM}' doctor | true", shell=True, env=alone, capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""


def test_stopping_it_by_hand_is_one_word(tmp_path: Path) -> None:
    with subprocess.Popen(
        [str(PROGRAM), "setup"],
        env=environment(tmp_path / "data"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        while "copy of the key" not in process.stdout.readline():
            pass
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _said, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors.strip() == "Stopped."
