"""The `caseworker` command as a person runs it: in its own environment, mostly in this process."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from caseworker.cli import program
from tests.support.postgres import RUN_FOLDER

PROGRAM = Path(sys.executable).with_name("caseworker")


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def named(data: Path, settings: dict[str, str]) -> dict[str, str]:
    return {"CASEWORKER_DATA": str(data)} | {f"CASEWORKER_{name}": value for name, value in settings.items()}


def others() -> list[str]:
    """Settings of this process that a command must not see."""
    return [name for name in os.environ if name.startswith("CASEWORKER_") and name != RUN_FOLDER]


def environment(data: Path, **settings: str) -> dict[str, str]:
    """This process's environment with these settings only, named without their CASEWORKER_."""
    hidden = others()
    return {name: value for name, value in os.environ.items() if name not in hidden} | named(data, settings)


def run(data: Path, *arguments: str, **settings: str) -> Done:
    """Run a command in this process. What it does not catch itself fails the test."""
    changes: dict[str, str | None] = dict.fromkeys(others())
    with _logs_as_they_were():
        result = CliRunner().invoke(
            program, list(arguments), env=changes | named(data, settings), catch_exceptions=False
        )
    return Done(result.exit_code, result.stdout, result.stderr)


@contextmanager
def _logs_as_they_were() -> Iterator[None]:
    """The command logs to the standard error that the runner took, which is closed afterwards."""
    logger = logging.getLogger("caseworker")
    handlers, propagate = logger.handlers, logger.propagate
    try:
        yield
    finally:
        logger.handlers, logger.propagate = handlers, propagate


def run_alone(data: Path, *arguments: str, **settings: str) -> Done:
    """Run a command in a process of its own, in an empty folder."""
    done = subprocess.run(
        [str(PROGRAM), *arguments],
        env=environment(data, **settings),
        cwd=data.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def set_up(data: Path, **settings: str) -> str:
    """A live installation with one administrator; gives their password."""
    done = run(data, "setup", "--email", "Ada@Example.org", "--name", "Ada Lee", **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]
