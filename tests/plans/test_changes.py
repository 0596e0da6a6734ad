"""What changed since they signed, and what a drawn signature may be. Pure."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core.values import Invalid
from caseworker.plans.changes import ActionThen, Change, GoalThen, changes_since, read, written
from caseworker.plans.signature import HEIGHT, MOST_STROKES, WIDTH, Signature, drawn, signature_of

DAY = date(2027, 2, 20)
STEP = ActionThen("a", "Ring the college", "participant", DAY, "not_started")
GOAL = GoalThen("g", "Start the care course", DAY, "not_started", (STEP,))
LATER = DAY + timedelta(days=30)

goals = st.lists(
    st.builds(
        GoalThen,
        id=st.sampled_from("abcdef"),
        words=st.text(max_size=20),
        target_on=st.dates(),
        state=st.sampled_from(["not_started", "in_progress", "done", "no_longer_relevant"]),
        actions=st.lists(
            st.builds(
                ActionThen,
                id=st.sampled_from("uvwxyz"),
                words=st.text(max_size=20),
                owner=st.sampled_from(["participant", "tutor"]),
                due_on=st.dates(),
                state=st.sampled_from(["not_started", "done", "no_longer_relevant"]),
            ),
            max_size=3,
            unique_by=lambda action: action.id,
        ).map(tuple),
    ),
    max_size=4,
    unique_by=lambda goal: goal.id,
)


@given(goals)
def test_a_snapshot_reads_back_as_it_was_and_nothing_changed(now: list[GoalThen]) -> None:
    assert list(read(written(now))) == now
    assert changes_since(now, now) == []


@given(goals, goals)
def test_every_difference_that_matters_is_said(then: list[GoalThen], now: list[GoalThen]) -> None:
    found = changes_since(then, now)
    alive = [goal for goal in now if goal.state != "no_longer_relevant"]
    if {goal.id for goal in alive} - {goal.id for goal in then}:
        assert any(each.change is Change.GOAL_ADDED for each in found)
    kept = {goal.id: goal for goal in then}
    if any(goal.id in kept and goal.target_on != kept[goal.id].target_on for goal in now):
        assert any(each.change is Change.GOAL_MOVED for each in found)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([replace(GOAL, words="Other")], [Change.GOAL_REWORDED]),
        ([replace(GOAL, target_on=LATER)], [Change.GOAL_MOVED]),
        ([replace(GOAL, state="in_progress")], []),
        ([replace(GOAL, state="done")], [Change.GOAL_REACHED]),
        ([replace(GOAL, state="no_longer_relevant")], [Change.GOAL_DROPPED]),
        ([], [Change.GOAL_REMOVED]),
        ([GOAL, replace(GOAL, id="h", actions=())], [Change.GOAL_ADDED]),
        ([GOAL, replace(GOAL, id="h", state="no_longer_relevant")], []),
        ([replace(GOAL, actions=())], [Change.ACTION_REMOVED]),
        ([replace(GOAL, actions=(STEP, replace(STEP, id="b")))], [Change.ACTION_ADDED]),
        ([replace(GOAL, actions=(replace(STEP, state="done"),))], [Change.ACTION_DONE]),
        ([replace(GOAL, actions=(replace(STEP, state="no_longer_relevant"),))], [Change.ACTION_DROPPED]),
        ([replace(GOAL, actions=(replace(STEP, due_on=LATER),))], [Change.ACTION_MOVED]),
        ([replace(GOAL, actions=(replace(STEP, owner="tutor"),))], [Change.ACTION_HANDED]),
        ([replace(GOAL, actions=(replace(STEP, words="Walk in"),))], [Change.ACTION_REWORDED]),
    ],
)
def test_one_change_is_said_once(now: list[GoalThen], expected: list[Change]) -> None:
    found = changes_since([GOAL], now)
    assert [each.change for each in found] == expected
    progress = {Change.GOAL_REACHED, Change.ACTION_DONE}
    assert [each.asks_agreement for each in found] == [each not in progress for each in expected]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("done", "not_started", Change.GOAL_REOPENED),
        ("done", "no_longer_relevant", Change.GOAL_DROPPED),
        ("no_longer_relevant", "done", Change.GOAL_REACHED),
    ],
)
def test_a_closed_goal_that_stands_otherwise(before: str, after: str, expected: Change) -> None:
    then, now = replace(GOAL, state=before), replace(GOAL, state=after)
    assert [each.change for each in changes_since([then], [now])] == [expected]


def test_the_order_of_goals_is_no_change() -> None:
    several = [replace(GOAL, id=str(number)) for number in range(3)]
    for order in permutations(several):
        assert changes_since(several, list(order)) == []


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT)), min_size=2, max_size=20),
        min_size=2,
        max_size=10,
    )
)
def test_a_drawing_is_kept_point_by_point(strokes: list[list[tuple[int, int]]]) -> None:
    made = drawn(json.dumps([[number for point in stroke for number in point] for stroke in strokes]))
    assert [list(stroke) for stroke in made.strokes] == strokes
    again = signature_of(made.stored())
    assert again == made
    assert set(made.path) <= set("ML 0123456789")


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "[",
        "null",
        "{}",
        "[]",
        "[[]]",
        "[[1]]",
        "[[1,2,3]]",
        "[[1,2]]",
        '[["1",2,3,4,5,6,7,8]]',
        "[[1.5,2,3,4,5,6,7,8]]",
        "[[true,2,3,4,5,6,7,8]]",
        "[[NaN,2,3,4,5,6,7,8]]",
        "[[-1,2,3,4,5,6,7,8]]",
        "[[601,2,3,4,5,6,7,8]]",
        "[[1,201,3,4,5,6,7,8]]",
        "[[1e999,2,3,4,5,6,7,8]]",
        '[[1,2,3,4,"<svg/onload=alert(1)>",6,7,8]]',
        "[" * 30_000,
        "[[" + "1," * 40_000 + "1]]",
        json.dumps([[1, 2, 3, 4]] * (MOST_STROKES + 1)),
    ],
)
def test_what_is_no_drawing_is_refused_in_words(sent: str) -> None:
    with pytest.raises(Invalid):
        drawn(sent)


def test_a_typed_name_is_a_signature_too() -> None:
    assert signature_of(Signature(name="Zoë <b>").stored()) == Signature(name="Zoë <b>")
    assert signature_of(None) is None
