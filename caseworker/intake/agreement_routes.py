"""Agreements, purpose by purpose: recorded, and taken back with what follows said first."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.intake import person_routes
from caseworker.intake.asking_forms import AgreementForm, WithdrawForm
from caseworker.intake.routes import bp
from caseworker.intake.words import ANSWER, EFFECT, PURPOSE
from caseworker.participants import agreed
from caseworker.participants.models import Agreement
from caseworker.progressions.services import settle_follow_ups

__all__ = ["bp", "person_routes"]

WHERE = "/enrolments/<uuid:enrolment_id>/agreements"


@bp.get(WHERE)
@requires(Permission.CASE_READ)
def agreements(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "agreements")
    rows = agreed.agreements_of(enrolment.participant_id)
    latest = agreed.latest(rows)
    asked = {row.purpose for row in latest}
    return render_template(
        "intake/agreements.html",
        enrolment=enrolment,
        latest=latest,
        unasked=[purpose for purpose in agreed.PURPOSES if purpose not in asked],
        history=rows[::-1],
        holds=agreed.holds,
        purposes=PURPOSE,
        answers=ANSWER,
    )


@bp.route(f"{WHERE}/new", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def new_agreement(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "agreements")
    before = agreed.agreements_of(enrolment.participant_id)
    form = AgreementForm(
        data={
            "purpose": next((each for each in agreed.PURPOSES if each == request.args.get("about")), None),
            "given_on": today(),
            "notice_version": before[-1].notice_version if before else "1",
        }
    )
    if form.validate_on_submit():
        try:
            row = agreed.record_agreement(
                enrolment.participant,
                purpose=form.purpose.data,
                answer=form.answer.data,
                given_on=form.given_on.data,
                notice_version=form.notice_version.data,
                how=form.how.data,
                agency=form.agency.data,
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            _follow(row)
            undo = url_for(".take_back_agreement", enrolment_id=enrolment.id, agreement_id=row.id)
            return saved(_("Answer saved"), _list(enrolment), (_("Undo"), undo))
    return render_form("intake/new_agreement.html", form, enrolment=enrolment)


@bp.route(f"{WHERE}/<uuid:agreement_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def withdraw(enrolment_id: UUID, agreement_id: UUID) -> ResponseReturnValue:
    """What follows is said before anything is confirmed."""
    enrolment = get_enrolment(current_user(), enrolment_id, "agreements")
    row = agreed.get_agreement(enrolment.participant, agreement_id)
    form = WithdrawForm(data={"withdrawn_on": today()}, record=row)
    if form.validate_on_submit():
        try:
            agreed.withdraw_agreement(row, withdrawn_on=form.withdrawn_on.data, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            _follow(row)
            undo = url_for(".put_back", enrolment_id=enrolment.id, agreement_id=row.id)
            return saved(_("The agreement is withdrawn"), _list(enrolment), (_("Undo"), undo))
    if request.method == "GET" and not (agreed.holds(row) and row.purpose in EFFECT):
        return redirect(_list(enrolment), 303)
    return render_form(
        "intake/withdraw.html",
        form,
        enrolment=enrolment,
        row=row,
        effects=EFFECT.get(row.purpose, ()),
        purposes=PURPOSE,
    )


@bp.route(f"{WHERE}/<uuid:agreement_id>/put-back", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def put_back(enrolment_id: UUID, agreement_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "agreements")
    row = agreed.get_agreement(enrolment.participant, agreement_id)
    if not is_tapped(CaseForm()):
        return redirect(_list(enrolment), 303)
    agreed.put_back_agreement(row, today=today())
    _follow(row)
    return saved(_("The agreement holds again"), _list(enrolment))


@bp.route(f"{WHERE}/<uuid:agreement_id>/take-back", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def take_back_agreement(enrolment_id: UUID, agreement_id: UUID) -> ResponseReturnValue:
    """Undo of an entry made by mistake: the answer before it counts again."""
    enrolment = get_enrolment(current_user(), enrolment_id, "agreements")
    if not is_tapped(CaseForm()):
        return redirect(_list(enrolment), 303)
    row = agreed.get_agreement(enrolment.participant, agreement_id)
    take_back(row, current_user().id, now())
    _follow(row)
    return saved(_("Answer taken back"), _list(enrolment))


def _follow(row: Agreement) -> None:
    """Whoever says no to contact after leaving is not asked whether work lasted."""
    if row.purpose == agreed.CONTACT_AFTER:
        settle_follow_ups(row.participant_id)


def _list(enrolment: Enrolment) -> str:
    return url_for("intake.agreements", enrolment_id=enrolment.id)
