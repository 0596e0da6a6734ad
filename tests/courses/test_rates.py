"""Attendance rates are right for any sequence of marks, corrections, undone and cancelled classes."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker.core.codes import codes
from caseworker.core.db import begin, db
from caseworker.core.errors import RuleBroken
from caseworker.courses.queries import attendance_by_class, attendance_of
from caseworker.courses.rules import MARKS as REGISTER_ORDER
from caseworker.courses.rules import Attended, attended
from caseworker.courses.services import Mark, mark_not_held, mark_register, take_back_register
from tests.courses.classes import NOW, TODAY, a_class, taught

MARKS = [row.code for row in codes("register_mark")]
CLASSES, LEARNERS = 3, 3
# What each mark says of a learner, written out once more: (came, was expected).
SAYS = {
    "present": (1, 1),
    "late": (1, 1),
    "left_early": (1, 1),
    "apology": (0, 1),
    "excused": (0, 1),
    "absent": (0, 1),
    "not_required": (0, 0),
}

nothing: st.SearchStrategy[dict[int, str]] = st.just({})
which = st.integers(0, CLASSES - 1)
step: st.SearchStrategy[tuple[str, int, dict[int, str]]] = st.one_of(
    st.tuples(
        st.just("mark"),
        which,
        st.dictionaries(st.integers(0, LEARNERS - 1), st.sampled_from(MARKS), min_size=1),
    ),
    st.tuples(st.just("not held"), which, nothing),
    st.tuples(st.just("undo"), which, nothing),
)


@dataclass
class Paper:
    """A register as somebody would keep it on paper."""

    happened: bool | None = None
    marks: dict[int, str] = field(default_factory=dict)

    def do(self, what: str, marks: dict[int, str]) -> None:
        if what == "mark":
            self.happened = True
            self.marks |= marks
        elif what == "not held":
            self.happened = False
        elif self.happened is False and self.marks:
            self.happened = True
        else:
            self.happened, self.marks = None, {}

    def counted(self) -> dict[int, str]:
        return self.marks if self.happened else {}


def rate(marks: Iterable[str]) -> Attended:
    said = [SAYS[mark] for mark in marks]
    return Attended(sum(came for came, _ in said), sum(expected for _, expected in said))


def test_every_mark_is_spoken_for() -> None:
    assert sorted(SAYS) == sorted(MARKS) == sorted(REGISTER_ORDER)
    assert all(attended([mark]) == Attended(*SAYS[mark]) for mark in MARKS)


@pytest.mark.both_databases
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(steps=st.lists(step, max_size=12))
def test_rates_are_as_on_paper(app: Flask, steps: list[tuple[str, int, dict[int, str]]]) -> None:
    with app.app_context():
        begin("write")
        own = taught(LEARNERS)
        classes = [own.today] + [
            a_class(own.course, TODAY - timedelta(days=7 * n)) for n in range(1, CLASSES)
        ]
        paper = [Paper() for _ in classes]
        for what, number, marks in steps:
            held = classes[number]
            if what == "mark":
                given_marks = {own.places[learner].id: Mark(mark) for learner, mark in marks.items()}
                mark_register(held, given_marks, recorded_by=own.tutor, today=TODAY)
            elif what == "not held":
                mark_not_held(held, today=TODAY)
            else:
                with suppress(RuleBroken):
                    take_back_register(held, held.version, by=own.tutor, now=NOW)
            paper[number].do(what, marks)
        db.session.flush()
        found = attendance_of([place.id for place in own.places])
        for learner, place in enumerate(own.places):
            on_paper = rate(each.counted()[learner] for each in paper if learner in each.counted())
            assert found.get(place.id, Attended()) == on_paper
            assert on_paper.share is None or 0 <= on_paper.share <= 1
        by_class = attendance_by_class(own.course)
        for held, each in zip(classes, paper, strict=True):
            assert by_class.get(held.id, Attended()) == rate(each.counted().values())
        db.session.rollback()
