"""A stored run comes out again to the penny whatever happens to the records, and tampering is named."""

from datetime import date

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from caseworker.commands.valuing import value
from caseworker.core.db import begin, db
from caseworker.enrolments.models import Enrolment
from caseworker.impact.models import ValuationRun
from caseworker.impact.services import differences, outcomes_again, save_run, valued_again
from caseworker.impact.valued import value_subject
from caseworker.outcomes.queries import outcomes_of
from caseworker.outcomes.subjects import of_programme
from tests.conftest import Given
from tests.outcomes.situations import Place, a_job, a_place, a_start, put_in, scores

TODAY = date(2026, 1, 5)


def a_programme_with_value() -> Place:
    place = a_place(code="steady")
    put_in(place, 20_000)
    for number in range(32):
        start = a_start(place, benefit_at_start="none")
        scores(start, 4, 6 + number % 3)
        if number % 3:
            a_job(start)
    return place


def run_of(place: Place) -> ValuationRun:
    subject = of_programme(place.programme, TODAY)
    return save_run(
        value_subject(subject), outcomes_of(subject), programme_id=place.programme.id, name="Spring", by=None
    )


@pytest.mark.both_databases
def test_a_run_is_recomputed_after_the_records_changed(db_session: Session) -> None:
    place = a_programme_with_value()
    run = run_of(place)
    subject = of_programme(place.programme, TODAY)
    before, outcomes = value_subject(subject), outcomes_of(subject)
    db_session.execute(update(Enrolment).values(voided_at=run.entered_at))
    db_session.expire_all()
    run = db_session.scalars(select(ValuationRun)).one()
    assert value_subject(subject).result.headline.total_present_value == 0
    again = valued_again(run, subject)
    assert again.result.to_programme_dict() == before.result.to_programme_dict()
    assert again.once == before.once
    assert outcomes_again(run) == outcomes
    assert differences(run, subject) == []


def test_a_run_names_nobody(db_session: Session) -> None:
    place = a_programme_with_value()
    run = run_of(place)
    kept = f"{run.frames}{run.result}"
    assert "CW-" not in kept
    for enrolment in db_session.scalars(select(Enrolment)):
        assert str(enrolment.id) not in kept
        assert enrolment.participant.family_name not in kept


@pytest.mark.parametrize(
    ("frame", "row", "change", "named"),
    [
        ("counted", 0, {"amount": 1.0}, {"total_present_value", "sroi_ratio", "lines", "by_kind"}),
        ("investments", 0, {"amount_pence": 1}, {"investment", "sroi_ratio", "payback_months"}),
    ],
)
def test_tampering_with_frames_is_named(
    db_session: Session, frame: str, row: int, change: dict[str, float], named: set[str]
) -> None:
    place = a_programme_with_value()
    run = run_of(place)
    rows = [dict(each) for each in run.frames[frame]]
    rows[row] |= change
    run.frames = {**run.frames, frame: rows}
    found = set(differences(run, of_programme(place.programme, TODAY)))
    assert named <= found
    assert "as_at" not in found


def test_tampering_with_the_result_is_named(db_session: Session) -> None:
    place = a_programme_with_value()
    run = run_of(place)
    run.result = {**run.result, "impact": run.result["impact"] + 0.01}
    assert differences(run, of_programme(place.programme, TODAY)) == ["impact"]


def test_draws_of_another_numpy_are_not_compared(db_session: Session) -> None:
    place = a_programme_with_value()
    run = run_of(place)
    run.result = {**run.result, "range": {**run.result["range"], "p50": 99.0}}
    assert differences(run, of_programme(place.programme, TODAY)) == ["range"]
    run.code_version = "caseworker 0.1.0, numpy 1.0.0"
    assert differences(run, of_programme(place.programme, TODAY)) == []


def verify(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(value, list(arguments))


def test_the_command_saves_and_verifies(app: Flask, given: Given) -> None:
    with given():
        a_programme_with_value()
    saved = verify(app, "steady", "--save", "Spring", "--format", "json")
    assert saved.exit_code == 0, saved.stderr
    reference = saved.stderr.split()[-1]
    assert reference.startswith("VR-")
    same = verify(app, "--run", reference.lower(), "--verify")
    assert same.exit_code == 0
    assert "equal to the penny" in same.stdout
    assert "give the same value" in same.stdout
    with given():
        begin("write")
        run = db.session.scalars(select(ValuationRun)).one()
        assert (run.name, run.state) == ("Spring", "draft")
        run.result = {**run.result, "impact": 0.0}
    other = verify(app, "--run", reference, "--verify")
    assert other.exit_code == 1
    assert other.stdout == ""
    assert "impact" in other.stderr


def test_later_records_are_told_beside_and_are_no_failure(app: Flask, given: Given) -> None:
    with given():
        a_programme_with_value()
    reference = verify(app, "steady", "--save", "Spring").stderr.split()[-1]
    with given():
        begin("write")
        enrolment = db.session.scalars(select(Enrolment).order_by(Enrolment.id)).first()
        assert enrolment is not None
        enrolment.started_on = date(2026, 1, 2)
    again = verify(app, "--run", reference, "--verify")
    assert again.exit_code == 0
    assert "of present value beside the run's" in again.stdout
