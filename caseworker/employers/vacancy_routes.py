"""A vacancy of an employer: added, changed, filled, and undo of each."""

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
from caseworker.employers import services
from caseworker.employers.forms import VacancyForm
from caseworker.employers.models import Vacancy
from caseworker.employers.queries import get_employer, get_vacancy
from caseworker.employers.routes import bp

__all__ = ["bp"]


@bp.route("/<uuid:employer_id>/vacancies/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_RECORD)
def new_vacancy(employer_id: UUID) -> ResponseReturnValue:
    employer = get_employer(current_user(), employer_id)
    form = VacancyForm(data={"kind": "paid_work", "places": 1})
    if form.validate_on_submit():
        try:
            made = services.add_vacancy(employer, form.details, added_by=current_user())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back_vacancy", vacancy_id=made.id)
            return saved(_("Vacancy added"), _page(employer.id), (_("Undo"), undo))
    return render_form("employers/vacancy.html", form, employer=employer, vacancy=None)


@bp.route("/vacancies/<uuid:vacancy_id>/edit", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_RECORD)
def edit_vacancy(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = get_vacancy(current_user(), vacancy_id)
    minutes = vacancy.weekly_minutes
    hours = None if minutes is None else round(Decimal(minutes) / 60, 2)
    form = VacancyForm(obj=vacancy, record=vacancy, data={"hours": hours, "pay": vacancy.pay_pence})
    if form.validate_on_submit():
        try:
            services.change_vacancy(vacancy, form.details)
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Vacancy saved"), _page(vacancy.employer_id))
    return render_form("employers/vacancy.html", form, employer=vacancy.employer, vacancy=vacancy)


@bp.route("/vacancies/<uuid:vacancy_id>/filled", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_RECORD)
def fill(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = get_vacancy(current_user(), vacancy_id)
    undo = url_for(".reopen", vacancy_id=vacancy.id)
    words = _("Vacancy closed")
    return _tapped(vacancy, lambda: services.fill_vacancy(vacancy, today=today()), words, undo)


@bp.route("/vacancies/<uuid:vacancy_id>/open", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_RECORD)
def reopen(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = get_vacancy(current_user(), vacancy_id)
    return _tapped(vacancy, lambda: services.reopen_vacancy(vacancy), _("Vacancy open again"))


@bp.route("/vacancies/<uuid:vacancy_id>/take-back", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_RECORD)
def take_back_vacancy(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = get_vacancy(current_user(), vacancy_id)

    def undo() -> None:
        services.take_back_vacancy(vacancy, by=current_user(), now=now())

    return _tapped(vacancy, undo, _("Vacancy taken back"))


@bp.route("/<uuid:employer_id>/take-back", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_RECORD)
def take_back(employer_id: UUID) -> ResponseReturnValue:
    employer = get_employer(current_user(), employer_id)
    if not is_tapped(CaseForm()):
        return redirect(_page(employer.id), 303)
    services.take_back_employer(employer, by=current_user(), now=now())
    return saved(_("Employer taken back"), url_for(".index"))


def _tapped(vacancy: Vacancy, act: Callable[[], None], words: str, undo: str = "") -> ResponseReturnValue:
    if not is_tapped(CaseForm()):
        return redirect(_page(vacancy.employer_id), 303)
    act()
    return saved(words, _page(vacancy.employer_id), (_("Undo"), undo) if undo else None)


def _page(employer_id: UUID) -> str:
    return url_for(".show", employer_id=employer_id)
