"""A sheet of 5,000: what it costs, and that many at once make the rows that one at a time would."""

import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.core import clock
from caseworker.core.db import Base, db
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.services import AtStart, start_enrolment
from caseworker.enrolments.starting import Start, start_enrolments
from caseworker.imports.grid import MOST_ROWS
from caseworker.imports.rules import Sheet
from caseworker.imports.services import Leaving, bring_in, keep_sheet
from caseworker.participants.indexing import index_new_names
from caseworker.participants.models import NameKey, NameSpelling, Participant, ParticipantAccess
from tests.casefile.situations import NOW, TODAY, Team, a_team
from tests.support.builders import a_participant
from tests.support.counting import statements

GIVEN = ("Amara", "Seán", "Priya", "Tomasz", "Grace", "Ali", "Mei", "Olu", "Kim", "Zoë")
FAMILY = ("Osei", "O’Neill", "Shah", "Nowak", "Adeyemi", "Khan", "Chen", "Evans", "Lee", "Müller")


def a_sheet(count: int) -> Sheet:
    rows = [
        (
            line,
            {
                "given_name": f"{GIVEN[line % 10]} {line:x}",
                "family_name": FAMILY[line // 10 % 10],
                "born_on": f"{line % 28 + 1}/{line % 12 + 1}/{1955 + line % 50}",
                "started_on": "2/11/2026",
                "keyworker": "Priya Shah",
            },
        )
        for line in range(2, count + 2)
    ]
    return Sheet(rows, {}, list(rows[0][1]), [])


@pytest.mark.both_databases
def test_five_thousand_come_in_with_few_statements(app: Flask, db_session: Session) -> None:
    with clock.at(NOW):
        team = a_team()
        kept = keep_sheet(team.programme, "many.csv", a_sheet(MOST_ROWS), by=team.lead, now=NOW)
        began = time.monotonic()
        with statements(app) as sent:
            bring_in(kept, Leaving(), by=team.lead, today=TODAY)
            db.session.flush()
        took = time.monotonic() - began
    print(f"{MOST_ROWS} rows: {len(sent)} statements, {took:.1f} s")  # noqa: T201
    assert kept.made == MOST_ROWS
    assert len(sent) < 400
    assert took < 30


def plain(model: type[Base], without: frozenset[str], **wanted: Any) -> list[tuple[Any, ...]]:
    names = [column.name for column in model.__table__.columns if column.name not in without]
    found = db.session.scalars(select(model).filter_by(**wanted))
    return sorted(tuple(str(getattr(row, name)) for name in names) for row in found)


@pytest.mark.both_databases
def test_many_at_once_make_the_rows_of_one_at_a_time(db_session: Session) -> None:
    with clock.at(NOW):
        team: Team = a_team()
        one, other = (
            a_participant(organisation_id=team.programme.organisation_id, family_name="Same")
            for _ in range(2)
        )
        start_enrolment(
            one, team.programme, keyworker=team.keyworker, referral_source="self", referred_on=TODAY,
            started_on=TODAY, at_start=AtStart("11"), entered_by=team.lead, today=TODAY,
        )  # fmt: skip
        start = Start(other, team.keyworker, "self", TODAY, TODAY, "11")
        start_enrolments(team.programme, [start], entered_by=team.lead, today=TODAY)
        db.session.flush()
    differing = frozenset({"id", "participant_id", "enrolment_id", "about_id", "because_id", "entered_at"})
    cases = {each.participant_id: each.id for each in db.session.scalars(select(Enrolment))}
    for model in (Enrolment, ParticipantAccess):
        mine, theirs = (plain(model, differing, participant_id=each.id) for each in (one, other))
        assert mine == theirs != []
    first, second = (plain(DueItem, differing, enrolment_id=cases[each.id]) for each in (one, other))
    assert first == second
    assert len(first) == 2


@pytest.mark.both_databases
def test_many_names_are_indexed_as_one_is(db_session: Session) -> None:
    with clock.at(NOW):
        organisation = a_team().programme.organisation_id
        one = a_participant(organisation_id=organisation, given_name="Seán", family_name="O’Neill")
        spelt = plain(NameSpelling, frozenset({"id"}))
        other = Participant(
            organisation_id=organisation, reference="CW-0000000", given_name="Seán", family_name="O’Neill"
        )
        db.session.add(other)
        db.session.flush()
        index_new_names([other])
        db.session.flush()
    words = (
        plain(NameKey, frozenset({"id", "participant_id"}), participant_id=each.id) for each in (one, other)
    )
    assert next(words) == next(words) != []
    assert plain(NameSpelling, frozenset({"id"})) == spelt
