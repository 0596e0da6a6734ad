"""Putting several people on a course at once, and taking back what one save did."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import User
from caseworker.core.calendar import uk_time
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.courses.models import Attendance, Completion, Course, CourseEnrolment
from caseworker.courses.services import give_place
from caseworker.enrolments.models import Enrolment
from caseworker.participants.services import end_access
from caseworker.risks.queries import any_apart
from caseworker.risks.services import let_meet

ADDED, ALREADY, WAS_ON_IT, OTHER_PROGRAMME, LEFT = "added", "already", "was_on_it", "other_programme", "left"


@dataclass(frozen=True)
class Joined:
    """What came of one person: `result` is one of the words above."""

    enrolment: Enrolment
    result: str


def courses_open_to(cases: Sequence[Enrolment], today: date) -> list[tuple[Course, int]]:
    """(course, learners on it) of the programmes of these people that have not ended, the soonest first."""
    programmes = {case.programme_id for case in cases}
    courses = db.session.scalars(
        select(Course)
        .where(Course.programme_id.in_(programmes), Course.ends_on >= today, Course.voided_at.is_(None))
        .options(joinedload(Course.programme), joinedload(Course.tutor))
        .order_by(Course.starts_on, Course.title, Course.id)
    ).all()
    places = db.session.scalars(
        select(CourseEnrolment.course_id).where(
            CourseEnrolment.course_id.in_([course.id for course in courses]),
            CourseEnrolment.voided_at.is_(None),
            CourseEnrolment.left_on.is_(None),
        )
    )
    learners = Counter(places)
    return [(course, learners[course.id]) for course in courses]


def add_learners(
    course: Course,
    cases: Sequence[Enrolment],
    *,
    joined_on: date,
    added_by: User,
    now: datetime,
    despite: str | None = None,
) -> list[Joined]:
    """Give each a place who can have one; what came of everybody, in their order.

    Raises RuleBroken for a first day after the course ends, when nobody could be added, and when people
    would share a class who must not meet (a lead may: `despite`, a code of apart_override). Then nobody is
    added, and it does not say who: beside a name it would say whom they are kept from.
    """
    if joined_on > course.ends_on:
        raise RuleBroken("The first day must be on or before the day the course ends", "joined_on")
    results = results_for(course, cases)
    if not any(each.result == ADDED for each in results):
        raise RuleBroken("Nobody was added: see beside each person why")
    _refuse_sharing(course, results, joined_on, added_by, despite)
    for each in results:
        if each.result == ADDED:
            first = max(joined_on, course.starts_on, each.enrolment.referred_on)
            place = give_place(course, each.enrolment, joined_on=first, entered_by=added_by)
            place.entered_at = now
    return results


def _refuse_sharing(
    course: Course, results: Sequence[Joined], joined_on: date, by: User, despite: str | None
) -> None:
    """Raises ApartRefused. It is one statement whether there is a pair or not."""
    there = (
        select(Enrolment.participant_id)
        .join(CourseEnrolment, CourseEnrolment.enrolment_id == Enrolment.id)
        .where(
            CourseEnrolment.course_id == course.id,
            CourseEnrolment.voided_at.is_(None),
            or_(CourseEnrolment.left_on.is_(None), CourseEnrolment.left_on >= joined_on),
        )
    )
    joining = [each.enrolment.participant_id for each in results if each.result == ADDED]
    if any_apart(joining, there, joined_on, course.ends_on):
        let_meet(course.programme_id, despite, by=by)


def _result(course: Course, case: Enrolment, place: CourseEnrolment | None) -> str:
    if case.exited_on is not None:
        return LEFT
    if case.programme_id != course.programme_id:
        return OTHER_PROGRAMME
    if place is None:
        return ADDED
    return ALREADY if place.left_on is None else WAS_ON_IT


def results_for(course: Course, cases: Sequence[Enrolment]) -> list[Joined]:
    """What would come of each person, in their order: one statement."""
    places = {
        place.enrolment_id: place
        for place in db.session.scalars(
            select(CourseEnrolment).where(
                CourseEnrolment.course_id == course.id,
                CourseEnrolment.enrolment_id.in_([case.id for case in cases]),
                CourseEnrolment.voided_at.is_(None),
            )
        )
    }
    return [Joined(case, _result(course, case, places.get(case.id))) for case in cases]


def take_back_learners(course: Course, added_at: datetime, *, by: User, now: datetime, today: date) -> int:
    """Undo what one save of `by` added on the same day, but for those who have been marked since; how many.

    Raises RuleBroken when there is nothing to undo.
    """
    marked = select(Attendance.place_id).where(Attendance.voided_at.is_(None))
    finished = select(Completion.place_id).where(Completion.voided_at.is_(None))
    places = db.session.scalars(
        select(CourseEnrolment).where(
            CourseEnrolment.course_id == course.id,
            CourseEnrolment.entered_at == added_at,
            CourseEnrolment.entered_by_id == by.id,
            CourseEnrolment.voided_at.is_(None),
            CourseEnrolment.id.not_in(marked),
            CourseEnrolment.id.not_in(finished),
        )
    ).all()
    if not places or uk_time(added_at).date() != uk_time(now).date():
        raise RuleBroken("There is nothing left to undo")
    for place in places:
        place.voided_at, place.voided_by_id, place.void_reason = now, by.id, "undone"
        end_access(place.id, today - timedelta(days=1))
    return len(places)
