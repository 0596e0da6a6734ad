"""Pausing the review clock of a case: what is due waits, and the page says why."""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.casefile.pause_forms import EndPauseForm, PauseForm
from caseworker.casefile.settling import settle_dues
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.pauses import end_pause, get_pause, record_pause, resume_pause, take_back_pause
from caseworker.enrolments.queries import get_enrolment

bp = Blueprint("pauses", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/pauses")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PLAN_RECORD)
def new(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    form = PauseForm(data={"from_on": today()})
    if form.validate_on_submit():
        reason, first, last = form.reason.data, form.from_on.data, form.until_on.data
        try:
            pause = record_pause(enrolment, reason, first, last, recorded_by=current_user(), today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            settle_dues(enrolment)
            undo = url_for(".take_back", enrolment_id=enrolment_id, pause_id=pause.id)
            return saved(_("Pause saved. What is due waits"), _plan(enrolment), (_("Undo"), undo))
    return render_form("casefile/pause.html", form, enrolment=enrolment)


@bp.route("/<uuid:pause_id>/end", methods=["GET", "POST"])
@requires(Permission.PLAN_RECORD)
def end(enrolment_id: UUID, pause_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    pause = get_pause(enrolment, pause_id)
    form = EndPauseForm(record=pause, data={"until_on": today()})
    if form.validate_on_submit():
        try:
            end_pause(pause, form.until_on.data)
        except RuleBroken as broken:
            form.reject(broken)
        else:
            settle_dues(enrolment)
            undo = url_for(".resume", enrolment_id=enrolment_id, pause_id=pause_id)
            return saved(_("The pause has its last day"), _plan(enrolment), (_("Undo"), undo))
    return render_form("casefile/end_pause.html", form, enrolment=enrolment, pause=pause)


@bp.route("/<uuid:pause_id>/resume", methods=["GET", "POST"])
@requires(Permission.PLAN_RECORD)
def resume(enrolment_id: UUID, pause_id: UUID) -> ResponseReturnValue:
    """Undo of its end."""
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    pause = get_pause(enrolment, pause_id)
    if is_tapped(CaseForm()):
        resume_pause(pause)
        settle_dues(enrolment)
        return saved(_("The pause lasts again"), _plan(enrolment))
    return redirect(_plan(enrolment), 303)


@bp.route("/<uuid:pause_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PLAN_RECORD)
def take_back(enrolment_id: UUID, pause_id: UUID) -> ResponseReturnValue:
    """Undo of recording it."""
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    if not is_tapped(CaseForm()):
        return redirect(_plan(enrolment), 303)
    take_back_pause(get_pause(enrolment, pause_id), by=current_user(), now=now())
    settle_dues(enrolment)
    return saved(_("Pause taken back"), _plan(enrolment))


def _plan(enrolment: Enrolment) -> str:
    return url_for("plans.show", enrolment_id=enrolment.id)
