"""Merged and parted, by many throws of the dice: every row of every table is as it was."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from caseworker.core import clock
from caseworker.core.db import db
from caseworker.merging.models import Merge
from caseworker.merging.parting import Parted, unmerge
from caseworker.merging.rules import CHOSEN, FLAGS, Side
from caseworker.merging.services import merge_people
from caseworker.merging.tables import in_the_way, moving
from caseworker.participants.services import index_names
from tests.casefile.situations import NOW, TODAY
from tests.merging.pairs import Two, everything, fill, two_records

pytestmark = pytest.mark.both_databases

# Of what `fill` makes, as many rows of the absorbed person find their place taken.
IN_THE_WAY = {"equality_answer": 1, "person_link": 1}


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


def merge(two: Two, **choices: Side) -> Merge:
    return merge_people(two.kept, two.absorbed, choices, by=two.team.lead, today=TODAY, now=NOW)


def part(two: Two, done: Merge) -> Parted:
    return unmerge(done, by=two.team.lead, now=NOW + timedelta(hours=1))


VALUES: dict[str, list[Any]] = {
    "preferred_name": [None, "Ama", "Mimi"],
    "born_on": [None, date(1990, 5, 17), date(1991, 6, 18)],
    "postcode": [None, "M1 1AE", "M2 2BB"],
    "phone": [None, "07700900123"],
    "email": [None, "a@example.org", "b@example.org"],
    "address": [None, "1 High Street", "2 Low Street"],
    "ni_number": [None, "QQ123456C"],
    "safe_times": [None, "Mornings", "Not after 5"],
    "learning_needs": [None, "Large print"],
    "safety_asked_on": [None, TODAY],
    **{name: [True, False] for name in FLAGS},
}


def test_merging_and_parting_leaves_every_row_as_it_was(db_session: Session) -> None:
    pick = random.Random(20261122)
    for turn in range(25):
        point = db.session.begin_nested()
        two = two_records()
        if turn % 3:
            fill(two)
        for person in (two.kept, two.absorbed):
            for name, offered in VALUES.items():
                setattr(person, name, pick.choice(offered))
            person.birth_not_known = person.born_on is None and pick.random() < 0.5
            index_names(person)
        db.session.flush()
        before = everything()
        choices: dict[str, Side] = {name: pick.choice(["kept", "absorbed"]) for name in CHOSEN}
        done = merge(two, **choices)
        assert everything() != before
        parted = part(two, done)
        after = everything()
        assert {name for name in before if before[name] != after[name]} == set()
        assert (parted.fields, parted.elsewhere) == ([], 0)
        point.rollback()
        db.session.expunge_all()


def test_a_row_in_the_way_is_found_by_the_database_s_own_keys(db_session: Session) -> None:
    two = two_records()
    fill(two)
    blocked = {
        table.name: len(in_the_way(table, column, two.kept.id, two.absorbed.id)) for table, column in moving()
    }
    assert {name: count for name, count in blocked.items() if count} == {
        "equality_answer": 1,
        "person_link": 1,
    }
