"""The application: settings, extensions, features, hooks, in that order."""

import io
from collections.abc import Callable
from functools import partial
from inspect import iscoroutinefunction
from typing import IO

from flask import Flask, Request, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from caseworker import features, navigation
from caseworker.accounts import current
from caseworker.accounts.current import signed_in
from caseworker.config import Settings
from caseworker.core import addresses, assets, components, error_pages, formatting, headers, language, logs
from caseworker.core.db import READS, db, in_one_transaction
from caseworker.core.engine import engine_options, prepare
from caseworker.core.filesystems import refuse_network_share
from caseworker.core.forms import refuse_second_send
from caseworker.core.resources import resource_dir

# These answer without the database.
UNTOUCHED = frozenset({"static", "health.live"})


MOST_TYPED = 2 * 1024 * 1024


class InMemoryRequest(Request):
    """An upload is never written to a temporary file; MAX_CONTENT_LENGTH bounds it."""

    def _get_file_stream(self, *_about: object, **_more: object) -> IO[bytes]:
        return io.BytesIO()


class Caseworker(Flask):
    """Flask, with every view wrapped in its transaction."""

    request_class = InMemoryRequest

    def dispatch_request(self) -> ResponseReturnValue:
        if request.routing_exception is not None or request.endpoint in UNTOUCHED:
            return super().dispatch_request()
        return in_one_transaction(partial(_once, super().dispatch_request))


def _once(view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Run a view, unless this very form was acted on before."""
    user = signed_in() if request.method not in READS else None
    if user is not None:
        refuse_second_send(user.id)
    return view()


def create_app(settings: Settings) -> Flask:
    """Raises SettingsWrong when the settings, the key or the files beside the package are not right."""
    keyring = settings.keyring()
    refuse_network_share(settings.database_url)
    app = Caseworker("caseworker", template_folder=str(resource_dir("templates")), static_folder=None)
    app.config.update(
        SECRET_KEY=keyring.derive("cookie"),
        SESSION_COOKIE_NAME="__Host-caseworker" if settings.is_https else "caseworker",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=MOST_TYPED,
        MAX_FORM_PARTS=4000,
        WTF_CSRF_TIME_LIMIT=None,
        SQLALCHEMY_ENGINES={"default": engine_options(settings.database_url)},
        BABEL_DEFAULT_LOCALE="en_GB",
    )
    app.extensions["caseworker.keyring"] = keyring
    app.extensions["caseworker.settings"] = settings
    if settings.trusted_proxy:
        hops = settings.trusted_proxy
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _extend(app)
    return app


def _limit_typing() -> None:
    """A form without files holds typing: 2 MB of it is more than anybody types."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = MOST_TYPED


def _extend(app: Flask) -> None:
    app.before_request(_limit_typing)
    db.init_app(app)
    # No session here is async; closing none of them would cost every request an event loop (0.7 ms).
    app.teardown_appcontext_funcs = [
        step for step in app.teardown_appcontext_funcs if not iscoroutinefunction(step)
    ]
    with app.app_context():
        prepare(db.engine)
    language.install(app)
    logs.configure(app)
    CSRFProtect(app)
    current.install(app)
    headers.install(app)
    addresses.install(app)
    assets.install(app)
    components.install(app)
    formatting.register(app)
    error_pages.install(app)
    features.register(app)
    navigation.install(app)
