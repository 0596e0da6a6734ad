"""Putting a contact right. Recording one and taking it back reach into other features: casefile has them."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.contacts.forms import CorrectionForm, values_of
from caseworker.contacts.queries import get_contact, themes_of
from caseworker.contacts.services import correct_contact
from caseworker.core.clock import now
from caseworker.core.errors import RuleBroken
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.queries import get_enrolment

bp = Blueprint("contacts", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/contacts")


@bp.route("/<uuid:contact_id>/correct", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def correct(enrolment_id: UUID, contact_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "contact")
    contact = get_contact(enrolment, contact_id)
    form = CorrectionForm(data=values_of(contact, themes_of(contact)))
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
