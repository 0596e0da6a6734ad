"""Pages of the lawful basis: by programme and purpose, and the sensitive fields that may be asked."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, may, requires
from caseworker.core.clock import now, today
from caseworker.core.codes import codes
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.lawful import limits, services
from caseworker.lawful.forms import BasisForm, SwitchForm
from caseworker.lawful.queries import (
    WRITERS,
    bases_of,
    fields_of,
    get_basis,
    get_field,
    get_programme,
    lasting_purposes,
    visible_programmes,
)
from caseworker.lawful.rules import Field, fields
from caseworker.programmes.models import Programme

__all__ = ["bp", "limits"]

EXPLAINED = ("article_6_basis", "article_9_condition", "offence_condition")

bp = Blueprint("lawful", __name__, url_prefix="/lawful")


@bp.get("")
@requires(Permission.LAWFUL_READ)
def index() -> ResponseReturnValue:
    """Each programme with how many purposes have a basis today."""
    programmes = visible_programmes(current_user())
    have = lasting_purposes([each.id for each in programmes], today())
    every = len(codes("processing_purpose"))
    return render_template("lawful/index.html", programmes=programmes, have=have, every=every)


@bp.get("/<uuid:programme_id>")
@requires(Permission.LAWFUL_READ)
def show(programme_id: UUID) -> ResponseReturnValue:
    user, day = current_user(), today()
    programme = get_programme(user, programme_id)
    bases, switched = bases_of(programme.id), fields_of(programme.id)
    lasting = {row.purpose: row for row in bases if services.lasts(row, day)}
    return render_template(
        "lawful/show.html",
        programme=programme,
        purposes=codes("processing_purpose"),
        lasting=lasting,
        earlier=[row for row in bases if row not in lasting.values()],
        fields=fields(),
        on={row.field: row for row in switched if services.lasts(row, day)},
        history=switched,
        may_write=may(user, Permission.LAWFUL_WRITE) and _writes(programme),
    )


def _writes(programme: Programme) -> bool:
    return any(each.id == programme.id for each in visible_programmes(current_user(), WRITERS))


@bp.route("/<uuid:programme_id>/basis", methods=["GET", "POST"])
@requires(Permission.LAWFUL_WRITE)
def write_basis(programme_id: UUID) -> ResponseReturnValue:
    """A new edition for a purpose; it begins with what the one before says."""
    programme = get_programme(current_user(), programme_id, WRITERS)
    form = BasisForm(data=_begin_with(programme))
    if form.validate_on_submit():
        try:
            made = services.write_basis(
                programme,
                services.BasisDetails(
                    purpose=form.purpose.data,
                    article_6=form.article_6.data,
                    article_9=form.article_9.data,
                    offence_condition=form.offence_condition.data,
                    keep_from=form.keep_from.data,
                    keep_months=form.keep_months.data,
                    source=form.source.data,
                ),
                from_on=form.from_on.data,
                written_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back_basis", programme_id=programme.id, basis_id=made.id)
            return saved(_("Lawful basis saved"), _page(programme), (_("Undo"), undo))
    return render_form(
        "lawful/basis.html",
        form,
        programme=programme,
        lists=[(name, codes(name)) for name in EXPLAINED],
    )


def _begin_with(programme: Programme) -> dict[str, object]:
    asked = request.args.get("purpose")
    before = next((row for row in bases_of(programme.id) if row.purpose == asked), None)
    said = {"purpose": asked, "keep_from": "exit", "keep_months": 72}
    return {**(services.facts_of(before) if before else said), "from_on": today()}


@bp.route("/<uuid:programme_id>/basis/<uuid:basis_id>/take-back", methods=["GET", "POST"])
@requires(Permission.LAWFUL_WRITE)
def take_back_basis(programme_id: UUID, basis_id: UUID) -> ResponseReturnValue:
    programme = get_programme(current_user(), programme_id, WRITERS)
    basis = get_basis(programme, basis_id)
    if not is_tapped(CaseForm()):
        return redirect(_page(programme), 303)
    services.take_back_basis(basis, by=current_user(), now=now())
    return saved(_("Taken back: what held before holds again"), _page(programme))


@bp.route("/<uuid:programme_id>/fields/<field>", methods=["GET", "POST"])
@requires(Permission.LAWFUL_WRITE)
def switch_on(programme_id: UUID, field: str) -> ResponseReturnValue:
    programme, wanted = get_programme(current_user(), programme_id, WRITERS), _field(field)
    form = SwitchForm(data={"from_on": today()})
    if form.validate_on_submit():
        try:
            made = services.switch_on(
                programme,
                wanted.code,
                why=form.why.data,
                from_on=form.from_on.data,
                switched_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".switch_off", programme_id=programme.id, row_id=made.id)
            return saved(_("It may be asked from that day"), _page(programme), (_("Undo"), undo))
    return render_form("lawful/switch.html", form, programme=programme, field=wanted)


@bp.route("/<uuid:programme_id>/switched/<uuid:row_id>/off", methods=["GET", "POST"])
@requires(Permission.LAWFUL_WRITE)
def switch_off(programme_id: UUID, row_id: UUID) -> ResponseReturnValue:
    programme = get_programme(current_user(), programme_id, WRITERS)
    row = get_field(programme, row_id)
    if not is_tapped(CaseForm()):
        return redirect(_page(programme), 303)
    services.switch_off(row, by=current_user(), now=now(), today=today())
    return saved(
        _("It is not asked any more. What was answered stays until its time is up"), _page(programme)
    )


def _field(code: str) -> Field:
    found = next((each for each in fields() if each.code == code), None)
    if found is None:
        raise NotVisible
    return found


def _page(programme: Programme) -> str:
    return url_for("lawful.show", programme_id=programme.id)
