"""Nobody is counted twice, what that took off is said in pounds, and who could not be counted is said too."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from caseworker.core.db import db
from caseworker.impact.quantities import Counted
from caseworker.impact.valued import Valued, value_subject
from caseworker.outcomes.queries import outcomes_of
from caseworker.outcomes.subjects import Subject, of_organisation, of_programme
from caseworker.participants.models import Participant
from tests.outcomes.situations import (
    FIRST,
    LAST,
    REPORT,
    Place,
    a_group,
    a_job,
    a_place,
    a_start,
    known_to_both,
    put_in,
    scores,
)

TODAY = date(2026, 1, 5)
pytestmark = pytest.mark.both_databases


def of(place: Place, **period: date) -> Subject:
    return of_programme(place.programme, TODAY, **period)


def line(valued: Valued, code: str) -> Counted:
    found = valued.of_line(code)
    assert len(found) == 1
    return found[0]


def test_a_human_being_on_two_programmes_of_a_group_is_paid_once(db_session: Session) -> None:
    top, one, two, _ = a_group()
    for enrolment in known_to_both(one, two):
        enrolment.benefit_at_start = "none"
        a_job(enrolment)
    db_session.flush()
    valued = value_subject(of_organisation(top, TODAY))
    pay = line(valued, "earnings-no-benefit")
    assert (pay.amount, pay.people, pay.removed, pay.removed_people) == (1, 1, 1, 1)
    alone = value_subject(of(one)).result.headline.total_present_value
    assert valued.result.headline.total_present_value == pytest.approx(alone)
    (removed,) = (each for each in valued.once.removed if each.in_ratio)
    assert removed.outcome == "Pay after tax, no benefits at the start"
    assert removed.pounds == pytest.approx(alone)
    counts = outcomes_of(of_organisation(top, TODAY)).counts
    assert (counts.starts, counts.people, counts.known_twice) == (2, 1, 1)


def test_the_better_evidenced_outcome_counts_and_the_other_order_is_told(db_session: Session) -> None:
    top, one, two, _ = a_group()
    first, second = known_to_both(one, two)
    first.benefit_at_start, second.benefit_at_start = "universal_credit", "none"
    a_job(first, evidence="official")
    a_job(second, evidence="self_reported")
    db_session.flush()
    valued = value_subject(of_organisation(top, TODAY))
    with_benefit = line(valued, "earnings-with-benefit")
    without = line(valued, "earnings-no-benefit")
    assert (with_benefit.people, without.people, without.removed_people) == (1, 0, 1)
    assert (with_benefit.other, without.other) == (0, 1)
    kept, other = valued.result.headline.total_present_value, valued.once.other_total
    # Pay with nothing withdrawn is worth more than pay after the taper.
    assert other / kept == pytest.approx(18510.58 / 8329.76)


def test_equal_evidence_takes_the_lower_value(db_session: Session) -> None:
    top, one, two, _ = a_group()
    first, second = known_to_both(one, two)
    first.benefit_at_start, second.benefit_at_start = "new_style_jsa", "esa_income_related"
    for enrolment in (first, second):
        a_job(enrolment)
    db_session.flush()
    valued = value_subject(of_organisation(top, TODAY))
    jsa, esa = line(valued, "jsa-saving"), line(valued, "esa-saving")
    assert {jsa.people, esa.people} == {0, 1}
    worth = {each.code: each.restated_price for each in valued.result.lines}
    lower = (
        "jsa-saving"
        if worth["jsa-saving"] + worth["jsa-nhs"] < worth["esa-saving"] + worth["esa-nhs"]
        else "esa-saving"
    )
    assert line(valued, lower).people == 1


def test_two_starts_of_one_person_on_one_programme_are_one(db_session: Session) -> None:
    place = a_place()
    first = a_start(place, exited_on=date(2024, 12, 1), exit_reason="into_work")
    person = db.session.get(Participant, first.participant_id)
    again = a_start(place, participant=person, started_on=date(2025, 1, 6), referred_on=date(2025, 1, 6))
    for enrolment in (first, again):
        a_job(enrolment, started_on=date(2025, 1, 6))
    pay = line(value_subject(of(place)), "earnings-with-benefit")
    assert (pay.people, pay.starts, pay.removed_people) == (1, 1, 1)
    assert outcomes_of(of(place)).counts.people == 1


def test_hours_or_age_that_nobody_knows_are_lacking_and_not_a_nought(db_session: Session) -> None:
    place = a_place()
    a_job(a_start(place, benefit_at_start="none"), hours=None)
    a_job(a_start(place, benefit_at_start="none", age_at_start=None))
    a_job(a_start(place, benefit_at_start="none"), hours=20)
    pay = line(value_subject(of(place)), "earnings-no-benefit")
    assert (pay.people, pay.lacking) == (1, 2)
    assert pay.amount == pytest.approx(20 / 35)


def test_more_than_a_full_week_is_one_full_week(db_session: Session) -> None:
    place = a_place()
    a_job(a_start(place, benefit_at_start="none"), hours=60)
    assert line(value_subject(of(place)), "earnings-no-benefit").amount == 1


def test_work_counts_only_once_its_weeks_have_passed(db_session: Session) -> None:
    place = a_place()
    a_job(a_start(place, benefit_at_start="none"), started_on=date(2024, 7, 1))
    weeks_pass_on = date(2024, 12, 30)
    before = value_subject(of(place, as_at=date(2024, 12, 29)))
    assert before.of_line("earnings-no-benefit") == []
    assert line(value_subject(of(place, as_at=weeks_pass_on)), "earnings-no-benefit").people == 1
    share = outcomes_of(of(place, as_at=date(2024, 12, 29))).share("sustained")
    assert (share.n, share.total, share.not_yet) == (0, 0, 1)


def test_an_outcome_counts_in_the_year_in_which_it_began(db_session: Session) -> None:
    place = a_place(ends_on=date(2026, 3, 31), report_on=date(2026, 9, 30))
    # Both have their 26 weeks in the second year; one began them in the first.
    a_job(a_start(place, benefit_at_start="none"), started_on=date(2025, 3, 31))
    a_job(a_start(place, benefit_at_start="none", started_on=date(2025, 3, 1)), started_on=date(2025, 4, 1))
    found = value_subject(of(place)).of_line("earnings-no-benefit")
    assert [(each.activity_year, each.people) for each in found] == [(0, 1), (1, 1)]


def test_wellbeing_counts_falls_and_leaves_out_those_asked_once(db_session: Session) -> None:
    place = a_place()
    scores(a_start(place), 4, 7)
    scores(a_start(place), 6, 5)
    scores(a_start(place), 2)
    found = line(value_subject(of(place)), "wellbeing")
    assert (found.amount, found.pairs, found.people) == (2, 2, 2)


def test_under_thirty_pairs_stand_beside_the_ratio(db_session: Session) -> None:
    place = a_place()
    put_in(place, 1000)
    for _ in range(29):
        scores(a_start(place), 4, 5)
    valued = value_subject(of(place))
    assert valued.result.headline.total_present_value == 0
    scores(a_start(place), 4, 5)
    assert value_subject(of(place)).result.headline.total_present_value > 0


def test_what_was_put_in_is_told_in_cash_in_kind_and_by_year(db_session: Session) -> None:
    place = a_place()
    put_in(place, 1000)
    put_in(place, 500, in_kind=True)
    put_in(place, 700, spent_on=date(2025, 3, 31))
    put_in(place, 900, spent_on=date(2025, 4, 1))
    valued = value_subject(of(place))
    assert (valued.put_in_pence, valued.in_kind_pence) == (220_000, 50_000)
    assert valued.result.headline.investment == 2200
    assert valued.result.headline.in_kind == 500


def test_payments_inside_a_group_leave_its_roll_up_only(db_session: Session) -> None:
    top, one, two, _ = a_group()
    put_in(one, 1000)
    put_in(two, 300, internal=True)
    put_in(two, 700)
    group = value_subject(of_organisation(top, TODAY))
    assert (group.put_in_pence, group.internal_pence) == (170_000, 30_000)
    assert value_subject(of(two)).put_in_pence == 100_000


def test_a_later_year_of_spending_weighs_less(db_session: Session) -> None:
    place = a_place(ends_on=date(2026, 3, 31), report_on=date(2026, 9, 30))
    put_in(place, 1000, spent_on=date(2025, 4, 1))
    valued = value_subject(of(place))
    assert valued.put_in_pence == 100_000
    assert valued.result.headline.investment == pytest.approx(1000 / 1.035)


def test_a_period_and_a_day_cut_what_is_counted(db_session: Session) -> None:
    place = a_place()
    a_start(place, started_on=date(2024, 6, 1))
    a_start(place, started_on=date(2025, 2, 1))
    subject = of(place, from_on=date(2025, 1, 1))
    assert (subject.from_on, subject.until_on, subject.as_at) == (date(2025, 1, 1), LAST, REPORT)
    assert outcomes_of(subject).counts.starts == 1
    assert outcomes_of(of(place, as_at=date(2024, 12, 31))).counts.starts == 1
    assert of(place).from_on == FIRST
    assert isinstance(place.programme.id, UUID)
