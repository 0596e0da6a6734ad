"""`caseworker setup` and `caseworker migrate`."""

import click
from flask import Flask
from sqlalchemy import select

from caseworker.accounts.models import Role, User
from caseworker.accounts.passwords import new_password
from caseworker.accounts.services import Place, add_user
from caseworker.commands.opening import open_app
from caseworker.config import Settings
from caseworker.core.clock import today
from caseworker.core.db import db, transaction
from caseworker.core.installation import LIVE
from caseworker.core.setup import bring_up_to_date, make_data_folder, make_key, record_installation
from caseworker.core.values import Invalid, email, text


@click.command()
@click.option("--email", "address", help="E-mail address of the first administrator.")
@click.option("--name", help="Their name, as colleagues see it.")
def setup(address: str | None, name: str | None) -> None:
    """Make the data folder, the key, the tables and the first administrator. May be run again."""
    settings = Settings.from_environment()
    if make_data_folder(settings.data):
        click.echo(f"Made the data folder {settings.data}")
    if not settings.key_text and make_key(settings.key_file):
        click.echo(f"Made the key {settings.key_file}")
    keyring = settings.keyring()
    before, after = bring_up_to_date(settings.migration_url, settings.database_url)
    click.echo(f"The tables are at revision {after}" + (" (they were already)" if before == after else ""))
    app = open_app(settings)
    with app.app_context(), transaction():
        if record_installation(LIVE, keyring):
            click.echo(f"This is now a live installation, sealed with key {keyring.fingerprint()}")
    click.echo("Keep a copy of the key apart from the database: without it no note can be read again.")
    _first_administrator(app, address, name)


def _first_administrator(app: Flask, address: str | None, name: str | None) -> None:
    with app.app_context():
        if db.session.scalar(select(User.id).limit(1)) is not None:
            click.echo("There are users already: add more with caseworker user add")
            return
    address = _asked(address, "E-mail address of the first administrator", email).lower()
    name = _asked(name, "Their name", text)
    password = new_password()
    with app.app_context(), transaction():
        add_user(address, name, password, [Place(Role.ADMINISTRATOR)], today())
    click.echo(f"{address} may sign in with this password, shown only now: {password}")


def _asked(given: str | None, question: str, check: object) -> str:
    if given is None:
        given = click.prompt(question, type=str)
    try:
        checked: str = check(given)  # type: ignore[operator]
    except Invalid as refused:
        raise click.UsageError(f"{question}: {refused}") from None
    return checked


@click.command()
def migrate() -> None:
    """Bring the database's tables to this version, and on PostgreSQL renew what the role may do."""
    settings = Settings.from_environment()
    before, after = bring_up_to_date(settings.migration_url, settings.database_url)
    if before == after:
        click.echo(f"The tables are at revision {after} already")
    else:
        click.echo(f"The tables went from revision {before or 'none'} to {after}")
