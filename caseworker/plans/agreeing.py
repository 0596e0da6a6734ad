"""They agreed to the plan, and looked at it again."""

from datetime import date

from caseworker.core.errors import RuleBroken
from caseworker.plans.models import ActionPlan
from caseworker.plans.services import settle_plan


def agree_plan(plan: ActionPlan, *, how: str, agreed_on: date, today: date) -> None:
    """They agreed to it: `how` of agreed_how. A plan agreed on paper before it was typed in began that day.

    Raises RuleBroken for a day ahead, before they were referred, or after a review.
    """
    if agreed_on > today:
        raise RuleBroken("The day must be today or earlier", "agreed_on")
    if agreed_on < plan.enrolment.referred_on:
        raise RuleBroken("The day must be on or after the day they were referred", "agreed_on")
    if plan.reviewed_on is not None and agreed_on > plan.reviewed_on:
        raise RuleBroken("The plan was reviewed before that day. Check the day", "agreed_on")
    plan.started_on = min(plan.started_on, agreed_on)
    plan.agreed_on, plan.agreed_how = agreed_on, how
    settle_plan(plan)


def review_plan(plan: ActionPlan, *, reviewed_on: date, today: date) -> None:
    """It was looked at together. Raises RuleBroken before it is agreed, or for a day ahead or before that."""
    if plan.agreed_on is None:
        raise RuleBroken("Agree the plan first, then review it")
    if reviewed_on > today:
        raise RuleBroken("The day must be today or earlier", "reviewed_on")
    if reviewed_on < plan.agreed_on:
        raise RuleBroken("The day must be on or after the day the plan was agreed", "reviewed_on")
    plan.reviewed_on = reviewed_on
    settle_plan(plan)
