"""One function says what a day means: counts, lists and every single row agree, for anybody at any time."""

from datetime import UTC, date, datetime, time, timedelta

import hypothesis
import pytest
from flask import Flask
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from caseworker.accounts.models import Role, User
from caseworker.appointments.models import Appointment, Task
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import add_task, book_appointment, close_appointment, finish_task
from caseworker.barriers.models import BarrierAssessment
from caseworker.casefile.due import VIEWS, count_due, first_due, list_due
from caseworker.casefile.unfinished import count_unfinished, list_unfinished
from caseworker.core import clock
from caseworker.core.calendar import bank_holidays
from caseworker.core.ids import new_id
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.rules import COMING_DAYS, DueKind, Standing, standing, window
from caseworker.plans.models import ActionPlan, Goal, GoalDeclined
from caseworker.progressions.models import Progression
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.support.builders import LONG_AGO, a_user, kept
from tests.support.client import PageClient
from tests.support.counting import statements

DAY = timedelta(days=1)
# Round these days something goes wrong first: clocks, bank holidays, leap day, the turn of a year.
AWKWARD = (
    date(2026, 10, 25),
    date(2027, 3, 28),
    date(2026, 12, 25),
    date(2027, 1, 1),
    date(2028, 2, 29),
    *sorted(bank_holidays(2027))[:3],
)
DAYS = sorted({day + n * DAY for day in AWKWARD for n in (-8, -7, -1, 0, 1, 7)})


def raw(owner: User, case: Enrolment | None, number: int, day: date | None) -> tuple[str, date | None]:
    """One thing of `owner`'s for a day, kinds in turn; what it is and when."""
    if day is None or number % 3 == 0:
        kept(Task(user_id=owner.id, enrolment=case, words="x", due_on=day))
        return "task", day
    if number % 3 == 1 or case is None:
        book_appointment(
            AppointmentDetails(day, time(9), "telephone"),
            with_id=owner.id,
            enrolment=case,
            booked_by=owner,
            today=day,
        )
        return "appointment", day
    kind = list(DueKind)[number % 4]
    kept(DueItem(enrolment_id=case.id, kind=kind, about_id=new_id(), due_on=day, rule="made up"))
    return kind, day


@pytest.mark.both_databases
def test_page_list_and_badge_agree_for_anybody_at_any_moment(db_session: Session) -> None:
    team = a_team()
    both = a_user(Role.KEYWORKER, team.programme)
    owners = (team.keyworker, team.colleague, team.lead, both)
    expected: dict[object, list[tuple[str, date | None]]] = {owner.id: [] for owner in owners}
    cases = {}
    for owner in owners:
        cases[owner.id] = started(team, days_ago=300, keyworker=owner)
    db_session.execute(delete(DueItem))
    for number, day in enumerate([*DAYS, None]):
        owner = owners[number % 4]
        case = None if number % 5 == 0 else cases[owner.id]
        expected[owner.id].append(raw(owner, case, number, day))
    db_session.flush()
    expected[team.tutor.id] = []

    @hypothesis.settings(max_examples=25)
    @hypothesis.given(
        st.sampled_from([*owners, team.tutor]),
        st.sampled_from([day + n * DAY for day in DAYS for n in (-1, 0, 1)]),
        st.sampled_from([time(0), time(0, 30), time(0, 59), time(1, 30), time(23, 59)]),
    )
    def agrees(user: User, day: date, hour: time) -> None:
        with clock.at(datetime.combine(day, hour, UTC)):
            today = clock.today()
            truth = [(kind, standing(due_on, None, today)) for kind, due_on in expected[user.id]]
            counts = count_due(user, today)
            first = first_due(user, today, 500)
            for stands in Standing:
                assert counts.of(stands) == sum(each is stands for _, each in truth)
                if stands in first:
                    assert len(first[stands]) == counts.of(stands)
            for view in VIEWS.values():
                for kind in ("", "task", "appointment", DueKind.REVIEW):
                    listed = list_due(user, today, view, kind)
                    assert len(listed) == counts.of(view, kind)
                    assert {standing(line.due_on, None, today) for line in listed} <= set(view)

    agrees()


@hypothesis.given(st.dates(LONG_AGO, date(2040, 1, 1)), st.integers(-500, 500), st.booleans())
def test_every_day_stands_in_one_way_and_done_is_done(today: date, days: int, closed: bool) -> None:
    due_on = today + days * DAY
    found = standing(due_on, today if closed else None, today)
    if closed:
        assert found is Standing.DONE
        return
    holding = [each for each in Standing if each not in (Standing.DONE, Standing.UNKNOWN)]
    assert [each for each in holding if window(each, today)[0] <= due_on <= window(each, today)[1]] == [found]
    assert (found is Standing.OVERDUE) == (days < 0)
    assert (found is Standing.TODAY) == (days == 0)
    assert (found is Standing.COMING) == (0 < days <= COMING_DAYS)
    assert standing(None, None, today) is Standing.UNKNOWN


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


