"""What is known of the browser that signs in: its address, whether it was here before, where it was going."""

import hmac
import secrets

from flask import Response, current_app, request, session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from caseworker.accounts.throttle import Counter, counters_for
from caseworker.core.sealing import keyring

KNOWN_FOR_DAYS = 180
_LONGEST_PATH = 400


def counters(account: str) -> list[Counter]:
    """What a try at this account from this browser is counted against."""
    return counters_for(account, request.remote_addr or "", _known_device(account))


def remember_device(response: Response, account: str) -> None:
    """Mark this browser as one that signed in to the account, so that others cannot lock it out."""
    name = _known_device(account) or secrets.token_hex(16)
    response.set_cookie(
        _cookie_name(),
        f"{name}.{_proof(name, account)}",
        max_age=KNOWN_FOR_DAYS * 24 * 3600,
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _known_device(account: str) -> str | None:
    name, _, proof = request.cookies.get(_cookie_name(), "").partition(".")
    known = name and hmac.compare_digest(proof.encode(), _proof(name, account).encode())
    return name if known else None


def _proof(name: str, account: str) -> str:
    return hmac.digest(keyring().derive("known browser"), f"{name} {account}".encode(), "sha256").hex()


def _cookie_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-browser"


def start_cookie(token: str) -> None:
    """A cookie with nothing in it from before the sign-in."""
    session.clear()
    session["token"] = token


def own_path(wanted: str | None) -> str | None:
    """The page to go to after signing in, if it is one of ours that opens by GET; else None."""
    if not wanted or len(wanted) > _LONGEST_PATH or not wanted.startswith("/"):
        return None
    if wanted.startswith("//") or any(letter in "\\\x7f" or letter < "!" for letter in wanted):
        return None
    path = wanted.partition("?")[0].partition("#")[0]
    try:
        endpoint, _values = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return None if endpoint.startswith(("accounts.sign", "static", "health")) else wanted
