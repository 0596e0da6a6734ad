"""What finding a person costs among 20,000 and among a million, beside one look-up by an index.

Run by `make bench`; prints its figures. CASEWORKER_BENCH_PEOPLE=20000 leaves the million out.
"""

import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import Select, select

from caseworker.accounts.models import User
from caseworker.casefile.search import find_cases
from caseworker.core.clock import today
from caseworker.core.db import begin, db
from caseworker.participants.models import Participant
from tests.conftest import Given
from tests.support.crowd import analyse, make_crowd, person
from tests.support.databases import Database

pytestmark = pytest.mark.both_databases

SIZES = [int(size) for size in os.environ.get("CASEWORKER_BENCH_PEOPLE", "20000,1000000").split(",")]
TURNS = 7
# Milliseconds in the middle of the turns that no search of 20,000 may pass.
SLOWEST, AMONG = 300, 20_000


@pytest.mark.parametrize("people", SIZES)
def test_finding(database: Database, given: Given, people: int) -> None:
    began = time.perf_counter()
    with given():
        crowd = make_crowd(people, programmes=max(10, people // 2000))
    with database.app.app_context():
        if database.kind == "postgres":
            analyse()
            db.session.commit()
    print(f"\n{people:,} people on {database.kind}, made in {time.perf_counter() - began:.0f} s")
    readers = {"keyworker of 40": crowd.keyworker, "lead of one": crowd.lead, "lead of all": crowd.everywhere}
    slow = []
    with database.app.app_context():
        begin("read")
        alone = middle(lambda: db.session.scalar(by_reference()))
        print(f"  one look-up by an index: {alone:.2f} ms")
        for role, user in readers.items():
            reader = db.session.get(User, user.id)
            assert reader is not None
            for name, typed in asked().items():
                taken = middle(partial(find_cases, reader, typed, today()))
                found = find_cases(reader, typed, today())
                hits = f"{len(found.mine)} + {len(found.others)}"
                alike = len(found.mine_alike) + len(found.others_alike)
                times = f"{taken:8.1f} ms {taken / alone:7.0f} times"
                print(f"  {role:16} {name:24} {times}  {hits:8} and {alike:2} alike")
                if people <= AMONG and taken > SLOWEST:
                    slow.append((role, name))
    assert slow == []


def by_reference() -> Select[UUID]:
    return select(Participant.id).where(Participant.reference == person(0)["reference"])


def asked() -> dict[str, str]:
    """What people type. Number 0 is the keyworker's own."""
    who = person(0)
    family = who["family_name"]
    return {
        "three letters": family[:3],
        "three common letters": "moh",
        "both names": f"{who['given_name']} {family}",
        "a common name": "mohammed smith",
        "a slip": family[:2] + family[3] + family[2] + family[4:],
        "a slip in a common name": "mohamemd simth",
        "by its sound": "mohamad",
        "reference": who["reference"],
        "postcode": who["postcode"],
        "date of birth": who["born_on"].strftime("%d/%m/%Y"),
        "one letter": "m",
        "two letters, two names": "mo sm",
        "nobody": "zzyzx",
        "a hundred letters": "x" * 100,
        "twelve words": " ".join(["mo", "al", "sm", "ka", "ra", "to"] * 2),
    }


def middle(work: Callable[[], object]) -> float:
    """Milliseconds by the clock, in the middle of the turns; the first turn does not count."""
    work()
    taken = []
    for _ in range(TURNS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
