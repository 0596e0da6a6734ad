"""One's own account: password, second step, shortcuts, and where one is signed in."""

from flask import Blueprint, Response, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts import browser, second_step, services
from caseworker.accounts.current import current_session_id, current_user
from caseworker.accounts.forms import CodeForm, OwnPasswordForm, PasswordForm
from caseworker.accounts.permissions import ROLE_LABELS, Permission, requires, roles_of
from caseworker.accounts.routes import wait
from caseworker.accounts.sessions import begin_session, living_sessions
from caseworker.accounts.throttle import Counter, TooManyTries
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.pages import render_form, saved

bp = Blueprint("account", __name__, url_prefix="/account")
bp.register_error_handler(TooManyTries, wait)


def _not_right() -> RuleBroken:
    return RuleBroken(_("That is not your password"), "current_password")


@bp.get("")
@requires(Permission.OWN_ACCOUNT)
def show() -> ResponseReturnValue:
    user = current_user()
    held = roles_of(user)
    return render_template(
        "accounts/show.html",
        roles=[words for role, words in ROLE_LABELS.items() if role in held],
        second_step_on=second_step.is_on(user),
        sessions=living_sessions(user.id),
        here=current_session_id(),
    )


@bp.route("/password", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def password() -> ResponseReturnValue:
    form, user = PasswordForm(), current_user()
    if form.validate_on_submit():
        try:
            if not services.check_own_password(user, form.current_password.data):
                raise _not_right()
            services.set_password(user, form.new_password.data, "new_password")
        except RuleBroken as broken:
            form.reject(broken)
        else:
            browser.start_cookie(begin_session(user))
            words = _("Your password is changed. Other browsers were signed out")
            return saved(words, url_for("account.show"))
    return render_form("accounts/password.html", form)


@bp.post("/shortcuts")
@requires(Permission.OWN_ACCOUNT)
def shortcuts() -> ResponseReturnValue:
    user = current_user()
    user.shortcuts_on = not user.shortcuts_on
    words = _("Single-key shortcuts are on") if user.shortcuts_on else _("Single-key shortcuts are off")
    return saved(words, url_for("account.show"))


@bp.post("/sign-out-everywhere")
@requires(Permission.OWN_ACCOUNT)
def sign_out_everywhere() -> ResponseReturnValue:
    services.sign_out_everywhere(current_user())
    session.clear()
    flash(_("You are signed out of every browser"), "info")
    return redirect(url_for("accounts.sign_in"), 303)


@bp.post("/second-step/begin")
@requires(Permission.OWN_ACCOUNT)
def begin_second_step() -> ResponseReturnValue:
    user = current_user()
    if not second_step.is_on(user):
        second_step.begin_setting_up(user)
    return redirect(url_for("account.set_up_second_step"), 303)


@bp.route("/second-step", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def set_up_second_step() -> ResponseReturnValue:
    user = current_user()
    if second_step.is_on(user) or user.second_step_sealed is None:
        return redirect(url_for("account.show"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        if services.check_code(user, form.one_time_code.data, [Counter(f"code {user.id}", 5)]):
            services.second_step_is_on(user)
            return saved(_("The second step is on"), url_for("account.show"))
        words = _("That code is not right. Enter the one your app shows now")
        form.reject(RuleBroken(words, "one_time_code"))
    return render_form("accounts/second_step.html", form, secret=second_step.secret_in_groups(user))


@bp.get("/second-step/picture.svg")
@requires(Permission.OWN_ACCOUNT)
def second_step_picture() -> ResponseReturnValue:
    """Only while it is being set up: afterwards the secret is shown to nobody."""
    user = current_user()
    if second_step.is_on(user) or user.second_step_sealed is None:
        raise NotVisible
    return Response(second_step.picture(user), mimetype="image/svg+xml")


@bp.route("/second-step/off", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def turn_off_second_step() -> ResponseReturnValue:
    form, user = OwnPasswordForm(), current_user()
    if form.validate_on_submit():
        if services.check_own_password(user, form.current_password.data):
            second_step.take_off(user)
            return saved(_("The second step is off"), url_for("account.show"))
        form.reject(_not_right())
    return render_form("accounts/second_step_off.html", form)
