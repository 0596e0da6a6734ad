"""They agreed to the plan, were given their copy, and looked at it again."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.plans.changes import as_it_stands, written
from caseworker.plans.models import ActionPlan, PlanVersion
from caseworker.plans.queries import goals_of
from caseworker.plans.services import settle_plan
from caseworker.plans.signature import Signature
from caseworker.plans.versions import last_number, note_changes, versions_of

AHEAD = "The day must be today or earlier"


@dataclass(frozen=True)
class Agreement:
    """How they agreed: `how` of agreed_how, with what they signed; `copy_how` of copy_how."""

    how: str
    agreed_on: date
    signature: Signature | None = None
    file_id: UUID | None = None
    copy_how: str | None = None
    copy_given_on: date | None = None


def agree_plan(plan: ActionPlan, agreement: Agreement, *, recorded_by: User, today: date) -> PlanVersion:
    """They agreed to the plan as it stands: a version of it is kept.

    The plan's own day stays the first one; agreeing again later counts as having looked at it together.
    A plan agreed on paper before it was typed in began that day.

    Raises RuleBroken for a day ahead or before they were referred.
    """
    _in_the_past(agreement.agreed_on, today, "agreed_on")
    if agreement.agreed_on < plan.enrolment.referred_on:
        raise RuleBroken("The day must be on or after the day they were referred", "agreed_on")
    before = _standing(plan)
    version = PlanVersion(
        enrolment=plan.enrolment,
        plan=plan,
        number=last_number(plan) + 1,
        agreed_on=agreement.agreed_on,
        agreed_how=agreement.how,
        content=written(as_it_stands(goals_of(plan))),
        before=json.dumps(before),
        signature=agreement.signature.stored() if agreement.signature else None,
        file_id=agreement.file_id,
        entered_by_id=recorded_by.id,
    )
    db.session.add(version)
    if agreement.copy_how is not None:
        give_copy(version, agreement.copy_how, agreement.copy_given_on or agreement.agreed_on, today=today)
    if plan.agreed_on is None or agreement.agreed_on <= plan.agreed_on:
        plan.started_on = min(plan.started_on, agreement.agreed_on)
        plan.agreed_on, plan.agreed_how = agreement.agreed_on, agreement.how
    else:
        plan.reviewed_on = max(plan.reviewed_on or agreement.agreed_on, agreement.agreed_on)
    _settle(plan)
    return version


def take_back_agreement(version: PlanVersion, *, by: User, now: datetime) -> None:
    """Undo of the last agreement: the plan's days are what they were before it.

    Raises RuleBroken as `take_back`, and when they agreed again since.
    """
    plan = version.plan
    if versions_of(plan)[:1] != [version]:
        raise RuleBroken("They agreed again since. Undo that agreement first")
    take_back(version, by.id, now)
    days = json.loads(version.before)
    plan.agreed_how = days["agreed_how"]
    plan.started_on, plan.agreed_on, plan.reviewed_on = (
        _day(days[name]) for name in ("started_on", "agreed_on", "reviewed_on")
    )
    _settle(plan)


def give_copy(version: PlanVersion, how: str, on: date, *, today: date) -> None:
    """They were given their copy: `how` of copy_how.

    Raises RuleBroken for a day ahead or before they agreed.
    """
    _in_the_past(on, today, "copy_given_on")
    if on < version.agreed_on:
        raise RuleBroken("The day must be on or after the day they agreed", "copy_given_on")
    version.copy_how, version.copy_given_on = how, on


def review_plan(plan: ActionPlan, *, reviewed_on: date, today: date) -> None:
    """It was looked at together. Raises RuleBroken before it is agreed, or for a day ahead or before that."""
    if plan.agreed_on is None:
        raise RuleBroken("Agree the plan first, then review it")
    _in_the_past(reviewed_on, today, "reviewed_on")
    if reviewed_on < plan.agreed_on:
        raise RuleBroken("The day must be on or after the day the plan was agreed", "reviewed_on")
    plan.reviewed_on = reviewed_on
    settle_plan(plan)


def _in_the_past(on: date, today: date, field: str) -> None:
    if on > today:
        raise RuleBroken(AHEAD, field)


def _standing(plan: ActionPlan) -> dict[str, Any]:
    days = {name: getattr(plan, name) for name in ("started_on", "agreed_on", "reviewed_on")}
    return {name: on.isoformat() if on else None for name, on in days.items()} | {
        "agreed_how": plan.agreed_how
    }


def _day(stored: str | None) -> Any:
    return date.fromisoformat(stored) if stored else None


def _settle(plan: ActionPlan) -> None:
    note_changes(plan)
    settle_plan(plan)
