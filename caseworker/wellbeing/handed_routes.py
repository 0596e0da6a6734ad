"""The screen a participant holds. While it is handed over, this browser opens nothing else.

The lock is in the signed cookie, and the session's token changes with it: no cookie from before opens
anything, and pages asked for in other tabs are locked too.
"""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_session_id, current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.accounts.routes import wait
from caseworker.accounts.services import check_own_password
from caseworker.accounts.sessions import find_session, swap_token
from caseworker.accounts.throttle import TooManyTries
from caseworker.care.queries import needs_of
from caseworker.core.clock import now
from caseworker.core.db import begin
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import spend
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.queries import get_enrolment
from caseworker.wellbeing.forms import AnswersForm, HandOverForm, UnlockForm, asking
from caseworker.wellbeing.handing import answer_on_screen, find_screen, hand_over, unlock_screen
from caseworker.wellbeing.instruments import OPEN, SWEMWBS
from caseworker.wellbeing.models import HandedScreen
from caseworker.wellbeing.queries import answers_of, find_instrument
from caseworker.wellbeing.rules import is_very_low

bp = Blueprint("handed", __name__)
bp.register_error_handler(TooManyTries, wait)

MARK = "handed"
ON_THE_SCREEN = frozenset({"handed.show", "handed.unlock"})
ALWAYS = frozenset({"static", "accounts.sign_out"})


def _before_everything(state: BlueprintSetupState) -> None:
    state.app.before_request_funcs.setdefault(None, []).insert(0, locked)


bp.record_once(_before_everything)


def is_handed_over() -> bool:
    """Whether somebody else holds this browser: pages then show nothing of who is signed in."""
    return MARK in session


def locked() -> ResponseReturnValue | None:
    """The answer to every other address of a browser that is handed over."""
    handed = session.get(MARK)
    if not handed or request.endpoint in ALWAYS:
        return None
    begin("read")
    if find_session(session.get("token", "")) is None:
        # Nobody is signed in any more: there is nothing left to lock, and signing in must work. Without the
        # token, what a participant sends now is not kept as the worker's own typing either.
        session.pop("token", None)
        session.pop(MARK)
        return None
    asked = (request.view_args or {}).get("screen_id")
    if request.endpoint in ON_THE_SCREEN and str(asked) == handed:
        return None
    return render_template("wellbeing/locked.html", screen_id=handed), 403


@bp.route("/enrolments/<uuid:enrolment_id>/wellbeing/hand-over", methods=["GET", "POST"])
@requires(Permission.WELLBEING_RECORD)
def begin_handing(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "wellbeing")
    seven = find_instrument(enrolment, SWEMWBS)
    form = HandOverForm(data={"instrument": "ons4", "stage": "review"})
    form.offer([*OPEN.values(), *([seven] if seven else [])])
    if form.validate_on_submit():
        screen = hand_over(
            enrolment,
            instrument=form.instrument.data,
            stage=form.stage.data,
            session_id=current_session_id(),
            now=now(),
        )
        session["token"] = swap_token(session["token"])
        session[MARK] = str(screen.id)
        return _sent_to(screen)
    return render_form("wellbeing/hand_over.html", form, enrolment=enrolment)


def _sent_to(screen: HandedScreen) -> ResponseReturnValue:
    """As `saved`, without a message: it would wait for whoever looks next."""
    location = url_for(".show", screen_id=screen.id)
    spend(location, current_user().id)
    return redirect(location, 303)


@bp.route("/questions/<uuid:screen_id>", methods=["GET", "POST"])
@requires(Permission.WELLBEING_RECORD)
def show(screen_id: UUID) -> ResponseReturnValue:
    """The questions, then thanks. Nothing here says whose case it is."""
    screen = find_screen(screen_id, current_session_id(), to_answer=request.method == "POST")
    if screen is None:
        return redirect(url_for("casefile.home"), 303)
    asked = find_instrument(screen.enrolment, screen.instrument)
    if screen.answered_at is not None or asked is None:
        return render_template("wellbeing/thank_you.html", screen_id=screen.id)
    form = asking(AnswersForm, asked)()
    if form.validate_on_submit():
        get_enrolment(current_user(), screen.enrolment_id, "wellbeing")
        try:
            answer_on_screen(screen, form.scores, worker=current_user(), now=now())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return _sent_to(screen)
    needs = needs_of(screen.enrolment.participant_id)
    large = needs is not None and needs.large_print
    return _bare("wellbeing/handed.html", form=form, asked=asked, screen_id=screen.id, large=large)


@bp.route("/questions/<uuid:screen_id>/unlock", methods=["GET", "POST"])
@requires(Permission.WELLBEING_RECORD)
def unlock(screen_id: UUID) -> ResponseReturnValue:
    form = UnlockForm()
    screen = find_screen(screen_id, current_session_id())
    if screen is None:
        return redirect(url_for("casefile.home"), 303)
    if form.validate_on_submit():
        if check_own_password(current_user(), form.password.data):
            return _unlocked(screen)
        form.reject(RuleBroken(_("That is not your password"), "password"))
        form.renew()
    return _bare("wellbeing/unlock.html", form=form, screen_id=screen_id)


def _bare(template: str, *, form: AnswersForm | UnlockForm, **context: object) -> ResponseReturnValue:
    """A form's page without drafts: what one participant typed is never offered to another."""
    return render_template(template, form=form, **context), 422 if form.problems else 200


def _unlocked(screen: HandedScreen) -> ResponseReturnValue:
    unlock_screen(screen, now=now())
    session["token"] = swap_token(session["token"])
    session.pop(MARK, None)
    case = url_for("wellbeing.index", enrolment_id=screen.enrolment_id)
    made = screen.assessment
    if made is None:
        return saved(_("The screen is yours again. No answers were saved on it"), case)
    words = _("The screen is yours again. Their answers are saved")
    if is_very_low(made.instrument, answers_of(made), made.score_hundredths):
        words = _("Their answers are saved. Before you finish, ask in private how they are today")
    undo = url_for("wellbeing.take_back", enrolment_id=screen.enrolment_id, assessment_id=made.id)
    return saved(words, case, (_("Undo"), undo))
