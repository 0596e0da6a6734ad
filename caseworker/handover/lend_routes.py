"""A keyworker's own cases lent out for dates, ended early or taken back."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.handover import services
from caseworker.handover.lend_forms import LendForm
from caseworker.handover.lending import get_lent, lend, lent_by, own_cases
from caseworker.handover.queries import colleagues
from caseworker.handover.routes import bp

__all__ = ["bp"]


@bp.route("/handover/lend", methods=["GET", "POST"])
@requires(Permission.CASE_LEND)
def lend_own() -> ResponseReturnValue:
    """All of one's own are chosen at first: who, why, until when, save."""
    user = current_user()
    cases = own_cases(user)
    audit.listed("handover")
    able = colleagues({case.programme_id for case in cases}) if cases else []
    everybody = [str(case.id) for case in cases]
    form = LendForm(data={"from_on": today(), "enrolment": everybody})
    form.offer(cases, able, user)
    if cases and form.validate_on_submit():
        chosen = set(form.enrolment.data)
        to = next(one for one in able if one.id == form.to_id.data)
        try:
            moving = [case for case in cases if str(case.id) in chosen]
            handover = lend(moving, to, form.terms, by=user, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            count = len({row.enrolment_id for row in handover.cases})
            words = ngettext("%(num)d person lent out", "%(num)d people lent out", count)
            undo = url_for(".undo_lending", handover_id=handover.id)
            return saved(words, url_for(".lend_own"), (_("Undo"), undo))
    if not cases:
        return render_template("handover/lend.html", form=None, lines=lent_by(user), today=today())
    return render_form("handover/lend.html", form, lines=lent_by(user), today=today())


@bp.route("/handover/lent/<uuid:handover_id>/end", methods=["GET", "POST"])
@requires(Permission.CASE_LEND)
def end_lending(handover_id: UUID) -> ResponseReturnValue:
    handover = get_lent(current_user(), handover_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".lend_own"), 303)
    services.end_handover(handover, today=today())
    return saved(_("Ended. They are back with you"), url_for(".lend_own"))


@bp.route("/handover/lent/<uuid:handover_id>/undo", methods=["GET", "POST"])
@requires(Permission.CASE_LEND)
def undo_lending(handover_id: UUID) -> ResponseReturnValue:
    handover = get_lent(current_user(), handover_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".lend_own"), 303)
    services.undo_handover(handover, by=current_user(), now=now(), today=today())
    return saved(_("Taken back: they were not lent out"), url_for(".lend_own"))
