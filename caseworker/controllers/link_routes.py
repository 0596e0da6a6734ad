"""One human being under two controllers, and what controllers agreed to share."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.controllers import linking, sharing
from caseworker.controllers.forms import LinkForm, SharingForm
from caseworker.controllers.queries import (
    agreements_between,
    find_protected,
    get_link,
    get_sharing,
    links_of,
    protected_organisations,
)
from caseworker.controllers.routes import bp
from caseworker.controllers.words import COVERS
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.participants.models import Participant
from caseworker.participants.words import SHARED

__all__ = ["bp"]


@bp.get("/person-links")
@requires(Permission.LINK_RECORD)
def links() -> ResponseReturnValue:
    audit.listed("person links")
    return render_template("controllers/links.html", links=links_of(current_user()))


@bp.route("/person-links/new", methods=["GET", "POST"])
@requires(Permission.LINK_RECORD)
def link() -> ResponseReturnValue:
    """Two references; what the records share is said before anything is saved."""
    form, shared = LinkForm(), None
    if form.validate_on_submit():
        try:
            one, other = _both(form)
            if "sure" in request.form:
                linking.link_people(one, other, linked_by=current_user())
                return saved(_("They are counted as one person now"), url_for(".links"))
            shared = [SHARED[reason] for reason in linking.compared(one, other).shared]
        except RuleBroken as broken:
            form.reject(broken)
    return render_form("controllers/link.html", form, shared=shared)


def _both(form: LinkForm) -> tuple[Participant, Participant]:
    one = find_protected(current_user(), form.one.data, "one")
    other = find_protected(current_user(), form.other.data, "other")
    for person in (one, other):
        audit.looked(person.id, "person link")
    return one, other


@bp.route("/person-links/<uuid:link_id>/part", methods=["GET", "POST"])
@requires(Permission.LINK_RECORD)
def part(link_id: UUID) -> ResponseReturnValue:
    found = get_link(current_user(), link_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".links"), 303)
    linking.part_people(found, by=current_user(), now=now())
    return saved(_("They are counted apart again"), url_for(".links"))


@bp.get("/sharing")
@requires(Permission.LINK_RECORD)
def agreements() -> ResponseReturnValue:
    every = protected_organisations(current_user())
    return render_template(
        "controllers/sharing.html",
        agreements=agreements_between([each.id for each in every]),
        today=today(),
        may_add=len(every) > 1,
        covers=COVERS,
    )


@bp.route("/sharing/new", methods=["GET", "POST"])
@requires(Permission.LINK_RECORD)
def agree() -> ResponseReturnValue:
    form = SharingForm(data={"from_on": today(), "covers": "duplicate_warning"})
    form.offer((each.id, each.name) for each in protected_organisations(current_user()))
    if form.validate_on_submit():
        try:
            sharing.agree_to_share(
                giver_id=form.giver_id.data,
                receiver_id=form.receiver_id.data,
                covers=form.covers.data,
                reference=form.reference.data,
                from_on=form.from_on.data,
                until_on=form.until_on.data,
                recorded_by=current_user(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Agreement recorded"), url_for(".agreements"))
    return render_form("controllers/share.html", form)


@bp.route("/sharing/<uuid:sharing_id>/end", methods=["GET", "POST"])
@requires(Permission.LINK_RECORD)
def end(sharing_id: UUID) -> ResponseReturnValue:
    found = get_sharing(current_user(), sharing_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".agreements"), 303)
    sharing.end_sharing(found, today())
    return saved(_("The agreement ends today"), url_for(".agreements"))
