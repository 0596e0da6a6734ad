"""Help asked for, agreed, given and taken back, and what a budget has left after each."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseworker.core import clock
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.support import services
from caseworker.support.budgets import BudgetDetails, change_budget, take_back_budget
from caseworker.support.models import BudgetHead
from caseworker.support.queries import (
    average_cost,
    budget_lines,
    cost_of,
    count_waiting,
    drawn_from,
    support_of,
    waiting_for,
)
from caseworker.support.rules import how_much
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.support_given.situations import a_budget, helped


@pytest.fixture
def team(db_session: Session) -> Team:
    return a_team()


@pytest.fixture
def case(team: Team) -> Enrolment:
    return started(team, 40)


def left(team: Team, budget: BudgetHead) -> int:
    (line,) = [line for line in budget_lines(team.programme.id) if line.budget.id == budget.id]
    return line.left


@pytest.mark.both_databases
def test_what_was_given_is_dated_counted_and_in_the_case(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    budget, contact = a_budget(team), spoke(team, case)
    given = helped(
        case,
        team.keyworker,
        1250,
        budget,
        units_hundredths=250,
        theme="transport",
        note="Bus to the college",
        contact=contact,
        given_on=TODAY - timedelta(days=3),
    )
    db_session.expire_all()
    assert (given.state, given.given_on, given.contact_id) == ("given", TODAY - timedelta(days=3), contact.id)
    assert (given.note, given.amount_pence, given.units_hundredths) == ("Bus to the college", 1250, 250)
    assert support_of(case) == [given]
    assert cost_of(case.id).given == 1250
    assert left(team, budget) == 8750


@pytest.mark.both_databases
def test_units_alone_are_enough_and_cost_nothing(db_session: Session, team: Team, case: Enrolment) -> None:
    helped(case, team.keyworker, None, kind="food_parcel", units_hundredths=200)
    assert cost_of(case.id).given == 0
    assert average_cost(team.programme.id).people == 1


@pytest.mark.parametrize(
    ("kind", "hundredths", "words"),
    [("food_parcel", 100, "1 parcel"), ("childcare", 250, "2.5 hours"), ("travel", 1000, "10 journeys")],
)
def test_units_in_words(kind: str, hundredths: int, words: str) -> None:
    assert how_much(kind, hundredths) == words


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": None}, "amount"),
        ({"given_on": TODAY + timedelta(days=1)}, "given_on"),
        ({"given_on": TODAY - timedelta(days=400)}, "given_on"),
        ({"kind": "blood_pressure_check", "note": "150 over 95"}, "note"),
        ({"kind": "blood_pressure_check", "note": "١٥٠"}, "note"),
        ({"kind": "stop_smoking", "note": "CO 12 ppm"}, "note"),
    ],
)
def test_what_cannot_be_is_refused(
    db_session: Session, team: Team, case: Enrolment, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        helped(case, team.keyworker, **changes)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert support_of(case) == []


def test_a_health_check_says_what_was_advised(db_session: Session, team: Team, case: Enrolment) -> None:
    note = "Done, advised to see their GP"
    assert helped(case, team.keyworker, 0, kind="blood_pressure_check", note=note).state == "given"
    with pytest.raises(KeyError):
        helped(case, team.keyworker, kind="telescope")


@pytest.mark.both_databases
def test_the_last_penny_can_be_spent_and_no_more(db_session: Session, team: Team, case: Enrolment) -> None:
    budget = a_budget(team, 1000)
    helped(case, team.keyworker, 600, budget)
    with pytest.raises(RuleBroken, match=r"£4.00 is left of “Travel fund”, and this is £4.01") as refused:
        helped(case, team.keyworker, 401, budget)
    assert refused.value.field == "amount"
    helped(case, team.keyworker, 400, budget)
    assert left(team, budget) == 0
    with pytest.raises(RuleBroken, match=r"£0.00 is left"):
        helped(case, team.keyworker, 1, budget)
    helped(case, team.keyworker, 0, budget)


@pytest.mark.both_databases
def test_a_person_s_limit_holds_over_all_their_enrolments(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    budget = a_budget(team, person_limit_pence=1000)
    case.exited_on, case.exit_reason = TODAY, "moved_away"
    again = started(team, 0, case.participant, referred_on=TODAY)
    helped(case, team.keyworker, 700, budget)
    with pytest.raises(RuleBroken, match=r"allows £10.00 for one person. £3.00 of it is left for them"):
        helped(again, team.keyworker, 301, budget)
    helped(again, team.keyworker, 300, budget)
    assert drawn_from(budget, case.participant_id).person == 1000
    helped(started(team, 40), team.keyworker, 1000, budget)


@pytest.mark.parametrize("days", [-60, 200])
def test_a_budget_pays_in_its_own_time(db_session: Session, team: Team, case: Enrolment, days: int) -> None:
    first = TODAY + timedelta(days=days)
    budget = a_budget(team, from_on=first, until_on=first + timedelta(days=10))
    with pytest.raises(RuleBroken, match="does not pay on that day"):
        helped(case, team.keyworker, 1, budget)


def test_a_budget_needs_a_sum_and_its_own_programme(db_session: Session, team: Team, case: Enrolment) -> None:
    with pytest.raises(RuleBroken, match="Enter what it cost"):
        helped(case, team.keyworker, None, a_budget(team), units_hundredths=100)
    with pytest.raises(RuleBroken, match="of this programme"):
        helped(case, team.keyworker, 1, a_budget(a_team()))


@pytest.mark.both_databases
def test_over_the_threshold_waits_for_a_lead(db_session: Session, team: Team, case: Enrolment) -> None:
    budget = a_budget(team, approval_over_pence=500)
    assert helped(case, team.keyworker, 500, budget).state == "given"
    asked = helped(case, team.keyworker, 501, budget, given_on=TODAY - timedelta(days=2))
    assert (asked.state, asked.given_on, asked.asked_on) == ("asked", None, TODAY - timedelta(days=2))
    assert left(team, budget) == 9500
    assert cost_of(case.id).asked == 501
    (waiting,) = waiting_for(team.lead)
    assert (waiting.support, waiting.asked_by) == (asked, "Priya Shah")
    assert (count_waiting(team.lead), count_waiting(team.keyworker), count_waiting(a_team().lead)) == (
        1,
        0,
        0,
    )
    services.approve_support(asked, by=team.lead, today=TODAY)
    db_session.flush()
    assert (left(team, budget), count_waiting(team.lead)) == (8999, 0)
    services.hand_out_support(asked, given_on=TODAY, by=team.keyworker, today=TODAY)
    db_session.flush()
    assert (asked.state, left(team, budget), cost_of(case.id).given) == ("given", 8999, 1001)


def test_a_lead_s_own_entry_is_the_yes(db_session: Session, team: Team, case: Enrolment) -> None:
    given = helped(case, team.lead, 501, a_budget(team, approval_over_pence=500))
    assert (given.state, given.decided_by_id, given.decided_on) == ("given", team.lead.id, TODAY)


@pytest.mark.both_databases
def test_a_yes_is_refused_when_the_money_went_meanwhile(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    budget = a_budget(team, 1000)
    asked = helped(case, team.keyworker, 800, budget, given_on=None)
    helped(case, team.keyworker, 300, budget)
    with pytest.raises(RuleBroken, match=r"£7.00 is left"):
        services.approve_support(asked, by=team.lead, today=TODAY)
    services.refuse_support(asked, reason="not_enough_left", by=team.lead, today=TODAY)
    db_session.flush()
    assert (asked.state, asked.refusal_reason) == ("refused", "not_enough_left")
    with pytest.raises(RuleBroken, match="answered already"):
        services.approve_support(asked, by=team.lead, today=TODAY)


def test_an_answer_and_a_giving_are_undone_by_whoever_made_them(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    asked = helped(case, team.keyworker, 800, a_budget(team), given_on=None)
    services.refuse_support(asked, reason="other", by=team.lead, today=TODAY)
    with pytest.raises(RuleBroken, match="Only whoever answered"):
        services.reopen_support(asked, by=team.keyworker)
    services.reopen_support(asked, by=team.lead)
    db_session.flush()
    assert (asked.state, asked.refusal_reason, asked.decided_on) == ("asked", None, None)
    with pytest.raises(RuleBroken, match="not waiting to be given"):
        services.hand_out_support(asked, given_on=TODAY, by=team.keyworker, today=TODAY)
    services.approve_support(asked, by=team.lead, today=TODAY)
    services.hand_out_support(asked, given_on=TODAY, by=team.colleague, today=TODAY)
    with pytest.raises(RuleBroken, match="while nothing was given"):
        services.reopen_support(asked, by=team.lead)
    for other in (team.keyworker, team.lead):
        with pytest.raises(RuleBroken, match="Only whoever recorded"):
            services.hold_back_support(asked, by=other)
    assert asked.state == "given"
    services.hold_back_support(asked, by=team.colleague)
    db_session.flush()
    assert (asked.state, asked.given_on, asked.handed_out_by_id) == ("approved", None, None)
    with pytest.raises(RuleBroken, match="cannot be undone here"):
        services.hold_back_support(helped(case, team.keyworker), by=team.keyworker)


@pytest.mark.both_databases
def test_taking_back_puts_the_money_back(db_session: Session, team: Team, case: Enrolment) -> None:
    budget = a_budget(team, 1000)
    with clock.at(NOW):
        given = helped(case, team.keyworker, 1000, budget)
    with pytest.raises(RuleBroken):
        services.take_back_support(given, by=team.colleague, now=NOW)
    services.take_back_support(given, by=team.keyworker, now=NOW)
    db_session.flush()
    assert (left(team, budget), support_of(case), cost_of(case.id).given) == (1000, [], 0)


def test_the_average_is_of_those_who_were_given_something(
    db_session: Session, team: Team, case: Enrolment
) -> None:
    started(team, 40)
    helped(case, team.keyworker, 1000)
    helped(case, team.keyworker, 500)
    helped(started(team, 40), team.keyworker, 300)
    found = average_cost(team.programme.id)
    assert (found.people, found.pence) == (2, 1800)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "broken",
    [
        {"state": "given", "given_on": None},
        {"state": "refused"},
        {"amount_pence": -1},
        {"amount_pence": None},
        {"units_hundredths": 0},
    ],
)
def test_the_database_refuses_what_cannot_be(
    db_session: Session, team: Team, case: Enrolment, broken: dict[str, object]
) -> None:
    given = helped(case, team.keyworker)
    for name, value in broken.items():
        setattr(given, name, value)
    with pytest.raises(IntegrityError):
        db_session.flush()


def test_a_limit_is_never_set_below_what_was_spent(db_session: Session, team: Team, case: Enrolment) -> None:
    budget = a_budget(team, 1000)
    helped(case, team.keyworker, 600, budget)
    details: Callable[[int], BudgetDetails] = lambda limit: BudgetDetails(  # noqa: E731
        "Fares", budget.from_on, budget.until_on, limit, None, 100
    )
    with pytest.raises(RuleBroken, match=r"£6.00 is given or agreed already"):
        change_budget(budget, details(599))
    change_budget(budget, details(600))
    assert (budget.name, budget.limit_pence, budget.approval_over_pence) == ("Fares", 600, 100)
    with pytest.raises(RuleBroken, match="it stays"):
        take_back_budget(budget, by=team.lead, now=NOW)


def test_budgets_have_names_and_days_in_order(db_session: Session, team: Team) -> None:
    a_budget(team)
    with pytest.raises(RuleBroken, match="There is a budget of this name"):
        a_budget(team)
    with pytest.raises(RuleBroken) as refused:
        a_budget(team, name="Other", until_on=TODAY - timedelta(days=900))
    assert refused.value.field == "until_on"
    a_budget(a_team())
