"""What came of an appointment becomes a contact, asked once; the next one is booked with it."""

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.appointments.models import Appointment
from caseworker.appointments.queries import following_of, get_appointment_of
from caseworker.appointments.services import (
    book_appointment,
    close_appointment,
    reopen_appointment,
    take_back_appointment,
)
from caseworker.appointments.words import booked_words
from caseworker.casefile.meeting_forms import OutcomeForm, outcome_presets
from caseworker.contacts.queries import get_contact
from caseworker.contacts.services import record_contact, take_back_contact
from caseworker.core.clock import now, today
from caseworker.core.codes import codes
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment

bp = Blueprint("meetings", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/appointments")


@bp.route("/<uuid:appointment_id>/outcome", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def outcome(enrolment_id: UUID, appointment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "appointment")
    appointment = get_appointment_of(enrolment, appointment_id)
    case = url_for("casefile.show", enrolment_id=enrolment.id)
    if request.method == "GET" and appointment.result is not None:
        return redirect(case, 303)
    asked = request.args.get("result", "")
    result = asked if asked in {each.code for each in codes("contact_result", today())} else ""
    form = OutcomeForm(data=outcome_presets(appointment, result, now()), record=appointment)
    form.offer(max(appointment.starts_on, today()))
    if form.validate_on_submit():
        try:
            following = _write_up(enrolment, appointment, form)
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back", enrolment_id=enrolment.id, appointment_id=appointment.id)
            words = [_("Contact saved."), booked_words(following) if following else ""]
            return saved(" ".join(words).strip(), case, (_("Undo"), undo))
    return render_form("casefile/outcome.html", form, enrolment=enrolment, appointment=appointment)


def _write_up(enrolment: Enrolment, appointment: Appointment, form: OutcomeForm) -> Appointment | None:
    """The contact, the result and what was agreed next: all of it, or none."""
    user = current_user()
    contact = record_contact(enrolment, form.contact(appointment.channel), recorded_by=user, now=now())
    close_appointment(
        appointment,
        result=form.result.data,
        closed_on=form.happened_on.data,
        now=now(),
        contact_id=contact.id,
    )
    again = form.booking(appointment)
    if again is None:
        return None
    return book_appointment(
        again,
        with_id=appointment.with_id,
        enrolment=enrolment,
        booked_by=user,
        today=today(),
        rebooked_from=appointment,
    )


@bp.route("/<uuid:appointment_id>/outcome/take-back", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def take_back(enrolment_id: UUID, appointment_id: UUID) -> ResponseReturnValue:
    """Undo of all that one save did: the contact, the result and the next booking."""
    enrolment = get_enrolment(current_user(), enrolment_id, "appointment")
    appointment = get_appointment_of(enrolment, appointment_id)
    case = url_for("casefile.show", enrolment_id=enrolment.id)
    if not is_tapped(CaseForm()) or appointment.contact_id is None:
        return redirect(case, 303)
    contact = get_contact(enrolment, appointment.contact_id)
    take_back_contact(contact, by=current_user(), now=now())
    following = following_of(appointment)
    if following is not None:
        take_back_appointment(following, by=current_user(), now=now())
    reopen_appointment(appointment)
    return saved(_("Taken back: the appointment is open again"), case)
