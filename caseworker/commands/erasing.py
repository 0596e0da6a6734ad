"""`caseworker erasures`: whether the certificates hold, and leaving no trace in the database's file."""

import click
from flask import current_app
from flask.cli import with_appcontext

from caseworker.config import Settings
from caseworker.core.setup import refuse_unready


@click.group()
def erasures() -> None:
    """Check what was erased."""


@erasures.command()
@with_appcontext
def verify() -> None:
    """Work out every certificate again, compare it with the audit, and walk the audit's chain."""
    from caseworker.core.audit import verify as verify_chain
    from caseworker.retention.services import every_erasure, is_as_certified

    _refuse_unready()
    count, wrong = 0, []
    for erasure in every_erasure():
        count += 1
        fault = is_as_certified(erasure)
        if fault is not None:
            wrong.append(f"{erasure.id}: {fault}")
    verdict = verify_chain()
    if verdict.fault is not None:
        wrong.append(f"the audit: {verdict.fault}")
    if wrong:
        raise click.ClickException("; ".join(wrong))
    click.echo(f"{count:,} certificates hold, and the audit's {verdict.rows:,} rows")


@erasures.command()
@with_appcontext
def tidy() -> None:
    """Write the SQLite file anew, without pages and journal that still hold what was deleted."""
    from caseworker.retention.file_tidying import empty_journal

    _refuse_unready()
    if not empty_journal(whole=True):
        raise click.ClickException("somebody was reading: stop the service, or try again")
    click.echo("nothing that was deleted is left in the file")


def _refuse_unready() -> None:
    settings: Settings = current_app.extensions["caseworker.settings"]
    refuse_unready(settings.database_url, settings.keyring())
