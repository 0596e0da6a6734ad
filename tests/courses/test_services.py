"""Registers and completions, on both databases."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.courses.models import Attendance, Completion
from caseworker.courses.queries import attendance_by_class, attendance_of, marks_of, places_on
from caseworker.courses.rules import Attended
from caseworker.courses.services import (
    Mark,
    complete_places,
    give_place,
    mark_not_held,
    mark_register,
    record_completion,
    take_back_completion,
    take_back_completions,
    take_back_register,
)
from tests.courses.classes import JOINED, NOW, TODAY, Taught, a_class, a_learner, taught

pytestmark = pytest.mark.both_databases

DAY = timedelta(days=1)


@pytest.fixture
def own(db_session: Session) -> Taught:
    return taught()


def marks(own: Taught, *codes: str) -> dict[UUID, Mark]:
    return {place.id: Mark(code) for place, code in zip(own.places, codes, strict=True)}


def save(own: Taught, *codes: str) -> None:
    mark_register(own.today, marks(own, *codes), recorded_by=own.tutor, today=TODAY)


def shares(own: Taught) -> list[Attended]:
    found = attendance_of([place.id for place in own.places])
    return [found.get(place.id, Attended()) for place in own.places]


def stored(own: Taught) -> list[tuple[str, int | None]]:
    found = marks_of(own.today)
    return [(found[place.id].mark, found[place.id].minutes_late) for place in own.places]


def test_a_register_is_saved_and_saved_again(own: Taught) -> None:
    save(own, "present", "absent", "late")
    before = own.today.version
    changes = {own.places[2].id: Mark("late", 15), own.places[1].id: Mark("apology", 20)}
    mark_register(own.today, changes, recorded_by=own.tutor, today=TODAY + 3 * DAY)
    assert own.today.version == before + 1
    assert (own.today.held_on, own.today.marked_on) == (TODAY, TODAY)
    assert stored(own) == [("present", None), ("apology", None), ("late", 15)]
    assert shares(own) == [Attended(1, 1), Attended(0, 1), Attended(1, 1)]
    assert attendance_by_class(own.course) == {own.today.id: Attended(2, 3)}
    assert db.session.scalar(select(func.count()).select_from(Attendance)) == 3


def test_saving_the_same_again_raises_the_version_and_leaves_the_marks(own: Taught) -> None:
    save(own, "present", "absent", "late")
    versions = [row.version for row in marks_of(own.today).values()]
    before = own.today.version
    save(own, "present", "absent", "late")
    assert own.today.version == before + 1
    assert [row.version for row in marks_of(own.today).values()] == versions


def test_a_class_that_did_not_happen_leaves_every_denominator(own: Taught) -> None:
    save(own, "present", "absent", "late")
    mark_not_held(own.today, today=TODAY)
    assert shares(own) == [Attended()] * 3
    assert attendance_by_class(own.course) == {}
    take_back_register(own.today, own.today.version, by=own.tutor, now=NOW)
    assert shares(own) == [Attended(1, 1), Attended(0, 1), Attended(1, 1)]


def test_undo_empties_a_register_and_a_later_save_fills_it_again(own: Taught) -> None:
    save(own, "present", "absent", "late")
    take_back_register(own.today, own.today.version, by=own.tutor, now=NOW)
    assert (own.today.happened, own.today.marked_on) == (None, None)
    assert (shares(own), marks_of(own.today)) == ([Attended()] * 3, {})
    save(own, "absent", "absent", "present")
    assert shares(own) == [Attended(0, 1), Attended(0, 1), Attended(1, 1)]


def test_undo_of_a_first_not_held_is_an_empty_register(own: Taught) -> None:
    mark_not_held(own.today, today=TODAY)
    take_back_register(own.today, own.today.version, by=own.tutor, now=NOW)
    assert own.today.happened is None


def test_undo_comes_too_late_once_the_register_was_saved_again(own: Taught) -> None:
    save(own, "present", "absent", "late")
    version = own.today.version
    save(own, "present", "present", "late")
    with pytest.raises(RuleBroken, match="changed after that"):
        take_back_register(own.today, version, by=own.tutor, now=NOW)
    assert shares(own)[1] == Attended(1, 1)


def test_a_class_to_come_is_not_marked(own: Taught) -> None:
    coming = a_class(own.course, TODAY + DAY)
    with pytest.raises(RuleBroken, match="still to come"):
        mark_register(coming, marks(own, "present", "present", "present"), recorded_by=own.tutor, today=TODAY)
    with pytest.raises(RuleBroken, match="still to come"):
        mark_not_held(coming, today=TODAY)


def test_nobody_outside_the_class_is_marked(own: Taught) -> None:
    other = taught()
    with pytest.raises(RuleBroken, match="has left this class"):
        mark_register(own.today, {other.places[0].id: Mark("present")}, recorded_by=own.tutor, today=TODAY)
    own.places[0].left_on = TODAY - DAY
    db.session.flush()
    with pytest.raises(RuleBroken, match="has left this class"):
        save(own, "present", "present", "present")
    assert shares(own) == [Attended()] * 3


def test_the_roll_of_a_day_is_who_had_a_place_that_day(own: Taught) -> None:
    own.places[0].left_on = TODAY
    later = a_learner(own.course, "Later", joined_on=TODAY + DAY)
    db.session.flush()

    def roll(day: Any) -> Sequence[Any]:
        return places_on(own.course, day)

    assert roll(JOINED - DAY) == []
    assert roll(TODAY) == own.places
    assert roll(TODAY + DAY) == [*own.places[1:], later]


def test_one_place_on_a_course_and_no_second(own: Taught) -> None:
    with pytest.raises(RuleBroken, match="already"):
        give_place(own.course, own.places[0].enrolment, joined_on=TODAY, entered_by=own.tutor)


def complete(own: Taught, **changes: Any) -> Completion:
    facts: dict[str, Any] = {
        "completed_on": TODAY - DAY,
        "achieved_on": None,
        "grade": None,
        "certificate_seen_on": None,
    }
    return record_completion(own.places[0], **facts | changes, recorded_by=own.tutor, today=TODAY)


def test_three_facts_one_row(own: Taught) -> None:
    first = complete(own)
    again = complete(own, achieved_on=TODAY, grade="Merit", certificate_seen_on=TODAY)
    assert again.id == first.id
    assert (again.achieved_on, again.grade, again.certificate_seen_on) == (TODAY, "Merit", TODAY)
    assert own.places[0].finished is again


def test_what_was_taken_back_starts_afresh(own: Taught) -> None:
    first = complete(own, achieved_on=TODAY, grade="Merit")
    take_back_completion(first, by=own.tutor, now=NOW)
    assert own.places[0].finished is None
    complete_places(own.places, completed_on=TODAY, recorded_by=own.tutor, today=TODAY, now=NOW)
    again = own.places[0].finished
    assert again is not None
    assert (again.id, again.achieved_on, again.grade) == (first.id, None, None)
    assert db.session.scalar(select(func.count()).select_from(Completion)) == 3


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"completed_on": TODAY + DAY}, "completed_on"),
        ({"completed_on": JOINED - DAY}, "completed_on"),
        ({"achieved_on": TODAY - 2 * DAY}, "achieved_on"),
        ({"achieved_on": TODAY + DAY}, "achieved_on"),
        ({"certificate_seen_on": TODAY - 2 * DAY}, "certificate_seen_on"),
        ({"certificate_seen_on": TODAY + DAY}, "certificate_seen_on"),
    ],
)
def test_days_of_a_completion_are_in_order(own: Taught, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        complete(own, **changes)
    assert refused.value.field == field
    assert own.places[0].finished is None


def test_many_complete_on_one_day_and_all_are_undone(own: Taught) -> None:
    earlier = complete(own)
    made = complete_places(own.places, completed_on=TODAY, recorded_by=own.tutor, today=TODAY, now=NOW)
    assert [row.place for row in made] == own.places[1:]
    assert earlier.completed_on == TODAY - DAY
    made[0].achieved_on = TODAY
    db.session.flush()
    undone = take_back_completions(own.course, NOW, by=own.tutor, now=NOW)
    assert undone == 1
    assert [place.finished is not None for place in own.places] == [True, True, False]
    with pytest.raises(RuleBroken):
        take_back_completions(own.course, NOW, by=own.tutor, now=NOW)


def test_undo_of_many_is_for_the_same_day_and_the_same_person(own: Taught) -> None:
    other = taught()
    complete_places(own.places, completed_on=TODAY, recorded_by=own.tutor, today=TODAY, now=NOW)
    for by, now in ((other.tutor, NOW), (own.tutor, NOW + DAY)):
        with pytest.raises(RuleBroken):
            take_back_completions(own.course, NOW, by=by, now=now)
    with pytest.raises(RuleBroken):
        take_back_completions(other.course, NOW, by=own.tutor, now=NOW)


def test_many_are_refused_before_one_of_them_joined(own: Taught) -> None:
    late = a_learner(own.course, "Late", joined_on=TODAY)
    with pytest.raises(RuleBroken, match=late.enrolment.participant.reference):
        complete_places(
            [*own.places, late], completed_on=TODAY - DAY, recorded_by=own.tutor, today=TODAY, now=NOW
        )
    assert db.session.scalar(select(func.count()).select_from(Completion)) == 0
