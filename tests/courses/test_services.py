"""Registers and completions, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.courses.models import Attendance, Completion
from caseworker.courses.queries import attendance_of, marks_of
from caseworker.courses.rules import Attended
from caseworker.courses.services import (
    Mark,
    complete_places,
    mark_not_held,
    mark_register,
    record_completion,
    take_back_completion,
    take_back_completions,
    take_back_register,
)
from tests.courses.classes import JOINED, TODAY, Taught, a_class, a_learner, taught

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def course(db_session: Session) -> Taught:
    return taught()


def marks(course: Taught, *codes: str) -> dict:
    return {place.id: Mark(code) for place, code in zip(course.places, codes, strict=True)}


def shares(course: Taught) -> list[Attended]:
    found = attendance_of([place.id for place in course.places])
    return [found.get(place.id, Attended()) for place in course.places]


def test_a_register_is_saved_and_saved_again(course: Taught) -> None:
    mark_register(
        course.today, marks(course, "present", "absent", "late"), recorded_by=course.tutor, today=TODAY
    )
    before = course.today.version
    late = {course.places[2].id: Mark("late", 15), course.places[1].id: Mark("apology", 20)}
    mark_register(course.today, late, recorded_by=course.tutor, today=TODAY + 3 * DAY)
    assert course.today.version == before + 1
    assert course.today.marked_on == TODAY
    stored = marks_of(course.today)
    assert [(stored[p.id].mark, stored[p.id].minutes_late) for p in course.places] == [
        ("present", None), ("apology", None), ("late", 15),
    ]  # fmt: skip
    assert shares(course) == [Attended(1, 1), Attended(0, 1), Attended(1, 1)]


def test_completion(course: Taught) -> None:
    made = complete_places(course.places, completed_on=TODAY, recorded_by=course.tutor, today=TODAY, now=NOW)
    assert len(made) == 3
    assert [place.finished for place in course.places] == made
