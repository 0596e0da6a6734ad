"""Help given in a case: what it cost, a new entry, its receipt, and taking it back."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.attachments import as_attachment, keep_chosen
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.fields import FileField
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.support import services
from caseworker.support.forms import HandOutForm, ReceiptForm, SupportForm
from caseworker.support.models import BudgetHead, SupportGiven
from caseworker.support.queries import average_cost, budget_lines, cost_of, get_support, support_of
from caseworker.support.rules import GIVEN, how_much

bp = Blueprint("support", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/support")


@bp.get("")
@requires(Permission.CASE_READ)
def index(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "support")
    return render_template(
        "support/index.html",
        enrolment=enrolment,
        given=support_of(enrolment),
        cost=cost_of(enrolment.id),
        average=average_cost(enrolment.programme_id),
        budgets=budget_lines(enrolment.programme_id, today()),
        how_much=how_much,
        me=current_user().id,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.SUPPORT_RECORD)
def new(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "support")
    lines = budget_lines(enrolment.programme_id)
    form = SupportForm(data={"stage": GIVEN, "given_on": today()})
    form.offer(lines)
    if form.validate_on_submit():
        try:
            made = _given(enrolment, form, form.budget_of(lines))
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_said(made), _index(enrolment), _undo(".take_back", made))
    return render_form("support/new.html", form, enrolment=enrolment)


def _given(enrolment: Enrolment, form: SupportForm, budget: BudgetHead | None) -> SupportGiven:
    had = form.stage.data == GIVEN
    if had and form.given_on.data is None:
        raise RuleBroken(_("Enter the day they had it"), "given_on")
    made = services.give_support(
        enrolment,
        kind=form.kind.data,
        given_on=form.given_on.data if had else None,
        amount_pence=form.amount.data,
        units_hundredths=form.units_hundredths,
        theme=form.theme.data,
        budget=budget,
        note=form.note.data,
        contact=None,
        recorded_by=current_user(),
        today=today(),
    )
    _keep_receipt(enrolment, made, form.receipt)
    return made


def _said(made: SupportGiven) -> str:
    given, waits = _("Help recorded"), _("Saved. It waits for a lead’s yes, and is not given yet")
    return str(given if made.state == GIVEN else waits)


def _keep_receipt(enrolment: Enrolment, made: SupportGiven, receipt: FileField) -> None:
    kept = keep_chosen(receipt, enrolment.participant_id, current_user().id)
    if kept is not None:
        services.keep_receipt(made, kept)


@bp.route("/<uuid:support_id>/given", methods=["GET", "POST"])
@requires(Permission.SUPPORT_RECORD)
def hand_out(enrolment_id: UUID, support_id: UUID) -> ResponseReturnValue:
    """What a lead agreed to is had."""
    enrolment = get_enrolment(current_user(), enrolment_id, "support")
    agreed = get_support(enrolment, support_id)
    form = HandOutForm(data={"given_on": today()}, record=agreed)
    if form.validate_on_submit():
        try:
            services.hand_out_support(agreed, given_on=form.given_on.data, by=current_user(), today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            _keep_receipt(enrolment, agreed, form.receipt)
            return saved(_("Help recorded"), _index(enrolment), _undo(".hold_back", agreed))
    return render_form("support/hand_out.html", form, enrolment=enrolment, agreed=agreed, how_much=how_much)


@bp.route("/<uuid:support_id>/not-given", methods=["GET", "POST"])
@requires(Permission.SUPPORT_RECORD)
def hold_back(enrolment_id: UUID, support_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "support")
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    services.hold_back_support(get_support(enrolment, support_id), by=current_user())
    return saved(_("Help is agreed and not given yet"), _index(enrolment))


@bp.route("/<uuid:support_id>/receipt", methods=["GET", "POST"])
@requires(Permission.SUPPORT_RECORD)
def add_receipt(enrolment_id: UUID, support_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "support")
    made = get_support(enrolment, support_id)
    form = ReceiptForm(record=made)
    if form.validate_on_submit():
        _keep_receipt(enrolment, made, form.receipt)
        return saved(_("Receipt kept"), _index(enrolment))
    return render_form("support/receipt.html", form, enrolment=enrolment, made=made, how_much=how_much)


@bp.get("/<uuid:support_id>/receipt/file")
@requires(Permission.CASE_READ)
def receipt(enrolment_id: UUID, support_id: UUID) -> ResponseReturnValue:
    """The receipt, as an attachment."""
    enrolment = get_enrolment(current_user(), enrolment_id, "receipt")
    stored = get_support(enrolment, support_id).receipt
    return as_attachment(stored, f"{enrolment.participant.reference}-receipt")


@bp.route("/<uuid:support_id>/take-back", methods=["GET", "POST"])
@requires(Permission.SUPPORT_RECORD)
def take_back(enrolment_id: UUID, support_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "support")
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    services.take_back_support(get_support(enrolment, support_id), by=current_user(), now=now())
    return saved(_("Help taken back"), _index(enrolment))


def _index(enrolment: Enrolment) -> str:
    return url_for(".index", enrolment_id=enrolment.id)


def _undo(endpoint: str, made: SupportGiven) -> tuple[str, str]:
    return _("Undo"), url_for(endpoint, enrolment_id=made.enrolment.id, support_id=made.id)
