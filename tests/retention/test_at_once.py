"""Two who decide at once, and a contact that is saved while its person is erased."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from caseworker.contacts.models import Contact
from caseworker.contacts.rules import ContactDetails
from caseworker.contacts.services import record_contact
from caseworker.core.db import db, transaction
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant
from caseworker.retention import services
from tests.conftest import Given
from tests.retention.people import a_desk, case_of, gone
from tests.retention.test_services import decide, look, proposed
from tests.support.databases import Database

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def beside(app: Flask, work: Callable[[], Any]) -> tuple[Thread, list[BaseException | None]]:
    """Run some work in a transaction of its own, in another thread; what it raised, or None."""
    came_of_it: list[BaseException | None] = []

    def run() -> None:
        try:
            with app.app_context(), transaction():
                work()
        except (RuleBroken, NotVisible) as error:
            came_of_it.append(error)
        else:
            came_of_it.append(None)

    thread = Thread(target=run)
    thread.start()
    return thread, came_of_it


def wait_until_it_waits(database: Database) -> None:
    """On PostgreSQL the other one is inside and waits for a lock; SQLite does not let it in at all."""
    if database.kind != "postgres":
        return
    waiting = sa.text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    give_up_at = time.monotonic() + 20
    # Who waits is read once for each transaction: each look is a transaction of its own.
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(waiting):
            assert time.monotonic() < give_up_at, "the other one did not wait"


@pytest.mark.both_databases
def test_a_contact_saved_while_its_person_is_erased_is_not_kept(database: Database, given: Given) -> None:
    app = database.app
    with given():
        desk, person = (made := a_desk()), gone(made)
        case, together = case_of(person), proposed(desk, person)

    def save() -> None:
        enrolment = db.session.get_one(Enrolment, case)
        if enrolment.participant.voided_at is not None:
            raise NotVisible
        details = ContactDetails(NOW, "telephone", "out", "spoke", note="canary of a note")
        record_contact(enrolment, details, recorded_by=desk.keyworker, now=NOW)

    with app.app_context(), transaction():
        decide(together, desk.officer)
        thread, came_of_it = beside(app, save)
        wait_until_it_waits(database)
    thread.join(30)
    assert [type(each) for each in came_of_it] == [NotVisible]
    with app.app_context():
        assert db.session.scalars(sa.select(Contact)).all() == []


@pytest.mark.both_databases
def test_of_two_who_decide_at_once_one_is_told(database: Database, given: Given) -> None:
    app = database.app
    with given():
        desk, person = (made := a_desk()), gone(made)
        together = proposed(desk, person)
    with app.app_context():
        mark = look(together)
    with app.app_context(), transaction():
        decide(together, desk.officer, mark)
        thread, came_of_it = beside(app, lambda: decide(together, desk.other_officer, mark))
        wait_until_it_waits(database)
    thread.join(30)
    assert [str(each) for each in came_of_it] == [services.DECIDED]
    with app.app_context():
        assert db.session.get_one(Participant, person.id).voided_by_id == desk.officer.id
