"""The agreed versions of a plan, and how far it has moved on since the last."""

from uuid import UUID

from sqlalchemy import func, select

from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.plans.changes import Changed, as_it_stands, changes_since, read
from caseworker.plans.models import ActionPlan, Goal, PlanVersion
from caseworker.plans.queries import goals_of


def versions_of(plan: ActionPlan | None) -> list[PlanVersion]:
    """Every agreement that was not taken back, the newest first."""
    if plan is None or plan.agreed_on is None:
        return []
    return list(
        db.session.scalars(
            select(PlanVersion)
            .where(PlanVersion.plan_id == plan.id, PlanVersion.voided_at.is_(None))
            .order_by(PlanVersion.number.desc())
        )
    )


def get_version(enrolment: Enrolment, version_id: UUID) -> PlanVersion:
    """Raises NotVisible when it is missing, taken back or another enrolment's."""
    found = db.session.scalar(
        select(PlanVersion).where(
            PlanVersion.id == version_id,
            PlanVersion.enrolment_id == enrolment.id,
            PlanVersion.voided_at.is_(None),
        )
    )
    if found is None:
        raise NotVisible
    return found


def last_number(plan: ActionPlan) -> int:
    """The number of the newest agreement, those taken back too; 0 before the first."""
    newest = db.session.scalar(select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == plan.id))
    return newest or 0


def note_changes(plan: ActionPlan) -> None:
    """Store on the plan how much changed since it was agreed. Every change of a goal or action ends here."""
    db.session.flush()
    version = next(iter(versions_of(plan)), None)
    if version is None:
        plan.unsigned_changes = None
        return
    changes = changes_since(read(version.content or "[]"), as_it_stands(goals_of(plan)))
    plan.unsigned_changes = sum(each.asks_agreement for each in changes)


def changed_since(version: PlanVersion | None, goals: list[Goal]) -> list[Changed]:
    """What changed since an agreement, with the goals as they stand now."""
    return [] if version is None else changes_since(read(version.content or "[]"), as_it_stands(goals))
