"""About somebody: what has not been asked yet, their details, safety, work and benefits."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, may, requires
from caseworker.core.clock import now, today
from caseworker.core.codes import label
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.intake.asking_forms import SafetyForm, StatusForm
from caseworker.intake.forms import PersonForm
from caseworker.intake.known import read_known
from caseworker.intake.questions import usual_questions
from caseworker.intake.routes import bp
from caseworker.intake.status import record_status, statuses_of, take_back_status
from caseworker.intake.summaries import asked_words, checked_words
from caseworker.intake.words import PARTS, missing_words
from caseworker.participants import agreed
from caseworker.participants.details import change_person
from caseworker.participants.models import StatusHistory
from caseworker.participants.safety import set_safety


@bp.get("/enrolments/<uuid:enrolment_id>/later")
@requires(Permission.CASE_READ)
def later(enrolment_id: UUID) -> ResponseReturnValue:
    """What has not been asked, each with its place; and what is known."""
    enrolment = get_enrolment(current_user(), enrolment_id, "about them")
    known = read_known(enrolment, today())
    return render_template(
        "intake/later.html",
        enrolment=enrolment,
        known=known,
        parts=PARTS,
        missing_words=missing_words,
        may_restrict=may(current_user(), Permission.RESTRICTED_SET),
        summaries={
            "agreements": asked_words(known.answers.get("agreement", []), agreed.PURPOSES),
            "eligibility": checked_words(known.answers, today()),
            "status": label("economic_status", known.status),
            "equality": asked_words(known.answers.get("equality", []), usual_questions(known.may_ask)),
        },
    )


@bp.route("/enrolments/<uuid:enrolment_id>/details", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def details(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "details")
    person = enrolment.participant
    form = PersonForm(obj=person, record=person)
    if form.validate_on_submit():
        change_person(person, form.details)
        return saved(_("Details saved"), about(enrolment))
    return render_form("intake/details.html", form, enrolment=enrolment)


@bp.route("/enrolments/<uuid:enrolment_id>/safety", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def safety(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "safety")
    person = enrolment.participant
    form = SafetyForm(obj=person, record=person)
    if form.validate_on_submit():
        set_safety(person, never=form.never.data, safe_times=form.safe_times.data, today=today())
        return saved(_("Saved. Letters, prints and messages follow it from now on"), about(enrolment))
    return render_form("intake/safety.html", form, enrolment=enrolment)


@bp.route("/enrolments/<uuid:enrolment_id>/status", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def status(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "work and benefits")
    form = StatusForm(data={"from_on": today()})
    if form.validate_on_submit():
        try:
            made = record_status(
                enrolment,
                from_on=form.from_on.data,
                economic_status=form.economic_status.data,
                required_to_look=form.required_to_look.data,
                benefit=form.benefit.data,
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back_one_status", enrolment_id=enrolment.id, status_id=made.id)
            return saved(_("Work and benefits saved"), about(enrolment), (_("Undo"), undo))
    return render_form("intake/status.html", form, enrolment=enrolment, statuses=statuses_of(enrolment))


@bp.route("/enrolments/<uuid:enrolment_id>/status/<uuid:status_id>/take-back", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def take_back_one_status(enrolment_id: UUID, status_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "work and benefits")
    if not is_tapped(CaseForm()):
        return redirect(about(enrolment), 303)
    row = db.session.get(StatusHistory, status_id)
    if row is None or row.participant_id != enrolment.participant_id:
        raise NotVisible
    take_back_status(row, by=current_user(), now=now())
    return saved(_("Work and benefits taken back"), about(enrolment))


def about(enrolment: Enrolment) -> str:
    return url_for("intake.later", enrolment_id=enrolment.id)
