"""Who has access: looked through, kept or ended, and the review kept."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import ROLE_LABELS, Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.privacy import services
from caseworker.privacy.access import (
    get_decision,
    get_review,
    grants_to_review,
    past_reviews,
    without_a_reader,
)
from caseworker.privacy.forms import ReviewForm

bp = Blueprint("privacy", __name__, url_prefix="/data-protection")


@bp.route("/access", methods=["GET", "POST"])
@requires(Permission.ACCESS_REVIEW)
def access() -> ResponseReturnValue:
    user, form, day = current_user(), ReviewForm(), today()
    lines = grants_to_review(user, day)
    if form.validate_on_submit():
        looked_at = [line.grant for line in lines if line.grant.id in form.seen]
        if not looked_at:
            form.reject(RuleBroken(_("Nobody on this page has a role any more. Open it again")))
        else:
            try:
                review = services.record_review(
                    looked_at, form.ended, words=form.words.data, by=user, now=now(), today=day
                )
            except RuleBroken as broken:
                form.reject(broken)
            else:
                return saved(_("The review is kept"), url_for(".review", review_id=review.id))
    return render_form(
        "privacy/access.html",
        form,
        lines=lines,
        ticked=form.ended if form.is_submitted() else set(),
        reviews=past_reviews(user),
        unread=without_a_reader(day),
        roles=ROLE_LABELS,
        today=day,
    )


@bp.get("/access/reviews/<uuid:review_id>")
@requires(Permission.ACCESS_REVIEW)
def review(review_id: UUID) -> ResponseReturnValue:
    found, decisions = get_review(current_user(), review_id)
    return render_template(
        "privacy/review.html",
        review=found,
        decisions=decisions,
        ended=sum(decision.ended for decision, _place in decisions),
        roles=ROLE_LABELS,
        undoable=now() - found.entered_at <= services.UNDOABLE,
        me=current_user().id,
    )


@bp.route("/access/decisions/<uuid:decision_id>/give-back", methods=["GET", "POST"])
@requires(Permission.ACCESS_REVIEW)
def give_back(decision_id: UUID) -> ResponseReturnValue:
    decision = get_decision(current_user(), decision_id)
    at = url_for(".review", review_id=decision.review_id)
    if is_tapped(CaseForm()):
        services.give_back(decision, by=current_user(), now=now())
        return saved(_("The role is given back"), at)
    return redirect(at, 303)
