"""What happened to somebody's plan: goals set and closed, agreements, pauses of its clock."""

from typing import Any

from sqlalchemy import literal

from caseworker.casefile.noon import noon
from caseworker.casefile.shape import Part, Whose, part
from caseworker.enrolments.models import ReviewPause
from caseworker.plans.models import ActionPlan, Goal, PlanVersion


def goals(enrolment_id: Whose) -> Part:
    return _goal(enrolment_id, "goal", at=Goal.entered_at, timed=literal(True), day=Goal.target_on)


def goals_closed(enrolment_id: Whose) -> Part:
    closed = _goal(enrolment_id, "goal_closed", at=noon(Goal.closed_on), timed=literal(False))
    return closed.where(Goal.closed_on.is_not(None))


def _goal(enrolment_id: Whose, kind: str, **columns: Any) -> Part:
    return (
        part(
            kind,
            by_id=Goal.entered_by_id,
            entered_at=Goal.entered_at,
            id=Goal.id,
            code=Goal.horizon,
            second=Goal.state,
            sealed=Goal.words_sealed,
            **columns,
        )
        .join_from(Goal, ActionPlan, ActionPlan.id == Goal.plan_id)
        .where(ActionPlan.enrolment_id == enrolment_id, Goal.voided_at.is_(None))
    )


def agreements(enrolment_id: Whose) -> Part:
    row = PlanVersion
    return part(
        "agreement",
        at=noon(row.agreed_on),
        timed=literal(False),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.agreed_how,
        second=row.copy_how,
        day=row.copy_given_on,
        number=row.number,
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))


def pauses(enrolment_id: Whose) -> Part:
    row = ReviewPause
    return part(
        "pause",
        at=noon(row.from_on),
        timed=literal(False),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.reason,
        day=row.until_on,
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))
