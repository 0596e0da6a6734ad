"""One page for a contact and all that came of it: saved whole or not at all, and taken back whole."""

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from caseworker.appointments.models import Appointment, Task
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import book_appointment, close_appointment, finish_task
from caseworker.contacts.models import Contact, ContactTheme
from caseworker.core import clock
from caseworker.core.db import Base, db
from caseworker.enrolments.models import Enrolment
from caseworker.plans.models import Action
from caseworker.plans.services import finish_action
from caseworker.support.models import SupportGiven
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.contacts.situations import Planned, a_plan
from tests.support.client import Form, PageClient, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import row, rows

DAY = timedelta(days=1)
PARTS: tuple[type[Base], ...] = (Contact, ContactTheme, Appointment, Task, SupportGiven)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        enrolment = started(team)
    client.sign_in(team.keyworker)
    return enrolment


@pytest.fixture
def plan(given: Given, team: Team, case: Enrolment) -> Planned:
    with given():
        return a_plan(team, case)


def new(case: Enrolment) -> str:
    return f"/enrolments/{case.id}/contacts/new"


def everything(client: PageClient, case: Enrolment, plan: Planned) -> Form:
    """The form with every part of it filled in."""
    return client.get_form(new(case)).fill(
        result="spoke",
        note="A good talk",
        themes=["money", "transport"],
        done_actions=[str(plan.first.id)],
        action_words="Send the CV to three employers",
        action_due="week",
        support_kind="travel",
        support_amount="4.50",
        support_units="2",
        again="next_week",
        again_time="10:30",
        task_words="Ring the housing office",
        task_due_on="tomorrow",
    )


def undo(client: PageClient, page: Page, status: int = 200) -> Page:
    """One tap, and a second where the first asks."""
    asked = read(tap_back(client, page))
    if "Take back the contact?" in asked.text:
        return read(tap_back(client, asked), status)
    return asked


def tap_back(client: PageClient, page: Page) -> TestResponse:
    form = page.soup.select_one("form[action$='take-back']")
    assert form is not None
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    return client.post(str(form["action"]), data=data, follow_redirects=True)


@pytest.mark.both_databases
def test_all_parts_are_saved_in_one_go_and_taken_back_in_one(
    app: Flask, client: PageClient, case: Enrolment, plan: Planned
) -> None:
    response = client.submit(everything(client, case, plan))
    assert response.status_code == 303, read(response, 422).problems
    contact = row(app, Contact)
    assert (contact.note, contact.two_way) == ("A good talk", True)
    assert {each.theme for each in rows(app, ContactTheme)} == {"money", "transport"}
    actions = {each.words: each for each in rows(app, Action)}
    assert (actions["Finish the CV"].done_on, actions["Ring the college"].done_on) == (TODAY, None)
    added = actions["Send the CV to three employers"]
    assert (added.owner, added.due_on) == ("participant", TODAY + 7 * DAY)
    help_given = row(app, SupportGiven)
    assert (help_given.kind, help_given.amount_pence, help_given.units_hundredths) == ("travel", 450, 200)
    assert (help_given.state, help_given.given_on, help_given.contact_id) == ("given", TODAY, contact.id)
    booked = row(app, Appointment)
    assert (booked.starts_on, booked.starts_time) == (TODAY + 7 * DAY, time(10, 30))
    task = row(app, Task)
    assert (task.words, task.due_on) == ("Ring the housing office", TODAY + DAY)
    page = client.page(f"/enrolments/{case.id}")
    assert "Ring the housing office Priya Shah, 21 Nov 2026 · Done" in page.text
    assert "Ring the housing office" in client.page("/due?show=coming&kind=task").text
    assert "Contact saved. Booked for Friday 27 November 2026 at 10:30." in page.text
    assert "Talked about: Money, Transport" in page.text

    assert "Contact taken back" in undo(client, page).text
    actions = {each.words: each for each in rows(app, Action)}
    assert (actions["Finish the CV"].done_on, actions["Finish the CV"].state) == (None, "not_started")
    assert actions["Send the CV to three employers"].voided_at is not None
    for model in (Contact, Appointment, Task, SupportGiven):
        assert row(app, model).voided_at is not None


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"result": None}, "result"),
        ({"happened_time": "12:01"}, "happened_time"),
        ({"action_goal": None}, "action_goal"),
        ({"action_due_on": "yesterday"}, "action_due_on"),
        ({"action_words": "", "action_due_on": "tomorrow"}, "action_words"),
        ({"support_kind": None}, "support_kind"),
        ({"support_amount": "", "support_units": ""}, "support_amount"),
        ({"support_amount": "free"}, "support_amount"),
        ({"again_on": "yesterday"}, "again_on"),
        ({"again_time": ""}, "again_time"),
        ({"again_on": "28 3 2027", "again_time": "01:30"}, "again_time"),
        ({"task_words": "", "task_due_on": "tomorrow"}, "task_words"),
        ({"task_due_on": "31 2 2026"}, "task_due_on"),
    ],
)
def test_anything_wrong_saves_nothing_and_keeps_everything(
    app: Flask, client: PageClient, case: Enrolment, plan: Planned, typed: dict[str, Any], at: str
) -> None:
    page = read(client.submit(everything(client, case, plan).fill(**typed)), 422)
    assert list(page.problems) == [at]
    for model in PARTS:
        assert rows(app, model) == []
    assert {each.words: each.done_on for each in rows(app, Action)} == {
        "Finish the CV": None,
        "Ring the college": None,
    }
    kept = {"note": "A good talk", "task_words": "Ring the housing office"} | typed
    for name in ("note", "task_words"):
        box = page.soup.find("textarea", {"name": name})
        assert box is not None
        assert box.get_text().strip() == kept[name]
    assert page.soup.find("input", {"name": "done_actions", "checked": True}) is not None
    for part in page.soup.select("form details"):
        assert part.has_attr("open"), part.get_text()[:40]


