"""A course for many at once, and a list to write to that obeys what keeps people safe."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.courses.models import Course, CourseEnrolment
from caseworker.courses.services import give_place
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import exit_enrolment
from caseworker.participants.models import ParticipantAccess, Scope
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.handover.test_pages import choose
from tests.support.builders import a_user, kept
from tests.support.client import PageClient, form_on, read
from tests.support.counting import statements
from tests.support.stored import rows

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


def a_course(team: Team, title: str = "First aid", ends: date = TODAY + 30 * DAY) -> Course:
    return kept(
        Course(
            programme_id=team.programme.id,
            tutor_id=team.tutor.id,
            title=title,
            subject="Health",
            level="1",
            guided_minutes=600,
            starts_on=TODAY - 5 * DAY,
            ends_on=ends,
        )
    )


@pytest.mark.both_databases
def test_many_join_a_course_and_each_is_told_of(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        course, _other = a_course(team), a_course(team, "Cooking")
        a_course(team, "Over", TODAY - DAY)
        cases = [started(team) for _ in range(4)]
        give_place(course, cases[0], joined_on=TODAY, entered_by=None)
        left = give_place(course, cases[1], joined_on=TODAY - 2 * DAY, entered_by=None)
        left.left_on = TODAY
        foreign = started(a_team())
    client.sign_in(team.keyworker)
    which = read(choose(client, "/handover/add-to-course", [*cases, foreign]))
    assert "First aid" in which.text and "Cooking" in which.text and "Over" not in which.text
    page = read(choose(client, "/handover/add-to-course", cases, course_id=str(course.id)))
    assert [line[3] for line in page.rows("Who is added")[1:]].count("Is added") == 2
    assert "On it already" in page.text and "Was on it and left it" in page.text
    form = form_on(page, "joined_on")
    wrong = read(client.submit(form, joined_on="1 6 2027"), 422)
    assert wrong.problems == {"joined_on": "The first day must be on or before the day the course ends"}
    answer = client.submit(form_on(wrong, "joined_on"), joined_on="20 11 2026")
    assert answer.status_code == 303
    assert len(rows(app, CourseEnrolment)) == 4
    assert client.submit(form).status_code == 303
    assert len([row for row in rows(app, CourseEnrolment) if row.voided_at is None]) == 4
    opened = [row for row in rows(app, ParticipantAccess) if row.scope == Scope.LEARNER]
    assert {row.participant_id for row in opened} == {case.participant_id for case in cases}
    done = read(client.get(answer.headers["Location"]))
    assert "2 people added to the course. On it already: 1; Was on it and left it: 1" in done.text
    made = max(row.entered_at for row in rows(app, CourseEnrolment) if row.entered_by_id == team.keyworker.id)
    assert made == NOW
    number = int(NOW.timestamp() * 1_000_000)
    undo = f"/handover/add-to-course/{course.id}/undo/{number}"
    assert choose(client, undo, [], post_token="x" * 43).status_code == 303
    assert len([row for row in rows(app, CourseEnrolment) if row.voided_at is None]) == 2


def test_nobody_to_add_and_nothing_chosen(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    with given():
        course, case, foreign = a_course(team), started(team), started(a_team())
        give_place(course, case, joined_on=TODAY, entered_by=None)
        stranger = a_user(Role.TUTOR, team.programme)
    client.sign_in(team.keyworker)
    for chosen in ([], ["nonsense", "🙂"], [str(foreign.id)]):
        assert choose(client, "/handover/add-to-course", chosen).status_code == 303
        assert choose(client, "/handover/message-list", chosen).status_code == 303
    page = read(choose(client, "/handover/add-to-course", [case]))
    wrong = read(client.submit(form_on(page, "joined_on")), 422)
    assert "Nobody was added" in wrong.problems[""]
    client.sign_in(stranger)
    for path in ("/handover/add-to-course", "/handover/message-list"):
        assert client.get(path).status_code == 403
    assert len(rows(app, CourseEnrolment)) == 1


def test_a_message_list_leaves_out_whom_one_may_not_reach(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        plain, quiet, silent, nothing, stopped = (started(team, days_ago=50) for _ in range(5))
        for number, case in enumerate((plain, quiet, silent, stopped)):
            case.participant.phone = f"0770090012{number}"
            case.participant.email = f"person{number}@example.org"
        quiet.participant.safe_times = "after ten"
        silent.participant.no_texts = silent.participant.no_emails = True
        exit_enrolment(stopped, exited_on=TODAY, exit_reason="do_not_contact", today=TODAY)
    cases: list[Enrolment] = [plain, quiet, silent, nothing, stopped]
    client.sign_in(team.keyworker)
    page = read(choose(client, "/handover/message-list", cases))
    texts = page.rows("May be sent a text")[1:]
    assert [line[1] for line in texts] == ["07700900120", "07700900121"]
    assert "after ten" in texts[1][2]
    assert [line[1] for line in page.rows("May be sent an e-mail")[1:]] == [
        "person0@example.org",
        "person1@example.org",
    ]
    for words in (
        "Never text them",
        "Never e-mail them",
        "No number",
        "They must not be contacted",
    ):
        assert words in page.text, words
    assert "07700900122" not in page.html and "07700900123" not in page.html
    looked = {row.participant_id for row in rows(app, AuditEvent) if row.record_kind == "message list"}
    assert looked == {case.participant_id for case in cases}


def test_lists_cost_the_same_however_many(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    with given():
        a_course(team)
        cases = [started(team) for _ in range(10)]
    client.sign_in(team.keyworker)
    for path in ("/handover/add-to-course", "/handover/message-list"):
        counts = []
        for some in (cases[:2], cases):
            choose(client, path, some)
            with statements(app) as sent:
                choose(client, path, some)
            counts.append(len([each for each in sent if "audit_event" not in each]))
        assert counts[0] == counts[1] < 25, counts
