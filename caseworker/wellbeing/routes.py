"""How somebody is doing: their answers, and a new sitting."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.queries import get_enrolment
from caseworker.wellbeing.charts import scores_chart
from caseworker.wellbeing.forms import WellbeingForm
from caseworker.wellbeing.norms import national_mean
from caseworker.wellbeing.queries import assessments_of, get_assessment
from caseworker.wellbeing.questions import QUESTIONS, asks_for_care
from caseworker.wellbeing.rules import changes
from caseworker.wellbeing.services import record_wellbeing, take_back_wellbeing

bp = Blueprint("wellbeing", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/wellbeing")


@bp.get("")
@requires(Permission.CASE_READ)
def index(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "wellbeing")
    assessments = assessments_of(enrolment)
    return render_template(
        "wellbeing/index.html",
        enrolment=enrolment,
        assessments=assessments,
        questions=QUESTIONS,
        columns=[{"label": each.short, "numeric": True} for each in QUESTIONS],
        changes=changes(assessments) if len(assessments) > 1 else None,
        nation={each.measure: national_mean(each.measure, today()) for each in QUESTIONS},
        chart=scores_chart(assessments) if len(assessments) > 1 else None,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.WELLBEING_RECORD)
def new(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "wellbeing")
    first = not assessments_of(enrolment)
    form = WellbeingForm(data={"assessed_on": today(), "stage": "start" if first else "review"})
    if form.validate_on_submit():
        try:
            made = record_wellbeing(
                enrolment,
                form.scores,
                stage=form.stage.data,
                completed_how=form.completed_how.data,
                assessed_on=form.assessed_on.data,
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            words = _("Wellbeing saved")
            if asks_for_care(form.scores):
                words = _("Wellbeing saved. Before you finish, ask in private how they are today")
            undo = url_for(".take_back", enrolment_id=enrolment.id, assessment_id=made.id)
            return saved(words, url_for(".index", enrolment_id=enrolment.id), (_("Undo"), undo))
    return render_form("wellbeing/new.html", form, enrolment=enrolment, questions=QUESTIONS)


@bp.route("/<uuid:assessment_id>/take-back", methods=["GET", "POST"])
@requires(Permission.WELLBEING_RECORD)
def take_back(enrolment_id: UUID, assessment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "wellbeing")
    index_page = url_for(".index", enrolment_id=enrolment.id)
    if not is_tapped(CaseForm()):
        return redirect(index_page, 303)
    take_back_wellbeing(get_assessment(enrolment, assessment_id), by=current_user(), now=now())
    return saved(_("Answers taken back"), index_page)
