"""Places on courses, registers and completions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from caseworker.accounts.models import User
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.courses.models import Attendance, Completion, Course, CourseEnrolment, CourseSession
from caseworker.courses.queries import marks_of, places_on
from caseworker.courses.rules import LATE
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Scope
from caseworker.participants.services import open_access


@dataclass(frozen=True)
class Mark:
    """One learner in one class: a code of register_mark, and minutes only when late."""

    mark: str
    minutes_late: int | None = None


def give_place(
    course: Course, enrolment: Enrolment, *, joined_on: date, entered_by: User | None
) -> CourseEnrolment:
    """Put a person on a course; its tutor may see them as a learner from now on.

    Raises RuleBroken when they have a place already.
    """
    place = CourseEnrolment(
        course=course,
        enrolment=enrolment,
        joined_on=joined_on,
        entered_by_id=entered_by.id if entered_by else None,
    )
    with refused_as(uq_course_enrolment_one_place=RuleBroken("They are on this course already")):
        db.session.add(place)
    open_access(
        enrolment.participant_id,
        scope=Scope.LEARNER,
        why="course",
        because_id=place.id,
        from_on=joined_on,
        user_id=course.tutor_id,
    )
    return place


def mark_register(
    session: CourseSession, marks: Mapping[UUID, Mark], *, recorded_by: User, today: date
) -> None:
    """Save a whole register, place by place; again, it changes only what differs.

    Raises RuleBroken for a class still to come, or marks that are not for its learners.
    """
    _refuse_future(session, today)
    expected = {place.id for place in places_on(session.course, session.held_on)}
    if not marks.keys() <= expected:
        raise RuleBroken("Somebody has left this class since the page was opened. Open it again")
    stored = marks_of(session)
    for place_id, given in marks.items():
        late = given.minutes_late if given.mark == LATE else None
        row = stored.get(place_id)
        if row is None:
            row = Attendance(session_id=session.id, place_id=place_id, entered_by_id=recorded_by.id)
            db.session.add(row)
        row.mark, row.minutes_late = given.mark, late
    _marked(session, True, today)


def mark_not_held(session: CourseSession, *, today: date) -> None:
    """The class did not happen: it leaves every denominator. Raises RuleBroken for one still to come."""
    _refuse_future(session, today)
    _marked(session, False, today)


def _refuse_future(session: CourseSession, today: date) -> None:
    if session.held_on > today:
        raise RuleBroken("This class is still to come. Mark it on the day")


def _marked(session: CourseSession, happened: bool, today: date) -> None:
    session.happened = happened
    session.marked_on = session.marked_on or today
    # The register's version is its class's: it rises with every save, so that two savers meet.
    flag_modified(session, "happened")


def record_completion(
    place: CourseEnrolment,
    *,
    completed_on: date,
    achieved_on: date | None,
    grade: str | None,
    certificate_seen_on: date | None,
    recorded_by: User,
    today: date,
) -> Completion:
    """Three facts with their days, one row however often it is told.

    Raises RuleBroken for days ahead, before the place began, or out of order.
    """
    days = {
        "completed_on": completed_on,
        "achieved_on": achieved_on,
        "certificate_seen_on": certificate_seen_on,
    }
    for field, day in days.items():
        if day is not None and day > today:
            raise RuleBroken("The day must be today or earlier", field)
        if day is not None and day < completed_on:
            raise RuleBroken("The day must be on or after the day they completed", field)
    if completed_on < place.joined_on:
        raise RuleBroken("The day must be on or after the day they joined", "completed_on")
    completion = db.session.scalar(select(Completion).where(Completion.place_id == place.id))
    if completion is None:
        completion = Completion(place=place, entered_by_id=recorded_by.id)
        db.session.add(completion)
    completion.completed_on, completion.achieved_on = completed_on, achieved_on
    completion.grade, completion.certificate_seen_on = grade, certificate_seen_on
    return completion
