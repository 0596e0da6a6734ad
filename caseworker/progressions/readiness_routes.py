"""Ready for work: one page, one tap an item, saved once."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.codes import codes
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.queries import get_enrolment
from caseworker.progressions.change_routes import bp
from caseworker.progressions.readiness import note_readiness, readiness_of, take_back_readiness
from caseworker.progressions.readiness_form import readiness_form

__all__ = ["bp"]


@bp.route("/readiness", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def readiness(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "readiness")
    standing = readiness_of(enrolment)
    form = readiness_form(standing)
    here = url_for(".readiness", enrolment_id=enrolment.id)
    if form.validate_on_submit():
        made = note_readiness(enrolment, form.answers, noted_by=current_user(), today=today(), now=now())
        if not made:
            return saved(_("Nothing was different"), here)
        undo = url_for(".take_back_readiness_items", enrolment_id=enrolment.id, item_id=made[0].id)
        return saved(_("Saved"), here, (_("Undo"), undo))
    return render_form(
        "progressions/readiness.html",
        form,
        enrolment=enrolment,
        standing=standing,
        items=codes("readiness_item"),
    )


@bp.route("/readiness/<uuid:item_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def take_back_readiness_items(enrolment_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Undo of one save, whatever number of items it changed."""
    enrolment = get_enrolment(current_user(), enrolment_id, "readiness")
    here = url_for(".readiness", enrolment_id=enrolment.id)
    if not is_tapped(CaseForm()):
        return redirect(here, 303)
    take_back_readiness(enrolment, item_id, by=current_user(), now=now())
    return saved(_("As it was before"), here)
