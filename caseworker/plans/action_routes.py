"""Actions of a goal: added, ticked, changed or set aside, each saved once, with Undo.

What is done in one tap answers a GET with the plan: signing in again, or going back, asks for it so.
"""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.queries import get_enrolment
from caseworker.plans import services
from caseworker.plans.action_forms import ActionForm, DropActionForm, new_action_presets, take
from caseworker.plans.goal_routes import plan_page
from caseworker.plans.ideas_asked import offered, tapped
from caseworker.plans.queries import get_action, get_goal


@requires(Permission.PLAN_RECORD)
def add_action(enrolment_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    goal = get_goal(enrolment, goal_id)
    form = ActionForm(data=new_action_presets(today()))
    idea = tapped()
    if idea is not None:
        take(form, idea)
    elif form.validate_on_submit():
        try:
            action = services.add_action(goal, form.details, recorded_by=current_user())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for("plans.take_back_action", enrolment_id=enrolment_id, action_id=action.id)
            return saved(_("Action added"), plan_page(enrolment_id), (_("Undo"), undo))
    ideas = offered(enrolment, goal.theme)
    return render_form("plans/add_action.html", form, enrolment=enrolment, goal=goal, ideas=ideas)


@requires(Permission.PLAN_RECORD)
def edit_action(enrolment_id: UUID, action_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    action = get_action(enrolment, action_id)
    form = ActionForm(obj=action, record=action)
    if form.validate_on_submit():
        services.change_action(action, form.details)
        return saved(_("Action saved"), plan_page(enrolment_id))
    return render_form("plans/edit_action.html", form, enrolment=enrolment, goal=action.goal)


@requires(Permission.PLAN_RECORD)
def finish_action(enrolment_id: UUID, action_id: UUID) -> ResponseReturnValue:
    action = get_action(get_enrolment(current_user(), enrolment_id, "plan"), action_id)
    if not is_tapped(CaseForm(record=action)):
        return redirect(plan_page(enrolment_id), 303)
    services.finish_action(action, today=today())
    undo = url_for("plans.reopen_action", enrolment_id=enrolment_id, action_id=action_id)
    return saved(_("Done. Well done to them"), plan_page(enrolment_id), (_("Undo"), undo))


@requires(Permission.PLAN_RECORD)
def reopen_action(enrolment_id: UUID, action_id: UUID) -> ResponseReturnValue:
    action = get_action(get_enrolment(current_user(), enrolment_id, "plan"), action_id)
    if not is_tapped(CaseForm()):
        return redirect(plan_page(enrolment_id), 303)
    services.reopen_action(action)
    return saved(_("The action is open again"), plan_page(enrolment_id))


@requires(Permission.PLAN_RECORD)
def take_back_action(enrolment_id: UUID, action_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    if not is_tapped(CaseForm()):
        return redirect(plan_page(enrolment_id), 303)
    services.take_back_action(get_action(enrolment, action_id), by=current_user(), now=now())
    return saved(_("Action taken back"), plan_page(enrolment_id))


@requires(Permission.PLAN_RECORD)
def drop_action(enrolment_id: UUID, action_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    action = get_action(enrolment, action_id)
    form = DropActionForm(record=action)
    if form.validate_on_submit():
        try:
            services.drop_action(action, reason=form.drop_reason.data, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for("plans.reopen_action", enrolment_id=enrolment_id, action_id=action_id)
            return saved(
                _("Action set aside. It stays in the plan"), plan_page(enrolment_id), (_("Undo"), undo)
            )
    return render_form("plans/drop_action.html", form, enrolment=enrolment, action=action)


ADDRESSES = (
    ("/goals/<uuid:goal_id>/actions/new", add_action),
    ("/actions/<uuid:action_id>/edit", edit_action),
    ("/actions/<uuid:action_id>/done", finish_action),
    ("/actions/<uuid:action_id>/not-done", reopen_action),
    ("/actions/<uuid:action_id>/take-back", take_back_action),
    ("/actions/<uuid:action_id>/drop", drop_action),
)


def add_to(blueprint: Blueprint) -> None:
    for address, view in ADDRESSES:
        blueprint.add_url_rule(address, view_func=view, methods=["GET", "POST"])
