"""Records seen by named people only: restricted from the case, looked after from the officer's desk."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.controllers import services
from caseworker.controllers.forms import NameForm, RestrictForm
from caseworker.controllers.models import RestrictedMark
from caseworker.controllers.queries import (
    Named,
    current_mark,
    named_for,
    programmes_of_person,
    protected_mark,
    protected_marks,
)
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.programmes.queries import caseworkers_of

bp = Blueprint("controllers", __name__)

CASE = "/enrolments/<uuid:enrolment_id>/restricted"
DESK = "/restricted"


@bp.route(CASE, methods=["GET", "POST"])
@requires(Permission.RESTRICTED_SET)
def restrict(enrolment_id: UUID) -> ResponseReturnValue:
    """Restrict a record, or see whom a restricted one names."""
    enrolment = get_enrolment(current_user(), enrolment_id, "restricted")
    mark = current_mark(enrolment.participant_id)
    if mark is not None:
        return _looked_after(mark, enrolment, url_for(".restrict", enrolment_id=enrolment.id))
    named = named_for(enrolment.participant_id)
    form = RestrictForm(data={"named": [str(each.user_id) for each in named] + [str(current_user().id)]})
    form.offer(_colleagues(enrolment.participant_id, named))
    if form.validate_on_submit():
        try:
            made = services.restrict_record(
                enrolment.participant,
                reason=form.reason.data,
                words=form.words.data,
                named=form.chosen,
                restricted_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Only the people you named see this record now"), _after(made, enrolment))
    return render_form("controllers/restrict.html", form, enrolment=enrolment, named=named)


def _after(mark: RestrictedMark, enrolment: Enrolment) -> str:
    """Back to the record, for somebody who still sees it."""
    if any(each.user_id == current_user().id for each in named_for(mark.participant_id)):
        return url_for(".restrict", enrolment_id=enrolment.id)
    return "/"


def _colleagues(participant_id: UUID, named: list[Named]) -> list[tuple[UUID, str]]:
    """Whoever has cases on one of their programmes, and whoever sees them now."""
    every = caseworkers_of(programmes_of_person(participant_id))
    offered = {key: name for names in every.values() for key, name in names.items()}
    offered |= {each.user_id: each.name for each in named}
    return sorted(offered.items(), key=lambda pair: pair[1].lower())


def _looked_after(mark: RestrictedMark, enrolment: Enrolment | None, here: str) -> ResponseReturnValue:
    """Whom a restricted record names. `here` is the page, below which a reader is ended and it is lifted."""
    named = named_for(mark.participant_id)
    seen = {each.user_id for each in named}
    form = NameForm()
    form.offer(pair for pair in _colleagues(mark.participant_id, []) if pair[0] not in seen)
    if form.validate_on_submit():
        services.name_reader(mark, form.user_id.data, today())
        return saved(_("They may see the record now"), here)
    return render_form(
        "controllers/restricted.html" if enrolment else "controllers/protected.html",
        form,
        enrolment=enrolment,
        mark=mark,
        named=named,
        end_at=lambda user_id: f"{here}/{user_id}/end",
        lift_to=f"{here}/lift",
    )


def _mark_on(enrolment_id: UUID) -> RestrictedMark:
    enrolment = get_enrolment(current_user(), enrolment_id, "restricted")
    mark = current_mark(enrolment.participant_id)
    if mark is None:
        raise NotVisible
    return mark


@bp.route(f"{CASE}/<uuid:user_id>/end", methods=["GET", "POST"])
@requires(Permission.RESTRICTED_SET)
def end_reader(enrolment_id: UUID, user_id: UUID) -> ResponseReturnValue:
    here = url_for(".restrict", enrolment_id=enrolment_id)
    mark = _mark_on(enrolment_id)
    return _ended(mark, user_id, here if user_id != current_user().id else "/", here)


@bp.route(f"{CASE}/lift", methods=["GET", "POST"])
@requires(Permission.RESTRICTED_SET)
def lift(enrolment_id: UUID) -> ResponseReturnValue:
    return _lifted(_mark_on(enrolment_id), url_for(".restrict", enrolment_id=enrolment_id))


def _ended(mark: RestrictedMark, user_id: UUID, location: str, back: str) -> ResponseReturnValue:
    if not is_tapped(CaseForm()):
        return redirect(back, 303)
    services.end_reader(mark, user_id, today())
    return saved(_("They do not see the record any more"), location)


def _lifted(mark: RestrictedMark, location: str) -> ResponseReturnValue:
    if not is_tapped(CaseForm()):
        return redirect(location, 303)
    services.lift_restriction(mark, mark.participant, today())
    return saved(_("The record is no longer restricted"), location)


@bp.get(DESK)
@requires(Permission.LINK_RECORD)
def desk() -> ResponseReturnValue:
    """Restricted records an officer answers for, by reference: their people are not named here."""
    audit.listed("restricted records")
    return render_template("controllers/desk.html", marks=protected_marks(current_user()))


@bp.route(f"{DESK}/<uuid:mark_id>", methods=["GET", "POST"])
@requires(Permission.LINK_RECORD)
def protected(mark_id: UUID) -> ResponseReturnValue:
    """When nobody who sees it is left, the officer names somebody."""
    mark = protected_mark(current_user(), mark_id)
    audit.looked(mark.participant_id, "restricted")
    return _looked_after(mark, None, url_for(".protected", mark_id=mark.id))


@bp.route(f"{DESK}/<uuid:mark_id>/<uuid:user_id>/end", methods=["GET", "POST"])
@requires(Permission.LINK_RECORD)
def end_protected(mark_id: UUID, user_id: UUID) -> ResponseReturnValue:
    here = url_for(".protected", mark_id=mark_id)
    return _ended(protected_mark(current_user(), mark_id), user_id, here, here)


@bp.route(f"{DESK}/<uuid:mark_id>/lift", methods=["GET", "POST"])
@requires(Permission.LINK_RECORD)
def lift_protected(mark_id: UUID) -> ResponseReturnValue:
    return _lifted(protected_mark(current_user(), mark_id), url_for(".desk"))
