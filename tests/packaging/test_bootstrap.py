"""What a new machine may lack is said in one line, with the cure."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("sh", "dirname", "cksum", "cat", "grep", "mkdir", "tail", "id", "env", "make", "sed")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout in a folder with a space in its name, and `bin` beside it with no Python in it."""
    checkout = tmp_path / "case worker"
    (checkout / "scripts").mkdir(parents=True)
    for name in ("bootstrap", "install_test_parts"):
        shutil.copy(ROOT / "scripts" / name, checkout / "scripts")
    for name in ("pyproject.toml", "Makefile"):
        shutil.copy(ROOT / name, checkout)
    shutil.copytree(ROOT / "requirements", checkout / "requirements")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in PROGRAMS:
        found = shutil.which(name)
        assert found, f"this machine has no {name}"
        (programs / name).symlink_to(found)
    return tmp_path


def script(machine: Path, name: str, text: str) -> None:
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def said(machine: Path, *command: str) -> str:
    done = subprocess.run(
        command,
        cwd=machine / "case worker",
        env={"PATH": str(machine / "bin"), "HOME": str(machine)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if line.startswith("caseworker: ")]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_no_python(machine: Path) -> None:
    assert "apt install python3 python3-venv" in said(machine, "scripts/bootstrap", "run")


def test_an_old_python(machine: Path) -> None:
    script(machine, "python3", 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    words = said(machine, "scripts/bootstrap", "run")
    assert "found Python 3.9.2" in words
    assert "3.11 or newer" in words


def test_no_venv_module(machine: Path) -> None:
    script(machine, "python3", f'case "$*" in *ensurepip*) exit 1;; esac; exec {sys.executable} "$@"')
    assert "apt install python3-venv" in said(machine, "scripts/bootstrap", "run")


def test_a_folder_that_cannot_be_written_to(machine: Path) -> None:
    script(machine, "python3", f'exec {sys.executable} "$@"')
    (machine / "case worker" / ".venv").write_text("a file is in the way, which stops even root")
    assert "cannot be written to" in said(machine, "scripts/bootstrap", "run")


def test_no_network(machine: Path) -> None:
    """A package index that nobody answers at: the same as none at all."""
    script(machine, "python3", f'exec {sys.executable} "$@"')
    locked = machine / "case worker" / "requirements" / "run.txt"
    locked.write_text("no-such-part-of-caseworker==1.0 --hash=sha256:" + "0" * 64 + "\n")
    closed = "PIP_INDEX_URL=http://127.0.0.1:9/simple"
    words = said(
        machine, "env", closed, "PIP_RETRIES=0", "PIP_CONFIG_FILE=/dev/null", "scripts/bootstrap", "run"
    )
    assert "check the network" in words


def test_make_passes_the_words_on(machine: Path) -> None:
    assert "apt install python3" in said(machine, "make", "demo")


def test_no_chromium_and_no_way_to_install_it(machine: Path) -> None:
    words = said(machine, "scripts/install_test_parts")
    assert "chromium poppler-utils" in words
    assert "make test-fast" in words


def test_make_alone_lists_what_it_can_do() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    named = {line.split()[1] for line in done.stdout.splitlines() if line.strip()}
    assert {"demo", "test", "test-fast", "lint", "types", "contracts", "format", "migration", "docs"} <= named
