"""The participant's plan on paper: which goals, in which print, and how it may reach them."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.queries import get_enrolment
from caseworker.enrolments.rules import DueKind
from caseworker.participants.rules import reach
from caseworker.plans.print_forms import PrintForm
from caseworker.plans.queries import get_plan, goals_of, plan_dues
from caseworker.plans.rules import OPEN, is_held_back, may_print
from caseworker.plans.services import choose_printed
from caseworker.plans.sheet import sheet_of
from caseworker.plans.versions import versions_of


@requires(Permission.CASE_READ)
def print_page(enrolment_id: UUID) -> ResponseReturnValue:
    """What is on the paper and what is left out, with the three prints."""
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    plan = get_plan(enrolment)
    goals = [goal for goal in goals_of(plan) if goal.state in OPEN]
    held = [goal for goal in goals if is_held_back(goal)]
    person = enrolment.participant
    by_hand = reach(person, "print")
    return render_template(
        "plans/print.html",
        by_hand=by_hand,
        enrolment=enrolment,
        printed=[goal for goal in goals if may_print(goal)],
        held=held,
        agreement=next(iter(versions_of(plan)), None),
        by_post=reach(person, "letter"),
        by_email=reach(person, "email"),
    )


@requires(Permission.PLAN_RECORD)
def choose(enrolment_id: UUID) -> ResponseReturnValue:
    """Which goals tied to safety, health or justice are printed all the same: only those ticked in."""
    enrolment = get_enrolment(current_user(), enrolment_id, "plan")
    plan = get_plan(enrolment)
    held = [goal for goal in goals_of(plan) if goal.state in OPEN and is_held_back(goal)]
    form = PrintForm(record=plan)
    form.offer(held)
    if form.validate_on_submit():
        choose_printed(held, set(form.ticked.data))
        where = url_for("plans.print_page", enrolment_id=enrolment_id)
        return saved(_("What is printed is saved"), where)
    return render_form("plans/print_goals.html", form, enrolment=enrolment, held=held)


@requires(Permission.CASE_READ)
def print_file(enrolment_id: UUID, look: str) -> ResponseReturnValue:
    """The file, made when it is asked for. Raises NotVisible for a print there is not, and RuleBroken where
    nothing may reach them."""
    from caseworker.plans.printed import LOOKS, file_name, plan_file

    enrolment = get_enrolment(current_user(), enrolment_id, "plan print")
    by_hand = reach(enrolment.participant, "print")
    if not by_hand.allowed:
        raise RuleBroken(f"{by_hand.warning}: no paper is made for them")
    plan = get_plan(enrolment)
    if look not in LOOKS:
        raise NotVisible
    review = plan_dues(enrolment).get(DueKind.REVIEW)
    person = enrolment.participant
    sheet = sheet_of(
        name=person.full_name,
        programme=enrolment.programme.name,
        keyworker=enrolment.keyworker.name if enrolment.keyworker else None,
        made_on=today(),
        goals=goals_of(plan),
        version=next(iter(versions_of(plan)), None),
        # A day gone by is no promise.
        review_by=review.due_on if review and review.closed_on is None and review.due_on >= today() else None,
    )
    return send_file(
        BytesIO(plan_file(sheet, look)),
        "application/pdf",
        as_attachment=True,
        download_name=file_name(person.reference, look, today()),
    )


def add_to(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/print", view_func=print_page, methods=["GET"])
    blueprint.add_url_rule("/print/goals", view_func=choose, methods=["GET", "POST"], endpoint="print_goals")
    blueprint.add_url_rule("/print/<look>.pdf", view_func=print_file, methods=["GET"])
