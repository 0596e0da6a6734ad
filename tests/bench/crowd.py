"""A large invented programme with contacts and due days: for measuring, never for figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from random import Random
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from caseworker.accounts.models import User
from caseworker.contacts.models import Contact
from caseworker.core import clock
from caseworker.core.calendar import at_uk
from caseworker.core.db import db
from caseworker.core.ids import new_id
from caseworker.core.sealing import seal
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.programmes.models import Programme, ProgrammeRule
from tests.bench.rules import RULES
from tests.support.builders import LONG_AGO
from tests.support.crowd import analyse, make_crowd

CHANNELS = ("telephone", "face_to_face", "text", "email")
SAID = "We went through the letter from the landlord together and wrote down what to say on Monday. "
_AT_ONCE = 2000


@dataclass(frozen=True)
class Crowd:
    """`worker` has 40 people, and `busy` is a case of theirs."""

    worker: User
    busy: UUID


def gather(people: int, entries: int = 60) -> Crowd:
    """Fill an empty database with `people` on one programme with rules, 40 to a keyworker; in a transaction.

    The busy case has `entries` contacts, each with a sealed note, and every other two.
    """
    worker, dice = make_crowd(people, programmes=1).keyworker, Random(7)
    cases = db.session.execute(sa.select(Enrolment.id, Enrolment.keyworker_id).order_by(Enrolment.id)).all()
    busy = next(case.id for case in cases if case.keyworker_id == worker.id)
    for first in range(0, len(cases), _AT_ONCE):
        some = cases[first : first + _AT_ONCE]
        said = [_contacts(dice, case.id, worker.id, entries if case.id == busy else 2) for case in some]
        db.session.execute(sa.insert(Contact), [row for rows in said for row in rows])
        db.session.execute(sa.insert(DueItem), [row for case in some for row in _dues(dice, case.id)])
    db.session.add_all(_rules())
    db.session.flush()
    analyse()
    return Crowd(worker, busy)


def _rules() -> Iterator[ProgrammeRule]:
    programme_id = db.session.scalar(sa.select(Programme.id))
    for kind, code, settings in RULES:
        yield ProgrammeRule(programme_id=programme_id, kind=kind, code=code, label=code, settings=settings,
                            source="Made up to measure", from_on=LONG_AGO)  # fmt: skip


def _contacts(dice: Random, case: UUID, keyworker: UUID, count: int) -> Iterator[dict[str, Any]]:
    day = clock.today()
    for number in range(count):
        day -= timedelta(days=dice.randrange(1, 9))
        key, note = new_id(), SAID * dice.randrange(1, 4)
        yield {
            "id": key, "version": 1, "entered_at": clock.now(), "enrolment_id": case,
            "channel": dice.choice(CHANNELS), "direction": "out", "result": "spoke",
            "two_way": number % 3 > 0,
            "happened_at": at_uk(day, time(12, number % 60)), "minutes": 15, "sensitive": False,
            "entered_by_id": keyworker, "note_sealed": seal(note.encode(), "contact", key, "note_sealed"),
        }  # fmt: skip


def _dues(dice: Random, case: UUID) -> Iterator[dict[str, Any]]:
    for kind in ("contact", "plan"):
        due_on = clock.today() + timedelta(days=dice.randrange(-20, 40))
        yield {"id": new_id(), "enrolment_id": case, "kind": kind, "about_id": case, "due_on": due_on,
               "rule": "clock"}  # fmt: skip
