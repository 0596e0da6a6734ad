"""Recording a contact with all that came of it, from a case or from an appointment, and its one Undo."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.appointments.queries import get_appointment_of
from caseworker.appointments.words import booked_words
from caseworker.casefile.composer import compose, take_back_all
from caseworker.casefile.composer_forms import ComposerForm, outcome_presets, part_presets
from caseworker.casefile.composer_offer import Offer
from caseworker.casefile.taking_along import taken_along
from caseworker.contacts.forms import presets
from caseworker.contacts.models import Contact
from caseworker.contacts.queries import climb_of, get_contact
from caseworker.contacts.work_routes import bp
from caseworker.core.clock import now, today
from caseworker.core.codes import codes
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.queries import get_enrolment

__all__ = ["bp", "meetings"]

meetings = Blueprint("meetings", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/appointments")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def new(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "contact")
    offer = Offer(enrolment)
    return _compose(offer, presets(offer.channel))


@meetings.route("/<uuid:appointment_id>/outcome", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def outcome(enrolment_id: UUID, appointment_id: UUID) -> ResponseReturnValue:
    """The same form, filled in from an appointment, which it writes up."""
    enrolment = get_enrolment(current_user(), enrolment_id, "appointment")
    appointment = get_appointment_of(enrolment, appointment_id)
    if request.method == "GET" and appointment.result is not None:
        return redirect(url_for("casefile.show", enrolment_id=enrolment.id), 303)
    asked = request.args.get("result", "")
    result = asked if asked in {each.code for each in codes("contact_result", today())} else ""
    return _compose(Offer(enrolment, appointment), outcome_presets(appointment, result, now()))


def _compose(offer: Offer, filled: dict[str, Any]) -> ResponseReturnValue:
    enrolment, appointment = offer.enrolment, offer.appointment
    # What was sent stands in for what the parts start with.
    parts = part_presets(offer.goals, offer.before[0]) if request.method != "POST" else {}
    form = ComposerForm(data=parts | filled, record=appointment)
    form.offer(offer)
    if form.validate_on_submit():
        try:
            contact, following = compose(
                enrolment,
                form.composition,
                recorded_by=current_user(),
                now=now(),
                appointment=appointment,
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for("contacts.take_back", enrolment_id=enrolment.id, contact_id=contact.id)
            words = [_("Contact saved."), booked_words(following) if following else ""]
            case = url_for("casefile.show", enrolment_id=enrolment.id)
            return saved(" ".join(words).strip(), case, (_("Undo"), undo))
    return render_form(
        "casefile/compose.html",
        form,
        enrolment=enrolment,
        appointment=appointment,
        goals=offer.goals,
        climb=climb_of(enrolment) if enrolment.exited_on is None else None,
    )


@bp.route("/<uuid:contact_id>/take-back", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def take_back(enrolment_id: UUID, contact_id: UUID) -> ResponseReturnValue:
    """Undo of all that one save did."""
    enrolment = get_enrolment(current_user(), enrolment_id, "contact")
    case = url_for("casefile.show", enrolment_id=enrolment.id)
    if not is_tapped(CaseForm()):
        return redirect(case, 303)
    contact = get_contact(enrolment, contact_id)
    if "all" not in request.form and asks_first(contact):
        return redirect(url_for(".asked_back", enrolment_id=enrolment_id, contact_id=contact_id), 303)
    reopened = take_back_all(contact, by=current_user(), now=now())
    return saved(
        _("Contact taken back, with all that was saved with it. The appointment is open again")
        if reopened
        else _("Contact taken back, with all that was saved with it"),
        case,
    )


@bp.get("/<uuid:contact_id>/take-back/all")
@requires(Permission.CONTACT_RECORD)
def asked_back(enrolment_id: UUID, contact_id: UUID) -> ResponseReturnValue:
    """What goes along with it, before it goes."""
    enrolment = get_enrolment(current_user(), enrolment_id, "contact")
    contact = get_contact(enrolment, contact_id)
    if not asks_first(contact):
        return redirect(url_for("casefile.show", enrolment_id=enrolment_id), 303)
    along = taken_along(contact)
    return render_template("casefile/take_back.html", enrolment=enrolment, contact=contact, along=along)


def asks_first(contact: Contact) -> bool:
    """One's own, with more than itself to take back."""
    return contact.entered_by_id == current_user().id and bool(taken_along(contact))
