"""Recording a contact, putting one right, and taking one back."""

from uuid import UUID

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.contacts.forms import ContactForm, CorrectionForm, presets, values_of
from caseworker.contacts.queries import get_contact, usual_channel
from caseworker.contacts.services import correct_contact, record_contact, take_back_contact
from caseworker.core.clock import now
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.queries import get_enrolment

bp = Blueprint("contacts", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/contacts")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def new(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "contact")
    form = ContactForm(data=presets(usual_channel(enrolment.id)))
    if form.validate_on_submit():
        try:
            contact = record_contact(enrolment, form.details, recorded_by=current_user(), now=now())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back", enrolment_id=enrolment.id, contact_id=contact.id)
            case = url_for("casefile.show", enrolment_id=enrolment.id)
            return saved(_("Contact saved"), case, (_("Undo"), undo))
    return render_form("contacts/new.html", form, enrolment=enrolment)


@bp.route("/<uuid:contact_id>/correct", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def correct(enrolment_id: UUID, contact_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "contact")
    contact = get_contact(enrolment, contact_id)
    form = CorrectionForm(data=values_of(contact))
    if form.validate_on_submit():
        try:
            better = correct_contact(
                contact, form.details, reason=form.reason.data, recorded_by=current_user(), now=now()
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back", enrolment_id=enrolment.id, contact_id=better.id)
            timeline = url_for("casefile.timeline", enrolment_id=enrolment.id)
            return saved(_("Correction saved. The earlier entry stays readable"), timeline, (_("Undo"), undo))
    return render_form("contacts/correct.html", form, enrolment=enrolment, contact=contact)


@bp.post("/<uuid:contact_id>/take-back")
@requires(Permission.CONTACT_RECORD)
def take_back(enrolment_id: UUID, contact_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "contact")
    if not CaseForm().validate_on_submit():
        abort(400)
    case = url_for("casefile.show", enrolment_id=enrolment.id)
    contact = get_contact(enrolment, contact_id)
    take_back_contact(contact, by=current_user(), now=now())
    return saved(_("Contact taken back"), case)
