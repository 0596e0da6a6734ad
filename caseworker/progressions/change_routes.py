"""What changes in a step that goes on: hours and pay, breaks, its description, and undo of each."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.progressions import changing
from caseworker.progressions.change_forms import BackForm, BreakForm, DescriptionForm, TermsForm
from caseworker.progressions.changing import DESCRIBING
from caseworker.progressions.models import Progression
from caseworker.progressions.queries import get_break, get_progression, get_terms
from caseworker.progressions.routes import bp
from caseworker.progressions.services import reopen_progression

__all__ = ["bp"]


def _open(enrolment_id: UUID, progression_id: UUID) -> tuple[Enrolment, Progression]:
    enrolment = get_enrolment(current_user(), enrolment_id, "progressions")
    return enrolment, get_progression(enrolment, progression_id)


@bp.route("/<uuid:progression_id>/terms", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def terms(enrolment_id: UUID, progression_id: UUID) -> ResponseReturnValue:
    enrolment, step = _open(enrolment_id, progression_id)
    form = TermsForm(data=_as_typed(step))
    if form.validate_on_submit():
        try:
            made = changing.change_terms(step, form.terms, recorded_by=current_user(), today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(
                ".take_back_terms", enrolment_id=enrolment.id, progression_id=step.id, terms_id=made.id
            )
            return saved(_("Change recorded"), _index(enrolment), (_("Undo"), undo))
    return render_form("progressions/terms.html", form, enrolment=enrolment, step=step)


def _as_typed(step: Progression) -> dict[str, object]:
    """What holds now is what one changes from."""
    held = step.now
    hours = None if held.weekly_minutes is None else round(Decimal(held.weekly_minutes) / 60, 2)
    return {"hours": hours, "pay": held.pay_pence, "pay_period": held.pay_period, "contract": held.contract}


@bp.route("/<uuid:progression_id>/break", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def add_break(enrolment_id: UUID, progression_id: UUID) -> ResponseReturnValue:
    enrolment, step = _open(enrolment_id, progression_id)
    form = BreakForm()
    if form.validate_on_submit():
        try:
            made = changing.record_break(
                step,
                from_on=form.from_on.data,
                until_on=form.until_on.data,
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(
                ".take_back_break", enrolment_id=enrolment.id, progression_id=step.id, break_id=made.id
            )
            return saved(_("Break recorded"), _index(enrolment), (_("Undo"), undo))
    return render_form("progressions/break.html", form, enrolment=enrolment, step=step)


@bp.route("/<uuid:progression_id>/breaks/<uuid:break_id>/back", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def back_at_work(enrolment_id: UUID, progression_id: UUID, break_id: UUID) -> ResponseReturnValue:
    enrolment, step = _open(enrolment_id, progression_id)
    gap = get_break(step, break_id)
    form = BackForm(record=gap)
    if form.validate_on_submit():
        try:
            changing.end_break(step, gap, until_on=form.until_on.data, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(
                ".reopen_break", enrolment_id=enrolment.id, progression_id=step.id, break_id=gap.id
            )
            return saved(_("They are back at work"), _index(enrolment), (_("Undo"), undo))
    return render_form("progressions/back.html", form, enrolment=enrolment, step=step, gap=gap)


@bp.route("/<uuid:progression_id>/description", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def describe(enrolment_id: UUID, progression_id: UUID) -> ResponseReturnValue:
    enrolment, step = _open(enrolment_id, progression_id)
    form = DescriptionForm(obj=step, record=step)
    if form.validate_on_submit():
        try:
            changing.put_right(step, {name: form[name].data for name in DESCRIBING})
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Details saved"), _index(enrolment))
    return render_form("progressions/describe.html", form, enrolment=enrolment, step=step)


@bp.route("/<uuid:progression_id>/terms/<uuid:terms_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def take_back_terms(enrolment_id: UUID, progression_id: UUID, terms_id: UUID) -> ResponseReturnValue:
    enrolment, step = _open(enrolment_id, progression_id)
    changed = get_terms(step, terms_id)

    def undo() -> None:
        changing.take_back_terms(step, changed, by=current_user(), now=now())

    return _tapped(enrolment, undo, _("Change taken back"))


@bp.route("/<uuid:progression_id>/breaks/<uuid:break_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def take_back_break(enrolment_id: UUID, progression_id: UUID, break_id: UUID) -> ResponseReturnValue:
    enrolment, step = _open(enrolment_id, progression_id)
    gap = get_break(step, break_id)

    def undo() -> None:
        changing.take_back_break(step, gap, by=current_user(), now=now())

    return _tapped(enrolment, undo, _("Break taken back"))


@bp.route("/<uuid:progression_id>/breaks/<uuid:break_id>/reopen", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def reopen_break(enrolment_id: UUID, progression_id: UUID, break_id: UUID) -> ResponseReturnValue:
    enrolment, step = _open(enrolment_id, progression_id)
    gap = get_break(step, break_id)
    return _tapped(enrolment, lambda: changing.reopen_break(step, gap), _("The break has no last day again"))


@bp.route("/<uuid:progression_id>/reopen", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def reopen(enrolment_id: UUID, progression_id: UUID) -> ResponseReturnValue:
    enrolment, step = _open(enrolment_id, progression_id)
    return _tapped(enrolment, lambda: reopen_progression(step), _("It has no last day again"))


def _tapped(enrolment: Enrolment, act: Callable[[], None], words: str) -> ResponseReturnValue:
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    act()
    return saved(words, _index(enrolment))


def _index(enrolment: Enrolment) -> str:
    return url_for(".index", enrolment_id=enrolment.id)
