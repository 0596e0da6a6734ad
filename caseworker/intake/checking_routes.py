"""Eligibility with its evidence, the equality questions, and a referral that did not start."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.attachments import as_attachment, keep_chosen
from caseworker.core.clock import now, today
from caseworker.core.codes import label
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.files import StoredFile
from caseworker.core.formatting import date_short
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.documents.models import Document
from caseworker.documents.queries import documents_of
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.intake import eligible, equality, not_started
from caseworker.intake.agreement_routes import bp
from caseworker.intake.asking_forms import EligibilityForm, EqualityForm, NonStartForm
from caseworker.intake.person_routes import about
from caseworker.intake.words import STANDING

__all__ = ["bp"]

CRITERIA = "/enrolments/<uuid:enrolment_id>/eligibility"


@bp.get(CRITERIA, endpoint="eligibility")
@requires(Permission.CASE_READ)
def show_eligibility(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "eligibility")
    return render_template(
        "intake/eligibility.html",
        enrolment=enrolment,
        checked=eligible.eligibility_of(enrolment, today()),
        standings=STANDING,
    )


@bp.route(f"{CRITERIA}/<code>", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def check_eligibility(enrolment_id: UUID, code: str) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "eligibility")
    checked = eligible.get_checked(enrolment, code, today())
    before: Any = checked.seen
    form = EligibilityForm(data={"answer": before.answer}, record=before)
    form.evidence.options = [(each, each) for each in checked.criterion.evidence]
    papers = {str(each.id): each for each in documents_of(enrolment, with_health=True)}
    form.document.options = _offered(list(papers.values()))
    if form.validate_on_submit():
        try:
            eligible.record_check(
                enrolment,
                checked,
                answer=form.answer.data,
                evidence=form.evidence.data,
                seen_on=form.seen_on.data,
                file_id=keep_chosen(form.copy, enrolment.participant_id, current_user().id),
                document=papers.get(form.document.data or ""),
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Eligibility saved"), url_for(".eligibility", enrolment_id=enrolment.id))
    return render_form("intake/check_eligibility.html", form, enrolment=enrolment, checked=checked)


def _offered(papers: list[Document]) -> list[tuple[str, str]]:
    """What was seen already, each with the day; nothing where there is none."""
    seen = [
        (str(each.id), f"{label('document_kind', each.kind)}, {date_short(each.original_seen_on)}")
        for each in papers
        if each.original_seen_on
    ]
    return [("", _("None of these")), *seen] if seen else []


@bp.get(f"{CRITERIA}/<code>/copy")
@requires(Permission.CASE_READ)
def evidence_copy(enrolment_id: UUID, code: str) -> ResponseReturnValue:
    """The copy of what was seen, as an attachment."""
    enrolment = get_enrolment(current_user(), enrolment_id, "document")
    check = eligible.get_checked(enrolment, code, today()).check
    stored = db.session.get(StoredFile, check.file_id) if check and check.file_id else None
    return as_attachment(stored, f"{enrolment.participant.reference}-eligibility")


@bp.route("/enrolments/<uuid:enrolment_id>/equality", methods=["GET", "POST"], endpoint="equality")
@requires(Permission.INTAKE_RECORD)
def ask_equality(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "equality")
    questions = equality.questions_of(enrolment, today())
    asked: Any = equality.asked_of(enrolment.participant, questions)
    form = EqualityForm(obj=asked, record=asked, data={"asked_on": today()})
    form.only(questions)
    form.refuse_others(request.form)
    if form.validate_on_submit():
        try:
            changed = equality.record_answers(
                enrolment,
                form.said,
                asked_on=form.asked_on.data,
                recorded_by=current_user(),
                now=now(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            words = ngettext("%(num)s answer saved", "%(num)s answers saved", changed)
            return saved(words, about(enrolment))
    return render_form("intake/equality.html", form, enrolment=enrolment, questions=questions)


@bp.route("/enrolments/<uuid:enrolment_id>/non-start", methods=["GET", "POST"])
@requires(Permission.CASE_EXIT)
def non_start(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "not started")
    if enrolment.started_on is not None:
        raise NotVisible
    form = NonStartForm(data={"closed_on": today()}, record=enrolment)
    if form.validate_on_submit():
        try:
            not_started.record_non_start(
                enrolment,
                reason=form.reason.data,
                closed_on=form.closed_on.data,
                recorded_by=current_user(),
                now=now(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back_non_start", enrolment_id=enrolment.id)
            return saved(_("Recorded: they did not start"), _case(enrolment), (_("Undo"), undo))
    return render_form("intake/non_start.html", form, enrolment=enrolment)


@bp.route("/enrolments/<uuid:enrolment_id>/non-start/take-back", methods=["GET", "POST"])
@requires(Permission.CASE_EXIT)
def take_back_non_start(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "not started")
    if not is_tapped(CaseForm()):
        return redirect(_case(enrolment), 303)
    not_started.take_back_non_start(enrolment, by=current_user(), now=now(), today=today())
    return saved(_("The referral waits again"), _case(enrolment))


def _case(enrolment: Enrolment) -> str:
    return url_for("casefile.show", enrolment_id=enrolment.id)
