"""Leaving closes what is open, undo opens exactly that again, and who comes back is one person."""

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.accounts.models import Role
from caseworker.appointments.models import Appointment, Task
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import add_task, book_appointment, close_appointment
from caseworker.casefile.rebuild import rebuild
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.leaving.models import ClosedByExit, Exit
from caseworker.leaving.services import leave, undo_exit
from caseworker.participants.models import Participant
from caseworker.plans.agreeing import Agreement, agree_plan
from caseworker.plans.models import Action, Goal
from caseworker.plans.rules import ActionDetails, GoalDetails
from caseworker.plans.services import add_action, add_goal, drop_goal, finish_action
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.conftest import Given
from tests.support.builders import a_programme, a_user
from tests.support.client import PageClient, form_on, read
from tests.support.counting import statements
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


def a_busy_case(team: Team) -> Enrolment:
    """A goal under way with an action done and one open, a dropped goal, meetings before and after, tasks."""
    case, worker = started(team, days_ago=40), team.keyworker
    details = GoalDetails(words="A job", horizon="short", target_on=TODAY + 60 * DAY)
    action = ActionDetails(words="Write a CV", owner="participant", due_on=TODAY + 7 * DAY)
    goal = add_goal(case, details, action, recorded_by=worker, today=TODAY)
    db.session.flush()
    done = add_action(goal, ActionDetails("Call", "participant", TODAY), recorded_by=worker)
    db.session.flush()
    finish_action(done, today=TODAY)
    dropped = add_goal(case, details, None, recorded_by=worker, today=TODAY)
    db.session.flush()
    drop_goal(dropped, reason="left_programme", closed_on=TODAY, today=TODAY)
    agree_plan(goal.plan, Agreement("spoken", TODAY - DAY), recorded_by=worker, today=TODAY)
    for days in (-2, 3, 9):
        book_appointment(
            AppointmentDetails(TODAY + days * DAY, time(10), "telephone"),
            with_id=worker.id,
            enrolment=case,
            booked_by=worker,
            today=TODAY - 10 * DAY,
        )
    add_task("Open", user=worker, due_on=None, enrolment=case, added_by=worker)
    add_task("Done", user=worker, due_on=None, enrolment=case, added_by=worker).done_on = TODAY
    spoke(team, case, days_ago=3)
    db.session.flush()
    return case


def state() -> dict[str, object]:
    """Everything an exit may touch, as values."""
    session = db.session
    session.flush()
    session.expire_all()
    return {
        "enrolment": [(r.exited_on, r.exit_reason, r.exit_note) for r in session.scalars(select(Enrolment))],
        "goals": {r.id: (r.state, r.drop_reason, r.closed_on) for r in session.scalars(select(Goal))},
        "actions": {
            r.id: (r.state, r.drop_reason, r.dropped_on, r.done_on) for r in session.scalars(select(Action))
        },
        "meetings": {r.id: (r.result, r.closed_on) for r in session.scalars(select(Appointment))},
        "tasks": {r.id: (r.done_on, r.voided_at, r.void_reason) for r in session.scalars(select(Task))},
        "due": {(r.kind, r.about_id): (r.due_on, r.closed_on) for r in session.scalars(select(DueItem))},
    }


def gone(team: Team, case: Enrolment, reason: str = "health", **changes: object) -> Exit:
    values: dict[str, Any] = {"last_on": TODAY - DAY, "reason": reason, "note": "Likes mornings"}
    return leave(case, recorded_by=team.keyworker, **values | {"now": NOW, "today": TODAY} | changes)


@pytest.mark.both_databases
@pytest.mark.parametrize("reason", ["health", "died"])
def test_undo_puts_everything_back_as_it_was(db_session: Session, reason: str) -> None:
    team = a_team()
    case = a_busy_case(team)
    before = state()
    left = gone(team, case, reason)
    after = state()
    assert (case.exited_on, case.exit_reason, case.exit_note) == (TODAY - DAY, reason, "Likes mornings")
    assert {row.kind for row in left.closed} == {"goal", "action", "appointment", "task"}
    assert sorted(row.kind for row in left.closed) == ["action", "appointment", "appointment", "goal", "task"]
    assert not db.session.scalars(select(DueItem).where(DueItem.closed_on.is_(None))).all()
    assert rebuild().dues_mended == 0
    undo_exit(left, by=team.keyworker, now=NOW + DAY)
    assert state() == before != after
    assert rebuild().dues_mended == 0
    again = gone(team, case)
    assert len(again.closed) == 5


