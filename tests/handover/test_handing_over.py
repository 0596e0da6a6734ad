"""Handing over moves everything or nothing, undo puts back exactly that, and a cover returns by itself."""

from collections.abc import Iterator
from datetime import time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.accounts.models import Role, User
from caseworker.appointments.models import Appointment
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import add_task, book_appointment
from caseworker.casefile.home import count_own
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment, Handover
from caseworker.enrolments.queries import visible_enrolments
from caseworker.enrolments.services import exit_enrolment
from caseworker.handover.rules import FOR_A_WHILE, FOR_GOOD, Terms
from caseworker.handover.services import hand_over, undo_handover
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.support.builders import a_programme, a_user

DAY = timedelta(days=1)
pytestmark = pytest.mark.both_databases
GOOD = Terms(FOR_GOOD, "caseload", TODAY)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


def reads(user: User) -> set[UUID]:
    return {row.id for row in db.session.scalars(visible_enrolments(user))}


def booked(team: Team, case: Enrolment, with_: User, days: int = 3) -> Appointment:
    details = AppointmentDetails(TODAY + days * DAY, time(10), "telephone")
    return book_appointment(details, with_id=with_.id, enrolment=case, booked_by=with_, today=TODAY)


def test_for_good_everything_open_goes_along(db_session: Session) -> None:
    team = a_team()
    case, other = started(team), started(team)
    meeting, theirs = booked(team, case, team.keyworker), booked(team, case, team.lead)
    task = add_task("Call", user=team.keyworker, due_on=None, enrolment=case, added_by=team.keyworker)
    done = add_task("Done", user=team.keyworker, due_on=None, enrolment=case, added_by=team.keyworker)
    done.done_on = TODAY
    elsewhere = add_task("Other", user=team.keyworker, due_on=None, enrolment=other, added_by=team.keyworker)
    db_session.flush()
    handover = hand_over([case], [team.colleague], GOOD, by=team.lead, today=TODAY)
    db_session.flush()
    assert case.keyworker_id == team.colleague.id
    assert other.keyworker_id == team.keyworker.id
    assert (meeting.with_id, task.user_id) == (team.colleague.id, team.colleague.id)
    assert (theirs.with_id, done.user_id, elsewhere.user_id) == (
        team.lead.id,
        team.keyworker.id,
        team.keyworker.id,
    )
    # The one before may finish what is half written today, and reads it no more tomorrow.
    assert reads(team.colleague) == {case.id}
    assert reads(team.keyworker) == {case.id, other.id}
    assert count_own(team.keyworker, TODAY)[0] == 1
    assert count_own(team.colleague, TODAY)[0] == 1
    with clock.at(NOW + DAY):
        assert reads(team.colleague) == {case.id}
        assert reads(team.keyworker) == {other.id}

    assert undo_handover(handover, by=team.lead, now=NOW, today=TODAY) == (1, 0)
    db_session.flush()
    assert case.keyworker_id == team.keyworker.id
    assert (meeting.with_id, task.user_id, theirs.with_id) == (
        team.keyworker.id,
        team.keyworker.id,
        team.lead.id,
    )
    assert reads(team.colleague) == set()
    with clock.at(NOW + 40 * DAY):
        assert reads(team.keyworker) == {case.id, other.id}


