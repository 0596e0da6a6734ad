"""`caseworker demo`: a demonstration from nothing, served."""

import click
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import DBAPIError

from caseworker.app import create_app
from caseworker.commands.serving import run
from caseworker.config import Settings
from caseworker.core import audit, clock
from caseworker.core.db import begin, db, transaction
from caseworker.core.errors import SettingsWrong
from caseworker.core.installation import DEMO, Installation
from caseworker.core.keys import Keyring
from caseworker.core.resources import resource_dir
from caseworker.core.setup import bring_up_to_date, make_data_folder, make_key, owner_engine, unreachable
from caseworker.demo.headline import as_lines, headline
from caseworker.demo.load import is_loaded, load
from caseworker.demo.signins import FILE, make_sign_ins, read_sign_ins
from caseworker.participants.models import Participant

ANOTHER = "choose another with CASEWORKER_DATABASE_URL, or CASEWORKER_DATA"


@click.command()
@click.option("--no-serve", is_flag=True, help="Stop after the figures and sign-ins.")
def demo(no_serve: bool) -> None:
    """Make the demonstration of invented people, show its figures and serve it. May be run again."""
    settings = Settings.from_environment()
    make_data_folder(settings.data)
    refuse_other_databases(settings)
    if not settings.key_text:
        make_key(settings.key_file)
    keyring = settings.keyring()
    bring_up_to_date(settings.migration_url, settings.database_url)
    app = create_app(settings)
    with app.app_context():
        _fill(settings, keyring)
        begin("read")
        rows = headline(
            settings.data, clock.today(), lambda: click.echo("Working out the figures…", err=True)
        )
    for line in as_lines(rows):
        click.echo(line)
    _say_sign_ins(settings)
    if no_serve:
        with app.app_context():
            db.engine.dispose()
    else:
        _serve(app, settings)


def refuse_other_databases(settings: Settings) -> None:
    """Before anything is written: raises SettingsWrong for a database that is not a demonstration's."""
    engine = owner_engine(settings.migration_url)
    try:
        refusal = _refusal(engine)
    except DBAPIError as error:
        raise SettingsWrong(unreachable(error, settings.migration_url)) from None
    finally:
        engine.dispose()
    if refusal:
        raise SettingsWrong(f"{refusal}: {ANOTHER}")


def _refusal(engine: Engine) -> str:
    tables = set(inspect(engine).get_table_names())
    if not tables:
        return ""
    if "installation" not in tables:
        return "This database holds something else than Caseworker"
    with engine.connect() as connection:
        kind = connection.scalar(select(Installation.kind))
        people = connection.scalar(select(sa.func.count()).select_from(Participant.__table__))
    if kind is None:
        return (
            "There are people in this database, and it does not say that it is a demonstration"
            if people
            else ""
        )
    return "" if kind == DEMO else f"This is a {kind} installation, not a demonstration"


def _fill(settings: Settings, keyring: Keyring) -> None:
    """Load an empty database; make the sign-ins where there are none."""
    with transaction():
        loaded = is_loaded(keyring)
        if not loaded:
            click.echo("Loading the invented people…", err=True)
            load(resource_dir("seed_data") / "loaded", keyring, clock.today())
        if not loaded:
            make_sign_ins(settings.data)
        elif read_sign_ins(settings.data) is None:
            make_sign_ins(settings.data)
            audit.note(audit.Entry("changed", "user", fields="password_hash", why="demo"))


def _say_sign_ins(settings: Settings) -> None:
    click.echo(f"\nSign-ins, made for this installation and kept in {settings.data / FILE}:\n")
    click.echo(read_sign_ins(settings.data) or "")


def _serve(app: Flask, settings: Settings) -> None:
    run(app, settings.host, settings.port, bool(settings.trusted_proxy), settings.public_url)
