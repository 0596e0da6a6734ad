"""Work for somebody that was not a contact with them: written down in four answers, and taken back."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.contacts.forms import WorkForm
from caseworker.contacts.queries import get_work
from caseworker.contacts.services import record_work, take_back_work
from caseworker.contacts.text_routes import bp
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.queries import get_enrolment

__all__ = ["bp"]


@bp.route("/other-work", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def work(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "contact")
    form = WorkForm(data={"done_on": today()})
    if form.validate_on_submit():
        try:
            done = record_work(
                enrolment,
                kind=form.kind.data,
                minutes=form.minutes.data,
                done_on=form.done_on.data,
                note=form.note.data,
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back_work_done", enrolment_id=enrolment.id, work_id=done.id)
            timeline = url_for("casefile.timeline", enrolment_id=enrolment.id)
            return saved(_("Work saved"), timeline, (_("Undo"), undo))
    return render_form("contacts/work.html", form, enrolment=enrolment)


@bp.route("/other-work/<uuid:work_id>/take-back", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def take_back_work_done(enrolment_id: UUID, work_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "contact")
    timeline = url_for("casefile.timeline", enrolment_id=enrolment.id)
    if not is_tapped(CaseForm()):
        return redirect(timeline, 303)
    take_back_work(get_work(enrolment, work_id), by=current_user(), now=now())
    return saved(_("Work taken back"), timeline)
