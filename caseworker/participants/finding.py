"""Finding people by what somebody remembers of them: reference, names, postcode or date of birth.

Names go by their beginnings, in any order; where that finds too few, by words that are typed or sound
alike. The rarest word leads. Where even that is the beginning of many names, the first MANY of them are
looked at, then the reader's own people: either is few, so neither a common name nor a large programme
makes a search slow.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.participants.models import NameKey, NameSpelling, Participant
from caseworker.participants.queries import WITH_CASES, findable_by, is_findable_by, is_open_to
from caseworker.participants.sameness import sound
from caseworker.participants.spelling import is_slip, spellings
from caseworker.participants.typed import Sought, read_typed
from caseworker.programmes.queries import holds_any, programmes_of
from caseworker.programmes.readers import Kind, on_programmes

MOST_FOUND = 20
MANY = 5000
# Shorter words, and sounds of one letter, are like half of all names.
_SHORTEST_LIKE = 3
_SHORTEST_SOUND = 2
_LAST = chr(0x10FFFF)

Condition = ColumnElement[bool]
# Whom a search for names alike leaves out, because they are found already, and in what order it lists.
Alike = tuple[Condition, ColumnElement[int]]


@dataclass(frozen=True)
class Hit:
    """Somebody found. `mine`: their case is open to the reader; `alike`: only like what was typed."""

    id: UUID
    mine: bool
    alike: bool


@dataclass(frozen=True)
class Asker:
    """Whoever looks, as statements know them, and the parameters these run with.

    `listed` is the keys (participant_id) of all whom they may find, where no case is theirs to open.
    """

    reader: Kind
    values: dict[str, Any]
    listed: Select[UUID] | None = None

    @property
    def opens(self) -> Condition:
        """Whose case is theirs."""
        if self.listed is not None:
            return Participant.id.in_(self.listed)
        return is_open_to(self.reader, Participant)

    @property
    def finds(self) -> Condition:
        """Whom else they may find."""
        return false() if self.listed is not None else is_findable_by(self.reader, Participant)

    @property
    def people(self) -> Select[UUID]:
        return findable_by(self.reader) if self.listed is None else self.listed


def find_people(user: User, typed: str, today: date) -> list[Hit]:
    """Who this user may open or ask for: those so called before those alike, then one's own, then by name.

    One more than MOST_FOUND where there are more.
    """
    asker = Asker(*on_programmes(user, {role: _programmes(user, role) for role in _held(user)}))
    return _find(asker, read_typed(typed, today))


def find_listed(user: User, listed: Select[UUID], typed: str, today: date) -> list[Hit]:
    """The same search among people who are listed to this user, whose cases are not theirs to open."""
    return _find(Asker(*on_programmes(user, {}), listed), read_typed(typed, today))


def _find(asker: Asker, sought: Sought) -> list[Hit]:
    if sought.reference:
        found = _hits(asker, [Participant.reference == sought.reference])
        if found:
            return found
    if sought.own_reference:
        found = _hits(asker, [Participant.own_reference == sought.own_reference])
        if found:
            return found
    known = [
        column == value
        for column, value in ((Participant.born_on, sought.born_on), (Participant.postcode, sought.postcode))
        if value is not None
    ]
    if not sought.words:
        # A birthday or a postcode alone would tell of a colleague's participant whose it is.
        return _hits(asker, [*known, asker.opens]) if known else []
    exact = {word: _begins(word) for word in sought.words}
    found = _find_called(asker, known, exact)
    if len(found) > MOST_FOUND:
        return found
    slips = _slips(sought.words)
    typed_alike = {word: or_(begins, NameKey.word.in_(slips[word])) for word, begins in exact.items()}
    like = {word: _sounds(word, condition) for word, condition in typed_alike.items()}
    misheard = case((_called(typed_alike.values()), 0), else_=1)
    others = Participant.id.not_in([hit.id for hit in found])
    return (found + _find_called(asker, known, like, (others, misheard)))[: MOST_FOUND + 1]


def _held(user: User) -> list[Role]:
    return [role for role in sorted(WITH_CASES) if holds_any(user, {role})]


def _programmes(user: User, role: Role) -> list[UUID]:
    return list(db.session.scalars(programmes_of(user, {role})))


def _find_called(
    asker: Asker, known: list[Condition], words: dict[str, Condition], alike: Alike | None = None
) -> list[Hit]:
    """People of whose names each word is one: by the rarest word, or by the reader's people."""
    has = {word: _has(condition) for word, condition in words.items()}
    if known:
        return _hits(asker, [*known, *has.values()], alike)
    counts = _counts(words.values())
    fewest, leading = min(zip(counts, words, strict=True))
    if not fewest:
        return []
    first = select(NameKey.participant_id).where(words[leading]).limit(MANY).subquery("first")
    leads = select(first.c.participant_id).distinct()
    found = _hits(asker, [has[word] for word in words if word != leading], alike, among=leads)
    if len(found) > MOST_FOUND or fewest <= MANY:
        return found
    return _hits(asker, list(has.values()), alike, among=asker.people)


def _hits(
    asker: Asker, wanted: list[Condition], alike: Alike | None = None, among: Select[UUID] | None = None
) -> list[Hit]:
    """Joined to `among`, which each database then reads once and first; a search in it would be made anew
    for each person."""
    mine = asker.opens
    names = (func.lower(Participant.family_name), func.lower(Participant.given_name), Participant.id)
    others, rank = ([alike[0]], [alike[1]]) if alike else ([], [])
    rows = (
        select(Participant.id, case((mine, 1), else_=0).label("mine"))
        .where(*wanted, *others, or_(mine, asker.finds))
        .order_by(*rank, case((mine, 0), else_=1), *names)
        .limit(MOST_FOUND + 1)
    )
    if among is not None:
        few = among.subquery("few")
        rows = rows.join(few, few.c.participant_id == Participant.id)
    return [Hit(key, bool(own), alike is not None) for key, own in db.session.execute(rows, asker.values)]


def _counts(conditions: Any) -> list[int]:
    """How many have each word, counted as far as one more than MANY, in one query."""
    counted = [
        select(func.count())
        .select_from(select(NameKey.id).where(condition).limit(MANY + 1).subquery())
        .scalar_subquery()
        for condition in conditions
    ]
    return list(db.session.execute(select(*counted)).one())


def _begins(word: str) -> Condition:
    return NameKey.word.between(word, word + _LAST)


def _sounds(word: str, condition: Condition) -> Condition:
    heard = sound(word)
    if len(word) < _SHORTEST_LIKE or len(heard) < _SHORTEST_SOUND:
        return condition
    return or_(condition, NameKey.sound == heard)


def _called(conditions: Any) -> Condition:
    return and_(*(_has(condition) for condition in conditions))


def _has(condition: Condition) -> Condition:
    return exists().where(NameKey.participant_id == Participant.id, condition)


def _slips(words: tuple[str, ...]) -> dict[str, list[str]]:
    """The words of somebody's name that each typed word may be a slip of."""
    less = {each: word for word in words if len(word) >= _SHORTEST_LIKE for each in spellings(word)}
    rows = db.session.scalars(select(NameSpelling.word).where(NameSpelling.less.in_(less)).distinct())
    found: dict[str, list[str]] = defaultdict(list)
    for known in rows:
        for word in words:
            if len(word) >= _SHORTEST_LIKE and is_slip(word, known):
                found[word].append(known)
    return found
