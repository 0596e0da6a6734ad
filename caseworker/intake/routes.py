"""A new referral: who they are, then how they came. Nothing typed travels in an address.

The first page waits as a sealed draft of its own address while the second is filled in.
"""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, may, requires
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.db import db
from caseworker.core.drafts import drop_draft, find_draft, keep_draft, typed_in
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped, spend
from caseworker.core.ids import new_id
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import visible_enrolments
from caseworker.intake import services
from caseworker.intake.forms import PersonForm, ReferralForm
from caseworker.intake.queries import get_referral, programmes_to_refer_to
from caseworker.intake.second_page import SecondPage
from caseworker.intake.words import shared_words
from caseworker.participants.safety import care_of

bp = Blueprint("intake", __name__)
bp.add_app_template_global(care_of)


@bp.route("/referrals/new", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def new() -> ResponseReturnValue:
    if not programmes_to_refer_to(current_user()):
        return render_template("intake/no_programme.html", home=url_for("casefile.home"))
    return _first_page(new_id())


@bp.route("/referrals/<uuid:referral_id>/who", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def who(referral_id: UUID) -> ResponseReturnValue:
    """The first page again, with what was typed on it."""
    if request.method == "GET" and find_draft(current_user().id, request.path) is None:
        raise NotVisible
    return _first_page(referral_id)


def _first_page(referral_id: UUID) -> ResponseReturnValue:
    form = PersonForm()
    if form.validate_on_submit():
        user, location = current_user(), url_for(".referral", referral_id=referral_id)
        drop_draft(user.id, request.path)
        keep_draft(user.id, url_for(".who", referral_id=referral_id), request.form)
        spend(location, user.id)
        return redirect(location, 303)
    return render_form("intake/who.html", form)


@bp.route("/referrals/<uuid:referral_id>", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def referral(referral_id: UUID) -> ResponseReturnValue:
    """How they came; and, if somebody like them is known here, whether it is the same person."""
    user, first = current_user(), url_for(".who", referral_id=referral_id)
    draft = find_draft(user.id, first)
    if draft is None:
        raise NotVisible
    typed = PersonForm(formdata=typed_in(draft), meta={"csrf": False})
    if not typed.is_right():
        return redirect(first, 303)
    page = SecondPage(user, typed.details, ReferralForm())
    if page.form.validate_on_submit():
        try:
            enrolment = page.record(today())
        except RuleBroken as broken:
            page.form.reject(broken)
        else:
            drop_draft(user.id, first)
            return _saved(enrolment)
    for match in page.named:
        audit.looked(match.participant.id, "same person")
    return render_form(
        "intake/referral.html",
        page.form,
        who=typed.details,
        page=page,
        first=first,
        shared_words=shared_words,
        may_ask=may(user, Permission.PERSON_ASK),
    )


def _saved(enrolment: Enrolment) -> ResponseReturnValue:
    undo = url_for(".take_back", enrolment_id=enrolment.id)
    return saved(_("Referral saved"), _place_of(enrolment), (_("Undo"), undo))


def _place_of(enrolment: Enrolment) -> str:
    """The case, for those who may read it; else the list they came from."""
    db.session.flush()
    mine = visible_enrolments(current_user()).where(Enrolment.id == enrolment.id)
    if may(current_user(), Permission.CASE_READ) and db.session.scalar(mine) is not None:
        return url_for("casefile.show", enrolment_id=enrolment.id)
    return _start()


def _start() -> str:
    office = may(current_user(), Permission.PEOPLE_READ)
    return url_for("office.people", show="waiting") if office else url_for("casefile.home")


@bp.route("/referrals/<uuid:enrolment_id>/take-back", methods=["GET", "POST"])
@requires(Permission.INTAKE_RECORD)
def take_back(enrolment_id: UUID) -> ResponseReturnValue:
    if not is_tapped(CaseForm()):
        return redirect(_start(), 303)
    enrolment = get_referral(current_user(), enrolment_id)
    services.take_back_referral(enrolment, by=current_user(), now=now(), today=today())
    return saved(_("The referral is taken back"), _start())
