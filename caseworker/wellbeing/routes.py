"""How somebody is doing: their answers, and a new sitting."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.wellbeing import panels
from caseworker.wellbeing.forms import SittingForm, asking
from caseworker.wellbeing.instruments import ONS4, SWEMWBS, WHEEL
from caseworker.wellbeing.norms import national_mean
from caseworker.wellbeing.queries import (
    assessments_of,
    find_instrument,
    get_assessment,
    sittings_of,
    wording_of,
)
from caseworker.wellbeing.questions import QUESTIONS
from caseworker.wellbeing.rules import changes, is_very_low
from caseworker.wellbeing.services import record_wellbeing, take_back_wellbeing
from caseworker.wellbeing.swemwbs import norms

bp = Blueprint("wellbeing", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/wellbeing")


@bp.get("")
@requires(Permission.CASE_READ)
def index(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "wellbeing")
    sittings = sittings_of(enrolment)
    four = panels.four_questions(sittings[ONS4], today())
    return render_template(
        "wellbeing/index.html",
        enrolment=enrolment,
        assessments=four.sittings,
        four=four,
        wheel=panels.wheel(sittings[WHEEL]),
        seven=panels.seven_statements(sittings[SWEMWBS]),
        wording=wording_of(enrolment.programme.organisation_id),
        median=norms()["median"],
        questions=QUESTIONS,
        columns=[{"label": each.short, "numeric": True} for each in QUESTIONS],
        changes=changes(four.sittings) if len(four.sittings) > 1 else None,
        nation={each.measure: national_mean(each.measure, today()) for each in QUESTIONS},
    )


@bp.route("/new", methods=["GET", "POST"])
@bp.route("/new/<instrument>", methods=["GET", "POST"])
@requires(Permission.WELLBEING_RECORD)
def new(enrolment_id: UUID, instrument: str = ONS4) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "wellbeing")
    asked = find_instrument(enrolment, instrument)
    if asked is None and instrument == SWEMWBS:
        return render_template("wellbeing/not_loaded.html", enrolment=enrolment)
    if asked is None:
        raise NotVisible
    first = not assessments_of(enrolment, instrument)
    form = asking(SittingForm, asked)(data={"assessed_on": today(), "stage": "start" if first else "review"})
    if form.validate_on_submit():
        try:
            return _recorded(enrolment, form)
        except RuleBroken as broken:
            form.reject(broken)
    return render_form("wellbeing/new.html", form, enrolment=enrolment, asked=asked)


def _recorded(enrolment: Enrolment, form: SittingForm) -> ResponseReturnValue:
    made = record_wellbeing(
        enrolment,
        form.scores,
        instrument=form.instrument.code,
        stage=form.stage.data,
        completed_how=form.completed_how.data,
        assessed_on=form.assessed_on.data,
        recorded_by=current_user(),
        today=today(),
    )
    words = _("Wellbeing saved")
    if is_very_low(made.instrument, form.scores, made.score_hundredths):
        words = _("Wellbeing saved. Before you finish, ask in private how they are today")
    undo = url_for(".take_back", enrolment_id=enrolment.id, assessment_id=made.id)
    return saved(words, url_for(".index", enrolment_id=enrolment.id), (_("Undo"), undo))


@bp.route("/<uuid:assessment_id>/take-back", methods=["GET", "POST"])
@requires(Permission.WELLBEING_RECORD)
def take_back(enrolment_id: UUID, assessment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "wellbeing")
    index_page = url_for(".index", enrolment_id=enrolment.id)
    if not is_tapped(CaseForm()):
        return redirect(index_page, 303)
    take_back_wellbeing(get_assessment(enrolment, assessment_id), by=current_user(), now=now())
    return saved(_("Answers taken back"), index_page)
