"""Everything that happened in an enrolment, newest first, in one query: a small select for each feature.

Every part fills the same columns (`SHAPE`); what a part leaves out is empty. `at` is the instant a thing
happened, or noon of its day where only the day is known.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Date,
    Integer,
    LargeBinary,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)  # fmt: skip
from sqlalchemy.orm import aliased

from caseworker.accounts.models import User
from caseworker.barriers.models import BarrierAssessment
from caseworker.casefile.noon import noon
from caseworker.contacts.models import Contact
from caseworker.core.db import db
from caseworker.core.types import Instant, Key
from caseworker.courses.models import Completion, Course, CourseEnrolment
from caseworker.enrolments.models import Enrolment
from caseworker.plans.models import ActionPlan, Goal
from caseworker.progressions.models import Progression
from caseworker.wellbeing.models import WellbeingAssessment

PAGE = 60
Part = Select[*tuple[Any, ...]]

SHAPE: dict[str, Any] = {
    "at": Instant(),
    "timed": Boolean(),
    "by_id": Key(),
    "id": Key(),
    "other_id": Key(),
    "code": String(40),
    "second": String(40),
    "third": String(40),
    "number": Integer(),
    "one": Integer(),
    "two": Integer(),
    "three": Integer(),
    "four": Integer(),
    "day": Date(),
    "words": String(2000),
    "sealed": LargeBinary(),
    "flag": Boolean(),
}


@dataclass(frozen=True)
class Timeline:
    """A page of rows in the columns of SHAPE, with `kind` and `by` (who entered it), and how many in all."""

    rows: list[Any]
    total: int


def _part(kind: str, **columns: Any) -> Part:
    filled = [
        (columns[name] if name in columns else cast(null(), type_)).label(name)
        for name, type_ in SHAPE.items()
    ]
    return select(literal(kind).label("kind"), *filled)


def contacts(enrolment_id: UUID) -> Part:
    later = aliased(Contact)
    corrected_by = (
        select(later.id).where(later.corrects_id == Contact.id, later.voided_at.is_(None)).scalar_subquery()
    )
    return _part(
        "contact",
        at=Contact.happened_at,
        timed=literal(True),
        by_id=Contact.entered_by_id,
        id=Contact.id,
        other_id=corrected_by,
        code=Contact.channel,
        second=Contact.result,
        third=Contact.direction,
        number=Contact.minutes,
        words=Contact.correction_reason,
        sealed=Contact.note_sealed,
        flag=Contact.sensitive,
    ).where(Contact.enrolment_id == enrolment_id, Contact.voided_at.is_(None))


def barriers(enrolment_id: UUID) -> Part:
    """What was talked about on one day is one entry: `words` holds theme/barrier/severity, by commas."""
    row = BarrierAssessment
    named = (
        row.theme + "/" + func.coalesce(row.barrier, "") + "/" + cast(row.severity, String(2))
    )  # empty where there is nothing in the way
    return (
        _part(
            "barrier",
            at=noon(row.assessed_on),
            timed=literal(False),
            by_id=row.entered_by_id,
            number=cast(func.count(), Integer),
            words=func.aggregate_strings(case((row.state == "something", named)), ","),
        )
        .where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))
        .group_by(row.assessed_on, row.entered_by_id)
    )


def goals(enrolment_id: UUID) -> Part:
    return _goal(enrolment_id, "goal", at=Goal.entered_at, timed=literal(True), day=Goal.target_on)


def goals_closed(enrolment_id: UUID) -> Part:
    part = _goal(enrolment_id, "goal_closed", at=noon(Goal.closed_on), timed=literal(False))
    return part.where(Goal.closed_on.is_not(None))


def _goal(enrolment_id: UUID, kind: str, **columns: Any) -> Part:
    return (
        _part(
            kind,
            by_id=Goal.entered_by_id,
            id=Goal.id,
            code=Goal.horizon,
            second=Goal.state,
            sealed=Goal.words_sealed,
            **columns,
        )
        .join_from(Goal, ActionPlan, ActionPlan.id == Goal.plan_id)
        .where(ActionPlan.enrolment_id == enrolment_id, Goal.voided_at.is_(None))
    )


def wellbeing(enrolment_id: UUID) -> Part:
    row = WellbeingAssessment
    return _part(
        "wellbeing",
        at=noon(row.assessed_on),
        timed=literal(False),
        by_id=row.entered_by_id,
        id=row.id,
        code=row.instrument,
        second=row.stage,
        number=row.score_hundredths,
        one=row.life_satisfaction,
        two=row.worthwhile,
        three=row.happiness,
        four=row.anxiety,
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))


def completions(enrolment_id: UUID) -> Part:
    return (
        _part(
            "learning",
            at=noon(Completion.completed_on),
            timed=literal(False),
            by_id=Completion.entered_by_id,
            id=Completion.id,
            code=Course.level,
            second=Completion.grade,
            day=Completion.achieved_on,
            words=Course.title,
        )
        .join_from(Completion, CourseEnrolment, CourseEnrolment.id == Completion.place_id)
        .join(Course, Course.id == CourseEnrolment.course_id)
        .where(
            CourseEnrolment.enrolment_id == enrolment_id,
            CourseEnrolment.voided_at.is_(None),
            Completion.voided_at.is_(None),
        )
    )


def progressions(enrolment_id: UUID) -> Part:
    row = Progression
    return _part(
        "progression",
        at=noon(row.started_on),
        timed=literal(False),
        by_id=row.entered_by_id,
        id=row.id,
        code=row.kind,
        second=row.evidence_level,
        third=row.pay_period,
        number=row.weekly_minutes,
        one=row.pay_pence,
        day=row.ended_on,
        words=func.coalesce(row.employer, ""),
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))


def start(enrolment_id: UUID) -> Part:
    return _milestone(enrolment_id, "start", Enrolment.started_on, Enrolment.referral_source)


def leaving(enrolment_id: UUID) -> Part:
    return _milestone(enrolment_id, "exit", Enrolment.exited_on, Enrolment.exit_reason)


def _milestone(enrolment_id: UUID, kind: str, day: Any, code: Any) -> Part:
    return _part(
        kind, at=noon(day), timed=literal(False), by_id=Enrolment.entered_by_id, id=Enrolment.id, code=code
    ).where(and_(Enrolment.id == enrolment_id, day.is_not(None)))


# What one can narrow the timeline to, and the parts of each.
PARTS: dict[str, tuple[Callable[[UUID], Part], ...]] = {
    "contact": (contacts,),
    "barrier": (barriers,),
    "plan": (goals, goals_closed),
    "wellbeing": (wellbeing,),
    "learning": (completions,),
    "progression": (progressions,),
    "milestone": (start, leaving),
}


def read_timeline(
    enrolment_id: UUID, kinds: Iterable[str] = (), limit: int = PAGE, page: int = 1
) -> Timeline:
    """A page of what happened; all of PARTS, or only `kinds`."""
    wanted = tuple(kinds) or tuple(PARTS)
    every: Subquery = union_all(*(part(enrolment_id) for kind in wanted for part in PARTS[kind])).subquery()
    rows = db.session.execute(
        select(every, User.name.label("by"), func.count().over().label("total"))
        .outerjoin(User, User.id == every.c.by_id)
        .order_by(every.c.at.desc(), every.c.id.desc(), every.c.kind)
        .limit(limit)
        .offset((page - 1) * limit)
    ).all()
    return Timeline(list(rows), rows[0].total if rows else 0)
