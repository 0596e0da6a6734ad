"""`caseworker doctor` and `caseworker audit`."""

import re
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from caseworker.config import Settings
from caseworker.core.audit import verify as verify_chain
from caseworker.core.db import begin
from caseworker.core.doctor import as_text, examine
from caseworker.core.setup import refuse_unready

HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")


@click.command()
def doctor() -> None:
    """Say how this installation is, and what is wrong. Exit status 1 when something is."""
    found = examine(Settings.from_environment())
    click.echo(as_text(found, lambda words: click.style(words, fg="red", bold=True)))
    sys.exit(1 if found.wrong else 0)


@click.group()
def audit() -> None:
    """Check the record of who did what."""


@audit.command()
@click.option(
    "--head",
    "known",
    metavar="NUMBER:LINK",
    help="A head that the server's log showed earlier; without it a cut end does not show.",
)
@with_appcontext
def verify(known: str | None) -> None:
    """Walk the whole chain. Exit status 1 when a row was changed, taken out or moved."""
    settings: Settings = current_app.extensions["caseworker.settings"]
    refuse_unready(settings.database_url, settings.keyring())
    begin("read")
    verdict = verify_chain(_read_head(known) if known else None)
    if verdict.fault:
        click.echo(f"The audit is broken: {verdict.fault}. The {verdict.rows:,} rows before are whole.")
        sys.exit(1)
    click.echo(f"The audit is whole: {verdict.rows:,} rows, head {verdict.rows}:{verdict.head}")


def _read_head(typed: str) -> tuple[int, str]:
    matched = HEAD.fullmatch(typed.strip())
    if matched is None:
        raise click.UsageError("--head is a number, a colon and 64 letters and digits, as the log shows it")
    return int(matched[1]), matched[2]
