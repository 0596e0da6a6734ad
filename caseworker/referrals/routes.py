"""Onward referrals of a case: sent, followed, chased, taken back."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.participants.safety import care_of
from caseworker.referrals import services
from caseworker.referrals.forms import SENT, FollowForm, ReferralForm, values_of
from caseworker.referrals.models import Agency, OnwardReferral
from caseworker.referrals.queries import agencies_of, get_referral, referrals_of
from caseworker.referrals.rules import standing

bp = Blueprint("referrals", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/referrals")


@bp.get("")
@requires(Permission.CASE_READ)
def index(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "referrals")
    return render_template(
        "referrals/index.html",
        enrolment=enrolment,
        referrals=[
            (each, standing(each.signposted_only, each.accepted_on, each.attended_on, each.result))
            for each in referrals_of(enrolment)
        ],
        today=today(),
        me=current_user().id,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.REFERRAL_RECORD)
def new(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "referrals")
    agencies = agencies_of(enrolment.participant.organisation_id)
    careful = ["safety"] if care_of(enrolment.participant) else []
    shared = ["name_contact", "reason", *careful]
    form = ReferralForm(data={"how": SENT, "sent_on": today(), "shared": shared})
    form.offer(agencies)
    if form.validate_on_submit():
        try:
            made = _refer(enrolment, form, agencies)
        except RuleBroken as broken:
            form.reject(broken)
        else:
            said = _("They were told about it") if made.signposted_only else _("Referral recorded")
            return saved(said, _index(enrolment), _undo(made))
    return render_form("referrals/new.html", form, enrolment=enrolment)


def _refer(enrolment: Enrolment, form: ReferralForm, agencies: list[Agency]) -> OnwardReferral:
    details, named = form.details, form.named(agencies)
    if isinstance(named, str):
        organisation_id = enrolment.participant.organisation_id
        named = services.find_agency(organisation_id, named, named_by=current_user())
    return services.refer_on(enrolment, named, details, referred_by=current_user(), today=today())


@bp.route("/<uuid:referral_id>", methods=["GET", "POST"])
@requires(Permission.REFERRAL_RECORD)
def follow(enrolment_id: UUID, referral_id: UUID) -> ResponseReturnValue:
    """What is known of it by now."""
    enrolment = get_enrolment(current_user(), enrolment_id, "referrals")
    referral = get_referral(enrolment, referral_id)
    form = FollowForm(data=values_of(referral), record=referral)
    if form.validate_on_submit():
        try:
            services.follow_referral(
                referral,
                accepted_on=form.accepted_on.data,
                attended_on=form.attended_on.data,
                result=form.result.data,
                closed_on=form.closed_on.data,
                chase_on=form.chase_on.data,
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Referral saved"), _index(enrolment))
    return render_form("referrals/follow.html", form, enrolment=enrolment, referral=referral)


@bp.route("/<uuid:referral_id>/asked", methods=["GET", "POST"])
@requires(Permission.REFERRAL_RECORD)
def asked(enrolment_id: UUID, referral_id: UUID) -> ResponseReturnValue:
    """The agency was asked and nothing is known yet."""
    enrolment = get_enrolment(current_user(), enrolment_id, "referrals")
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    services.ask_again_later(get_referral(enrolment, referral_id), today())
    return saved(_("Asked. It comes back in two weeks"), _index(enrolment))


@bp.route("/<uuid:referral_id>/take-back", methods=["GET", "POST"])
@requires(Permission.REFERRAL_RECORD)
def take_back(enrolment_id: UUID, referral_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "referrals")
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    services.take_back_referral(get_referral(enrolment, referral_id), by=current_user(), now=now())
    return saved(_("Referral taken back"), _index(enrolment))


def _index(enrolment: Enrolment) -> str:
    return url_for(".index", enrolment_id=enrolment.id)


def _undo(made: OnwardReferral) -> tuple[str, str]:
    return _("Undo"), url_for(".take_back", enrolment_id=made.enrolment.id, referral_id=made.id)
