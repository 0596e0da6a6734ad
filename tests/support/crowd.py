"""Very many people with names, access and enrolments, written straight into the tables."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, islice
from typing import Any
from uuid import UUID

from sqlalchemy import text

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.core.ids import reference_for
from caseworker.participants.rules import name_words
from caseworker.participants.sameness import sound
from caseworker.participants.spelling import spellings
from tests.support.builders import a_programme, a_user, an_organisation, grant_role

SYLLABLES = (
    "ka", "mo", "li", "ra", "shi", "to", "ven", "dal", "per", "son", "mar", "kow", "al", "ski",
    "ah", "med", "ber", "nik", "ol", "jen", "fa", "tu", "wes", "den", "gri", "pau",
)  # fmt: skip
# The commonest first.
GIVEN = ("Mohammed", "Sarah", "John", "Amara", "Siân", "Seán", "Łukasz", "Priya", "Chloë", "José", "Anna")
FAMILY = ("Smith", "Jones", "Ahmed", "Khan", "O’Neill", "Kowalski", "Patel", "Müller", "Osei", "Evans")
CASELOAD = 40
ON = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
_AT_ONCE = 50_000
_FIRST = UUID("01990000-0000-7000-8000-000000000000").int
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Crowd:
    """Three readers: with 40 people, over one programme, and over all of them."""

    keyworker: User
    lead: User
    everywhere: User


@dataclass(frozen=True)
class Place:
    programme_id: UUID
    keyworkers: list[UUID]


def make_crowd(people: int, programmes: int = 10) -> Crowd:
    """Inside a transaction: number 0 is the keyworker's, on the first programme; see `person`."""
    organisation = an_organisation()
    many = max(1, people // programmes // CASELOAD)
    made = [a_programme(organisation) for _ in range(programmes)]
    workers = [[a_user(Role.KEYWORKER, programme) for _ in range(many)] for programme in made]
    lead, everywhere = a_user(Role.LEAD, made[0]), a_user()
    grant_role(everywhere, Role.LEAD, organisation=organisation)
    places = [
        Place(programme.id, [worker.id for worker in some])
        for programme, some in zip(made, workers, strict=True)
    ]
    called: list[str] = []
    words: dict[str, list[str]] = {}
    _write("participant", PERSON, _people(people, organisation.id, called))
    _write("name_key", "id, participant_id, word, sound", _names(called, words))
    spelt = (
        (less, word)
        for word in {each for some in words.values() for each in some}
        for less in spellings(word)
    )
    _write("name_spelling", "id, less, word", ((_key(5, number), *row) for number, row in enumerate(spelt)))
    _write("enrolment", ENROLMENT, _enrolments(people, places))
    _write("participant_access", ACCESS, _access(people, places))
    return Crowd(workers[0][0], lead, everywhere)


PERSON = (
    "id, version, entered_at, organisation_id, reference, given_name, family_name, born_on, birth_not_known,"
    " postcode, no_voicemail, no_texts, no_letters, no_emails, restricted"
)
ENROLMENT = (
    "id, version, entered_at, participant_id, programme_id, keyworker_id, referral_source, referred_on,"
    " started_on, status_at_start"
)
ACCESS = "id, participant_id, user_id, programme_id, scope, why, because_id, from_on, written_at"


def person(number: int) -> dict[str, Any]:
    """Who has this number: the same in every crowd."""
    dice = random.Random(number)
    given = _picked(dice, GIVEN)
    family = _picked(dice, FAMILY)
    return {
        "given_name": given,
        "family_name": family if dice.random() < 0.9 else f"{family}-{_picked(dice, FAMILY)}",
        "reference": reference_for(number),
        "born_on": date(1955, 1, 1) + timedelta(days=dice.randrange(19_000)),
        "postcode": f"CF{dice.randrange(1, 90)} {dice.randrange(1, 10)}{''.join(dice.choices('ABDEF', k=2))}",
    }


def _picked(dice: random.Random, common: tuple[str, ...]) -> str:
    """A third have one of a few names, the rest one of some 17,000 made of syllables."""
    if dice.random() < 0.33:
        return dice.choices(
            common, cum_weights=list(accumulate(1 / place for place in range(1, len(common) + 1)))
        )[0]
    return "".join(dice.choices(SYLLABLES, k=3)).capitalize()


def _key(table: int, number: int) -> UUID:
    return UUID(int=_FIRST + (table << 40) + number)


def _people(count: int, organisation_id: UUID, called: list[str]) -> Iterator[Row]:
    for number in range(count):
        who = person(number)
        called.append(f"{who['given_name']} {who['family_name']}")
        yield (
            _key(1, number), 1, AT, organisation_id, who["reference"], who["given_name"], who["family_name"],
            who["born_on"], False, who["postcode"], False, False, False, False, False,
        )  # fmt: skip


def _names(called: list[str], words: dict[str, list[str]]) -> Iterator[Row]:
    key = 0
    for number, full in enumerate(called):
        if full not in words:
            words[full] = name_words(full)
        for word in words[full]:
            key += 1
            yield _key(2, key), _key(1, number), word, sound(word)


def _enrolments(count: int, places: list[Place]) -> Iterator[Row]:
    for number in range(count):
        place = places[number % len(places)]
        worker = _keyworker(number, places)
        yield _key(3, number), 1, AT, _key(1, number), place.programme_id, worker, "self", ON, ON, "11"


def _access(count: int, places: list[Place]) -> Iterator[Row]:
    for number in range(count):
        place = places[number % len(places)]
        person_id, because = _key(1, number), _key(3, number)
        yield (
            _key(4, 2 * number), person_id, None, place.programme_id, "case", "enrolment", because, ON, AT,
        )  # fmt: skip
        worker = _keyworker(number, places)
        yield _key(4, 2 * number + 1), person_id, worker, None, "case", "keyworker", because, ON, AT


def _keyworker(number: int, places: list[Place]) -> UUID:
    some = places[number % len(places)].keyworkers
    return some[number // len(places) % len(some)]


def _write(table: str, columns: str, rows: Iterable[Row]) -> None:
    """As fast as each database takes them: COPY, or one prepared insert."""
    driver = db.session.connection().connection.driver_connection
    assert driver is not None
    if db.engine.dialect.name == "postgresql":
        with driver.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" for _ in columns.split(","))
    plain = (tuple(map(_plain, row)) for row in rows)
    while some := list(islice(plain, _AT_ONCE)):
        driver.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", some)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.bytes
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def analyse() -> None:
    """Tell the database's planner how many there are, as PostgreSQL finds out by itself after a while."""
    db.session.execute(text("ANALYZE"))
