"""The assessment of what stands in the way."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.barriers.forms import THEMES, AssessmentForm
from caseworker.barriers.queries import history_of
from caseworker.barriers.rules import latest_words
from caseworker.barriers.services import record_findings
from caseworker.core.clock import today
from caseworker.core.errors import RuleBroken
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.queries import get_enrolment

bp = Blueprint("barriers", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/barriers")


@bp.get("")
@requires(Permission.CASE_READ)
def index(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "barriers")
    history = history_of(enrolment)
    return render_template(
        "barriers/index.html",
        enrolment=enrolment,
        themes=THEMES,
        latest=latest_words(history),
        history=history[::-1],
    )


@bp.route("/assess", methods=["GET", "POST"])
@requires(Permission.BARRIER_RECORD)
def assess(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "barriers")
    form = AssessmentForm(data={"assessed_on": today()})
    if form.validate_on_submit():
        try:
            record_findings(
                enrolment,
                form.findings,
                assessed_on=form.assessed_on.data,
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Barriers saved"), url_for(".index", enrolment_id=enrolment.id))
    latest = latest_words(history_of(enrolment))
    return render_form("barriers/assess.html", form, enrolment=enrolment, themes=THEMES, latest=latest)
