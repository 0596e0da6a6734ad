"""A tutor's courses and classes, who is on them, and what the registers say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.courses.models import Attendance, Course, CourseEnrolment, CourseSession
from caseworker.courses.rules import Attended, marks_where
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant


def visible_courses(user: User) -> Select[Course]:
    """The courses a user teaches."""
    return select(Course).where(Course.tutor_id == user.id, Course.voided_at.is_(None))


def visible_classes(user: User) -> Select[CourseSession]:
    """The classes of the courses a user teaches, in the order of the timetable."""
    courses = visible_courses(user).with_only_columns(Course.id)
    return (
        select(CourseSession)
        .where(CourseSession.course_id.in_(courses), CourseSession.voided_at.is_(None))
        .options(joinedload(CourseSession.course))
        .order_by(CourseSession.held_on, CourseSession.starts_at_time, CourseSession.id)
    )


def get_course(user: User, course_id: UUID) -> Course:
    """Raises NotVisible when it is missing or somebody else's."""
    course = db.session.scalar(visible_courses(user).where(Course.id == course_id))
    if course is None:
        raise NotVisible
    return course


def get_class(user: User, session_id: UUID) -> CourseSession:
    """One class of the user's courses. Raises NotVisible."""
    found = db.session.scalar(visible_classes(user).where(CourseSession.id == session_id))
    if found is None:
        raise NotVisible
    return found


def classes_of(user: User, first: date, last: date) -> list[CourseSession]:
    """Classes on these days, in the order of the timetable."""
    return list(db.session.scalars(visible_classes(user).where(CourseSession.held_on.between(first, last))))


def unmarked_before(user: User, day: date, limit: int = 20) -> tuple[list[CourseSession], int]:
    """Classes whose register is still empty, the newest first, and how many there are in all."""
    empty = visible_classes(user).where(CourseSession.held_on < day, CourseSession.happened.is_(None))
    newest = empty.order_by(None).order_by(CourseSession.held_on.desc(), CourseSession.id).limit(limit)
    found = list(db.session.scalars(newest))
    if len(found) < limit:
        return found, len(found)
    total = db.session.scalar(select(func.count()).select_from(empty.order_by(None).subquery()))
    return found, total or 0


def on_course(day: date) -> ColumnElement[bool]:
    """Whether a place is held on a day."""
    return and_(
        CourseEnrolment.voided_at.is_(None),
        CourseEnrolment.joined_on <= day,
        or_(CourseEnrolment.left_on.is_(None), CourseEnrolment.left_on >= day),
    )


@dataclass(frozen=True)
class CourseLine:
    """A course with those who have a place and have not left it, its next class, its empty registers."""

    course: Course
    learners: int
    next_on: date | None
    empty: int


def course_lines(user: User, today: date) -> list[CourseLine]:
    """The user's courses, those still running first: one statement."""
    last = case((Course.ends_on < today, Course.ends_on), else_=today)
    learners = select(func.count()).where(
        CourseEnrolment.course_id == Course.id,
        CourseEnrolment.voided_at.is_(None),
        or_(CourseEnrolment.left_on.is_(None), CourseEnrolment.left_on >= last),
    )
    classes = (CourseSession.course_id == Course.id, CourseSession.voided_at.is_(None))
    following = select(func.min(CourseSession.held_on)).where(*classes, CourseSession.held_on >= today)
    empty = select(func.count()).where(
        *classes, CourseSession.held_on < today, CourseSession.happened.is_(None)
    )
    rows = db.session.execute(
        visible_courses(user)
        .add_columns(*(each.correlate(Course).scalar_subquery() for each in (learners, following, empty)))
        .order_by(Course.ends_on < today, Course.starts_on.desc(), Course.title, Course.id)
    )
    return [CourseLine(*row) for row in rows]


def places_on(course: Course, day: date | None = None) -> list[CourseEnrolment]:
    """Learners with a place (on a day), by the name they are known by, with person and completion."""
    query = (
        select(CourseEnrolment)
        .join(Enrolment, Enrolment.id == CourseEnrolment.enrolment_id)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .where(
            CourseEnrolment.course_id == course.id,
            CourseEnrolment.voided_at.is_(None),
            Participant.voided_at.is_(None),
        )
        .options(
            joinedload(CourseEnrolment.enrolment).joinedload(Enrolment.participant),
            joinedload(CourseEnrolment.completion),
        )
        .order_by(
            func.coalesce(Participant.preferred_name, Participant.given_name),
            Participant.family_name,
            CourseEnrolment.id,
        )
    )
    return list(db.session.scalars(query if day is None else query.where(on_course(day))))


def get_place(course: Course, place_id: UUID) -> CourseEnrolment:
    """One learner's place on a course that is the user's. Raises NotVisible."""
    found = next((place for place in places_on(course) if place.id == place_id), None)
    if found is None:
        raise NotVisible
    return found


def rows_of(session: CourseSession) -> dict[UUID, Attendance]:
    """Every row of a register by place, also what was taken back."""
    rows = db.session.scalars(
        select(Attendance).where(Attendance.session_id == session.id).options(joinedload(Attendance.place))
    )
    return {row.place_id: row for row in rows}


def marks_of(session: CourseSession) -> dict[UUID, Attendance]:
    """The marks of a class by place."""
    return {place: row for place, row in rows_of(session).items() if row.voided_at is None}


def _count(flag: str) -> ColumnElement[int]:
    return func.sum(case((Attendance.mark.in_(marks_where(flag)), 1), else_=0))


def _attended(by: ColumnElement[UUID], *which: ColumnElement[bool]) -> dict[UUID, Attended]:
    rows = db.session.execute(
        select(by, _count("attended"), _count("counted"))
        .select_from(Attendance)
        .join(CourseSession, CourseSession.id == Attendance.session_id)
        .where(
            CourseSession.happened.is_(True),
            CourseSession.voided_at.is_(None),
            Attendance.voided_at.is_(None),
            *which,
        )
        .group_by(by)
    )
    return {key: Attended(int(present), int(expected)) for key, present, expected in rows}


def attendance_of(place_ids: Sequence[UUID]) -> dict[UUID, Attended]:
    """Attendance of each place over the classes that happened: one statement."""
    return _attended(Attendance.place_id.expression, Attendance.place_id.in_(place_ids))


def attendance_by_class(course: Course) -> dict[UUID, Attended]:
    """How many came to each class of a course that happened: one statement."""
    return _attended(CourseSession.id.expression, CourseSession.course_id == course.id)


def classes_on(course: Course) -> list[CourseSession]:
    """Every class of a course, the newest first."""
    return list(
        db.session.scalars(
            select(CourseSession)
            .where(CourseSession.course_id == course.id, CourseSession.voided_at.is_(None))
            .order_by(CourseSession.held_on.desc(), CourseSession.starts_at_time.desc(), CourseSession.id)
        )
    )
