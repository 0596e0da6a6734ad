"""Barriers that eased: a source of outcome maps."""

from typing import Any

from sqlalchemy import case, func, or_, select

from caseworker.barriers.models import BarrierAssessment
from caseworker.barriers.rules import NOTHING, SOMETHING
from caseworker.enrolments.models import Enrolment
from caseworker.impact.facts import Facts, plain_facts, starts_of
from caseworker.outcomes.subjects import Subject
from caseworker.valuation import OutcomeLine


def barrier_reduced(subject: Subject, line: OutcomeLine) -> Facts:
    """Starts with a barrier once at `from_severity` or worse that was last found at `to_severity` or better,
    or whose theme was later found to hold nothing; dated by that day, the earliest where several eased."""
    asked = line.source.parameters
    history, cleared = _history(subject, asked), _cleared(subject, asked)
    light = history.c.severity <= int(asked["to_severity"])
    eased_on = case((light, history.c.assessed_on), else_=cleared.c.day)
    eased = (
        select(history.c.enrolment_id, func.min(eased_on).label("on_date"))
        .outerjoin(cleared, cleared.c.enrolment_id == history.c.enrolment_id)
        .where(
            history.c.from_end == 1,
            history.c.worst >= int(asked["from_severity"]),
            or_(light, cleared.c.day > history.c.assessed_on),
        )
        .group_by(history.c.enrolment_id)
        .subquery()
    )
    rows = starts_of(subject).join(eased, eased.c.enrolment_id == Enrolment.id)
    return plain_facts(rows, eased.c.on_date)


def _assessed(subject: Subject, asked: Any, *columns: Any) -> Any:
    return (
        select(BarrierAssessment.enrolment_id, *columns)
        .join(Enrolment, Enrolment.id == BarrierAssessment.enrolment_id)
        .where(
            subject.started(),
            BarrierAssessment.theme == asked["theme"],
            BarrierAssessment.voided_at.is_(None),
            BarrierAssessment.assessed_on <= subject.as_at,
        )
    )


def _history(subject: Subject, asked: Any) -> Any:
    """Each assessment of the wanted barriers, with the worst of all and its place from the end."""
    each_barrier = (BarrierAssessment.enrolment_id, BarrierAssessment.barrier)
    latest_first = (BarrierAssessment.assessed_on.desc(), BarrierAssessment.id.desc())
    found = _assessed(
        subject,
        asked,
        BarrierAssessment.severity,
        BarrierAssessment.assessed_on,
        func.max(BarrierAssessment.severity).over(partition_by=each_barrier).label("worst"),
        func.row_number().over(partition_by=each_barrier, order_by=latest_first).label("from_end"),
    ).where(BarrierAssessment.state == SOMETHING)
    if asked.get("codes"):
        found = found.where(BarrierAssessment.barrier.in_(asked["codes"]))
    return found.subquery()


def _cleared(subject: Subject, asked: Any) -> Any:
    """The last day on which the whole theme was found to hold nothing."""
    day = func.max(BarrierAssessment.assessed_on).label("day")
    return (
        _assessed(subject, asked, day)
        .where(BarrierAssessment.state == NOTHING)
        .group_by(BarrierAssessment.enrolment_id)
        .subquery()
    )
