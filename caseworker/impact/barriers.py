"""Barriers that eased: a source of outcome maps."""

from typing import Any

from sqlalchemy import and_, case, func, or_, select

from caseworker.barriers.models import BarrierAssessment
from caseworker.barriers.rules import NOTHING, SOMETHING
from caseworker.core.sql import worked_out_once
from caseworker.enrolments.models import Enrolment
from caseworker.impact.facts import Facts, plain_facts, starts_of
from caseworker.outcomes.subjects import Subject
from caseworker.valuation import OutcomeLine


def barrier_reduced(subject: Subject, line: OutcomeLine) -> Facts:
    """Starts with a barrier once at `from_severity` or worse that was last found at `to_severity` or better,
    or whose theme was later found to hold nothing; dated by that day, the earliest where several eased."""
    asked = line.source.parameters
    history = _history(subject, asked)
    light = history.c.severity <= int(asked["to_severity"])
    eased_on = case((light, history.c.assessed_on), else_=history.c.cleared_on)
    eased = worked_out_once(
        select(history.c.enrolment_id, func.min(eased_on).label("on_date"))
        .where(
            history.c.state == SOMETHING,
            history.c.from_end == 1,
            history.c.worst >= int(asked["from_severity"]),
            or_(light, history.c.cleared_on > history.c.assessed_on),
        )
        .group_by(history.c.enrolment_id),
        f"eased_{line.code}",
    )
    rows = starts_of(subject).join(eased, eased.c.enrolment_id == Enrolment.id)
    return plain_facts(rows, eased.c.on_date)


def _history(subject: Subject, asked: Any) -> Any:
    """Each assessment of the wanted barriers, in one pass: the worst of all, its place from the end, and the
    last day on which the whole theme was found to hold nothing."""
    barrier = (BarrierAssessment.enrolment_id, BarrierAssessment.barrier)
    latest_first = (BarrierAssessment.assessed_on.desc(), BarrierAssessment.id.desc())
    nothing = BarrierAssessment.state == NOTHING
    cleared_on = func.max(case((nothing, BarrierAssessment.assessed_on)))
    something = [BarrierAssessment.state == SOMETHING]
    if asked.get("codes"):
        something.append(BarrierAssessment.barrier.in_(asked["codes"]))
    return (
        select(
            BarrierAssessment.enrolment_id,
            BarrierAssessment.state,
            BarrierAssessment.severity,
            BarrierAssessment.assessed_on,
            func.max(BarrierAssessment.severity).over(partition_by=barrier).label("worst"),
            func.row_number().over(partition_by=barrier, order_by=latest_first).label("from_end"),
            cleared_on.over(partition_by=BarrierAssessment.enrolment_id).label("cleared_on"),
        )
        .join(Enrolment, Enrolment.id == BarrierAssessment.enrolment_id)
        .where(
            subject.started(),
            BarrierAssessment.theme == asked["theme"],
            BarrierAssessment.voided_at.is_(None),
            BarrierAssessment.assessed_on <= subject.as_at,
            or_(nothing, and_(*something)),
        )
        .subquery()
    )
