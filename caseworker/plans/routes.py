"""The plan on one page, its agreement, its reviews, and barriers left without a goal by choice."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.barriers.charts import course_chart
from caseworker.barriers.queries import history_of, strengths_of
from caseworker.barriers.rules import (
    courses,
    latest_words,
    moved_since_start,
    serious_themes,
    still_in_the_way,
)
from caseworker.core.clock import now, today
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import saved
from caseworker.enrolments.pauses import pauses_of
from caseworker.enrolments.queries import get_enrolment
from caseworker.enrolments.rules import standing
from caseworker.plans import action_routes, agree_routes, goal_routes, print_routes
from caseworker.plans.agree_forms import DeclineForm
from caseworker.plans.goal_routes import plan_page
from caseworker.plans.queries import declines_of, get_decline, goals_of, plan_dues, plan_of
from caseworker.plans.rules import OPEN, themes_left
from caseworker.plans.services import change_mind, decline_goal
from caseworker.plans.signature import signature_of
from caseworker.plans.versions import changed_since, versions_of

bp = Blueprint("plans", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/plan")
goal_routes.add_to(bp)
action_routes.add_to(bp)
agree_routes.add_to(bp)
print_routes.add_to(bp)


@bp.get("")
@requires(Permission.CASE_READ)
def show(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    plan = plan_of(enrolment)
    goals = goals_of(plan)
    history = history_of(enrolment)
    barriers = still_in_the_way(latest_words(history))
    declines = declines_of(enrolment)
    versions = versions_of(plan)
    version = versions[0] if versions else None
    return render_template(
        "plans/show.html",
        enrolment=enrolment,
        plan=plan,
        open_goals=[goal for goal in goals if goal.state in OPEN],
        closed_goals=[goal for goal in goals if goal.state not in OPEN],
        barriers=barriers,
        strengths=strengths_of(enrolment),
        moved=moved_since_start(history),
        chart=course_chart(courses(history)),
        declines=declines,
        left=themes_left(serious_themes(barriers), goals, declines),
        dues=plan_dues(enrolment),
        versions=versions,
        agreement=version,
        signature=signature_of(version.signature) if version else None,
        changes=changed_since(version, goals),
        pauses=pauses_of(enrolment.id),
        standing=standing,
        today=today(),
    )


@bp.route("/no-goal", methods=["GET", "POST"])
@requires(Permission.PLAN_RECORD)
def decline(enrolment_id: UUID) -> ResponseReturnValue:
    """They chose to set no goal for a theme."""
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    form = DeclineForm()
    if not is_tapped(form):
        return redirect(plan_page(enrolment_id), 303)
    row = decline_goal(enrolment, form.theme.data, recorded_by=current_user(), today=today())
    undo = url_for(".set_goal_after_all", enrolment_id=enrolment_id, decline_id=row.id)
    return saved(_("Noted that they want no goal for this now"), plan_page(enrolment_id), (_("Undo"), undo))


@bp.route("/no-goal/<uuid:decline_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PLAN_RECORD)
def set_goal_after_all(enrolment_id: UUID, decline_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    if not is_tapped(CaseForm()):
        return redirect(plan_page(enrolment_id), 303)
    change_mind(get_decline(enrolment, decline_id), by=current_user(), now=now())
    return saved(_("Taken back. A goal can be added for it"), plan_page(enrolment_id))
