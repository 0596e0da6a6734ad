"""Applications in a case: new, on to the next stage in one tap, any other stage, and undo."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.codes import label
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.employers import applications
from caseworker.employers.forms import ApplicationForm, StageForm
from caseworker.employers.models import Application, ApplicationStage
from caseworker.employers.rules import NEXT
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment

bp = Blueprint("applications", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/applications")


@bp.get("")
@requires(Permission.CASE_READ)
def index(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "applications")
    return render_template(
        "employers/applications.html",
        enrolment=enrolment,
        applications=applications.applications_of(enrolment),
        following=NEXT,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def new(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "applications")
    vacancies = applications.vacancies_for(enrolment, today())
    form = ApplicationForm(data={"stage": "interested", "stage_on": today()})
    form.offer(vacancies)
    if form.validate_on_submit():
        try:
            made = applications.apply(
                enrolment, form.going(vacancies), recorded_by=current_user(), today=today()
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return _said(_("Application saved"), enrolment, made, made.stages[0])
    return render_form("employers/application.html", form, enrolment=enrolment)


@bp.route("/<uuid:application_id>/stage", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def stage(enrolment_id: UUID, application_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "applications")
    application = applications.get_application(enrolment, application_id)
    form = StageForm(data={"stage": NEXT.get(application.stage), "stage_on": today()})
    if form.validate_on_submit():
        try:
            reached = applications.move_on(
                application, form.stage.data, form.stage_on.data, recorded_by=current_user(), today=today()
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return _said(_("Stage saved"), enrolment, application, reached)
    return render_form("employers/stage.html", form, enrolment=enrolment, application=application)


@bp.route("/<uuid:application_id>/on", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def move_on(enrolment_id: UUID, application_id: UUID) -> ResponseReturnValue:
    """The usual next stage, today."""
    enrolment = get_enrolment(current_user(), enrolment_id, "applications")
    application = applications.get_application(enrolment, application_id)
    following = NEXT.get(application.stage)
    if not is_tapped(CaseForm()) or following is None:
        return redirect(_index(enrolment), 303)
    reached = applications.move_on(application, following, today(), recorded_by=current_user(), today=today())
    return _said(label("application_stage", following), enrolment, application, reached)


@bp.route("/<uuid:application_id>/stages/<uuid:stage_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def take_back(enrolment_id: UUID, application_id: UUID, stage_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "applications")
    application = applications.get_application(enrolment, application_id)
    reached = applications.get_stage(application, stage_id)
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    applications.take_back_stage(application, reached, by=current_user(), now=now())
    return saved(_("Taken back"), _index(enrolment))


def _said(
    words: str, enrolment: Enrolment, application: Application, reached: ApplicationStage
) -> ResponseReturnValue:
    undo = url_for(
        ".take_back", enrolment_id=enrolment.id, application_id=application.id, stage_id=reached.id
    )
    return saved(words, _index(enrolment), (_("Undo"), undo))


def _index(enrolment: Enrolment) -> str:
    return url_for(".index", enrolment_id=enrolment.id)