def test_an_action_somebody_else_ticked_meanwhile_is_said(
    app: Flask, client: PageClient, given: Given, case: Enrolment, plan: Planned
) -> None:
    form = everything(client, case, plan)
    with given():
        finish_action(db.session.merge(plan.first), today=TODAY - DAY)
    page = read(client.submit(form), 422)
    assert list(page.problems) == ["done_actions"]
    assert rows(app, Contact) == []


def test_a_second_send_saves_once(app: Flask, client: PageClient, case: Enrolment, plan: Planned) -> None:
    form = everything(client, case, plan)
    first, second = client.submit(form), client.submit(form)
    assert (first.status_code, second.headers["Location"]) == (303, first.headers["Location"])
    assert [len(rows(app, model)) for model in PARTS] == [1, 2, 1, 1, 1]


def test_folds_are_shut_until_they_hold_something(client: PageClient, case: Enrolment, plan: Planned) -> None:
    folds = client.page(new(case)).soup.select("main form details")
    assert len(folds) == 4
    assert not any(fold.has_attr("open") for fold in folds)


def test_without_a_goal_nothing_asks_for_one(client: PageClient, case: Enrolment) -> None:
    assert "done_actions" not in client.get_form(new(case)).choices
    assert client.send(new(case), result="spoke").status_code == 303


@pytest.mark.parametrize(("result", "kept"), [("did_not_attend", "health"), ("spoke", None)])
def test_why_they_did_not_come_is_kept_only_where_they_did_not(
    app: Flask, client: PageClient, case: Enrolment, result: str, kept: str | None
) -> None:
    client.send(new(case), result=result, not_attended_reason="health")
    assert row(app, Contact).not_attended_reason == kept
    shown = client.page(f"/enrolments/{case.id}/timeline").text
    assert ("did not attend" in shown.lower() and "health" in shown) is bool(kept)


def test_a_clash_is_told_and_never_refused(
    app: Flask, client: PageClient, given: Given, case: Enrolment, team: Team
) -> None:
    with given():
        book_appointment(
            AppointmentDetails(TODAY + 7 * DAY, time(10, 15), "telephone"),
            with_id=team.keyworker.id,
            enrolment=None,
            booked_by=team.keyworker,
            today=TODAY,
        )
    client.send(new(case), result="spoke", again="next_week", again_time="10:30")
    assert "Check: the colleague has something else at 10:15." in client.page(f"/enrolments/{case.id}").text
    assert len(rows(app, Appointment)) == 2


def test_the_contact_of_an_appointment_taken_back_opens_it_again(
    app: Flask, client: PageClient, given: Given, case: Enrolment, team: Team
) -> None:
    """Also when it was written up before parts were remembered."""
    client.send(new(case), result="spoke")
    contact = row(app, Contact)
    with given():
        booked = book_appointment(
            AppointmentDetails(TODAY, time(9), "telephone"),
            with_id=team.keyworker.id,
            enrolment=db.session.merge(case),
            booked_by=team.keyworker,
            today=TODAY,
        )
        close_appointment(booked, result="spoke", closed_on=TODAY, now=NOW, contact_id=contact.id)
    page = undo(client, client.page(f"/enrolments/{case.id}"))
    assert "The appointment is open again" in page.text
    kept = row(app, Appointment)
    assert (kept.result, kept.closed_on, kept.contact_id) == (None, None, None)


