"""A cover opens cases for its days, on every one of them to the right people, and returns by itself."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

import hypothesis
import pytest
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.accounts.models import Role, User
from caseworker.appointments.models import Appointment, Task
from caseworker.appointments.queries import list_booked, list_tasks
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import add_task, book_appointment
from caseworker.casefile.caseload import read_caseload
from caseworker.casefile.due import SHOWN, list_due
from caseworker.casefile.filters import CaseFilter
from caseworker.casefile.home import count_own
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment, HandedCase
from caseworker.enrolments.queries import visible_enrolments
from caseworker.handover.rules import FOR_A_WHILE, FOR_GOOD, TEAM_COVER, Terms
from caseworker.handover.services import end_handover, hand_over, undo_handover
from caseworker.participants.queries import readers_of
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.support.builders import a_user

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


def test_a_cover_is_on_the_list_of_who_may_see(db_session: Session) -> None:
    team = a_team()
    case = started(team)
    terms = Terms(TEAM_COVER, "team_work", TODAY, TODAY + 2 * DAY)
    third = a_user(Role.KEYWORKER, team.programme)
    hand_over([case], [team.colleague, third, team.keyworker], terms, by=team.lead, today=TODAY)
    db_session.flush()
    covering = {row.user_id for row in readers_of(case.participant_id) if row.why == TEAM_COVER}
    assert covering == {team.colleague.id, third.id}
    assert len(db_session.scalars(select(HandedCase)).all()) == 2


def test_a_cover_ended_early_or_undone_returns_at_once(db_session: Session) -> None:
    team = a_team()
    now_case, later_case = started(team), started(team)
    week = TODAY + 7 * DAY
    now_ = hand_over(
        [now_case], [team.colleague], Terms(FOR_A_WHILE, "leave", TODAY, week), by=team.lead, today=TODAY
    )
    later = hand_over(
        [later_case], [team.colleague], Terms(FOR_A_WHILE, "leave", week, week), by=team.lead, today=TODAY
    )
    db_session.flush()
    assert count_own(team.colleague, TODAY)[0] == 1
    end_handover(now_, today=TODAY)
    end_handover(later, today=TODAY)
    db_session.flush()
    assert count_own(team.colleague, TODAY)[0] == 0
    for day in (DAY, 7 * DAY):
        with clock.at(NOW + day):
            assert reads(team.colleague) == set()
    for over in (now_, later):
        with pytest.raises(RuleBroken, match="over already"):
            end_handover(over, today=TODAY)
    good = hand_over([now_case], [team.colleague], GOOD, by=team.lead, today=TODAY)
    with pytest.raises(RuleBroken, match="for good"):
        end_handover(good, today=TODAY)
    undone = hand_over(
        [later_case], [team.colleague], Terms(FOR_A_WHILE, "leave", TODAY, week), by=team.lead, today=TODAY
    )
    db_session.flush()
    assert later_case.id in reads(team.colleague)
    undo_handover(undone, by=team.lead, now=NOW, today=TODAY)
    db_session.flush()
    assert later_case.id not in reads(team.colleague)
    assert count_own(team.colleague, TODAY)[0] == 1  # the one for good


def noon(day: date) -> datetime:
    return datetime.combine(day, NOW.timetz())


def seen_by(user: User, day: date) -> tuple[set[str], int, set[str], set[UUID]]:
    """References on the caseload, the count of home, references due, meetings of the day."""
    load = read_caseload(user, CaseFilter({"mine": ("mine",)}), day, own=False)
    dues = {line.reference for line in list_due(user, day, tuple(SHOWN))}
    meetings = {one.appointment.id for one in list_booked(user, day, day)}
    return {row.reference for row in load.rows}, count_own(user, day)[0], dues, meetings


# (kind, first day from today, more days, ended on this day from today, undone)
COVERS = st.tuples(
    st.sampled_from([FOR_A_WHILE, TEAM_COVER]),
    st.integers(0, 12),
    st.integers(0, 12),
    st.one_of(st.none(), st.integers(0, 20)),
    st.booleans(),
)


def days_around(covers: list[tuple[str, int, int, int | None, bool]]) -> list[date]:
    """The days on which something may change, and those beside them."""
    edges = {TODAY, TODAY + 26 * DAY}
    for _, starts, length, ended, _ in covers:
        for edge in (starts, starts + length, ended or 0):
            edges |= {TODAY + max(edge + step, 0) * DAY for step in (-1, 0, 1)}
    return sorted(edges)


def test_on_every_day_exactly_the_right_people_work_the_case(db_session: Session) -> None:
    team = a_team()
    third = a_user(Role.KEYWORKER, team.programme)
    everybody = (team.keyworker, team.colleague, third, team.lead)

    @hypothesis.settings(max_examples=8)
    @hypothesis.given(st.lists(COVERS, max_size=3))
    def holds(covers: list[tuple[str, int, int, int | None, bool]]) -> None:
        nested = db_session.begin_nested()
        case = started(team, days_ago=60)
        days = days_around(covers)
        meetings = {day: booked(team, case, team.keyworker, (day - TODAY).days) for day in days}
        right: dict[date, set[UUID]] = {day: {team.keyworker.id} for day in days}
        for kind, starts, length, ended, undone in covers:
            to = [team.colleague, third] if kind == TEAM_COVER else [team.colleague]
            first, last = TODAY + starts * DAY, TODAY + (starts + length) * DAY
            handover = hand_over([case], to, Terms(kind, "leave", first, last), by=team.lead, today=TODAY)
            if undone:
                undo_handover(handover, by=team.lead, now=NOW, today=TODAY)
                continue
            if ended is not None and TODAY + ended * DAY <= last:
                last = TODAY + (ended - 1) * DAY
                end_handover(handover, today=TODAY + ended * DAY)
            for day in days:
                if first <= day <= last:
                    right[day] |= {each.id for each in to}
        db_session.flush()
        reference = case.participant.reference
        for day in days:
            with clock.at(noon(day)):
                for user in everybody:
                    load, count, dues, met = seen_by(user, day)
                    works = user.id in right[day]
                    assert (load, count) == (({reference}, 1) if works else (set(), 0)), (day, user.name)
                    assert dues == ({reference} if works else set())
                    assert met == ({meetings[day].id} if works else set())
        nested.rollback()

    holds()


def test_a_task_is_done_by_whoever_covers_until_it_returns(db_session: Session) -> None:
    team = a_team()
    case = started(team)
    task = add_task("Call", user=team.keyworker, due_on=TODAY, enrolment=case, added_by=team.keyworker)
    later = add_task(
        "Later", user=team.keyworker, due_on=TODAY + 9 * DAY, enrolment=case, added_by=team.keyworker
    )
    terms = Terms(FOR_A_WHILE, "leave", TODAY, TODAY + 2 * DAY)
    hand_over([case], [team.colleague], terms, by=team.lead, today=TODAY)
    db_session.flush()
    span = (TODAY, TODAY + 20 * DAY)
    assert [row.id for row in list_tasks(team.colleague, *span)] == [task.id]
    assert {row.id for row in list_tasks(team.keyworker, *span)} == {task.id, later.id}
    assert {row.user_id for row in db_session.scalars(select(Task))} == {team.keyworker.id}
    with clock.at(NOW + 3 * DAY):
        assert list_tasks(team.colleague, *span) == []
