"""A lead's part of help given: what waits for a yes, and the budgets of a programme."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.programmes.models import Programme
from caseworker.support import services
from caseworker.support.budgets import add_budget, change_budget, take_back_budget
from caseworker.support.forms import AnswerForm, BudgetForm, values_of
from caseworker.support.models import SupportGiven
from caseworker.support.queries import (
    PAGE,
    budget_lines,
    count_waiting,
    drawn_from,
    find_budget,
    get_led_programme,
    get_support,
    leads,
    waiting_for,
)
from caseworker.support.rules import how_much, no_room

bp = Blueprint("support_leads", __name__)


@bp.get("/support-waiting")
@requires(Permission.SUPPORT_APPROVE)
def waiting() -> ResponseReturnValue:
    """What waits for this lead's yes or no."""
    user, page = current_user(), request.args.get("page", default=1, type=int)
    if not 0 < page < 10**6:
        raise NotVisible
    audit.listed("support waiting")
    total = count_waiting(user)
    last = max(1, -(-total // PAGE))
    pages = {
        "number": page,
        "last": last,
        "total": total,
        "from": (page - 1) * PAGE + 1,
        "to": min(page * PAGE, total),
        "previous": url_for(".waiting", page=page - 1) if page > 1 else "",
        "next": url_for(".waiting", page=page + 1) if page < last else "",
    }
    return render_template(
        "support/waiting.html", lines=waiting_for(user, page), total=total, pages=pages, how_much=how_much
    )


@bp.route("/enrolments/<uuid:enrolment_id>/support/<uuid:support_id>/answer", methods=["GET", "POST"])
@requires(Permission.SUPPORT_APPROVE)
def answer(enrolment_id: UUID, support_id: UUID) -> ResponseReturnValue:
    enrolment, asked = _led(enrolment_id, support_id)
    form = AnswerForm(record=asked)
    if form.validate_on_submit():
        try:
            words = _answered(asked, form)
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".reopen", enrolment_id=enrolment.id, support_id=asked.id)
            return saved(words, url_for(".waiting"), (_("Undo"), undo))
    budget = asked.budget
    drawn = drawn_from(budget, enrolment.participant_id) if budget else None
    return render_form(
        "support/answer.html",
        form,
        enrolment=enrolment,
        asked=asked,
        drawn=drawn,
        refusal=no_room(budget, drawn, asked.amount_pence or 0) if budget and drawn else "",
        how_much=how_much,
    )


def _answered(asked: SupportGiven, form: AnswerForm) -> str:
    if form.answer.data == "yes":
        services.approve_support(asked, by=current_user(), today=today())
        return str(_("Agreed. The money is set aside for it") if asked.budget else _("Agreed"))
    if not form.reason.data:
        raise RuleBroken(_("Select why not"), "reason")
    services.refuse_support(asked, reason=form.reason.data, by=current_user(), today=today())
    return str(_("Refused. The reason is shown in the case"))


@bp.route("/enrolments/<uuid:enrolment_id>/support/<uuid:support_id>/reopen", methods=["GET", "POST"])
@requires(Permission.SUPPORT_APPROVE)
def reopen(enrolment_id: UUID, support_id: UUID) -> ResponseReturnValue:
    _enrolment, answered = _led(enrolment_id, support_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".waiting"), 303)
    services.reopen_support(answered, by=current_user())
    return saved(_("It waits for an answer again"), url_for(".waiting"))


def _led(enrolment_id: UUID, support_id: UUID) -> tuple[Enrolment, SupportGiven]:
    """Raises NotVisible unless this user leads its programme."""
    enrolment = get_enrolment(current_user(), enrolment_id, "support")
    if not leads(current_user(), enrolment.programme_id):
        raise NotVisible
    return enrolment, get_support(enrolment, support_id)


@bp.get("/programmes/<code>/budgets")
@requires(Permission.SUPPORT_APPROVE)
def budgets(code: str) -> ResponseReturnValue:
    programme = get_led_programme(current_user(), code)
    return render_template("support/budgets.html", programme=programme, lines=budget_lines(programme.id))


@bp.route("/programmes/<code>/budgets/new", methods=["GET", "POST"])
@requires(Permission.SUPPORT_APPROVE)
def new_budget(code: str) -> ResponseReturnValue:
    programme = get_led_programme(current_user(), code)
    form = BudgetForm(data={"from_on": today()})
    if form.validate_on_submit():
        try:
            made = add_budget(programme, form.details, by=current_user())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back", code=code, budget_id=made.id)
            return saved(_("Budget added"), _budgets(programme), (_("Undo"), undo))
    return render_form("support/budget.html", form, programme=programme, line=None)


@bp.route("/programmes/<code>/budgets/<uuid:budget_id>", methods=["GET", "POST"])
@requires(Permission.SUPPORT_APPROVE)
def budget(code: str, budget_id: UUID) -> ResponseReturnValue:
    programme = get_led_programme(current_user(), code)
    found = find_budget(programme.id, budget_id)
    form = BudgetForm(data=values_of(found), record=found)
    if form.validate_on_submit():
        try:
            change_budget(found, form.details)
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Budget saved"), _budgets(programme))
    return render_form("support/budget.html", form, programme=programme, line=drawn_from(found))


@bp.route("/programmes/<code>/budgets/<uuid:budget_id>/take-back", methods=["GET", "POST"])
@requires(Permission.SUPPORT_APPROVE)
def take_back(code: str, budget_id: UUID) -> ResponseReturnValue:
    programme = get_led_programme(current_user(), code)
    if not is_tapped(CaseForm()):
        return redirect(_budgets(programme), 303)
    take_back_budget(find_budget(programme.id, budget_id), by=current_user(), now=now())
    return saved(_("Budget taken back"), _budgets(programme))


def _budgets(programme: Programme) -> str:
    return url_for(".budgets", code=programme.code)
