"""Starting and leaving a programme, on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.enrolments.services import exit_enrolment
from tests.casefile.situations import TODAY, a_team, started
from tests.support.builders import a_participant, a_programme, a_user, grant_role

pytestmark = pytest.mark.both_databases


def dues(session: Session, enrolment: Enrolment) -> dict[str, tuple[date, date | None]]:
    session.flush()
    rows = session.scalars(select(DueItem).where(DueItem.enrolment_id == enrolment.id))
    return {row.kind: (row.due_on, row.closed_on) for row in rows}


def test_a_start_opens_the_case_to_keyworker_and_lead_and_sets_its_first_days(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team, days_ago=4)
    assert dues(db_session, enrolment) == {
        "contact": (TODAY + timedelta(days=24), None),
        "plan": (date(2026, 11, 30), None),
    }
    assert enrolment.age_at_start == 36
    for user in (team.keyworker, team.lead):
        assert get_enrolment(user, enrolment.id).id == enrolment.id
    for user in (team.colleague, team.tutor):
        with pytest.raises(NotVisible):
            get_enrolment(user, enrolment.id)


def test_a_referral_without_a_start_has_nothing_due(db_session: Session) -> None:
    assert dues(db_session, started(a_team(), days_ago=None)) == {}


def test_nobody_is_on_a_programme_twice_at_once(db_session: Session) -> None:
    team = a_team()
    person = a_participant()
    first = started(team, person=person)
    with pytest.raises(RuleBroken, match="already on this programme"):
        started(team, person=person)
    exit_enrolment(first, exited_on=TODAY, exit_reason="moved_away", today=TODAY)
    assert started(team, days_ago=0, person=person).id != first.id


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"referred_on": TODAY + timedelta(days=1), "started_on": None}, "referred_on"),
        ({"referred_on": TODAY, "started_on": TODAY - timedelta(days=1)}, "started_on"),
    ],
)
def test_days_out_of_order_are_refused(db_session: Session, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        started(a_team(), **changes)
    assert refused.value.field == field


def test_leaving_ends_what_was_due_and_leaves_the_case_readable(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team)
    exit_enrolment(enrolment, exited_on=TODAY, exit_reason="into_work", today=TODAY)
    assert [closed for _, closed in dues(db_session, enrolment).values()] == [TODAY, TODAY]
    assert get_enrolment(team.keyworker, enrolment.id).exit_reason == "into_work"


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (TODAY + timedelta(days=1), "today or earlier"),
        (TODAY - timedelta(days=11), "on or after the first"),
    ],
)
def test_a_last_day_must_fit(db_session: Session, on: date, words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        exit_enrolment(started(a_team()), exited_on=on, exit_reason="health", today=TODAY)


def test_nobody_leaves_twice(db_session: Session) -> None:
    enrolment = started(a_team())
    exit_enrolment(enrolment, exited_on=TODAY, exit_reason="health", today=TODAY)
    with pytest.raises(RuleBroken, match="already"):
        exit_enrolment(enrolment, exited_on=TODAY, exit_reason="health", today=TODAY)


def test_what_one_programme_wrote_stays_with_it(db_session: Session) -> None:
    """Two programmes know the same person; each keyworker reads the enrolment of their own only."""
    ours, theirs = a_team(), a_team()
    person = a_participant()
    here, there = started(ours, person=person), started(theirs, person=person)
    assert get_enrolment(ours.keyworker, here.id).id == here.id
    with pytest.raises(NotVisible):
        get_enrolment(ours.keyworker, there.id)
    grant_role(ours.keyworker, theirs.keyworker.grants[0].role, theirs.programme)
    assert get_enrolment(ours.keyworker, there.id).id == there.id


def test_a_role_on_another_programme_opens_nothing_here(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team)
    stranger = a_user(team.keyworker.grants[0].role, a_programme())
    with pytest.raises(NotVisible):
        get_enrolment(stranger, enrolment.id)
