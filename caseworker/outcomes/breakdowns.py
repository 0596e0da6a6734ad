"""The same starts in parts: by cohort or programme, by what they went on to, by evidence."""

from dataclasses import dataclass

from sqlalchemy import distinct, func, select

from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.outcomes.journeys import Journeys, count_if
from caseworker.outcomes.subjects import Subject
from caseworker.programmes.models import Cohort, Programme
from caseworker.progressions.models import Progression

NO_COHORT = "No cohort"


@dataclass(frozen=True)
class Part:
    """One cohort of a programme, or one programme of a group, counted as the whole is."""

    code: str
    label: str
    starts: int
    left: int
    into_work: int
    not_in_work_at_start: int
    kept_work: int
    matured: int


@dataclass(frozen=True)
class StepCount:
    """`starts` that took at least one step of this kind, and the `steps` they took."""

    kind: str
    starts: int
    steps: int


def parts_of(journeys: Journeys) -> tuple[Part, ...]:
    """The cohorts of a programme, or the programmes of a group."""
    subject, work, kept = journeys.subject, journeys.work(), journeys.kept_work()
    code, name = (Programme.code, Programme.name) if subject.is_group else (Cohort.name, Cohort.name)
    first = Programme.starts_on if subject.is_group else Cohort.starts_on
    rows = db.session.execute(
        journeys.select(
            code,
            name,
            func.count(),
            count_if(Enrolment.exited_on <= subject.as_at),
            *(count_if(each) for each in (work.counted, work.among, kept.counted, kept.among)),
        )
        .join(Programme, Programme.id == Enrolment.programme_id)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .group_by(code, name, first)
        .order_by(first, name)
    )
    return tuple(Part(code or "", name or NO_COHORT, *map(int, counts)) for code, name, *counts in rows)


def steps_of(subject: Subject) -> tuple[StepCount, ...]:
    """What people went on to, in the order of the code list; a step counts from its first day."""
    rows = db.session.execute(
        select(Progression.kind, func.count(distinct(Progression.enrolment_id)), func.count())
        .join(Enrolment, Enrolment.id == Progression.enrolment_id)
        .where(
            subject.started(),
            Progression.voided_at.is_(None),
            Progression.started_on <= subject.as_at,
        )
        .group_by(Progression.kind)
    )
    found = {kind: StepCount(kind, starts, steps) for kind, starts, steps in rows}
    return tuple(found[each.code] for each in codes("progression_kind") if each.code in found)


def evidence_behind(journeys: Journeys) -> dict[str, int]:
    """How strong the evidence is behind the starts that came into work: level to number, weakest first."""
    rows = db.session.execute(
        journeys.select(journeys.into.evidence_level, func.count())
        .where(journeys.work().counted)
        .group_by(journeys.into.evidence_level)
    )
    found = {level: int(count) for level, count in rows}
    return {each.code: found[each.code] for each in codes("evidence_level") if each.code in found}
