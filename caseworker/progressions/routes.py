"""Recording a step forward, whether it lasted, and its last day."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.attachments import as_attachment, keep_chosen
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.progressions import services
from caseworker.progressions.findings import findings
from caseworker.progressions.forms import (
    CheckForm,
    EndForm,
    ProgressionForm,
    asks,
    ilr_outcome,
    needs_hours,
    weeks_done,
)
from caseworker.progressions.from_application import application_asked, join_up, known_of, part
from caseworker.progressions.queries import get_check, get_progression, progressions_of
from caseworker.progressions.readiness import readiness_of

bp = Blueprint("progressions", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/progressions")


@bp.get("")
@requires(Permission.CASE_READ)
def index(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "progressions")
    rules, states = services.rules_with_states(enrolment)
    return render_template(
        "progressions/index.html",
        enrolment=enrolment,
        steps=progressions_of(enrolment),
        findings=findings(enrolment, rules, states, today()),
        ilr_outcome=ilr_outcome,
        needs_hours=needs_hours,
        asks=asks,
        weeks_done=weeks_done,
        readiness=readiness_of(enrolment),
        today=today(),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def new(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "progressions")
    application = application_asked(enrolment, request.args.get("application", ""))
    known = known_of(application) if application else {}
    form = ProgressionForm(data={"evidence": "self_reported", **known})
    if form.validate_on_submit():
        try:
            step = services.record_progression(
                enrolment,
                form.details(keep_chosen(form.evidence_file, enrolment.participant_id, current_user().id)),
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            join_up(step, application, by=current_user())
            undo = url_for(".take_back", enrolment_id=enrolment.id, progression_id=step.id)
            return saved(_("Progression recorded"), _index(enrolment), (_("Undo"), undo))
    asked = application.id if application else None
    here = url_for(".new", enrolment_id=enrolment.id, application=asked)
    return render_form("progressions/new.html", form, enrolment=enrolment, here=here)


@bp.route("/<uuid:progression_id>/check", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def check(enrolment_id: UUID, progression_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "progressions")
    step = get_progression(enrolment, progression_id)
    form = CheckForm(data={"checked_on": today(), "evidence": "self_reported"})
    if form.validate_on_submit():
        try:
            made = services.record_check(
                step,
                checked_on=form.checked_on.data,
                result=form.result.data,
                evidence=form.evidence.data,
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back_check", enrolment_id=enrolment.id, check_id=made.id)
            return saved(_("Check recorded"), _index(enrolment), (_("Undo"), undo))
    return render_form("progressions/check.html", form, enrolment=enrolment, step=step)


@bp.route("/<uuid:progression_id>/end", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def end(enrolment_id: UUID, progression_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "progressions")
    step = get_progression(enrolment, progression_id)
    form, had_one = EndForm(obj=step, record=step), step.ended_on is not None
    if form.validate_on_submit():
        try:
            services.end_progression(
                step, ended_on=form.ended_on.data, end_reason=form.end_reason.data, today=today()
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            reopen = url_for(".reopen", enrolment_id=enrolment.id, progression_id=step.id)
            return saved(_("Last day saved"), _index(enrolment), None if had_one else (_("Undo"), reopen))
    return render_form("progressions/end.html", form, enrolment=enrolment, step=step)


@bp.route("/<uuid:progression_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def take_back(enrolment_id: UUID, progression_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "progressions")
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    step = get_progression(enrolment, progression_id)
    services.take_back_progression(step, by=current_user(), now=now())
    part(step)
    return saved(_("Progression taken back"), _index(enrolment))


@bp.route("/checks/<uuid:check_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def take_back_check(enrolment_id: UUID, check_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "progressions")
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    services.take_back_check(get_check(enrolment, check_id), by=current_user(), now=now())
    return saved(_("Check taken back"), _index(enrolment))


@bp.get("/<uuid:progression_id>/document")
@requires(Permission.CASE_READ)
def document(enrolment_id: UUID, progression_id: UUID) -> ResponseReturnValue:
    """The document behind a step, as an attachment."""
    enrolment = get_enrolment(current_user(), enrolment_id, "document")
    stored = get_progression(enrolment, progression_id).evidence_file
    return as_attachment(stored, f"{enrolment.participant.reference}-evidence")


def _index(enrolment: Enrolment) -> str:
    return url_for(".index", enrolment_id=enrolment.id)
