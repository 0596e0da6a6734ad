"""Courses, classes and learners for the tests of this folder."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from caseworker.accounts.models import Role, User
from caseworker.courses.models import Course, CourseEnrolment, CourseSession
from caseworker.courses.services import give_place
from caseworker.programmes.models import Programme
from tests.support.builders import a_participant, a_programme, a_user, an_enrolment, kept

# Noon of a Monday.
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
JOINED = TODAY - timedelta(days=28)


def a_course(tutor: User, programme: Programme | None = None, **changes: Any) -> Course:
    values: dict[str, Any] = {
        "programme_id": (programme or a_programme()).id,
        "tutor_id": tutor.id,
        "title": "Food safety",
        "subject": "Catering",
        "level": "level_2",
        "guided_minutes": 600,
        "starts_on": JOINED,
        "ends_on": TODAY + timedelta(days=60),
    }
    return kept(Course(**values | changes))


def a_class(course: Course, held_on: date = TODAY, **changes: Any) -> CourseSession:
    values: dict[str, Any] = {
        "course_id": course.id,
        "held_on": held_on,
        "starts_at_time": time(10, 0),
        "minutes": 120,
        "room": "Room 3",
    }
    return kept(CourseSession(**values | changes))


def a_learner(course: Course, name: str = "Amara", **changes: Any) -> CourseEnrolment:
    person = a_participant(
        organisation_id=course.programme.organisation_id, given_name=name, **changes.pop("person", {})
    )
    enrolment = an_enrolment(course.programme, person, **changes.pop("enrolment", {}))
    return give_place(course, enrolment, entered_by=None, **{"joined_on": JOINED} | changes)


@dataclass
class Taught:
    """A tutor with one course, a class today, and learners."""

    tutor: User
    course: Course
    today: CourseSession
    places: list[CourseEnrolment]

    @property
    def marks(self) -> list[str]:
        """The names of the learners' marks in the register's form."""
        return [f"mark_{place.id.hex}" for place in self.places]

    @property
    def lates(self) -> list[str]:
        return [f"late_{place.id.hex}" for place in self.places]

    @property
    def register(self) -> str:
        return f"/classes/{self.today.id}"

    @property
    def page(self) -> str:
        return f"/courses/{self.course.id}"


NAMES = ("Amara", "Bethan", "Callum", "Dilan", "Esme")


def taught(learners: int = 3, **changes: Any) -> Taught:
    programme = a_programme()
    tutor = a_user(Role.TUTOR, programme)
    course = a_course(tutor, programme, **changes)
    places = [
        a_learner(course, NAMES[each] if each < len(NAMES) else f"Zoe{each:03}") for each in range(learners)
    ]
    return Taught(tutor, course, a_class(course), places)
