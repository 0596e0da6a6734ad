"""A tutor's courses, classes and learners: nothing of anybody's case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from caseworker.accounts.models import User
from caseworker.core import audit
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.courses.models import Attendance, Course, CourseEnrolment, CourseSession
from caseworker.courses.rules import Attended, marks_where
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant, Scope
from caseworker.participants.queries import visible_participants


def visible_courses(user: User) -> Select[Course]:
    """The courses a user teaches."""
    return select(Course).where(Course.tutor_id == user.id, Course.voided_at.is_(None))


def get_course(user: User, course_id: UUID) -> Course:
    """Raises NotVisible when it is missing or somebody else's."""
    course = db.session.scalar(visible_courses(user).where(Course.id == course_id))
    if course is None:
        raise NotVisible
    return course


def get_class(user: User, session_id: UUID) -> CourseSession:
    """One class of the user's courses. Raises NotVisible."""
    found = db.session.scalar(
        select(CourseSession)
        .join(Course, Course.id == CourseSession.course_id)
        .where(
            CourseSession.id == session_id,
            CourseSession.voided_at.is_(None),
            Course.tutor_id == user.id,
            Course.voided_at.is_(None),
        )
        .options(joinedload(CourseSession.course))
    )
    if found is None:
        raise NotVisible
    return found


def classes_of(user: User, first: date, last: date) -> list[CourseSession]:
    """Classes on these days, in the order of the timetable."""
    courses = visible_courses(user).with_only_columns(Course.id)
    return list(
        db.session.scalars(
            select(CourseSession)
            .where(
                CourseSession.course_id.in_(courses),
                CourseSession.held_on.between(first, last),
                CourseSession.voided_at.is_(None),
            )
            .options(joinedload(CourseSession.course))
            .order_by(CourseSession.held_on, CourseSession.starts_at_time, CourseSession.id)
        )
    )


def unmarked_before(user: User, day: date) -> list[CourseSession]:
    """Classes whose register is still empty, the newest first."""
    courses = visible_courses(user).with_only_columns(Course.id)
    return list(
        db.session.scalars(
            select(CourseSession)
            .where(
                CourseSession.course_id.in_(courses),
                CourseSession.held_on < day,
                CourseSession.happened.is_(None),
                CourseSession.voided_at.is_(None),
            )
            .options(joinedload(CourseSession.course))
            .order_by(CourseSession.held_on.desc(), CourseSession.id)
            .limit(20)
        )
    )


def places_on(course: Course, day: date | None = None) -> list[CourseEnrolment]:
    """Learners with a place (on a day), by the name they are known by."""
    query = (
        select(CourseEnrolment)
        .join(Enrolment, Enrolment.id == CourseEnrolment.enrolment_id)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .where(CourseEnrolment.course_id == course.id, CourseEnrolment.voided_at.is_(None))
        .options(
            joinedload(CourseEnrolment.enrolment).joinedload(Enrolment.participant),
            selectinload(CourseEnrolment.completion),
        )
        .order_by(func.coalesce(Participant.preferred_name, Participant.given_name), Participant.family_name)
    )
    if day is not None:
        query = query.where(
            CourseEnrolment.joined_on <= day,
            or_(CourseEnrolment.left_on.is_(None), CourseEnrolment.left_on >= day),
        )
    return list(db.session.scalars(query))


def marks_of(session: CourseSession) -> dict[UUID, Attendance]:
    """The marks of a class by place."""
    rows = db.session.scalars(select(Attendance).where(Attendance.session_id == session.id))
    return {row.place_id: row for row in rows}


def attendance_of(place_ids: Sequence[UUID]) -> dict[UUID, Attended]:
    """Attendance of each place over the classes that happened: one statement."""

    def count(flag: str) -> ColumnElement[int]:
        return func.sum(case((Attendance.mark.in_(marks_where(flag)), 1), else_=0))

    rows = db.session.execute(
        select(Attendance.place_id, count("attended"), count("counted"))
        .join(CourseSession, CourseSession.id == Attendance.session_id)
        .where(
            Attendance.place_id.in_(place_ids),
            CourseSession.happened.is_(True),
            CourseSession.voided_at.is_(None),
            Attendance.voided_at.is_(None),
        )
        .group_by(Attendance.place_id)
    )
    return {place: Attended(int(present), int(expected)) for place, present, expected in rows}


@dataclass(frozen=True)
class Learner:
    """What a tutor sees of a person: no health, offending, wellbeing, barriers, notes or address."""

    id: UUID
    reference: str
    name: str
    known_as: str
    no_voicemail: bool
    no_texts: bool
    safe_times: str | None
    learning_needs: str | None


def learner(person: Participant) -> Learner:
    return Learner(
        id=person.id,
        reference=person.reference,
        name=person.full_name,
        known_as=person.known_as,
        no_voicemail=person.no_voicemail,
        no_texts=person.no_texts,
        safe_times=person.safe_times,
        learning_needs=person.learning_needs,
    )


def get_learner(user: User, participant_id: UUID) -> Learner:
    """A learner on the user's own courses, and the look at them noted. Raises NotVisible."""
    people = visible_participants(user, Scope.LEARNER).where(Participant.id == participant_id)
    person = db.session.scalar(people)
    if person is None:
        raise NotVisible
    audit.looked(person.id, "learner")
    return learner(person)


def places_of(user: User, participant_id: UUID) -> list[CourseEnrolment]:
    """A learner's places on the user's courses."""
    courses = visible_courses(user).with_only_columns(Course.id)
    return list(
        db.session.scalars(
            select(CourseEnrolment)
            .join(Enrolment, Enrolment.id == CourseEnrolment.enrolment_id)
            .where(
                Enrolment.participant_id == participant_id,
                CourseEnrolment.course_id.in_(courses),
                CourseEnrolment.voided_at.is_(None),
            )
            .options(joinedload(CourseEnrolment.course), selectinload(CourseEnrolment.completion))
            .order_by(CourseEnrolment.joined_on.desc())
        )
    )
