"""One human being under two controllers: joined for counting only. It opens nothing to anybody."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.core.ids import new_id
from caseworker.participants.matching import details_of
from caseworker.participants.models import Participant, PersonLink
from caseworker.participants.sameness import Comparison, compare

TWICE = "Somebody has just linked one of them. Open the list again"


def compared(one: Participant, other: Participant) -> Comparison:
    """What two records share, for a person to judge: no value of either is shown."""
    return compare(details_of(one), details_of(other))


def link_people(one: Participant, other: Participant, *, linked_by: User) -> None:
    """From now on totals over both controllers count one person; whoever is linked to either comes along.

    Raises RuleBroken for two records of one controller, which are merged instead, or linked already.
    """
    if one.organisation_id == other.organisation_id:
        raise RuleBroken("Both records are of one organisation: merge them instead", "other")
    ours, theirs = _human(one), _human(other)
    if ours is not None and ours == theirs:
        raise RuleBroken("They are linked already", "other")
    if ours and theirs:
        for row in db.session.scalars(select(PersonLink).where(PersonLink.human_id == theirs)):
            row.human_id = ours
    human = ours or theirs or new_id()
    with refused_as(uq_person_link_participant_id=RuleBroken(TWICE, "other")):
        for person in (one, other):
            _join(person, human, linked_by)


def _human(person: Participant) -> UUID | None:
    """The human being a record is linked to; None: to nobody."""
    return db.session.scalar(
        select(PersonLink.human_id).where(
            PersonLink.participant_id == person.id, PersonLink.voided_at.is_(None)
        )
    )


def _join(person: Participant, human: UUID, linked_by: User) -> None:
    """A record has one link in its life: one that was parted is joined again."""
    row = db.session.scalar(select(PersonLink).where(PersonLink.participant_id == person.id))
    if row is None:
        db.session.add(PersonLink(participant_id=person.id, human_id=human, entered_by_id=linked_by.id))
        return
    row.human_id, row.voided_at, row.voided_by_id, row.void_reason = human, None, None, None


def part_people(link: PersonLink, *, by: User, now: datetime) -> None:
    """This side is counted on its own again; a link of one is none."""
    others = db.session.scalars(
        select(PersonLink).where(
            PersonLink.human_id == link.human_id, PersonLink.id != link.id, PersonLink.voided_at.is_(None)
        )
    ).all()
    for row in (link, *(others if len(others) == 1 else ())):
        row.voided_at, row.voided_by_id, row.void_reason = now, by.id, "parted"
