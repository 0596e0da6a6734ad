"""Agreeing the plan, each agreement as it was, the copy they were given, and reviews."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.attachments import as_attachment
from caseworker.core.clock import now, today
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.files import StoredFile, store_file
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.plans.agree_forms import AgreeForm, CopyForm, ReviewForm
from caseworker.plans.agreeing import agree_plan, give_copy, review_plan, take_back_agreement
from caseworker.plans.changes import read
from caseworker.plans.goal_routes import plan_page
from caseworker.plans.queries import get_plan, goals_of
from caseworker.plans.rules import OPEN
from caseworker.plans.signature import signature_of
from caseworker.plans.versions import changed_since, get_version, versions_of


@requires(Permission.PLAN_RECORD)
def agree(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    plan = get_plan(enrolment)
    form = AgreeForm(record=plan, data={"agreed_on": today()})
    if form.validate_on_submit():
        try:
            agreement = form.agreement(_kept_file(enrolment, form))
            version = agree_plan(plan, agreement, recorded_by=current_user(), today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for("plans.take_back_agreement", enrolment_id=enrolment_id, version_id=version.id)
            return saved(_("Agreement saved"), plan_page(enrolment_id), (_("Undo"), undo))
    goals = [goal for goal in goals_of(plan) if goal.state in OPEN]
    changes = changed_since(next(iter(versions_of(plan)), None), goals_of(plan))
    return render_form("plans/agree.html", form, enrolment=enrolment, plan=plan, goals=goals, changes=changes)


def _kept_file(enrolment: Enrolment, form: AgreeForm) -> UUID | None:
    if not form.paper.data:
        return None
    (paper,) = form.paper.data
    stored = store_file(
        enrolment.participant_id, paper.name, paper.media_type, paper.content, current_user().id
    )
    db.session.flush()
    return stored.id


@requires(Permission.PLAN_RECORD)
def take_back_agreement_view(enrolment_id: UUID, version_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    if not is_tapped(CaseForm()):
        return redirect(plan_page(enrolment_id), 303)
    take_back_agreement(get_version(enrolment, version_id), by=current_user(), now=now())
    return saved(_("Agreement taken back"), plan_page(enrolment_id))


@requires(Permission.CASE_READ)
def version(enrolment_id: UUID, version_id: UUID) -> ResponseReturnValue:
    """The plan as it was agreed."""
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    found = get_version(enrolment, version_id)
    return render_template(
        "plans/version.html",
        enrolment=enrolment,
        agreement=found,
        signature=signature_of(found.signature),
        goals=[goal for goal in read(found.content or "[]") if goal.state in OPEN],
        changes=changed_since(found, goals_of(found.plan)),
    )


@requires(Permission.CASE_READ)
def paper(enrolment_id: UUID, version_id: UUID) -> ResponseReturnValue:
    """The photo or scan of what was signed."""
    found = get_version(get_enrolment(current_user(), enrolment_id, "plan"), version_id)
    stored = db.session.get(StoredFile, found.file_id) if found.file_id else None
    return as_attachment(stored, f"{found.enrolment.participant.reference}-plan")


@requires(Permission.PLAN_RECORD)
def give(enrolment_id: UUID, version_id: UUID) -> ResponseReturnValue:
    """They were given their copy of an agreed plan."""
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    found = get_version(enrolment, version_id)
    form = CopyForm(record=found, data={"copy_how": found.copy_how, "copy_given_on": today()})
    if form.validate_on_submit():
        try:
            give_copy(found, form.copy_how.data, form.copy_given_on.data, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Noted that they have their copy"), plan_page(enrolment_id))
    return render_form("plans/copy.html", form, enrolment=enrolment, agreement=found)


@requires(Permission.PLAN_RECORD)
def review(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    plan = get_plan(enrolment)
    form = ReviewForm(record=plan, data={"reviewed_on": today()})
    if form.validate_on_submit():
        try:
            review_plan(plan, reviewed_on=form.reviewed_on.data, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Review saved"), plan_page(enrolment_id))
    return render_form("plans/review.html", form, enrolment=enrolment, plan=plan)


def add_to(blueprint: Blueprint) -> None:
    both, reading = ["GET", "POST"], ["GET"]
    one = "/agreements/<uuid:version_id>"
    blueprint.add_url_rule("/agree", view_func=agree, methods=both)
    blueprint.add_url_rule("/review", view_func=review, methods=both)
    blueprint.add_url_rule(one, view_func=version, methods=reading)
    blueprint.add_url_rule(f"{one}/paper", view_func=paper, methods=reading)
    blueprint.add_url_rule(f"{one}/copy", view_func=give, methods=both)
    blueprint.add_url_rule(
        f"{one}/take-back", "take_back_agreement", view_func=take_back_agreement_view, methods=both
    )
