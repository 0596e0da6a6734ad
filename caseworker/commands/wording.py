"""`caseworker wording`: questions whose words are licensed, loaded by their licensee."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from caseworker.config import Settings
from caseworker.core import values
from caseworker.core.clock import today
from caseworker.core.db import db, transaction
from caseworker.core.errors import RuleBroken
from caseworker.core.setup import refuse_unready
from caseworker.programmes.models import Organisation
from caseworker.wellbeing.wording import load_wording, parse_wording


@click.group()
def wording() -> None:
    """Load questions that an organisation is licensed to ask."""


@wording.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--licence", required=True, help="Reference of the registration.")
@click.option("--organisation", "code", required=True, help="Code of the organisation that registered.")
@with_appcontext
def load(file: Path, licence: str, code: str) -> None:
    """Load the wording of SWEMWBS from a CSV file with the columns part and words.

    The parts are item_1 to item_7, answer_1 to answer_5, and, if wanted, introduction and notice.
    """
    settings: Settings = current_app.extensions["caseworker.settings"]
    refuse_unready(settings.database_url, settings.keyring())
    try:
        reference = values.text(licence, 120, "the reference of the registration")
        words = parse_wording(file.read_bytes())
    except (values.Invalid, RuleBroken) as refused:
        raise click.ClickException(f"{file.name}: {refused.message}") from None
    with transaction():
        found = db.session.scalar(select(Organisation).where(Organisation.code == code))
        if found is None:
            every = ", ".join(db.session.scalars(select(Organisation.code).order_by(Organisation.code)))
            raise click.ClickException(f"There is no organisation {code}. There are: {every or 'none yet'}")
        load_wording(found.id, words, licence=reference, today=today())
        name = found.name
    click.echo(f"{name} may ask the seven statements, under {reference}")