def test_what_was_done_with_a_part_since_stands_in_the_way_or_is_left_alone(
    app: Flask, client: PageClient, given: Given, case: Enrolment, plan: Planned
) -> None:
    client.submit(everything(client, case, plan))
    page = client.page(f"/enrolments/{case.id}")
    task_id, booked_id = row(app, Task).id, row(app, Appointment).id
    with given():
        task = db.session.get(Task, task_id)
        assert task is not None
        finish_task(task, done_on=TODAY)
        booked = db.session.get(Appointment, booked_id)
        assert booked is not None
        close_appointment(booked, result="cancelled_by_us", closed_on=TODAY, now=NOW)
    refused = undo(client, page, 422)
    assert "written up already" in refused.text
    assert row(app, Contact).voided_at is None
    assert row(app, Task).voided_at is None


def test_undo_says_what_goes_along_and_a_plain_contact_goes_at_once(
    app: Flask, client: PageClient, case: Enrolment, plan: Planned
) -> None:
    client.submit(everything(client, case, plan))
    asked = read(tap_back(client, client.page(f"/enrolments/{case.id}")))
    for words in (
        "Action is open again Finish the CV", "Action leaves the plan Send the CV to three employers",
        "Help given is taken back", "Friday 27 November 2026, 10:30",
        "Task is taken back Ring the housing office",
    ):  # fmt: skip
        assert words in asked.text
    assert row(app, Contact).voided_at is None
    client.send(new(case), result="spoke")
    plain = read(tap_back(client, client.page(f"/enrolments/{case.id}")))
    assert "Contact taken back" in plain.text
    assert [bool(each.voided_at) for each in rows(app, Contact)] == [False, True]


def test_only_whoever_wrote_it_takes_it_back(
    app: Flask, client: PageClient, case: Enrolment, plan: Planned, team: Team
) -> None:
    client.submit(everything(client, case, plan))
    contact = row(app, Contact)
    client.sign_in(team.lead)
    form = client.get_form(new(case), "channel")
    path = f"/enrolments/{case.id}/contacts/{contact.id}/take-back"
    data = {name: form.data[name] for name in ("csrf_token", "post_token")}
    assert client.post(path, data=data).status_code == 422
    assert row(app, Contact).voided_at is None
    for address in (path, f"{path}/all"):
        assert client.get(address).headers["Location"] == f"/enrolments/{case.id}"


def test_an_action_or_goal_of_another_case_cannot_be_touched(
    app: Flask, client: PageClient, given: Given, case: Enrolment, plan: Planned, team: Team
) -> None:
    with given():
        other = a_plan(team, started(team))
    for name, key in (("done_actions", other.first.id), ("action_goal", other.goal.id)):
        form = everything(client, case, plan)
        form.data[name] = [str(key)]
        assert list(read(client.submit(form), 422).problems) == [name]
    assert rows(app, Contact) == []


@pytest.mark.both_databases
def test_a_correction_keeps_its_themes_and_changes_them(
    app: Flask, client: PageClient, case: Enrolment, plan: Planned
) -> None:
    client.submit(everything(client, case, plan))
    wrong = row(app, Contact)
    form = client.get_form(f"/enrolments/{case.id}/contacts/{wrong.id}/correct")
    assert form.data["themes"] == ["money", "transport"]
    client.submit(form, note="A very good talk", themes=["money", "health"], reason="wrong_detail")
    better = rows(app, Contact)[1]
    kept = {(each.contact_id, each.theme) for each in rows(app, ContactTheme)}
    assert {theme for key, theme in kept if key == wrong.id} == {"money", "transport"}
    assert {theme for key, theme in kept if key == better.id} == {"money", "health"}
    text = client.page(f"/enrolments/{case.id}/timeline").text
    assert text.index("A very good talk") < text.index("A good talk")


@pytest.mark.both_databases
def test_the_page_asks_few_questions_however_much_there_is(
    app: Flask, client: PageClient, given: Given, case: Enrolment, team: Team
) -> None:
    counted = []
    for _ in range(2):
        with statements(app) as sent:
            client.page(new(case))
        counted.append(len(sent))
        with given():
            for _more in range(4):
                a_plan(team, case)
    assert counted[0] < 15
    assert counted[1] <= counted[0] + 1
