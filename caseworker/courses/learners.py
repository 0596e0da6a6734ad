"""What a tutor sees of a person, and what a keyworker sees of their learning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import User
from caseworker.care.models import LearnerMessage
from caseworker.care.queries import unread_by
from caseworker.core import audit
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.courses.models import Attendance, Completion, Course, CourseEnrolment, CourseSession
from caseworker.courses.queries import attendance_of, visible_courses
from caseworker.courses.rules import Attended
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant, Scope
from caseworker.participants.queries import visible_participants
from caseworker.participants.safety import care_of

RECENT = 20


@dataclass(frozen=True)
class Learner:
    """What a tutor sees of a person: no health, offending, wellbeing, barriers, notes or address."""

    id: UUID
    reference: str
    name: str
    given_name: str
    known_as: str
    care: tuple[str, ...]
    learning_needs: str | None


@dataclass(frozen=True)
class OnRoll:
    """A learner on the roll of a course. `name` is None where a restricted record keeps it back.

    `opens`: the learner's own page is this tutor's to read today.
    """

    place_id: UUID
    participant_id: UUID
    reference: str
    name: str | None
    joined_on: date
    left_on: date | None
    finished: Completion | None
    opens: bool


def on_roll(user: User, places: Sequence[CourseEnrolment]) -> list[OnRoll]:
    """Places as a tutor may see them. A course has its whole roll, or its counts would be wrong."""
    people = [place.enrolment.participant for place in places]
    seen = visible_participants(user, Scope.LEARNER).with_only_columns(Participant.id)
    open_to = set(db.session.scalars(seen.where(Participant.id.in_([person.id for person in people]))))
    return [
        OnRoll(
            place_id=place.id,
            participant_id=person.id,
            reference=person.reference,
            name=None if person.restricted and person.id not in open_to else person.full_name,
            joined_on=place.joined_on,
            left_on=place.left_on,
            finished=place.finished,
            opens=person.id in open_to,
        )
        for place, person in zip(places, people, strict=True)
    ]


def get_learner(user: User, participant_id: UUID) -> Learner:
    """A learner on the user's own courses, and the look at them noted. Raises NotVisible."""
    own = (
        select(Enrolment.participant_id)
        .join(CourseEnrolment, CourseEnrolment.enrolment_id == Enrolment.id)
        .where(
            CourseEnrolment.voided_at.is_(None),
            CourseEnrolment.course_id.in_(visible_courses(user).with_only_columns(Course.id)),
        )
    )
    people = visible_participants(user, Scope.LEARNER)
    person = db.session.scalar(people.where(Participant.id == participant_id, Participant.id.in_(own)))
    if person is None:
        raise NotVisible
    audit.looked(person.id, "learner")
    return Learner(
        id=person.id,
        reference=person.reference,
        name=person.full_name,
        given_name=person.given_name,
        known_as=person.known_as,
        care=tuple(care_of(person)),
        learning_needs=person.learning_needs,
    )


@dataclass(frozen=True)
class Written:
    """A learner about whom somebody wrote what this tutor has not read: how many messages."""

    participant_id: UUID
    reference: str
    name: str
    count: int


def unread_learners(user: User) -> list[Written]:
    """Learners with new messages, by name: one statement."""
    own = (
        select(Enrolment.participant_id)
        .join(CourseEnrolment, CourseEnrolment.enrolment_id == Enrolment.id)
        .where(
            CourseEnrolment.voided_at.is_(None),
            CourseEnrolment.course_id.in_(visible_courses(user).with_only_columns(Course.id)),
        )
    )
    people = visible_participants(user, Scope.LEARNER).where(Participant.id.in_(own)).subquery("people")
    new = (
        select(LearnerMessage.participant_id, func.count().label("count"))
        .where(unread_by(user))
        .group_by(LearnerMessage.participant_id)
        .subquery("new")
    )
    known_as = func.coalesce(people.c.preferred_name, people.c.given_name)
    rows = db.session.execute(
        select(people.c.id, people.c.reference, known_as, people.c.family_name, new.c.count)
        .join(new, new.c.participant_id == people.c.id)
        .order_by(known_as, people.c.family_name, people.c.id)
    )
    return [Written(key, reference, f"{first} {last}", count) for key, reference, first, last, count in rows]


@dataclass(frozen=True)
class PlaceLine:
    """A place on a course with its attendance so far."""

    place: CourseEnrolment
    attended: Attended


@dataclass(frozen=True)
class MarkLine:
    """One mark of one learner."""

    held_on: date
    course: str
    mark: str
    minutes_late: int | None


def places_of_learner(user: User, learner: Learner) -> list[PlaceLine]:
    """A learner's places on the user's courses, the newest first."""
    courses = visible_courses(user).with_only_columns(Course.id)
    rows = db.session.scalars(
        select(CourseEnrolment)
        .join(Enrolment, Enrolment.id == CourseEnrolment.enrolment_id)
        .where(
            Enrolment.participant_id == learner.id,
            CourseEnrolment.course_id.in_(courses),
            CourseEnrolment.voided_at.is_(None),
        )
        .options(joinedload(CourseEnrolment.course), joinedload(CourseEnrolment.completion))
        .order_by(CourseEnrolment.joined_on.desc(), CourseEnrolment.id)
    )
    return _lines(rows)


def places_of_case(enrolment: Enrolment) -> list[PlaceLine]:
    """The places of one enrolment, the newest first, with course and tutor."""
    rows = db.session.scalars(
        select(CourseEnrolment)
        .where(CourseEnrolment.enrolment_id == enrolment.id, CourseEnrolment.voided_at.is_(None))
        .options(
            joinedload(CourseEnrolment.course).joinedload(Course.tutor),
            joinedload(CourseEnrolment.completion),
        )
        .order_by(CourseEnrolment.joined_on.desc(), CourseEnrolment.id)
    )
    return _lines(rows)


def _lines(rows: Iterable[CourseEnrolment]) -> list[PlaceLine]:
    places = list(rows)
    figures = attendance_of([place.id for place in places])
    return [PlaceLine(place, figures.get(place.id, Attended())) for place in places]


def recent_marks(lines: Sequence[PlaceLine]) -> list[MarkLine]:
    """The newest marks of these places, of classes that happened."""
    rows = db.session.execute(
        select(CourseSession.held_on, Course.title, Attendance.mark, Attendance.minutes_late)
        .join(CourseSession, CourseSession.id == Attendance.session_id)
        .join(Course, Course.id == CourseSession.course_id)
        .where(
            Attendance.place_id.in_([line.place.id for line in lines]),
            Attendance.voided_at.is_(None),
            CourseSession.happened.is_(True),
            CourseSession.voided_at.is_(None),
        )
        .order_by(CourseSession.held_on.desc(), CourseSession.starts_at_time.desc(), Attendance.id)
        .limit(RECENT)
    )
    return [MarkLine(*row) for row in rows]
