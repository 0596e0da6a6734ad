"""Help, budgets, employers and the wheel of the live programmes: as the product itself would have them."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.core.db import begin, db
from caseworker.employers.models import Application, Employer
from caseworker.employers.rules import name_key
from caseworker.support.models import BudgetHead
from caseworker.support.queries import budget_lines, drawn_from
from caseworker.support.rules import needs_a_yes
from caseworker.wellbeing.instruments import READINESS_WHEEL, WHEEL
from caseworker.wellbeing.models import WellbeingAssessment
from caseworker.wellbeing.queries import answers_of
from caseworker.wellbeing.rules import keys_of
from tests.seed.conftest import Ask

pytestmark = pytest.mark.demonstration


def test_help_is_in_every_state_and_in_pounds_and_units(ask: Ask) -> None:
    assert dict(ask("SELECT state, count(*) > 0 FROM support_given GROUP BY state")) == dict.fromkeys(
        ("approved", "asked", "given", "refused"), 1
    )
    pounds, units, themes = ask(
        "SELECT count(amount_pence), count(units_hundredths), count(DISTINCT theme) FROM support_given"
    )[0]
    assert min(pounds, units) > 10
    assert themes >= 5


def test_no_help_was_had_before_the_start_or_lies_ahead(ask: Ask) -> None:
    days = {"support_given": "asked_on", "application_stage": "reached_on", "readiness_item": "noted_on",
            "wellbeing_assessment": "assessed_on"}  # fmt: skip
    for table, column in days.items():
        wrong = ask(f"""SELECT count(*) FROM {table} t JOIN enrolment e ON e.id = t.enrolment_id
                        WHERE e.exited_on IS NULL
                        AND (t.{column} < e.started_on OR t.{column} > date('now'))""")
        assert wrong == [(0,)], table


def test_every_budget_has_room_and_a_lead_said_yes_where_asked(app: Flask) -> None:
    with app.app_context():
        begin("read")
        heads = db.session.scalars(select(BudgetHead)).all()
        assert len(heads) >= 3
        drawn = 0
        for head in heads:
            line = next(each for each in budget_lines(head.programme_id) if each.budget.id == head.id)
            assert line.left >= 0
            drawn += drawn_from(head).total
        assert drawn > 0
        db.session.rollback()


def test_what_is_over_a_threshold_was_decided_by_a_lead(app: Flask, ask: Ask) -> None:
    rows = ask("""SELECT b.approval_over_pence, s.amount_pence, s.decided_by_id IS NOT NULL
                  FROM support_given s JOIN budget_head b ON b.id = s.budget_id WHERE s.state = 'given'""")
    over = [(limit, pence, said) for limit, pence, said in rows
            if needs_a_yes(BudgetHead(approval_over_pence=limit), pence)]  # fmt: skip
    assert over
    assert all(said for _limit, _pence, said in over)
    people = ask("""SELECT b.person_limit_pence, sum(s.amount_pence) FROM support_given s
                    JOIN budget_head b ON b.id = s.budget_id JOIN enrolment e ON e.id = s.enrolment_id
                    WHERE s.state IN ('given', 'approved') GROUP BY b.id, e.participant_id""")
    assert all(pence <= limit for limit, pence in people)


def test_employers_are_found_by_name_and_an_application_stands_at_its_last_stage(app: Flask) -> None:
    with app.app_context():
        begin("read")
        employers = db.session.scalars(select(Employer)).all()
        assert len(employers) >= 5
        assert all(each.name_key == name_key(each.name) for each in employers)
        applications = db.session.scalars(select(Application)).all()
        assert {"interview", "offered", "not_successful"} <= {each.stage for each in applications}
        for each in applications:
            assert (each.stage, each.stage_on) == (each.stages[-1].stage, each.stages[-1].reached_on)
        db.session.rollback()


def test_wheels_open_and_are_asked_twice(app: Flask) -> None:
    with app.app_context():
        begin("read")
        rows = db.session.scalars(
            select(WellbeingAssessment).where(WellbeingAssessment.instrument == WHEEL)
        ).all()
        assert len(rows) == 2 * len({row.enrolment_id for row in rows}) >= 4
        for row in rows:
            answers = answers_of(row)
            assert set(answers) == set(keys_of(READINESS_WHEEL))
            assert all(1 <= (score or 0) <= 10 for score in answers.values())
            assert json.dumps(answers).encode() not in (row.answers_sealed or b"")
        db.session.rollback()
