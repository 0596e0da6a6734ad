"""Goals: each saved once, with Undo.

What is done in one tap answers a GET with the plan: signing in again, or going back, asks for it so.
"""

from typing import Any
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
from caseworker.plans.forms import CompleteForm, DropForm, GoalForm, NewGoalForm, new_goal_presets
from caseworker.plans.ideas_asked import offered, tapped
from caseworker.plans.queries import get_goal, words_of_parts


def plan_page(enrolment_id: UUID) -> str:
    return url_for("plans.show", enrolment_id=enrolment_id)


@requires(Permission.PLAN_RECORD)
def add_goal(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    form = NewGoalForm(data=new_goal_presets(today()))
    shown: dict[str, Any] = {"enrolment": enrolment, "ideas": offered(enrolment)}
    idea = tapped()
    if idea is not None:
        form.take(idea)
    elif form.validate_on_submit():
        if form.asks_for_help:
            shown["parts"] = words_of_parts(enrolment, today())
            return render_form("plans/add_goal.html", form, advice=form.advice(today()), **shown)
        try:
            goal = services.add_goal(
                enrolment, form.details, form.first_action, recorded_by=current_user(), today=today()
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for("plans.take_back_goal", enrolment_id=enrolment_id, goal_id=goal.id)
            return saved(_("Goal added"), plan_page(enrolment_id), (_("Undo"), undo))
    return render_form("plans/add_goal.html", form, **shown)


@requires(Permission.PLAN_RECORD)
def edit_goal(enrolment_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    goal = get_goal(enrolment, goal_id)
    form = GoalForm(obj=goal, record=goal)
    if form.validate_on_submit():
        if form.asks_for_help:
            shown = {"advice": form.advice(today()), "parts": words_of_parts(enrolment, today())}
            return render_form("plans/edit_goal.html", form, enrolment=enrolment, goal=goal, **shown)
        try:
            services.change_goal(goal, form.details, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Goal saved"), plan_page(enrolment_id))
    return render_form("plans/edit_goal.html", form, enrolment=enrolment, goal=goal)


@requires(Permission.PLAN_RECORD)
def complete_goal(enrolment_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    goal = get_goal(enrolment, goal_id)
    form = CompleteForm(record=goal, data={"closed_on": today()})
    if form.validate_on_submit():
        try:
            services.complete_goal(
                goal,
                closed_on=form.closed_on.data,
                today=today(),
                outcome=form.outcome.data,
                evidence=form.outcome_evidence.data,
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for("plans.reopen_goal", enrolment_id=enrolment_id, goal_id=goal_id)
            return saved(_("Goal reached"), plan_page(enrolment_id), (_("Undo"), undo))
    return render_form("plans/complete_goal.html", form, enrolment=enrolment, goal=goal)


@requires(Permission.PLAN_RECORD)
def drop_goal(enrolment_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    goal = get_goal(enrolment, goal_id)
    form = DropForm(record=goal, data={"closed_on": today()})
    if form.validate_on_submit():
        try:
            reason, day = form.drop_reason.data, form.closed_on.data
            services.drop_goal(goal, reason=reason, closed_on=day, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for("plans.reopen_goal", enrolment_id=enrolment_id, goal_id=goal_id)
            return saved(_("Goal dropped. It stays in the plan"), plan_page(enrolment_id), (_("Undo"), undo))
    return render_form("plans/drop_goal.html", form, enrolment=enrolment, goal=goal)


@requires(Permission.PLAN_RECORD)
def reopen_goal(enrolment_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    goal = get_goal(get_enrolment(current_user(), enrolment_id, "plan"), goal_id)
    if not is_tapped(CaseForm()):
        return redirect(plan_page(enrolment_id), 303)
    services.reopen_goal(goal)
    return saved(_("The goal is open again"), plan_page(enrolment_id))


@requires(Permission.PLAN_RECORD)
def take_back_goal(enrolment_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    if not is_tapped(CaseForm()):
        return redirect(plan_page(enrolment_id), 303)
    services.take_back_goal(get_goal(enrolment, goal_id), by=current_user(), now=now())
    return saved(_("Goal taken back"), plan_page(enrolment_id))


ADDRESSES = (
    ("/goals/new", add_goal),
    ("/goals/<uuid:goal_id>/edit", edit_goal),
    ("/goals/<uuid:goal_id>/reached", complete_goal),
    ("/goals/<uuid:goal_id>/drop", drop_goal),
    ("/goals/<uuid:goal_id>/reopen", reopen_goal),
    ("/goals/<uuid:goal_id>/take-back", take_back_goal),
)


def add_to(blueprint: Blueprint) -> None:
    for address, view in ADDRESSES:
        blueprint.add_url_rule(address, view_func=view, methods=["GET", "POST"])
