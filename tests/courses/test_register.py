"""The register's page, as a browser without script sends it."""

import time
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.courses.models import Attendance, CourseEnrolment, CourseSession
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.courses.classes import NOW, TODAY, Taught, a_class, taught
from tests.courses.statements import counted
from tests.support.client import Form, PageClient, form_on, read
from tests.support.page import Page

DAY = timedelta(days=1)
SENDABLE = [typed for typed in HOSTILE_TEXT if typed.encode("utf-8", "ignore").decode() == typed]


def stored(app: Flask, session_id: Any) -> tuple[bool | None, dict[str, tuple[str, int | None]]]:
    """Whether the class happened, and its marks by the name of their field."""
    with app.app_context():
        held = db.session.get_one(CourseSession, session_id)
        rows = db.session.scalars(
            select(Attendance).where(Attendance.session_id == session_id, Attendance.voided_at.is_(None))
        )
        return held.happened, {f"mark_{row.place_id.hex}": (row.mark, row.minutes_late) for row in rows}


def test_everybody_is_present_until_somebody_says_otherwise(client: PageClient, course: Taught) -> None:
    form = client.get_form(course.register)
    assert [form.data[name] for name in course.marks] == [["present"]] * 3
    assert form.choices[course.marks[0]] == [
        "present", "absent", "late", "apology", "left_early", "excused", "not_required",
    ]  # fmt: skip


@pytest.mark.both_databases
def test_two_absences_and_save(app: Flask, client: PageClient, course: Taught) -> None:
    form = client.get_form(course.register)
    form.fill(**{course.marks[0]: "absent", course.marks[2]: "absent"})
    response = client.submit(form, "Save register")
    assert (response.status_code, response.location) == (303, "/classes")
    happened, marks = stored(app, course.today.id)
    assert happened is True
    assert [marks[name] for name in course.marks] == [("absent", None), ("present", None), ("absent", None)]
    shown = client.get_form(course.register)
    assert [shown.data[name] for name in course.marks] == [["absent"], ["present"], ["absent"]]


def test_minutes_count_beside_late_only(app: Flask, client: PageClient, course: Taught) -> None:
    form = client.get_form(course.register)
    first, second, third = course.marks
    form.fill(**{first: "late", second: "late", course.lates[0]: "15", course.lates[2]: "not a number"})
    assert client.submit(form, "Save register").status_code == 303
    _, marks = stored(app, course.today.id)
    assert [marks[name] for name in (first, second, third)] == [
        ("late", 15), ("late", None), ("present", None),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["0", "601", "-5", "NaN", "1e999", "ten", "=cmd()", "15.5"])
def test_minutes_that_are_none_are_refused_and_kept(
    app: Flask, client: PageClient, course: Taught, typed: str
) -> None:
    form = client.get_form(course.register)
    form.fill(**{course.marks[0]: "late", course.lates[0]: typed, course.marks[1]: "excused"})
    page = read(client.submit(form, "Save register"), 422)
    assert list(page.problems) == [course.lates[0]]
    assert "Amara" in page.problems[course.lates[0]]
    again = form_on(page)
    assert again.data[course.lates[0]] == [typed]
    assert [again.data[name] for name in course.marks] == [["late"], ["excused"], ["present"]]
    assert stored(app, course.today.id) == (None, {})
    again.fill(**{course.lates[0]: "5"})
    assert client.submit(again, "Save register").status_code == 303


@pytest.mark.parametrize("typed", ["PRESENT", "voided", "x" * 50_000, "<script>alert(1)</script>"])
def test_a_mark_that_is_not_on_the_list_is_refused(
    app: Flask, client: PageClient, course: Taught, typed: str
) -> None:
    form = client.get_form(course.register)
    form.data |= {course.marks[0]: [typed], course.marks[1]: ["absent"]}
    page = read(client.submit(form, "Save register"), 422)
    assert list(page.problems) == [course.marks[0]]
    assert form_on(page).data[course.marks[1]] == ["absent"]
    assert stored(app, course.today.id) == (None, {})


def test_hostile_typing_marks_nobody(app: Flask, client: PageClient, course: Taught) -> None:
    form = client.get_form(course.register).fill(**{course.marks[1]: "late"})
    form.data["held"] = ["yes"]
    for typed in SENDABLE[::2]:
        form.data |= {course.marks[0]: [typed], course.lates[1]: [typed]}
        # The page check refuses characters that no page may hold, and some of these are such.
        answer = FlaskClient.open(client, form.action, method="POST", data=form.data)
        assert answer.status_code == 422, typed
    assert stored(app, course.today.id) == (None, {})


def test_a_mark_left_out_is_asked_for(client: PageClient, course: Taught) -> None:
    form = client.get_form(course.register)
    del form.data[course.marks[1]]
    page = read(client.submit(form, "Save register"), 422)
    assert "Bethan" in page.problems[course.marks[1]]


