"""The application a command works with, closed again when the command ends."""

import click
from flask import Flask

from caseworker.app import create_app
from caseworker.config import Settings
from caseworker.core.db import db


def open_app(settings: Settings | None = None) -> Flask:
    """The application of these settings, or of those in the environment. Raises SettingsWrong."""
    app = create_app(settings or Settings.from_environment())
    click.get_current_context().find_root().call_on_close(lambda: _close(app))
    return app


def _close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()
