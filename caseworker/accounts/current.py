"""Who is signed in. The only file that speaks to Flask-Login."""

from flask import Flask, Request, g, session
from flask_login import LoginManager
from flask_login import current_user as _signed_in

from caseworker.accounts.models import User
from caseworker.accounts.sessions import find_session, touch
from caseworker.core import audit
from caseworker.core.errors import SignInNeeded

_login = LoginManager()


def install(app: Flask) -> None:
    _login.init_app(app)
    _login.session_protection = None


@_login.request_loader
def _load(_request: Request) -> User | None:
    token = session.get("token")
    found = find_session(token) if token else None
    if found is None:
        return None
    g.user_id = found.user_id
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
