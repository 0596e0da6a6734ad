"""Lists somebody keeps of their caseload, and a caseload on paper."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.models import Role
from caseworker.accounts.permissions import Permission, requires, roles_of
from caseworker.casefile.caseload import read_caseload
from caseworker.casefile.filters import CaseFilter
from caseworker.casefile.list_forms import KeepListForm
from caseworker.casefile.saved_filters import delete_list, filter_of, get_list, keep_list, restore_list
from caseworker.casefile.words import DUE, STANDING, STATUS, days_ago
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.rules import standing
from caseworker.lawful.queries import restricted_cases

bp = Blueprint("lists", __name__, url_prefix="/caseload")

# As many as anybody reads on paper; the page says when there are more.
PRINTED = 500


@bp.route("/lists/new", methods=["GET", "POST"])
@requires(Permission.CASELOAD_READ)
def new() -> ResponseReturnValue:
    """Keep the filters of this address under a name."""
    user, wanted, form = current_user(), CaseFilter.read(request.args), KeepListForm()
    if form.validate_on_submit():
        try:
            kept = keep_list(user, form.name.data, wanted)
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".delete", saved_id=kept.id)
            return saved(_("List kept"), url_for("casefile.caseload", **wanted.address()), (_("Undo"), undo))
    return render_form("casefile/keep_list.html", form, wanted=wanted)


@bp.route("/lists/<uuid:saved_id>/delete", methods=["GET", "POST"])
@requires(Permission.CASELOAD_READ)
def delete(saved_id: UUID) -> ResponseReturnValue:
    kept = get_list(current_user(), saved_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for("casefile.caseload"), 303)
    delete_list(kept, by=current_user(), now=now())
    undo = url_for(".restore", saved_id=kept.id)
    return saved(_("List deleted"), url_for("casefile.caseload"), (_("Undo"), undo))


@bp.route("/lists/<uuid:saved_id>/restore", methods=["GET", "POST"])
@requires(Permission.CASELOAD_READ)
def restore(saved_id: UUID) -> ResponseReturnValue:
    kept = get_list(current_user(), saved_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for("casefile.caseload"), 303)
    restore_list(kept)
    return saved(_("List put back"), url_for("casefile.caseload", **filter_of(kept).address()))


@bp.get("/print")
@requires(Permission.CASELOAD_READ)
def printed() -> ResponseReturnValue:
    """The list as the address narrows and orders it, on paper."""
    user = current_user()
    leads = Role.LEAD in roles_of(user)
    audit.listed("caseload print")
    load = read_caseload(user, CaseFilter.read(request.args), today(), own=not leads, size=PRINTED)
    left_out = restricted_cases(case.enrolment_id for case in load.rows)
    return render_template(
        "casefile/caseload_print.html",
        load=replace(load, rows=[case for case in load.rows if case.enrolment_id not in left_out]),
        left_out=len(left_out),
        leads=leads,
        most=PRINTED,
        today=today(),
        now=now(),
        statuses=STATUS,
        standings=STANDING,
        standing=standing,
        dues=DUE,
        days_ago=days_ago,
    )