def test_undo_leaves_what_has_moved_since(db_session: Session) -> None:
    team = a_team()
    third = a_user(Role.KEYWORKER, team.programme)
    stays, moves, returns = started(team), started(team), started(team)
    kept_meeting, own_meeting = booked(team, stays, team.keyworker), booked(team, stays, team.keyworker, 5)
    first = hand_over([stays, moves, returns], [team.colleague], GOOD, by=team.lead, today=TODAY)
    hand_over([moves], [third], GOOD, by=team.lead, today=TODAY)
    hand_over([returns], [third], GOOD, by=team.lead, today=TODAY)
    hand_over([returns], [team.colleague], GOOD, by=team.lead, today=TODAY)
    own_meeting.with_id = third.id
    made_since = booked(team, stays, team.colleague, 6)
    assert undo_handover(first, by=team.lead, now=NOW, today=TODAY) == (1, 2)
    db_session.flush()
    assert [case.keyworker_id for case in (stays, moves, returns)] == [
        team.keyworker.id,
        third.id,
        team.colleague.id,
    ]
    assert kept_meeting.with_id == team.keyworker.id
    assert own_meeting.with_id == third.id
    assert made_since.with_id == team.colleague.id
    assert reads(team.colleague) == {returns.id, moves.id}
    with clock.at(NOW + DAY):
        assert reads(team.colleague) == {returns.id}


def test_somebody_else_or_a_month_later_cannot_undo(db_session: Session) -> None:
    team = a_team()
    handover = hand_over([started(team)], [team.colleague], GOOD, by=team.lead, today=TODAY)
    other = a_user(Role.LEAD, team.programme)
    with pytest.raises(RuleBroken):
        undo_handover(handover, by=other, now=NOW, today=TODAY)
    with pytest.raises(RuleBroken):
        undo_handover(handover, by=team.lead, now=NOW + 31 * DAY, today=TODAY + 31 * DAY)


def test_nobodys_cases_get_a_keyworker_and_lose_it_again(db_session: Session) -> None:
    team = a_team()
    case = started(team, keyworker=None)
    handover = hand_over([case], [team.colleague], GOOD, by=team.lead, today=TODAY)
    assert case.keyworker_id == team.colleague.id
    assert reads(team.colleague) == {case.id}
    undo_handover(handover, by=team.lead, now=NOW, today=TODAY)
    db_session.flush()
    assert case.keyworker_id is None
    assert reads(team.colleague) == set()


def test_what_is_refused_moves_nothing(db_session: Session) -> None:
    team = a_team()
    cases = [started(team), started(team)]
    stranger = a_user(Role.KEYWORKER, a_programme())
    gone = a_user(Role.KEYWORKER, team.programme, active=False)
    left = started(team, days_ago=90)
    exit_enrolment(left, exited_on=TODAY, exit_reason="health", today=TODAY)
    week = TODAY + 7 * DAY
    db_session.flush()
    refused: list[tuple[list[Enrolment], list[User], Terms, str]] = [
        (cases, [stranger], GOOD, "no keyworker's or lead's role on"),
        (cases, [team.tutor], GOOD, "no keyworker's or lead's role on"),
        (cases, [gone], GOOD, "no longer signs in"),
        ([*cases, left], [team.colleague], GOOD, "have left the programme"),
        (cases, [], GOOD, "Choose who takes them"),
        ([], [team.colleague], GOOD, "Choose whom"),
        (cases, [team.keyworker], GOOD, "with this colleague already"),
        (cases, [team.colleague, team.lead], GOOD, "one colleague"),
        (cases, [team.colleague], Terms(FOR_A_WHILE, "leave", TODAY), "last day"),
        (cases, [team.colleague], Terms(FOR_A_WHILE, "leave", TODAY - DAY, week), "today or later"),
        (cases, [team.colleague], Terms(FOR_A_WHILE, "leave", week, TODAY), "on or after the first"),
        (cases, [team.colleague], Terms(FOR_A_WHILE, "leave", TODAY, TODAY + 400 * DAY), "for good instead"),
        (cases, [team.colleague], Terms(FOR_GOOD, "leave", TODAY, week), "no last day"),
        (cases, [team.colleague], Terms(FOR_GOOD, "leave", week), "begins today"),
    ]
    for whose, to, terms, words in refused:
        with pytest.raises(RuleBroken, match=words):
            hand_over(whose, to, terms, by=team.lead, today=TODAY)
    db_session.flush()
    assert {case.keyworker_id for case in cases} == {team.keyworker.id}
    assert db_session.scalars(select(Handover)).all() == []
    assert reads(team.colleague) == set()
