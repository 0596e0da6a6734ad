"""Employers and their vacancies."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.codes import codes
from caseworker.core.errors import RuleBroken
from caseworker.core.pages import render_form, saved
from caseworker.employers import queries, services
from caseworker.employers.forms import KINDS, EmployerForm, NewEmployerForm
from caseworker.employers.queries import PAGE, Listed

bp = Blueprint("employers", __name__, url_prefix="/employers")


def pages_of(listed: Listed, endpoint: str, **kept: Any) -> dict[str, Any]:
    """What the list's page links read."""

    def address(number: int) -> str:
        shown = 1 <= number <= listed.last
        return url_for(endpoint, page=number if number > 1 else None, **kept) if shown else ""

    return {
        "number": listed.number,
        "last": listed.last,
        "previous": address(listed.number - 1),
        "next": address(listed.number + 1),
        "total": listed.total,
        "from": (listed.number - 1) * PAGE + 1,
        "to": (listed.number - 1) * PAGE + len(listed.rows),
    }


def page_asked() -> int:
    typed = request.args.get("page", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def one_of(name: str, offered: list[str]) -> str:
    """What the address asks for, where it is on offer."""
    typed = request.args.get(name, "")
    return typed if typed in offered else ""


@bp.get("")
@requires(Permission.EMPLOYER_RECORD)
def index() -> ResponseReturnValue:
    words = request.args.get("q", "").strip()[:160]
    sectors = codes("sector")
    sector = one_of("sector", [each.code for each in sectors])
    listed = queries.list_employers(current_user(), today(), words=words, sector=sector, page=page_asked())
    kept = {"q": words or None, "sector": sector or None}
    return render_template(
        "employers/index.html",
        listed=listed,
        words=words,
        sector=sector,
        sectors=sectors,
        pages=pages_of(listed, ".index", **kept),
    )


@bp.get("/vacancies")
@requires(Permission.EMPLOYER_RECORD)
def vacancies() -> ResponseReturnValue:
    kinds = [each for each in codes("progression_kind") if each.extras["group"] in KINDS]
    kind = one_of("kind", [each.code for each in kinds])
    closed = request.args.get("show") == "all"
    listed = queries.list_vacancies(current_user(), today(), kind=kind, closed=closed, page=page_asked())
    kept = {"kind": kind or None, "show": "all" if closed else None}
    return render_template(
        "employers/vacancies.html",
        listed=listed,
        kind=kind,
        kinds=kinds,
        closed=closed,
        today=today(),
        pages=pages_of(listed, ".vacancies", **kept),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_RECORD)
def new() -> ResponseReturnValue:
    form, organisations = NewEmployerForm(), queries.organisations_of(current_user())
    form.offer(organisations)
    if form.validate_on_submit():
        chosen = form.organisation_id.data if len(organisations) > 1 else organisations[0].id
        try:
            if chosen is None:
                raise RuleBroken(_("Select who works with them"), "organisation_id")
            employer = services.add_employer(chosen, form.details, added_by=current_user())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back", employer_id=employer.id)
            return saved(_("Employer added"), url_for(".show", employer_id=employer.id), (_("Undo"), undo))
    return render_form("employers/edit.html", form, organisations=organisations, employer=None)


@bp.get("/<uuid:employer_id>")
@requires(Permission.EMPLOYER_RECORD)
def show(employer_id: UUID) -> ResponseReturnValue:
    user = current_user()
    employer = queries.get_employer(user, employer_id)
    people, total = queries.applicants(user, employer)
    if people:
        audit.listed("applicants")
    return render_template(
        "employers/show.html",
        employer=employer,
        vacancies=[each for each in employer.vacancies if each.voided_at is None],
        people=people,
        people_in_all=total,
        here=queries.count_working_with(employer),
        today=today(),
    )


@bp.route("/<uuid:employer_id>/edit", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_RECORD)
def edit(employer_id: UUID) -> ResponseReturnValue:
    employer = queries.get_employer(current_user(), employer_id)
    form = EmployerForm(obj=employer, record=employer)
    if form.validate_on_submit():
        try:
            services.change_employer(employer, form.details)
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Employer saved"), url_for(".show", employer_id=employer.id))
    return render_form("employers/edit.html", form, organisations=[], employer=employer)


@bp.get("/vacancies/<uuid:vacancy_id>")
@requires(Permission.EMPLOYER_RECORD)
def vacancy(vacancy_id: UUID) -> ResponseReturnValue:
    """An address to share: a vacancy stands on its employer's page."""
    found = queries.get_vacancy(current_user(), vacancy_id)
    return redirect(url_for(".show", employer_id=found.employer_id, _anchor=f"vacancy-{found.id}"), 303)