def test_today_is_in_the_order_of_time(client: PageClient, given: Given, team: Team) -> None:
    with clock.at(NOW):
        with given():
            case = started(team, days_ago=28)  # a contact is due today
            for hour in (16, 9, 13):
                book_appointment(
                    AppointmentDetails(TODAY, time(hour), "telephone"),
                    with_id=team.keyworker.id,
                    enrolment=case,
                    booked_by=team.keyworker,
                    today=TODAY,
                )
            add_task(
                "Order the ID card",
                user=team.keyworker,
                due_on=TODAY,
                enrolment=None,
                added_by=team.keyworker,
            )
            add_task("One day", user=team.keyworker, due_on=None, enrolment=None, added_by=team.keyworker)
        client.sign_in(team.keyworker)
        home = client.page("/")
    cards = {str(card["id"]): card.get_text(" ", strip=True) for card in home.soup.select("[id^=due-]")}
    order = [cards["due-today"].index(words) for words in ("09:00", "13:00", "16:00")]
    assert order == sorted(order)
    assert cards["due-today"].index("16:00") < cards["due-today"].index("Order the ID card")
    assert "One day" in cards["due-unknown"]


def test_a_done_or_closed_thing_is_not_due(db_session: Session) -> None:
    with clock.at(NOW):
        team = a_team()
        case = started(team, days_ago=1)
        before = count_due(team.keyworker, TODAY).of(Standing.TODAY)
        task = add_task("x", user=team.keyworker, due_on=TODAY, enrolment=case, added_by=team.keyworker)
        meeting = book_appointment(
            AppointmentDetails(TODAY, time(9), "telephone"),
            with_id=team.keyworker.id,
            enrolment=case,
            booked_by=team.keyworker,
            today=TODAY,
        )
        db_session.flush()
        assert count_due(team.keyworker, TODAY).of(Standing.TODAY) == before + 2
        finish_task(task, done_on=TODAY)
        close_appointment(meeting, result="spoke", closed_on=TODAY, now=NOW)
        db_session.flush()
        assert count_due(team.keyworker, TODAY).of(Standing.TODAY) == before
        assert isinstance(meeting, Appointment)


def serious(case: Enrolment, theme: str, severity: int | None, days_ago: int = 5, **changes: object) -> None:
    state = "nothing" if severity is None else "something"
    values = {"theme": theme, "state": state, "severity": severity, "assessed_on": TODAY - days_ago * DAY}
    kept(BarrierAssessment(enrolment=case, **values | changes))


@pytest.mark.both_databases
def test_unfinished_work_is_counted_as_it_is_listed(db_session: Session) -> None:
    with clock.at(NOW):
        team = a_team()
        case, other = started(team, days_ago=40), started(team, days_ago=40)
        plan = kept(ActionPlan(enrolment=case, started_on=TODAY - 9 * DAY))
        kept(Goal(plan=plan, words="Work", horizon="short", target_on=TODAY + DAY, theme="money"))
        kept(ActionPlan(enrolment=other, started_on=TODAY - 9 * DAY))  # no goal yet: nothing to sign
        serious(case, "money", 4)  # has a goal
        serious(case, "housing", 3)
        serious(case, "transport", 2)
        serious(case, "health", 4, barrier="mental_health", days_ago=9)
        serious(case, "health", None, days_ago=3)  # a word on the whole theme
        serious(case, "skills", 4)
        kept(GoalDeclined(enrolment=case, theme="skills", declined_on=TODAY))
        for level in ("self_reported", "document_seen"):
            kept(Progression(enrolment=case, kind="paid_work", started_on=TODAY, evidence_level=level))
        started(team, days_ago=40, keyworker=team.colleague)
        for changes in (None, 0, 2):
            agreed = kept(ActionPlan(enrolment=started(team), started_on=TODAY - 9 * DAY, agreed_on=TODAY))
            agreed.unsigned_changes = changes
        counts = count_unfinished(team.keyworker)
        assert counts == {"plan": 1, "changed": 1, "barrier": 1, "evidence": 1}
        for kind, count in counts.items():
            assert len(list_unfinished(team.keyworker, kind)) == count
        (line,) = list_unfinished(team.keyworker, "barrier")
        assert (line.code, line.enrolment_id) == ("housing", case.id)
        assert not count_unfinished(team.colleague)


def test_home_leads_to_the_unfinished(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    with clock.at(NOW):
        with given():
            for _ in range(3):
                serious(started(team, days_ago=3), "housing", 4)
        client.sign_in(team.keyworker)
        home = client.page("/")
        page = client.page(home.link("Serious barriers without a goal"))
        assert len(page.soup.select("tbody tr")) == 3
        with statements(app) as sent:
            client.page("/")
        assert len(sent) < 15
        assert client.page("/unfinished?show=nonsense&page=-1").h1 == "Unfinished work"
