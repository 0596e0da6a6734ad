"""Every personal row reaches its keep-until date, and the date is the latest that any basis gives."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.models import LawfulBasis
from caseworker.models import metadata
from caseworker.participants.belonging import WITHOUT_A_PERSON, personal_columns, tables_of_people
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme
from caseworker.retention.fates import UNTOLD
from caseworker.retention.keeping import keep_until_of, settle_keep_until
from tests.support.builders import LONG_AGO, a_participant, a_programme, an_enrolment, an_organisation, kept
from tests.support.everything import a_row_in_every_table


def a_basis(programme: Programme, purpose: str = "support", months: int = 72, **changes: Any) -> LawfulBasis:
    values = {"article_6": "public_task", "keep_from": "exit", "source": "our schedule", "from_on": LONG_AGO}
    return kept(
        LawfulBasis(programme_id=programme.id, purpose=purpose, keep_months=months, **values | changes)
    )


def stored(person: Participant) -> date | None:
    db.session.flush()
    return db.session.scalar(sa.select(Participant.keep_until_on).where(Participant.id == person.id))


def leave(enrolment: Enrolment, day: date | None) -> None:
    enrolment.exited_on, enrolment.exit_reason = day, "moved_away" if day else None
    db.session.flush()


@pytest.mark.both_databases
def test_the_day_follows_exits_returns_rules_and_every_purpose(db_session: Session) -> None:
    first = a_programme()
    second = a_programme(organisation_id=first.organisation_id)
    person = a_participant(organisation_id=first.organisation_id)
    one, two = an_enrolment(first, person), an_enrolment(second, person)
    leave(one, date(2026, 2, 28))
    assert stored(person) is None  # there on the other programme, and no rule says
    leave(two, date(2026, 3, 31))
    assert stored(person) is None
    a_basis(first, months=72)
    assert stored(person) is None  # nobody said how long the other programme keeps
    a_basis(second, months=12)
    assert stored(person) == date(2032, 2, 28)
    a_basis(second, "reporting", months=120)
    assert stored(person) == date(2036, 3, 31)
    # A later edition that has begun is the one that holds.
    a_basis(second, "reporting", months=6, from_on=date(2026, 6, 1))
    assert stored(person) == date(2032, 2, 28)
    a_basis(second, "reporting", months=240, from_on=date(2030, 1, 1))
    assert stored(person) == date(2032, 2, 28)
    leave(two, None)
    assert stored(person) is None
    leave(two, date(2026, 9, 30))
    assert stored(person) == date(2032, 2, 28)
    again = an_enrolment(first, person, referred_on=date(2026, 10, 1), started_on=None)
    assert stored(person) is None
    again.voided_at = clock.now()
    assert stored(person) == date(2032, 2, 28)


def test_a_day_that_is_wrong_is_mended_for_everybody(db_session: Session) -> None:
    programme = a_programme()
    a_basis(programme)
    enrolment = an_enrolment(programme)
    leave(enrolment, date(2026, 2, 28))
    db.session.execute(sa.update(Participant).values(keep_until_on=date(1999, 1, 1)))
    assert settle_keep_until() == 1
    assert stored(enrolment.participant) == date(2032, 2, 28)


def test_last_contact_after_the_exit_counts(db_session: Session) -> None:
    person = a_participant(an_organisation())
    made = a_row_in_every_table(person)
    enrolment = db.session.get_one(Enrolment, made.keys["enrolment"])
    programme = db.session.get_one(Programme, enrolment.programme_id)
    db.session.execute(sa.delete(LawfulBasis))
    a_basis(programme, months=1, keep_from="last_contact")
    leave(enrolment, date(2026, 11, 2))
    assert stored(person) == date(2026, 12, 2)
    rung = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    db.session.execute(sa.update(metadata.tables["contact"]).values(happened_at=rung))
    assert settle_keep_until() == 1
    assert stored(person) == date(2026, 12, 20)


def test_every_row_with_something_personal_reaches_the_day(db_session: Session) -> None:
    person = a_participant()
    made = a_row_in_every_table(person)
    day = date(2031, 5, 4)
    db.session.execute(sa.update(Participant).where(Participant.id == person.id).values(keep_until_on=day))
    for table in metadata.sorted_tables:
        if not personal_columns(table):
            continue
        assert table in tables_of_people() or WITHOUT_A_PERSON[table.name]
        if table in tables_of_people():
            key = made.keys[table.name]
            reached = db.session.execute(keep_until_of(table)).all()
            assert (key, person.id, day) in [tuple(row) for row in reached], table.name
    assert {table.name for table in tables_of_people()} >= UNTOLD
