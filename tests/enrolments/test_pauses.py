"""A pause moves a deadline by exactly the days it takes away, whatever the clock counts."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseworker.core.calendar import is_working_day
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment, ReviewPause
from caseworker.enrolments.pauses import (
    end_pause,
    pauses_of,
    record_pause,
    resume_pause,
    take_back_pause,
)
from caseworker.enrolments.rules import Spell, contact_due, day_after, plan_due, review_due
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.enrolments.test_rules import ONE, PLAN, Rule

BEGUN = date(2026, 12, 14)  # Christmas, New Year and Easter lie ahead


@dataclass
class Span:
    from_on: date
    until_on: date | None = None


def day(after: int) -> date:
    return BEGUN + timedelta(days=after)


spans = st.tuples(st.integers(-30, 120), st.integers(0, 60)).map(
    lambda pair: Span(day(pair[0]), day(pair[0] + pair[1]))
)


def counted_by_hand(begun_on: date, count: int, pauses: list[Span], working: bool) -> date:
    """One calendar leaf after the other."""
    on = begun_on
    while count:
        on += timedelta(days=1)
        paused = any(span.from_on <= on <= (span.until_on or date.max) for span in pauses)
        if not paused and (not working or is_working_day(on)):
            count -= 1
    return on


@given(st.integers(1, 40), st.lists(spans, max_size=4), st.booleans())
def test_only_days_outside_every_pause_count(count: int, pauses: list[Span], working: bool) -> None:
    found = day_after(BEGUN, count, pauses, working=working)
    assert found == counted_by_hand(BEGUN, count, pauses, working)


@given(st.integers(1, 40), st.lists(spans, max_size=3), spans, st.booleans())
def test_a_further_pause_never_brings_the_day_forward(
    count: int, pauses: list[Span], more: Span, working: bool
) -> None:
    before, after = (day_after(BEGUN, count, each, working=working) for each in (pauses, [*pauses, more]))
    assert before is not None
    assert after is not None
    assert after >= before
    assert more.until_on is not None
    if more.from_on > before or more.until_on <= BEGUN:
        assert after == before


@given(st.integers(1, 40), st.lists(spans, max_size=3), st.integers(-30, 120), st.booleans())
def test_an_open_pause_holds_back_what_was_not_overdue_when_it_began(
    count: int, pauses: list[Span], opened: int, working: bool
) -> None:
    before = day_after(BEGUN, count, pauses, working=working)
    found = day_after(BEGUN, count, [*pauses, Span(day(opened))], working=working)
    assert before is not None
    assert found == (before if day(opened) > before else None)


def test_working_days_over_christmas_and_a_pause() -> None:
    assert day_after(date(2026, 12, 21), 5, working=True) == date(2026, 12, 30)
    paused = [Span(date(2026, 12, 29), date(2027, 1, 3))]
    assert day_after(date(2026, 12, 21), 5, paused, working=True) == date(2027, 1, 5)


def test_every_deadline_of_the_clock_waits_and_ends_when_they_leave() -> None:
    waiting = Spell(ONE, BEGUN, None, (Span(day(3)),))
    assert contact_due(waiting, [Rule()], None) is None
    assert plan_due(waiting, [Rule()], None) is None
    assert review_due(waiting, [Rule()], PLAN, BEGUN, None) is None
    left = Spell(ONE, BEGUN, day(60), (Span(day(3)),))
    for due in (contact_due(left, [Rule()], None), plan_due(left, [Rule()], None)):
        assert due is not None
        assert due.closed_on == day(60)
    agreed = plan_due(waiting, [Rule()], day(20))
    assert agreed is not None
    assert agreed.closed_on == day(20)


def test_a_closed_pause_moves_all_three() -> None:
    spell = Spell(ONE, BEGUN, None, (Span(day(1), day(7)),))
    contact, review = contact_due(spell, [Rule()], None), review_due(spell, [Rule()], PLAN, BEGUN, None)
    plan = plan_due(spell, [Rule()], None)
    assert contact is not None
    assert review is not None
    assert plan is not None
    assert (contact.due_on, review.due_on) == (day(35), day(35))
    assert plan.due_on == date(2027, 1, 7)


@pytest.fixture
def team(db_session: Session) -> Team:
    return a_team()


@pytest.fixture
def case(team: Team) -> Enrolment:
    return started(team, 40)


def pause(case: Enrolment, team: Team, first: int, last: int | None) -> ReviewPause:
    on = TODAY + timedelta(days=first)
    until = None if last is None else TODAY + timedelta(days=last)
    return record_pause(case, "health", on, until, recorded_by=team.keyworker, today=TODAY)


@pytest.mark.both_databases
def test_a_pause_is_recorded_ended_and_taken_back(db_session: Session, team: Team, case: Enrolment) -> None:
    made = pause(case, team, -3, None)
    end_pause(made, TODAY)
    db_session.flush()
    with pytest.raises(RuleBroken, match="ended already"):
        end_pause(made, TODAY)
    resume_pause(made)
    db_session.flush()
    assert [each.until_on for each in pauses_of(case.id)] == [None]
    made.entered_at = NOW
    take_back_pause(made, by=team.keyworker, now=NOW)
    db_session.flush()
    assert pauses_of(case.id) == []


@pytest.mark.both_databases
@pytest.mark.parametrize(("first", "last"), [(0, None), (-10, None), (-2, 4), (-20, -3)])
def test_two_pauses_never_share_a_day(
    db_session: Session, team: Team, case: Enrolment, first: int, last: int | None
) -> None:
    pause(case, team, -3, 0)
    with pytest.raises(RuleBroken, match="paused already"):
        pause(case, team, first, last)
    assert len(pauses_of(case.id)) == 1


@pytest.mark.both_databases
def test_a_second_open_pause_is_refused_by_the_database(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    pause(case, team, -3, None)
    db_session.add(ReviewPause(enrolment=case, reason="other", from_on=TODAY))
    with pytest.raises(IntegrityError):
        db_session.flush()


@pytest.mark.parametrize(
    ("first", "last", "field"), [(1, None, "from_on"), (-42, None, "from_on"), (-2, -3, "until_on")]
)
def test_its_days_are_in_order(
    db_session: Session, team: Team, case: Enrolment, first: int, last: int | None, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        pause(case, team, first, last)
    assert refused.value.field == field


def test_an_ended_pause_cannot_last_again_once_another_began(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    first = pause(case, team, -9, -5)
    pause(case, team, -3, None)
    with pytest.raises(RuleBroken, match="Another pause"):
        resume_pause(first)
