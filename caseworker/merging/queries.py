"""Pairs that may be one person, merges done, and where a record that was absorbed went."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from caseworker.accounts.models import Role, User
from caseworker.core import audit
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.core.ids import read_reference
from caseworker.enrolments.models import Enrolment
from caseworker.merging.models import Merge, NotTheSame
from caseworker.participants.matching import details_of
from caseworker.participants.models import NameKey, Participant
from caseworker.participants.queries import is_open_to
from caseworker.participants.sameness import Reason, compare
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import programmes_of

PAGE = 25
# Reason of a record that went into another one.
MERGED = "merged"
# How many sounds of names two records share before they are compared: a first name and a surname.
_SOUNDS = 2
# What two records of one person may share besides the name; each has an index.
_SHARED = ("born_on", "postcode", "ni_number_mark")


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person, the older first, with what they share."""

    kept: Participant
    absorbed: Participant
    shared: tuple[Reason, ...]


def is_led_by(user: User, person: type[Participant]) -> ColumnElement[bool]:
    """Whether a person is open to this user and on a programme the user leads."""
    led = programmes_of(user, {Role.LEAD})
    return and_(
        is_open_to(user, person),
        exists().where(
            Enrolment.participant_id == person.id,
            Enrolment.programme_id.in_(led),
            Enrolment.voided_at.is_(None),
        ),
    )


def get_person(user: User, person_id: UUID) -> Participant:
    """Somebody this user may merge, and the look at them noted. Raises NotVisible."""
    found = db.session.scalar(
        select(Participant).where(Participant.id == person_id, is_led_by(user, Participant))
    )
    if found is None:
        raise NotVisible
    audit.looked(found.id, "merge")
    return found


def find_by_reference(user: User, typed: str) -> Participant | None:
    """Somebody this user may merge, by their reference or one that was merged into theirs."""
    reference = read_reference(typed)
    if reference is None:
        return None
    return db.session.scalar(
        select(Participant).where(
            Participant.reference == (now_known_as(reference) or reference), is_led_by(user, Participant)
        )
    )


def likely_pairs(user: User) -> Select[UUID, UUID]:
    """Keys of two records whose names sound alike and who share a birth date, a postcode or an NI number.

    Each arm is read off an index of its own; only the pairs it finds have their names compared, and only
    then is it asked who may see them.
    """
    pairs = union(*(_sharing(column) for column in _SHARED)).subquery("pairs")
    one, other = aliased(Participant), aliased(Participant)
    mine, theirs = aliased(NameKey), aliased(NameKey)
    sounds = (
        select(func.count(mine.sound.distinct()))
        .join(theirs, theirs.sound == mine.sound)
        .where(mine.participant_id == pairs.c.one, theirs.participant_id == pairs.c.other)
        .correlate(pairs)
        .scalar_subquery()
    )
    return (
        select(one.id, other.id)
        .select_from(pairs)
        .join(one, one.id == pairs.c.one)
        .join(other, other.id == pairs.c.other)
        .where(sounds >= _SOUNDS, ~_told_apart(pairs), is_led_by(user, one), is_led_by(user, other))
        .order_by(func.lower(one.family_name), one.id, other.id)
    )


def _told_apart(pairs: Subquery) -> ColumnElement[bool]:
    """Somebody said of a pair that they are two people."""
    said = NotTheSame
    return exists().where(
        said.one_id == pairs.c.one, said.other_id == pairs.c.other, said.voided_at.is_(None)
    )


def get_told_apart(user: User, said_id: UUID) -> NotTheSame:
    """Raises NotVisible when it is missing, or of records that are not both this user's to merge."""
    one, other = aliased(Participant), aliased(Participant)
    found = db.session.scalar(
        select(NotTheSame)
        .join(one, one.id == NotTheSame.one_id)
        .join(other, other.id == NotTheSame.other_id)
        .where(
            NotTheSame.id == said_id,
            NotTheSame.voided_at.is_(None),
            is_led_by(user, one),
            is_led_by(user, other),
        )
    )
    if found is None:
        raise NotVisible
    return found


