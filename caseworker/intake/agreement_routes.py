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
from caseworker.intake import person_routes, withdrawing
from caseworker.intake.asking_forms import AgreementForm, WithdrawForm
from caseworker.intake.routes import bp
from caseworker.intake.words import ANSWER, PURPOSE
from caseworker.lawful.deciding import decisions_of, record_decision
from caseworker.lawful.models import Notice
from caseworker.lawful.noticing import get_notice, to_give
from caseworker.lawful.rules import SELF, is_under_16
from caseworker.participants import agreed
from caseworker.participants.models import Agreement

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
        decisions=decisions_of(row.id for row in rows),
        uses_of=agreed.uses_of,
        notices=to_give(enrolment.participant.organisation_id, today()),
        holds=agreed.holds,
        purposes=PURPOSE,
        answers=ANSWER,
    )


@bp.get(f"{WHERE}/notice/<uuid:notice_id>")
@requires(Permission.CASE_READ)
def read_notice(enrolment_id: UUID, notice_id: UUID) -> ResponseReturnValue:
    """The words to give them, to read aloud or print."""
    enrolment = get_enrolment(current_user(), enrolment_id, "agreements")
    row = get_notice([enrolment.participant.organisation_id], notice_id)
    return render_template("intake/notice.html", enrolment=enrolment, notice=row)


@bp.route(f"{WHERE}/new", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def new_agreement(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "agreements")
    before = agreed.agreements_of(enrolment.participant_id)
    notices = to_give(enrolment.participant.organisation_id, today())
    form = AgreementForm(
        data={
            "purpose": next((each for each in agreed.PURPOSES if each == request.args.get("about")), None),
            "given_on": today(),
            "notice_version": _version(notices, before),
            "decided_by": SELF,
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
                used_for=form.used_for.data or (),
            )
            record_decision(
                row,
                enrolment.participant,
                decided_by=form.decided_by.data,
                name=form.decider.data,
                judged=form.judged.data,
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            withdrawing.follow(row)
            undo = url_for(".take_back_agreement", enrolment_id=enrolment.id, agreement_id=row.id)
            return saved(_("Answer saved"), _list(enrolment), (_("Undo"), undo))
    under_16 = is_under_16(enrolment.participant.born_on, today())
    return render_form(
        "intake/new_agreement.html", form, enrolment=enrolment, notices=notices, under_16=under_16
    )


def _version(notices: list[Notice], before: list[Agreement]) -> str:
    """The newest notice there is; without any, the version they had last."""
    if notices:
        return notices[0].version_name
    return before[-1].notice_version if before else "1"


@bp.route(f"{WHERE}/<uuid:agreement_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def withdraw(enrolment_id: UUID, agreement_id: UUID) -> ResponseReturnValue:
    """What follows is said before anything is confirmed."""
    enrolment = get_enrolment(current_user(), enrolment_id, "agreements")
    row = agreed.get_agreement(enrolment.participant, agreement_id)
    form = WithdrawForm(data={"withdrawn_on": today()}, record=row)
    if form.validate_on_submit():
        try:
            withdrawing.withdraw(row, withdrawn_on=form.withdrawn_on.data, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".put_back", enrolment_id=enrolment.id, agreement_id=row.id)
            return saved(_("The agreement is withdrawn"), _list(enrolment), (_("Undo"), undo))
    if request.method == "GET" and not (agreed.holds(row) and row.purpose != agreed.NOTICE):
        return redirect(_list(enrolment), 303)
    return render_form(
        "intake/withdraw.html",
        form,
        enrolment=enrolment,
        row=row,
        effect=withdrawing.effect_of(row, enrolment, today()),
        purposes=PURPOSE,
    )


@bp.route(f"{WHERE}/<uuid:agreement_id>/put-back", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def put_back(enrolment_id: UUID, agreement_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "agreements")
    row = agreed.get_agreement(enrolment.participant, agreement_id)
    if not is_tapped(CaseForm()):
        return redirect(_list(enrolment), 303)
    withdrawing.put_back(row, today=today())
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
    withdrawing.follow(row)
    return saved(_("Answer taken back"), _list(enrolment))


def _list(enrolment: Enrolment) -> str:
    return url_for("intake.agreements", enrolment_id=enrolment.id)
