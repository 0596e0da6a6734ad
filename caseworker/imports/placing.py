"""What becomes of each row: who is new, who is here already, who may be. Pure but for its two look-ups."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.imports.known import Known, people_like
from caseworker.imports.queries import Spell, people_of, spells_on
from caseworker.imports.rules import Fault, Row, Same
from caseworker.lawful.queries import limited_among
from caseworker.participants.safety import safety_added, says_safety
from caseworker.participants.sameness import Details, compare
from caseworker.programmes.models import Programme

# However common a name, no more people of it are compared with one row.
_MOST_COMPARED = 200


class Place(StrEnum):
    WRONG = "wrong"
    NEW = "new"
    JOINS = "joins"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Placed:
    """A row and what becomes of it. `person_id` is of somebody here already; `like` says whom it is like.

    `elsewhere`: like somebody this user may not be told of. `adds`: what the sheet says of reaching somebody
    safely that their record does not say yet.
    """

    row: Row
    place: Place
    person_id: UUID | None = None
    like: tuple[str, ...] = ()
    elsewhere: bool = False
    adds: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        return bool(self.like) or self.elsewhere


@dataclass(frozen=True)
class Plan:
    """What bringing in a sheet would do."""

    placed: list[Placed]

    def count(self, place: Place) -> int:
        return Counter(each.place for each in self.placed)[place]

    @property
    def faults(self) -> list[Fault]:
        return [fault for each in self.placed for fault in each.row.faults]

    @property
    def doubtful(self) -> list[Placed]:
        return [each for each in self.placed if each.doubtful]

    @property
    def safer(self) -> list[Placed]:
        return [each for each in self.placed if each.adds]

    @property
    def to_make(self) -> list[Placed]:
        return [each for each in self.placed if each.place in (Place.NEW, Place.JOINS)]


def plan_rows(user: User, programme: Programme, rows: Sequence[Row]) -> Plan:
    """Place every row. About 3 queries for each 500 rows, however many people are here."""
    good = [row for row in rows if not row.faults]
    known = people_like(user, programme, good)
    exact: dict[Same, list[Known]] = {}
    for each in known:
        exact.setdefault(each.same, []).append(each)
    matched = {found.id for row in good for found in exact.get(row.same, ())}
    spells = spells_on(programme.id, matched)
    index = _Index(known)
    placed = [
        Placed(row, Place.WRONG)
        if row.faults
        else _place(row, exact.get(row.same, []), spells) or index.new(row, exact.get(row.same, []))
        for row in rows
    ]
    return Plan(_left_alone(_with_safety(placed)))


def _with_safety(placed: list[Placed]) -> list[Placed]:
    """Each row of somebody here with what it adds of reaching them safely."""
    people = people_of({each.person_id for each in placed if each.person_id and says_safety(each.row.values)})
    return [
        replace(each, adds=tuple(safety_added(people[each.person_id], each.row.values)))
        if each.person_id in people
        else each
        for each in placed
    ]


def _left_alone(placed: list[Placed]) -> list[Placed]:
    """A record that is kept and not used stays as it is, whatever the sheet says."""
    here = {each.person_id for each in placed if each.person_id}
    limited = limited_among(here) if here else set()
    return [
        replace(each, place=Place.UNCHANGED, adds=()) if each.person_id in limited else each
        for each in placed
    ]


def _place(row: Row, same: list[Known], spells: dict[UUID, list[Spell]]) -> Placed | None:
    """Here already, as far as the user may be told: unchanged while they are on the programme, for a time
    there that is over, or where their record was merged into another since.

    Whoever left before the day in the sheet comes back, as one person.
    """
    same = [each for each in same if each.here]
    for each in same:
        if each.merged:
            return Placed(row, Place.UNCHANGED, each.id)
    for each in same:
        for spell in spells.get(each.id, ()):
            if spell.exited_on is None or _came(row) <= spell.exited_on:
                return Placed(row, Place.UNCHANGED, each.id)
    return Placed(row, Place.JOINS, same[0].id) if same else None


def _came(row: Row) -> date:
    day: date = row.values.get("started_on") or row.values["referred_on"]
    return day


class _Index:
    """People here by birth date and by each word of their names, so that a row is compared with few."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.by_birth: dict[date, list[Known]] = {}
        self.by_word: dict[str, list[Known]] = {}
        self.undated: dict[str, list[Known]] = {}
        for each in known:
            if each.merged:
                continue
            if each.details.born_on is not None:
                self.by_birth.setdefault(each.details.born_on, []).append(each)
            for word in each.same[0]:
                self.by_word.setdefault(word, []).append(each)
                if each.details.born_on is None:
                    self.undated.setdefault(word, []).append(each)

    def new(self, row: Row, same: list[Known]) -> Placed:
        """Somebody new, with the references of those they may be: three at most, of people here."""
        likely = self._likely(row)
        elsewhere = any(not each.here for each in (*same, *likely))
        like = tuple(each.reference for each in likely if each.here)
        return Placed(row, Place.NEW, like=like[:3], elsewhere=elsewhere)

    def _likely(self, row: Row) -> list[Known]:
        values, born_on = row.values, row.values.get("born_on")
        said = Details(
            values["given_name"],
            values["family_name"],
            values.get("preferred_name"),
            born_on,
            values.get("postcode"),
        )
        near = list(self.by_birth.get(born_on, ())) if born_on else []
        for word in row.same[0]:
            near += (self.undated if born_on else self.by_word).get(word, ())
        compared = {each.reference: (compare(said, each.details), each) for each in near[:_MOST_COMPARED]}
        likely = sorted(
            (-found.score, reference) for reference, (found, _) in compared.items() if found.possible
        )
        return [compared[reference][1] for _, reference in likely]