def test_a_learner_of_another_class_is_refused_and_nothing_is_lost(
    app: Flask, client: PageClient, course: Taught, given: Given
) -> None:
    with given():
        other = taught()
    form = client.get_form(course.register)
    form.data |= {other.marks[0]: ["present"], course.marks[0]: ["absent"]}
    page = read(client.submit(form, "Save register"), 422)
    assert "not in this class" in page.problems[""]
    assert form_on(page).data[course.marks[0]] == ["absent"]
    assert stored(app, course.today.id) == (None, {})
    assert client.submit(form_on(page), "Save register").status_code == 303


def test_which_button_was_pressed_must_be_known(client: PageClient, course: Taught) -> None:
    form = client.get_form(course.register)
    page = read(client.submit(form), 422)
    assert "held" in page.problems


@pytest.mark.both_databases
def test_a_class_that_did_not_happen(app: Flask, client: PageClient, course: Taught) -> None:
    form = client.get_form(course.register)
    form.fill(**{course.marks[0]: "late", course.lates[0]: "nonsense that no longer matters"})
    assert client.submit(form, "This class did not happen").status_code == 303
    assert stored(app, course.today.id) == (False, {})
    assert "Did not happen" in client.page("/classes").text
    assert "did not happen" in client.page(course.register).text
    assert "No class counted yet" in client.page(course.page).text


def test_undo_empties_the_register(app: Flask, client: PageClient, course: Taught) -> None:
    client.submit(client.get_form(course.register), "Save register")
    undo = client.page("/classes").soup.select_one(".cw-banner--saved form")
    assert undo is not None
    sent = {field["name"]: field["value"] for field in undo.find_all("input")}
    response = client.post(str(undo["action"]), data=sent)
    assert (response.status_code, response.location) == (303, course.register)
    assert stored(app, course.today.id) == (None, {})
    form = client.get_form(course.register)
    assert [form.data[name] for name in course.marks] == [["present"]] * 3
    again = client.post(str(undo["action"]), data=sent | {"post_token": "x" * 43})
    assert "changed after that" in read(again, 422).text


def test_a_second_save_offers_no_undo_that_would_lose_the_first(client: PageClient, course: Taught) -> None:
    for offered in (1, 0):
        client.submit(client.get_form(course.register), "Save register")
        assert len(client.page("/classes").soup.select(".cw-banner--saved form")) == offered


def test_a_button_pressed_twice_saves_once(app: Flask, client: PageClient, course: Taught) -> None:
    form = client.get_form(course.register)
    for _ in range(2):
        assert client.submit(form, "Save register").location == "/classes"
    with app.app_context():
        assert db.session.get_one(CourseSession, course.today.id).version == 2


@pytest.mark.both_databases
def test_two_tutors_at_once_meet_side_by_side(app: Flask, client: PageClient, course: Taught) -> None:
    first, second, _ = course.marks
    mine, theirs = client.get_form(course.register), client.get_form(course.register)
    assert client.submit(theirs.fill(**{first: "absent"}), "Save register").status_code == 303
    page = read(client.submit(mine.fill(**{second: "apology"}), "Save register"), 409)
    rows = page.differing()
    assert [row[1:] for row in rows] == [["Absent", "Present"], ["Present", "Sent an apology"]]
    assert "Amara" in rows[0][0]
    _, marks = stored(app, course.today.id)
    assert marks[first] == ("absent", None)
    settled = client.submit(form_on(page))
    assert settled.status_code == 303
    _, marks = stored(app, course.today.id)
    assert (marks[first], marks[second]) == (("present", None), ("apology", None))


def test_not_held_against_a_marked_register_meets_too(client: PageClient, course: Taught) -> None:
    mine, theirs = client.get_form(course.register), client.get_form(course.register)
    client.submit(theirs, "Save register")
    page = read(client.submit(mine, "This class did not happen"), 409)
    assert page.differing() == [["This class", "The class happened", "The class did not happen"]]
    assert client.submit(form_on(page)).status_code == 303
    assert "Did not happen" in client.page("/classes").text


def test_a_register_of_an_earlier_day_keeps_both_days(
    app: Flask, client: PageClient, course: Taught, given: Given
) -> None:
    with given():
        earlier = a_class(course.course, TODAY - 10 * DAY)
    assert client.page("/classes").link("Friday 20 February 2026, 10:00") == f"/classes/{earlier.id}"
    client.submit(client.get_form(f"/classes/{earlier.id}"), "Save register")
    with app.app_context():
        found = db.session.get_one(CourseSession, earlier.id)
        assert (found.held_on, found.marked_on) == (TODAY - 10 * DAY, NOW.date())
    page = client.page(f"/classes/{earlier.id}")
    assert page.h1 == "Food safety, 20 February 2026"
    assert "First saved on 2 March 2026" in page.text


