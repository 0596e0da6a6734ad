"""They died, or want no contact: recorded in three steps, shown calmly, undone or ended."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.core.taking_back import UNDOABLE
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import enrolments_of, get_enrolment
from caseworker.intake import stopping
from caseworker.intake.asking_forms import StopForm
from caseworker.intake.checking_routes import bp
from caseworker.lawful.queries import stop_of

__all__ = ["bp"]

WHERE = "/enrolments/<uuid:enrolment_id>/no-contact"


@bp.route(WHERE, methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def stop(enrolment_id: UUID) -> ResponseReturnValue:
    """What it calls off is said before it is confirmed."""
    user = current_user()
    enrolment = get_enrolment(user, enrolment_id, "no contact")
    person = enrolment.participant
    if person.stopped:
        return _stopped(enrolment)
    form = StopForm()
    if form.validate_on_submit():
        try:
            made = stopping.stop_contact(person, kind=form.kind.data, by=user, now=now(), today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".undo_stop", enrolment_id=enrolment.id, stop_id=made.id)
            words = _("All contact has stopped. Nothing is sent, due or booked any more")
            return saved(words, _case(enrolment), (_("Undo"), undo))
    cases = enrolments_of(user, person)
    return render_form(
        "intake/stop.html",
        form,
        enrolment=enrolment,
        open_now=stopping.still_open([case.id for case in cases], now()),
    )


def _stopped(enrolment: Enrolment) -> ResponseReturnValue:
    found = stop_of(enrolment.participant_id)
    mine = found is not None and found.entered_by_id == current_user().id
    return render_template(
        "intake/stopped.html",
        enrolment=enrolment,
        stop=found,
        may_undo=mine and found is not None and now() - found.entered_at <= UNDOABLE,
    )


@bp.route(f"{WHERE}/<uuid:stop_id>/undo", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def undo_stop(enrolment_id: UUID, stop_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "no contact")
    found = stopping.get_stop(enrolment.participant, stop_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".stop", enrolment_id=enrolment.id), 303)
    stopping.undo_stop(found, by=current_user(), now=now())
    return saved(_("Undone: what this had called off is open again"), _case(enrolment))


@bp.route(f"{WHERE}/<uuid:stop_id>/end", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def end_stop(enrolment_id: UUID, stop_id: UUID) -> ResponseReturnValue:
    """They want to be in touch again, or it was never so."""
    enrolment = get_enrolment(current_user(), enrolment_id, "no contact")
    found = stopping.get_stop(enrolment.participant, stop_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".stop", enrolment_id=enrolment.id), 303)
    stopping.end_stop(found, today=today())
    return saved(_("They may be contacted again"), _case(enrolment))


def _case(enrolment: Enrolment) -> str:
    return url_for("casefile.show", enrolment_id=enrolment.id)
