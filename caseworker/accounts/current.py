"""Who is signed in. The only file that speaks to Flask-Login."""

from uuid import UUID

from flask import Flask, Request, g, session
from flask_login import LoginManager
from flask_login import current_user as _signed_in
from werkzeug.datastructures import MultiDict

from caseworker.accounts.models import User
from caseworker.accounts.sessions import find_session, owner_of, touch
from caseworker.core import audit
from caseworker.core.db import aside
from caseworker.core.drafts import keep_draft
from caseworker.core.errors import SignInNeeded

_login = LoginManager()


def install(app: Flask) -> None:
    # Its own context processor would ask the database even for the page that says the database is gone.
    _login.init_app(app, add_context_processor=False)
    _login.session_protection = None
    app.extensions["caseworker.keep_typing"] = keep_typing


@_login.request_loader
def _load(_request: Request) -> User | None:
    token = session.get("token")
    found = find_session(token) if token else None
    if found is None:
        return None
    g.user_id, g.session_id = found.user_id, found.id
    audit.act_as(found.user_id)
    touch(found)
    return found.user


def signed_in() -> User | None:
    """The user, or None when nobody is signed in."""
    user = _signed_in._get_current_object()
    return user if isinstance(user, User) else None


def current_user() -> User:
    """Raises SignInNeeded when nobody is, or the session has ended."""
    user = signed_in()
    if user is None:
        raise SignInNeeded
    return user


def current_session_id() -> UUID:
    """The key of this browser's session, once somebody is found to be signed in."""
    current_user()
    found: UUID = g.session_id
    return found


def keep_typing(token: str, path: str, form: MultiDict[str, str]) -> None:
    """What was sent after the session had ended waits for its owner as a draft of its form."""

    def keep() -> None:
        owner = owner_of(token)
        if owner is not None:
            keep_draft(owner, form.get("draft_path") or path, form)

    aside(keep)
