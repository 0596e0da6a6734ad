"""Leaving a programme, taking it back, and starting again."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.core.taking_back import UNDOABLE
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import enrolments_of, get_enrolment
from caseworker.enrolments.services import stops_follow_up
from caseworker.leaving import services
from caseworker.leaving.forms import ExitForm
from caseworker.leaving.queries import exit_of, has_last_wellbeing, still_open
from caseworker.leaving.second_start import SecondStart

bp = Blueprint("leaving", __name__)


@bp.route("/enrolments/<uuid:enrolment_id>/leave", methods=["GET", "POST"])
@requires(Permission.CASE_EXIT)
def leave(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "exit")
    if enrolment.exited_on is not None:
        return _has_left(enrolment)
    form = ExitForm(record=enrolment, data={"exited_on": today()})
    if form.validate_on_submit():
        try:
            services.leave(
                enrolment,
                last_on=form.exited_on.data,
                reason=form.exit_reason.data,
                note=form.note.data,
                recorded_by=current_user(),
                now=now(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".undo", enrolment_id=enrolment.id)
            return saved(_("They have left the programme"), _case(enrolment), (_("Undo"), undo))
    return render_form(
        "leaving/leave.html",
        form,
        enrolment=enrolment,
        open_now=still_open(enrolment, now()),
        asked_last=has_last_wellbeing(enrolment),
    )


def _has_left(enrolment: Enrolment) -> ResponseReturnValue:
    left, user = exit_of(enrolment), current_user()
    return render_template(
        "leaving/left.html",
        enrolment=enrolment,
        left=left,
        may_undo=left is not None and left.entered_by_id == user.id and now() - left.entered_at <= UNDOABLE,
        asks_on=not stops_follow_up(str(enrolment.exit_reason)),
    )


@bp.route("/enrolments/<uuid:enrolment_id>/leave/undo", methods=["GET", "POST"])
@requires(Permission.CASE_EXIT)
def undo(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "exit")
    left = exit_of(enrolment)
    if left is None:
        raise NotVisible
    if not is_tapped(CaseForm()):
        return redirect(url_for(".leave", enrolment_id=enrolment.id), 303)
    services.undo_exit(left, by=current_user(), now=now())
    return saved(_("They have not left: what this had closed is open again"), _case(enrolment))


@bp.route("/enrolments/<uuid:enrolment_id>/start-again", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def start_again(enrolment_id: UUID) -> ResponseReturnValue:
    """A second enrolment of the same person: shown what was known, and nothing of it carried over."""
    user = current_user()
    enrolment = get_enrolment(user, enrolment_id, "start again")
    if enrolment.exited_on is None:
        return redirect(_case(enrolment), 303)
    page = SecondStart(user, enrolment)
    if page.form.validate_on_submit():
        try:
            made = page.record(today())
        except RuleBroken as broken:
            page.form.reject(broken)
        else:
            undo = url_for("intake.take_back", enrolment_id=made.id)
            return saved(_("They have started again"), _case(made), (_("Undo"), undo))
    return render_form(
        "leaving/start_again.html",
        page.form,
        enrolment=enrolment,
        before=enrolments_of(user, enrolment.participant),
        programmes=page.programmes,
    )


def _case(enrolment: Enrolment) -> str:
    return url_for("casefile.show", enrolment_id=enrolment.id)
