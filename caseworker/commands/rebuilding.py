"""`caseworker rebuild`: what the rules stored, worked out again from the facts."""

import click
from flask import current_app
from flask.cli import with_appcontext

from caseworker.config import Settings
from caseworker.core import audit
from caseworker.core.db import transaction
from caseworker.core.formatting import people
from caseworker.core.setup import refuse_unready


@click.command()
@with_appcontext
def rebuild() -> None:
    """Run every rule again over every enrolment, mend the stored days that differ, and index names again."""
    from caseworker.casefile.rebuild import rebuild as run_rules
    from caseworker.participants.indexing import mend_names
    from caseworker.retention.keeping import settle_keep_until

    settings: Settings = current_app.extensions["caseworker.settings"]
    refuse_unready(settings.database_url, settings.keyring())
    with transaction():
        done, names, days = run_rules(), mend_names(), settle_keep_until()
        if done.dues_mended or done.outcomes_mended or names or days:
            fields = "due_item,outcome_state,name_key,keep_until_on"
            audit.note(audit.Entry("rebuilt", "installation", fields=fields))
    click.echo(
        f"{done.dues:,} due days, {done.dues_mended:,} mended; "
        f"{done.outcomes:,} outcomes, {done.outcomes_mended:,} mended; "
        f"{people(names)} made findable again; "
        f"{days:,} keep-until days mended"
    )
