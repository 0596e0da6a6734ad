"""Every feature's pages, in one list."""

from flask import Flask

from caseworker.core import health


def register(app: Flask) -> None:
    for blueprint in (health.bp,):
        app.register_blueprint(blueprint)
