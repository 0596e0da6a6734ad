"""Every feature's pages, in one list."""

from flask import Flask

from caseworker.accounts import drafts_routes, own_routes
from caseworker.accounts import routes as accounts
from caseworker.casefile import routes as casefile
from caseworker.casefile import search_routes
from caseworker.contacts import routes as contacts
from caseworker.core import health
from caseworker.impact import routes as impact
from caseworker.outcomes import routes as outcomes
from caseworker.programmes import routes as programmes
from caseworker.reports import routes as reports


def register(app: Flask) -> None:
    for blueprint in (
        health.bp,
        casefile.bp,
        search_routes.bp,
        contacts.bp,
        accounts.bp,
        own_routes.bp,
        drafts_routes.bp,
        programmes.bp,
        outcomes.bp,
        impact.bp,
        reports.bp,
    ):
        app.register_blueprint(blueprint)
