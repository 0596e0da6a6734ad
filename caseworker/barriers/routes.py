"""The assessment of what stands in the way."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.barriers.asked import barriers_asked, still_asked
from caseworker.barriers.charts import course_chart
from caseworker.barriers.forms import THEMES, AssessmentForm, presets
from caseworker.barriers.queries import get_strength, history_of, strengths_of
from caseworker.barriers.rules import courses, last_time, latest_words, moved_since_start
from caseworker.barriers.services import NOTHING_SAID, note_strength, record_findings, take_back_strength
from caseworker.barriers.strength_forms import StrengthForm
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.queries import get_enrolment
from caseworker.lawful.queries import collected

NOTHING_CHANGED = "Change a theme, tick this, or go back without saving"

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
        strengths=strengths_of(enrolment),
        moved=moved_since_start(history),
        chart=course_chart(courses(history)),
    )


@bp.route("/assess", methods=["GET", "POST"])
@requires(Permission.BARRIER_RECORD)
def assess(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "barriers")
    latest = latest_words(history_of(enrolment))
    may_ask = collected(enrolment.programme_id, today())
    last = still_asked(last_time(latest), may_ask)
    form = AssessmentForm(data={"assessed_on": today()} | presets(last))
    form.only(barriers_asked(may_ask), request.form)
    if form.validate_on_submit():
        try:
            record_findings(
                enrolment,
                form.findings(last),
                assessed_on=form.assessed_on.data,
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            unchanged = bool(last) and broken.message == NOTHING_SAID
            form.reject(RuleBroken(NOTHING_CHANGED, "same") if unchanged else broken)
        else:
            return saved(_("Barriers saved"), url_for(".index", enrolment_id=enrolment.id))
    return render_form(
        "barriers/assess.html", form, enrolment=enrolment, themes=form.themes, latest=latest, last=last
    )


@bp.route("/strengths/new", methods=["GET", "POST"])
@requires(Permission.BARRIER_RECORD)
def add_strength(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "barriers")
    form = StrengthForm(data={"noted_on": today(), "kind": "good_at"})
    if form.validate_on_submit():
        try:
            strength = note_strength(
                enrolment,
                form.kind.data,
                form.words.data,
                noted_on=form.noted_on.data,
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".remove_strength", enrolment_id=enrolment_id, strength_id=strength.id)
            return saved(_("Strength added"), _plan(enrolment_id), (_("Undo"), undo))
    return render_form("barriers/strength.html", form, enrolment=enrolment)


@bp.route("/strengths/<uuid:strength_id>/take-back", methods=["GET", "POST"])
@requires(Permission.BARRIER_RECORD)
def remove_strength(enrolment_id: UUID, strength_id: UUID) -> ResponseReturnValue:
    """Undo of adding it."""
    enrolment = get_enrolment(current_user(), enrolment_id, "barriers")
    if not is_tapped(CaseForm()):
        return redirect(_plan(enrolment_id), 303)
    take_back_strength(get_strength(enrolment, strength_id), by=current_user(), now=now())
    return saved(_("Strength taken back"), _plan(enrolment_id))


def _plan(enrolment_id: UUID) -> str:
    return url_for("plans.show", enrolment_id=enrolment_id)
