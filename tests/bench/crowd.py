"""A large invented programme, written straight into the tables: for measuring, never for figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from caseworker.accounts.models import Role, User
from caseworker.contacts.models import Contact
from caseworker.core import clock
from caseworker.core.calendar import at_uk
from caseworker.core.db import Base, db
from caseworker.core.ids import new_id, reference_for
from caseworker.core.sealing import seal
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.participants.models import NameKey, Participant, ParticipantAccess
from caseworker.participants.rules import name_words
from caseworker.programmes.models import Programme
from tests.support.builders import a_programme, a_user

CASELOAD = 40
GIVEN = ("Amara", "Bryn", "Ciara", "Dov", "Elif", "Femi", "Grace", "Hana", "Idris", "Joanna", "Kofi", "Lena")
FAMILY = ("Adeyemi", "Brennan", "Clarke", "Dunne", "Eriksen", "Farah", "Grant", "Hughes", "Iqbal", "Jarvis")
CHANNELS = ("telephone", "face_to_face", "text", "email")
SAID = "We went through the letter from the landlord together and wrote down what to say on Monday. "


@dataclass(frozen=True)
class Crowd:
    """One programme with its lead; `worker` has the first caseload and `busy` is a case of theirs."""

    programme: UUID
    lead: UUID
    worker: UUID
    busy: UUID
    people: int


def gather(people: int, entries: int = 60, seed: int = 7) -> Crowd:
    """Fill an empty database with `people` on one programme, 40 to a keyworker; inside a transaction.

    The first case has `entries` contacts, each with a sealed note, and the others two or three.
    """
    dice, programme = Random(seed), a_programme()
    lead = a_user(Role.LEAD, programme)
    workers = [a_user(Role.KEYWORKER, programme) for _ in range(-(-people // CASELOAD))]
    db.session.flush()
    busy: UUID | None = None
    for first in range(0, people, 2000):
        rows: dict[type[Base], list[dict[str, Any]]] = {}
        for number in range(first, min(first + 2000, people)):
            enrolment = _person(rows, dice, programme, workers[number // CASELOAD], number, entries)
            busy = busy or enrolment
        for table in (Participant, NameKey, Enrolment, ParticipantAccess, Contact, DueItem):
            db.session.execute(sa.insert(table), rows[table])
    assert busy is not None
    return Crowd(programme.id, lead.id, workers[0].id, busy, people)


def _person(
    rows: dict[type[Base], list[dict[str, Any]]],
    dice: Random,
    programme: Programme,
    worker: User,
    number: int,
    entries: int,
) -> UUID:
    today = clock.today()
    person, enrolment = new_id(), new_id()
    given, family = dice.choice(GIVEN), f"{dice.choice(FAMILY)}{_letters(number)}"
    began = today - timedelta(days=dice.randrange(30, 500))
    record = {"version": 1, "entered_at": clock.now()}
    _add(rows, Participant, record, id=person, organisation_id=programme.organisation_id,
         reference=reference_for(number), given_name=given, family_name=family,
         born_on=date(1960, 1, 1) + timedelta(days=dice.randrange(16000)), birth_not_known=False,
         postcode=f"WQ{number % 90 + 1} {number % 9}AB", no_voicemail=False, no_texts=False,
         no_letters=False, no_emails=False, restricted=False)  # fmt: skip
    for word in name_words(given, family):
        _add(rows, NameKey, {}, id=new_id(), participant_id=person, word=word)
    _add(rows, Enrolment, record, id=enrolment, participant_id=person, programme_id=programme.id,
         keyworker_id=worker.id, referral_source="jobcentre", referred_on=began, started_on=began,
         status_at_start="11", age_at_start=30)  # fmt: skip
    opened = {"participant_id": person, "scope": "case", "because_id": enrolment, "from_on": began,
              "written_at": clock.now()}  # fmt: skip
    _add(
        rows, ParticipantAccess, opened, id=new_id(), programme_id=programme.id, user_id=None, why="enrolment"
    )
    _add(rows, ParticipantAccess, opened, id=new_id(), programme_id=None, user_id=worker.id, why="keyworker")
    for about, kind in ((enrolment, "contact"), (enrolment, "plan")):
        _add(rows, DueItem, {}, id=new_id(), enrolment_id=enrolment, kind=kind, about_id=about,
             due_on=today + timedelta(days=dice.randrange(-20, 40)), rule="clock")  # fmt: skip
    for back in _days_back(dice, entries if number == 0 else 2):
        key, channel = new_id(), dice.choice(CHANNELS)
        note = SAID * dice.randrange(1, 4) if number == 0 else SAID
        _add(rows, Contact, record, id=key, enrolment_id=enrolment, channel=channel, direction="out",
             happened_at=at_uk(today - timedelta(days=back), time(12, back % 60)), result="spoke",
             two_way=bool(back % 3),             minutes=15, sensitive=False, entered_by_id=worker.id,
             note_sealed=seal(note.encode(), "contact", key, "note_sealed"))  # fmt: skip
    return enrolment


def _days_back(dice: Random, count: int) -> Iterator[int]:
    back = 0
    for _ in range(count):
        back += dice.randrange(1, 9)
        yield back


def _letters(number: int) -> str:
    """A different ending for each, so that names are as varied as names are."""
    return "".join(chr(97 + number // 26**place % 26) for place in range(3))


def _add(
    rows: dict[type[Base], list[dict[str, Any]]], table: type[Base], shared: dict[str, Any], **values: Any
) -> None:
    rows.setdefault(table, []).append(shared | values)