def test_a_class_to_come_says_so_and_takes_no_marks(
    app: Flask, client: PageClient, course: Taught, given: Given
) -> None:
    with given():
        coming = a_class(course.course, TODAY + DAY)
    page = client.page(f"/classes/{coming.id}")
    assert "can be marked from Tuesday 3 March 2026 on" in page.text
    assert page.soup.select("main form") == []
    form = client.get_form(course.register)
    form.action, form.data["record_version"] = f"/classes/{coming.id}", ["1"]
    for button in ("Save register", "This class did not happen"):
        refused = read(client.submit(form, button), 422)
        assert "still to come" in refused.problems[""]
    assert stored(app, coming.id) == (None, {})


@pytest.mark.usefixtures("at_noon")
def test_a_class_without_learners_can_still_be_one_that_did_not_happen(
    client: PageClient, given: Given
) -> None:
    with given():
        empty = taught(0)
    client.sign_in(empty.tutor)
    form = client.get_form(empty.register)
    assert list(form.buttons) == ["This class did not happen"]
    assert client.submit(form, "This class did not happen").status_code == 303


@pytest.mark.both_databases
@pytest.mark.usefixtures("at_noon")
def test_three_hundred_learners_in_one_post(app: Flask, client: PageClient, given: Given) -> None:
    with given():
        large = taught(300)
    client.sign_in(large.tutor)
    # The page check looks at each label of each control, which is long for three hundred rows of seven.
    client.page("/classes")
    plain = FlaskClient(app, app.response_class)
    with client.session_transaction() as kept, plain.session_transaction() as copied:
        copied.update(kept)

    def opened() -> Form:
        html = plain.get(large.register).get_data(as_text=True)
        return form_on(Page(html, large.register, 200))

    form = opened()
    form.fill(**{large.marks[7]: "absent", large.marks[299]: "late", large.lates[299]: "5"})
    for changes in ({}, {large.marks[8]: "absent"}):
        form.fill(**changes)
        began = time.perf_counter()
        with counted(app) as statements:
            assert client.submit(form, "Save register").status_code == 303
        assert time.perf_counter() - began < 10
        assert len(statements) < 20, "\n".join(statements)
        form = opened()
    happened, marks = stored(app, large.today.id)
    assert (happened, len(marks)) == (True, 300)
    assert [marks[large.marks[n]] for n in (7, 8, 299)] == [("absent", None), ("absent", None), ("late", 5)]


@pytest.mark.both_databases
def test_two_saves_at_the_same_moment(app: Flask, given: Given) -> None:
    """Both were opened on the same register and both are sent before either is answered."""
    with given():
        made = taught()
        held = a_class(made.course, clock.today())
    answers: list[int] = []
    start = Barrier(2)

    def save(mark: str) -> None:
        with app.test_client() as tutor:
            assert isinstance(tutor, PageClient)
            tutor.sign_in(made.tutor)
            form = tutor.get_form(f"/classes/{held.id}").fill(**dict.fromkeys(made.marks, mark))
            start.wait()
            answers.append(tutor.submit(form, "Save register").status_code)

    threads = [Thread(target=save, args=(mark,)) for mark in ("absent", "late")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 409]
    _, marks = stored(app, held.id)
    assert len(marks) == 3
    assert len(set(marks.values())) == 1


def test_unsaved_marks_are_put_back(app: Flask, client: PageClient, course: Taught) -> None:
    form = client.get_form(course.register)
    typed = {course.marks[0]: "late", course.lates[0]: "12", course.marks[1]: "absent"}
    sent = {name: value[0] for name, value in form.data.items()} | typed | {"draft_path": course.register}
    assert client.post("/drafts", data=sent).status_code < 300
    page = client.page(course.register)
    assert "Your unsaved text is back" in page.text
    found = form_on(page)
    assert {name: found.data[name] for name in typed} == {name: [text] for name, text in typed.items()}
    assert client.submit(found, "Save register").status_code == 303
    assert "Your unsaved text is back" not in client.page(course.register).text


def test_opening_a_learner_is_a_look_and_a_register_a_list(
    app: Flask, client: PageClient, course: Taught
) -> None:
    with app.app_context():
        person = db.session.get_one(CourseEnrolment, course.places[0].id).enrolment.participant_id
    client.page(f"/learners/{person}")
    client.page(course.register)
    with app.app_context():
        seen = select(AuditEvent.action, AuditEvent.record_kind, AuditEvent.participant_id)
        rows = db.session.execute(seen.where(AuditEvent.user_id == course.tutor.id)).all()
    assert ("looked", "learner", person) in rows
    assert ("listed", "register", None) in rows
