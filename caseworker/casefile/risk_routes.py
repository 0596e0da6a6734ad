"""What staff must know before they meet somebody: risks, what to do about them, and their reviews."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, may, requires
from caseworker.care.queries import card_of, needs_of
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.risks import services
from caseworker.risks.forms import ENDS, HOLDS, ApartForm, ReviewForm, RiskForm, opening_values
from caseworker.risks.models import KeepApart
from caseworker.risks.queries import (
    every_risk_of,
    find_led,
    get_pair,
    get_review,
    get_risk,
    leads,
    measures_of,
    pairs_for,
    risks_of,
)
from caseworker.risks.routes import bp
from caseworker.risks.rules import USUAL_REVIEW

__all__ = ["bp"]

# What a form shows above itself: facts are one tap away, and read only where there are risks at all.
bp.add_app_template_global(risks_of, "risks_to_read")
bp.add_app_template_global(measures_of, "measures_of")


@bp.get("/enrolments/<uuid:enrolment_id>/risks")
@requires(Permission.RISK_READ)
def index(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "risks")
    flags, reviews = every_risk_of(enrolment.participant_id)
    led = may(current_user(), Permission.APART_RECORD) and leads(current_user(), enrolment.programme_id)
    pairs = pairs_for(current_user(), enrolment.participant_id) if led else []
    for each in pairs:
        if each.other is not None:
            audit.looked(each.other.id, "risks")
    return render_template(
        "risks/index.html",
        enrolment=enrolment,
        holding=[flag for flag in flags if flag.ended_on is None],
        ended=[flag for flag in flags if flag.ended_on is not None],
        reviews=reviews,
        leads=led,
        pairs=pairs,
        needs=needs_of(enrolment.participant_id),
        card_held=card_of(enrolment.participant_id),
        today=today(),
    )


@bp.route("/enrolments/<uuid:enrolment_id>/risks/new", methods=["GET", "POST"])
@requires(Permission.RISK_RECORD)
def new(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "risks")
    form = RiskForm(data=opening_values(today()))
    if form.validate_on_submit():
        try:
            flag = services.record_risk(
                enrolment.participant, form.details, recorded_by=current_user(), today=today()
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back", enrolment_id=enrolment.id, risk_id=flag.id)
            return saved(_("Risk saved. It shows before every meeting"), _index(enrolment), (_("Undo"), undo))
    return render_form("risks/new.html", form, enrolment=enrolment)


@bp.route("/enrolments/<uuid:enrolment_id>/risks/<uuid:risk_id>/take-back", methods=["GET", "POST"])
@requires(Permission.RISK_RECORD)
def take_back(enrolment_id: UUID, risk_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "risks")
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    services.take_back_risk(get_risk(enrolment.participant_id, risk_id), by=current_user(), now=now())
    return saved(_("Risk taken back"), _index(enrolment))


@bp.route("/enrolments/<uuid:enrolment_id>/risks/<uuid:risk_id>/review", methods=["GET", "POST"])
@requires(Permission.RISK_RECORD)
def review(enrolment_id: UUID, risk_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "risks")
    flag = get_risk(enrolment.participant_id, risk_id)
    if flag.ended_on is not None:
        return redirect(_index(enrolment), 303)
    form = ReviewForm(data={"answer": HOLDS, "next_on": today() + USUAL_REVIEW}, record=flag)
    if form.validate_on_submit():
        ends = form.answer.data == ENDS
        try:
            done = services.review_risk(
                flag,
                next_on=None if ends else form.next_on.data,
                end_reason=form.end_reason.data if ends else None,
                words=form.words.data,
                by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back_review", enrolment_id=enrolment.id, risk_id=flag.id, review_id=done.id)
            words = _("Risk ended") if ends else _("Risk looked at again")
            return saved(words, _index(enrolment), (_("Undo"), undo))
    return render_form("risks/review.html", form, enrolment=enrolment, flag=flag, today=today())


@bp.route(
    "/enrolments/<uuid:enrolment_id>/risks/<uuid:risk_id>/review/<uuid:review_id>/take-back",
    methods=["GET", "POST"],
)
@requires(Permission.RISK_RECORD)
def take_back_review(enrolment_id: UUID, risk_id: UUID, review_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "risks")
    flag = get_risk(enrolment.participant_id, risk_id)
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    services.take_back_review(get_review(flag, review_id), by=current_user(), now=now())
    return saved(_("It is as it was before"), _index(enrolment))


@bp.route("/enrolments/<uuid:enrolment_id>/keep-apart", methods=["GET", "POST"])
@requires(Permission.APART_RECORD)
def keep_apart(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = _led(enrolment_id)
    form = ApartForm(data={"from_on": today()})
    if form.validate_on_submit():
        try:
            other = find_led(current_user(), (form.other.data or "").strip().upper())
            if other is None:
                raise RuleBroken(_("Nobody on the programmes you lead has this reference"), "other")
            pair = services.keep_apart(
                enrolment.participant,
                other,
                reason=form.reason.data,
                from_on=form.from_on.data,
                until_on=form.until_on.data,
                recorded_by=current_user(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back_pair", enrolment_id=enrolment.id, pair_id=pair.id)
            return saved(_("They are to be kept apart"), _index(enrolment), (_("Undo"), undo))
    return render_form("risks/keep_apart.html", form, enrolment=enrolment)


@bp.route("/enrolments/<uuid:enrolment_id>/keep-apart/<uuid:pair_id>/end", methods=["GET", "POST"])
@requires(Permission.APART_RECORD)
def end_pair(enrolment_id: UUID, pair_id: UUID) -> ResponseReturnValue:
    enrolment = _led(enrolment_id)
    found = _pair_of(enrolment, pair_id)
    if not is_tapped(CaseForm(record=found)):
        return redirect(_index(enrolment), 303)
    services.end_keep_apart(found, today=today())
    return saved(_("From tomorrow they may meet"), _index(enrolment))


@bp.route("/enrolments/<uuid:enrolment_id>/keep-apart/<uuid:pair_id>/take-back", methods=["GET", "POST"])
@requires(Permission.APART_RECORD)
def take_back_pair(enrolment_id: UUID, pair_id: UUID) -> ResponseReturnValue:
    enrolment = _led(enrolment_id)
    found = _pair_of(enrolment, pair_id)
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    services.take_back_pair(found, by=current_user(), now=now())
    return saved(_("Taken back"), _index(enrolment))


def _led(enrolment_id: UUID) -> Enrolment:
    """A case of a programme this user leads. A keyworker's role elsewhere opens no pair."""
    enrolment = get_enrolment(current_user(), enrolment_id, "risks")
    if not leads(current_user(), enrolment.programme_id):
        raise NotVisible
    return enrolment


def _pair_of(enrolment: Enrolment, pair_id: UUID) -> KeepApart:
    found = get_pair(current_user(), pair_id).pair
    if enrolment.participant_id not in (found.one_id, found.other_id):
        raise NotVisible
    return found


def _index(enrolment: Enrolment) -> str:
    return url_for("risks.index", enrolment_id=enrolment.id)
