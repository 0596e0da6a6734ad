"""Whoever left and said no to contact after leaving is not asked whether work lasted."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.casefile.rebuild import rebuild
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.services import exit_enrolment, follow_up_stopped_on
from caseworker.progressions.models import OutcomeState
from caseworker.progressions.services import StepDetails, record_progression, settle_after_leaving
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.enrolments.test_contactable import answered
from tests.progressions.situations import work_rules
from tests.support.client import PageClient
from tests.support.page import attribute

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.mark.parametrize(
    ("exited_on", "reason", "no_since", "stopped_on"),
    [
        (None, None, TODAY, None),
        (TODAY, "into_work", None, None),
        (TODAY, "died", None, TODAY),
        (TODAY, "died", TODAY + DAY, TODAY),
        (TODAY, "into_work", TODAY - DAY, TODAY),
        (TODAY - DAY, "into_work", TODAY, TODAY),
    ],
)
def test_from_when_on_nobody_asks(
    exited_on: date | None, reason: str | None, no_since: date | None, stopped_on: date | None
) -> None:
    assert follow_up_stopped_on(exited_on, reason, no_since) == stopped_on


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        team = a_team()
        work_rules(team.programme)
        return team


@pytest.fixture
def left(given: Given, team: Team) -> Enrolment:
    """Came into work 100 days ago, and left 50 days ago: asked at 13, 26 and 52 weeks."""
    with given():
        case = started(team, 150)
        job = StepDetails("paid_work", TODAY - 100 * DAY, "self_reported")
        record_progression(case, job, recorded_by=team.keyworker, today=TODAY)
        exit_enrolment(case, exited_on=TODAY - 50 * DAY, exit_reason="into_work", today=TODAY)
        settle_after_leaving(case)
        return case


def still_asked(app: Flask) -> int:
    with app.app_context():
        dues = select(DueItem).where(DueItem.kind == "sustainment", DueItem.closed_on.is_(None))
        return len(db.session.scalars(dues).all())


@pytest.mark.both_databases
def test_a_no_ends_the_asking_and_a_yes_begins_it_again(
    app: Flask, client: PageClient, given: Given, team: Team, left: Enrolment
) -> None:
    asked = still_asked(app)
    assert asked > 0
    client.sign_in(team.keyworker)
    place = f"/enrolments/{left.id}/agreements"

    def answers(answer: str) -> None:
        sent = client.send(
            f"{place}/new", purpose="contact_after", answer=answer, notice_version="1", how="spoken"
        )
        assert sent.status_code == 303
        with given():
            assert (rebuild().dues_mended, rebuild().outcomes_mended) == (0, 0)

    with given():
        before = {row.rule: row.unknown_on for row in db.session.scalars(select(OutcomeState))}
    answers("declined")
    assert still_asked(app) == 0
    with given():
        after = {row.rule: row.unknown_on for row in db.session.scalars(select(OutcomeState))}
    assert after == before  # not asked is not a no
    answers("given")
    assert still_asked(app) == asked
    withdraw = client.page(place).soup.select_one("a[href$='/withdraw']")
    assert withdraw is not None
    assert client.send(attribute(withdraw, "href")).status_code == 303
    assert still_asked(app) == 0


def test_no_before_leaving_is_obeyed_from_the_exit_on(app: Flask, given: Given, left: Enrolment) -> None:
    with given():
        answered(left, "declined", 120)
        settle_after_leaving(db.session.merge(left))
    assert still_asked(app) == 0
    with app.app_context():
        days = set(db.session.scalars(select(DueItem.closed_on).where(DueItem.kind == "sustainment")))
    assert TODAY - 50 * DAY in days