def _sharing(name: str) -> Select[UUID, UUID]:
    """Records of one organisation that say the same; two that say when they were born must not differ, but
    where the NI number is the same."""
    one, other = aliased(Participant), aliased(Participant)
    column, same = getattr(one, name), getattr(other, name)
    found = (
        select(one.id.label("one"), other.id.label("other"))
        .join(other, and_(column == same, one.organisation_id == other.organisation_id, one.id < other.id))
        .where(one.voided_at.is_(None), other.voided_at.is_(None))
    )
    return found if name != "postcode" else found.where(or_(one.born_on.is_(None), other.born_on.is_(None)))


def count_pairs(user: User) -> int:
    return (
        db.session.scalar(select(func.count()).select_from(likely_pairs(user).order_by(None).subquery())) or 0
    )


def page_of_pairs(user: User, page: int) -> list[Pair]:
    keys = db.session.execute(likely_pairs(user).limit(PAGE).offset((page - 1) * PAGE)).all()
    wanted = {key for pair in keys for key in pair}
    found = db.session.scalars(select(Participant).where(Participant.id.in_(wanted)))
    people = {person.id: person for person in found}
    return [_pair(people[one], people[other]) for one, other in keys]


def _pair(one: Participant, other: Participant) -> Pair:
    kept, absorbed = sorted((one, other), key=lambda person: (person.entered_at, person.id))
    return Pair(kept, absorbed, compare(details_of(kept), details_of(absorbed)).shared)


def visible_merges(user: User) -> Select[Any, Any, Any]:
    """(merge, who was kept, who was absorbed), the newest first: of people this user may merge now."""
    kept, absorbed = aliased(Participant, name="kept"), aliased(Participant, name="absorbed")
    return (
        select(Merge, kept, absorbed)
        .join(kept, kept.id == Merge.kept_id)
        .join(absorbed, absorbed.id == Merge.absorbed_id)
        .where(is_led_by(user, kept))
        .order_by(Merge.merged_on.desc(), Merge.id.desc())
    )


def get_merge(user: User, merge_id: UUID) -> tuple[Merge, Participant, Participant]:
    """Raises NotVisible when it is missing, or of a person who is not this user's to merge."""
    row = db.session.execute(visible_merges(user).where(Merge.id == merge_id)).one_or_none()
    if row is None:
        raise NotVisible
    merge, kept, absorbed = row
    audit.looked(kept.id, "merge")
    return merge, kept, absorbed


def now_known_as(reference: str) -> str | None:
    """The reference of the record that this one went into, through one merge after the other; None for a
    record that was never absorbed."""
    found = db.session.execute(
        select(Participant.id).where(Participant.reference == reference, Participant.void_reason == MERGED)
    ).scalar_one_or_none()
    whole, known = None, {found}
    while found is not None:
        row = db.session.execute(
            select(Participant.id, Participant.reference)
            .join(Merge, Merge.kept_id == Participant.id)
            .where(Merge.absorbed_id == found, Merge.voided_at.is_(None))
        ).one_or_none()
        if row is None or row.id in known:
            break
        found, whole = row.id, row.reference
        known.add(found)
    return whole


def followed(typed: str) -> str:
    """What was typed to find somebody; for the reference of a record that was absorbed, that of the record
    it is in now."""
    reference = read_reference(typed)
    return typed if reference is None else now_known_as(reference) or typed


@dataclass(frozen=True)
class Held:
    """A programme on which both have an enrolment that is not over; `seen`: the reader works on it."""

    programme_name: str
    kept_case_id: UUID
    absorbed_case_id: UUID
    seen: bool


def open_on_both(user: User, kept_id: UUID, absorbed_id: UUID) -> list[Held]:
    """What holds a merge back."""
    mine, theirs = aliased(Enrolment), aliased(Enrolment)
    seen = Programme.id.in_(programmes_of(user, {Role.LEAD, Role.KEYWORKER}))
    rows = db.session.execute(
        select(Programme.name, mine.id, theirs.id, case((seen, 1), else_=0))
        .join(mine, mine.programme_id == Programme.id)
        .join(theirs, theirs.programme_id == Programme.id)
        .where(
            mine.participant_id == kept_id,
            theirs.participant_id == absorbed_id,
            *(each.exited_on.is_(None) for each in (mine, theirs)),
            *(each.voided_at.is_(None) for each in (mine, theirs)),
        )
        .order_by(Programme.name, mine.id, theirs.id)
    )
    return [Held(name, one, other, bool(shown)) for name, one, other, shown in rows]
