"""Signing in, the second step, signing out, and staying signed in."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts import browser, second_step, services
from caseworker.accounts.current import current_user, signed_in
from caseworker.accounts.forms import CodeForm, SignInForm
from caseworker.accounts.models import User
from caseworker.accounts.permissions import Permission, may, public, requires
from caseworker.accounts.throttle import Counter, TooManyTries
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.error_pages import page
from caseworker.core.errors import RuleBroken
from caseworker.core.logs import log
from caseworker.core.pages import render_form

bp = Blueprint("accounts", __name__)

SECOND_STEP_WITHIN = timedelta(minutes=5)


@bp.errorhandler(TooManyTries)
def wait(error: TooManyTries) -> ResponseReturnValue:
    """429 in plain words, with when to come back."""
    log("sign-in must wait", seconds=error.seconds)
    seconds, minutes = error.seconds, -(-error.seconds // 60)
    if seconds < 60:
        words = _("There were too many tries. Wait %(seconds)s seconds, then try again.", seconds=seconds)
    elif minutes == 1:
        words = _("There were too many tries. Wait 1 minute, then try again.")
    else:
        words = _("There were too many tries. Wait %(minutes)s minutes, then try again.", minutes=minutes)
    text, status = page(429, words=words)
    return text, status, {"Retry-After": str(error.seconds)}


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    wanted = browser.own_path(request.args.get("next"))
    if request.method == "GET" and signed_in():
        return redirect(wanted or _home(current_user()), 303)
    form = SignInForm()
    if form.validate_on_submit():
        user = services.check_sign_in(form.email.data, form.password.data, browser.counters(form.email.data))
        if user is not None:
            return _past_the_password(user, wanted)
        form.reject(RuleBroken(_("The e-mail address or the password is not right")))
        form.renew()
    ended = "token" in session and not form.is_submitted()
    return render_form("accounts/sign_in.html", form, ended=ended)


def _home(user: User) -> str:
    """Somebody without a role yet is shown their own account."""
    return "/" if may(user, Permission.HOME_READ) else url_for("account.show")


def _past_the_password(user: User, wanted: str | None) -> ResponseReturnValue:
    if not second_step.is_on(user):
        return _signed_in(user, wanted)
    before = session.get("token")
    session.clear()
    session["second_step"] = {"user": str(user.id), "at": clock.now().isoformat(), "next": wanted}
    if before:
        session["token"] = before
    return redirect(url_for("accounts.enter_code"), 303)


def _signed_in(user: User, wanted: str | None) -> ResponseReturnValue:
    token = services.sign_in(user, session.get("token"))
    browser.start_cookie(token)
    g.user_id = user.id
    response = redirect(wanted or _home(user), 303)
    browser.remember_device(response, user.email)  # type: ignore[arg-type]
    return response


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def enter_code() -> ResponseReturnValue:
    waiting = session.get("second_step", {})
    user = _waiting_user(waiting)
    if user is None:
        session.pop("second_step", None)
        return redirect(url_for("accounts.sign_in"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        counters = [Counter(f"code {user.id}", 5)]
        if services.check_code(user, form.one_time_code.data, counters):
            return _signed_in(user, browser.own_path(waiting["next"]))
        words = _("That code is not right, or was used already. Wait for the next one")
        form.reject(RuleBroken(words, "one_time_code"))
        form.renew()
    return render_form("accounts/enter_code.html", form)


def _waiting_user(waiting: dict[str, str]) -> User | None:
    """Whose password was right a few minutes ago at most."""
    if not waiting or clock.now() - datetime.fromisoformat(waiting["at"]) > SECOND_STEP_WITHIN:
        return None
    user = db.session.get(User, UUID(waiting["user"]))
    return user if user is not None and user.active else None


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    user = signed_in()
    if user is not None:
        services.sign_out(user, session["token"])
    session.clear()
    flash(_("You have signed out"), "info")
    return redirect(url_for("accounts.sign_in"), 303)


@bp.post("/stay-signed-in")
@requires(Permission.OWN_ACCOUNT)
def keep_alive() -> ResponseReturnValue:
    """Somebody is there: the idle half hour begins again."""
    current_user()
    return "", 204


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("accounts/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("accounts/privacy.html")
