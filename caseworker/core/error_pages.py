"""What people are told when something goes wrong: plain words, and nothing typed is lost."""

from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from caseworker.core import audit
from caseworker.core.conflicts import KEEP, SAVED, belongs, differing
from caseworker.core.db import READS, aside, begin, settle_reading
from caseworker.core.drafts import is_secret
from caseworker.core.errors import (
    AlreadyDone,
    Busy,
    NotAllowed,
    NotVisible,
    RuleBroken,
    SignInNeeded,
    StaleRecord,
)

PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503})


def install(app: Flask) -> None:
    app.register_error_handler(NotVisible, lambda error: kept_out(404))
    app.register_error_handler(NotAllowed, lambda error: kept_out(403))
    app.register_error_handler(AlreadyDone, lambda error: redirect(error.location, 303))
    app.register_error_handler(RuleBroken, lambda error: page(422, words=error.message))
    app.register_error_handler(StaleRecord, conflict)
    app.register_error_handler(SignInNeeded, sign_in_first)
    app.register_error_handler(Busy, lambda error: page(503, typed=typed()))
    app.register_error_handler(DBAPIError, database_failed)
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(HTTPException, lambda error: refused(error))
    app.register_error_handler(Exception, unexpected)


def page(code: int, **context: Any) -> tuple[str, int]:
    """The page of an error. When the database may be what failed, it is drawn without it."""
    g.failed = g.get("failed", False) or code >= 500
    if not g.failed:
        begin("read")
    return render_template(f"errors/{code}.html", **context), code


def kept_out(code: int) -> ResponseReturnValue:
    """Missing or not for this person: the audit says who asked for what, the page does not say which."""
    key = next((value for value in (request.view_args or {}).values() if isinstance(value, UUID)), None)
    if g.get("user_id"):
        aside(lambda: audit.note(audit.Entry("refused", (request.endpoint or "")[:40], key, why=str(code))))
    return page(code)


def refused(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    return page(error.code if error.code in PAGES else (500 if error.code >= 500 else 400))


def forged(error: CSRFError) -> ResponseReturnValue:
    """A post that is not from a page of ours. One that came without a cookie is given none: it would take
    the place of the one that signs somebody in."""
    answer = page(400, typed=typed())
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        session.clear()
        session.modified = False
    return answer


def typed() -> list[tuple[str, str]]:
    """(name, text) of what was typed, to be sent again as it was."""
    if request.method in READS:
        return []
    try:
        form: MultiDict[str, str] = request.form
    except HTTPException:
        return []
    return [
        (name, text) for name, text in form.items(multi=True) if name != "csrf_token" and not is_secret(name)
    ]


def database_failed(error: DBAPIError) -> ResponseReturnValue:
    """The database is gone, full or read-only: say so, keep the typing, and recover alone."""
    current_app.logger.error("database failed", extra={"facts": {"error": type(error.orig).__name__}})
    if isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated:
        return page(503, typed=typed())
    return page(500)


def unexpected(error: Exception) -> ResponseReturnValue:
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    current_app.logger.error("unexpected", exc_info=error)
    return page(500, typed=typed())


def sign_in_first(error: SignInNeeded) -> ResponseReturnValue:
    """To sign in, and back. What was typed waits as a draft of its form."""
    keep: Any = current_app.extensions["caseworker.keep_typing"]
    if request.method not in READS and session.get("token"):
        keep(session["token"], request.path, request.form)
    wanted = request.full_path.rstrip("?") if request.method in READS else request.path
    return redirect(url_for("accounts.sign_in", next=wanted if wanted != "/" else None), 303)


def conflict(error: StaleRecord) -> ResponseReturnValue:
    """Both texts side by side; nothing is overwritten until the person has seen them."""
    form = error.form
    saved = type(form)(formdata=None, obj=form.record, record=form.record)
    rows = differing(form, saved, [field.name for field in form if is_secret(field.name)])
    form.renew()
    shown = ("post_token", "record_version", KEEP, SAVED, *(row.name for row in rows))
    kept = [(name, text) for name, text in typed() if not any(belongs(name, each) for each in shown)]
    answer = page(409, rows=rows, typed=kept, form=form)
    settle_reading()
    return answer
