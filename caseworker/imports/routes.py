"""Reading a caseload in from one sheet: choose, look, confirm, undo."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, may, requires
from caseworker.core import audit, codes
from caseworker.core.clock import now, today
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.imports.columns import BY_NAME, COLUMNS
from caseworker.imports.forms import ALL, ConfirmForm, SheetForm
from caseworker.imports.models import CaseloadImport
from caseworker.imports.placing import Place
from caseworker.imports.queries import get_import, importable_programmes, visible_imports
from caseworker.imports.services import (
    DONE,
    PREVIEW,
    UNDONE,
    bring_in,
    drop_sheet,
    keep_sheet,
    plan_import,
    sheet_of,
)
from caseworker.imports.template_file import XLSX, empty_separated, empty_workbook
from caseworker.imports.undoing import Staying, told_to, undo_import, why_rows_stay

bp = Blueprint("imports", __name__, url_prefix="/imports")

LISTED = 50
FAULTS_SHOWN = 200
SHOWN = ("born_on", "postcode", "phone", "referred_on", "started_on", "keyworker")
ROWS_SHOWN = 8


@bp.get("")
@requires(Permission.CASELOAD_IMPORT)
def index() -> ResponseReturnValue:
    rows = db.session.scalars(visible_imports(current_user()).limit(LISTED))
    return render_template("imports/index.html", rows=list(rows))


@bp.get("/columns")
@requires(Permission.CASELOAD_IMPORT)
def columns() -> ResponseReturnValue:
    return render_template(
        "imports/columns.html",
        columns=COLUMNS,
        sources=codes.codes("referral_source", today()),
        statuses=codes.codes("economic_status", today()),
    )


@bp.get("/empty.xlsx")
@requires(Permission.CASELOAD_IMPORT)
def empty_xlsx() -> ResponseReturnValue:
    return send_file(empty_workbook(), XLSX, as_attachment=True, download_name="caseload.xlsx")


@bp.get("/empty.csv")
@requires(Permission.CASELOAD_IMPORT)
def empty_csv() -> ResponseReturnValue:
    return send_file(empty_separated(), "text/csv", as_attachment=True, download_name="caseload.csv")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CASELOAD_IMPORT)
def new() -> ResponseReturnValue:
    programmes = {str(each.id): each for each in importable_programmes(current_user())}
    form = SheetForm()
    form.offer([(each.id, each.name) for each in programmes.values()])
    if programmes and form.validate_on_submit():
        name, sheet = form.chosen
        chosen = programmes[form.programme_key]
        kept = keep_sheet(chosen, name, sheet, by=current_user(), now=now())
        return saved(_("Nothing is brought in yet: look at it first"), url_for(".show", import_id=kept.id))
    return render_form("imports/new.html", form, programmes=list(programmes.values()))


@bp.route("/<uuid:import_id>", methods=["GET", "POST"])
@requires(Permission.CASELOAD_IMPORT)
def show(import_id: UUID) -> ResponseReturnValue:
    kept = get_import(current_user(), import_id)
    audit.listed("import")
    if kept.state == PREVIEW:
        return _preview(kept)
    if request.method == "POST":
        return redirect(url_for(".show", import_id=import_id), 303)
    user = current_user()
    staying = told_to(
        user,
        why_rows_stay(kept) if kept.state in (DONE, UNDONE) else [],
        reads_cases=may(user, Permission.CASE_READ),
    )
    return render_template("imports/done.html", kept=kept, staying=staying[:FAULTS_SHOWN], stay=len(staying))


def _preview(kept: CaseloadImport) -> ResponseReturnValue:
    sheet, plan = sheet_of(kept), plan_import(kept, current_user(), today())
    form = ConfirmForm(record=kept, data={"how": ALL})
    form.offer(plan)
    if form.validate_on_submit():
        try:
            done = bring_in(kept, form.leaving, by=current_user(), today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".undo", import_id=kept.id)
            said = ngettext("%(num)s person brought in", "%(num)s people brought in", done.made)
            return saved(said, url_for(".show", import_id=kept.id), (_("Undo"), undo))
    return render_form(
        "imports/preview.html",
        form,
        kept=kept,
        plan=plan,
        counts={place.value: plan.count(place) for place in Place},
        faults=plan.faults[:FAULTS_SHOWN],
        doubtful=plan.doubtful[:FAULTS_SHOWN],
        first=[each for each in plan.placed if each.place != Place.WRONG][:ROWS_SHOWN],
        understood=[BY_NAME[name].label for name in sheet.understood],
        names=[name for name in sheet.understood if name in SHOWN],
        by_name=BY_NAME,
        not_read=sheet.not_read,
    )


@bp.route("/<uuid:import_id>/drop", methods=["GET", "POST"])
@requires(Permission.CASELOAD_IMPORT)
def drop(import_id: UUID) -> ResponseReturnValue:
    kept = get_import(current_user(), import_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".show", import_id=import_id), 303)
    try:
        drop_sheet(kept)
    except RuleBroken as broken:
        return saved(broken.message, url_for(".index"))
    return saved(_("The sheet is thrown away and nothing was brought in"), url_for(".index"))


@bp.route("/<uuid:import_id>/undo", methods=["GET", "POST"])
@requires(Permission.CASELOAD_IMPORT)
def undo(import_id: UUID) -> ResponseReturnValue:
    kept = get_import(current_user(), import_id)
    here = url_for(".show", import_id=import_id)
    if not is_tapped(CaseForm()):
        return redirect(here, 303)
    staying: list[Staying] = why_rows_stay(kept) if kept.state == DONE else []
    try:
        gone = undo_import(kept, by=current_user(), now=now(), today=today())
    except RuleBroken as broken:
        return saved(broken.message, here)
    said = ngettext("%(num)s row taken back", "%(num)s rows taken back", gone)
    if staying:
        said += ". " + _("%(count)s stay, because somebody has worked on them", count=len(staying))
    return saved(said, here)