def test_undo_leaves_what_was_closed_otherwise(db_session: Session) -> None:
    team = a_team()
    case = a_busy_case(team)
    left = gone(team, case)
    goal_id = next(row.thing_id for row in left.closed if row.kind == "goal")
    goal = db.session.get(Goal, goal_id)
    assert goal is not None
    goal.state, goal.drop_reason = "done", None
    meeting_ids = [row.thing_id for row in left.closed if row.kind == "appointment"]
    meeting = db.session.get(Appointment, meeting_ids[0])
    assert meeting is not None
    meeting.result = meeting.closed_on = None
    close_appointment(meeting, result="cancelled_with_notice", closed_on=TODAY, now=NOW)
    undo_exit(left, by=team.keyworker, now=NOW)
    assert goal.state == "done"
    assert meeting.result == "cancelled_with_notice"


def test_what_is_refused(db_session: Session) -> None:
    team = a_team()
    case = started(team)
    for last_on, words in ((TODAY + DAY, "today or earlier"), (TODAY - 90 * DAY, "on or after the first")):
        with pytest.raises(RuleBroken, match=words):
            gone(team, case, last_on=last_on)
    left = gone(team, case)
    with pytest.raises(RuleBroken, match="left this programme already"):
        gone(team, case)
    with pytest.raises(RuleBroken, match="whoever made"):
        undo_exit(left, by=team.lead, now=NOW)
    with pytest.raises(RuleBroken, match="30 days"):
        undo_exit(left, by=team.keyworker, now=NOW + 31 * DAY)
    started(team, person=case.participant, days_ago=0)
    with pytest.raises(RuleBroken, match="started again"):
        undo_exit(left, by=team.keyworker, now=NOW)


@pytest.mark.both_databases
def test_leaving_and_undo_on_the_pages(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    with given():
        case = a_busy_case(team)
    client.sign_in(team.keyworker)
    path = f"/enrolments/{case.id}/leave"
    with statements(app) as sent:
        page = client.page(path)
    assert len(sent) < 15, len(sent)
    assert "have not answered the wellbeing questions at the end" in page.text
    for words in ("1 goal", "1 action", "2 appointments called off", "1 task", "Write a CV"):
        assert words in page.text
    form = form_on(page, "exit_reason")
    refused = read(client.submit(form), 422)
    assert set(refused.problems) == {"exit_reason"}
    form = form_on(refused, "exit_reason").fill(exit_reason="own_choice", note="Prefers texts\nat noon")
    assert client.submit(form, exited_on="1 1 2020").status_code == 422
    done = client.submit(form, exited_on="19 11 2026")
    assert done.status_code == 303
    assert client.submit(form).status_code == 303
    assert len(rows(app, Exit)) == 1 and len(rows(app, ClosedByExit)) == 5
    left = client.page(path)
    assert "Prefers texts" in left.text
    assert client.send(path).status_code == 303
    assert row(app, Enrolment).exited_on is None
    assert row(app, Exit).void_reason == "undone"


def test_a_page_opened_before_it_changed_is_refused(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        case = started(team)
    client.sign_in(team.keyworker)
    form = client.get_form(f"/enrolments/{case.id}/leave", "exit_reason")
    with given():
        found = db.session.get(Enrolment, case.id)
        assert found is not None
        found.keyworker_id = team.colleague.id
    assert client.submit(form, exit_reason="health").status_code == 409
    assert row(app, Enrolment).exited_on is None


@pytest.mark.both_databases
def test_coming_back_is_one_person_with_two_enrolments(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        case = a_busy_case(team)
        gone(team, case)
    client.sign_in(team.keyworker)
    path = f"/enrolments/{case.id}/start-again"
    page = client.page(path)
    assert "Likes mornings" in page.text
    form = form_on(page, "programme_id")
    chosen: dict[str, Any] = {
        "programme_id": team.programme.id,
        "referral_source": "self",
        "keyworker_id": team.colleague.id,
    }
    response = client.submit(form, started_on="20 11 2026", **chosen)
    assert response.status_code == 303
    old, new = rows(app, Enrolment)
    assert new.participant_id == old.participant_id and len(rows(app, Participant)) == 1
    assert (new.keyworker_id, new.exit_note, new.status_at_start) == (team.colleague.id, None, "98")
    assert len({each.plan_id for each in rows(app, Goal)}) == 1
    again = client.submit(client.get_form(path, "programme_id"), **chosen)
    assert "already on this programme" in read(again, 422).text
    assert len(rows(app, Enrolment)) == 2


def test_a_case_that_is_open_does_not_start_again(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        case = started(team)
    client.sign_in(team.keyworker)
    answer = client.get(f"/enrolments/{case.id}/start-again")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/enrolments/{case.id}")


def test_the_pages_look_missing_to_whoever_may_not_see_the_case(
    client: PageClient, given: Given, team: Team
) -> None:
    with given():
        case = started(team)
        other = a_user(Role.LEAD, a_programme())
    paths = [f"/enrolments/{case.id}/{what}" for what in ("leave", "leave/undo", "start-again")]
    for user in (other, team.tutor, team.colleague):
        assert looks_missing(client, user, case.id, paths) == 3
