"""Many people start at once: the same rows as `services.start_enrolment` makes, without asking for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.core import audit, clock
from caseworker.core.calendar import age_on
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.queries import rules_of
from caseworker.enrolments.rules import contact_due, plan_due
from caseworker.enrolments.services import spell_of
from caseworker.participants.models import Participant, ParticipantAccess, Scope
from caseworker.programmes.models import Programme


@dataclass(frozen=True)
class Start:
    """One person's start, with the arguments of `start_enrolment`. `status` is a code of economic_status."""

    participant: Participant
    keyworker: User | None
    referral_source: str
    referred_on: date
    started_on: date | None
    status: str


def start_enrolments(
    programme: Programme, starts: Sequence[Start], *, entered_by: User, today: date
) -> list[Enrolment]:
    """Start all of them, or none. The rules are read once; the inserts go in batches.

    Raises RuleBroken for dates out of order or in the future, and for a second open enrolment.
    """
    enrolments = [_enrolment(programme, start, entered_by, today) for start in starts]
    with refused_as(uq_enrolment_one_open=RuleBroken("One of them is already on this programme")):
        db.session.add_all(enrolments)
    for enrolment in enrolments:
        _open(enrolment)
    editions = rules_of(programme.id, "review_clock")
    minimums = rules_of(programme.id, "minimum_contact")
    for enrolment in enrolments:
        spell = spell_of(enrolment, ())
        for due in (contact_due(spell, editions, None, minimums), plan_due(spell, editions, None)):
            if due is not None:
                db.session.add(
                    DueItem(
                        enrolment_id=enrolment.id,
                        kind=due.kind,
                        about_id=due.about_id,
                        due_on=due.due_on,
                        rule=due.rule,
                        closed_on=due.closed_on,
                    )
                )
    db.session.flush()
    return enrolments


def _enrolment(programme: Programme, start: Start, entered_by: User, today: date) -> Enrolment:
    if start.referred_on > today:
        raise RuleBroken("The day they were referred must be today or earlier", "referred_on")
    if start.started_on is not None and start.started_on < start.referred_on:
        raise RuleBroken("The start must be on or after the day they were referred", "started_on")
    born_on, first = start.participant.born_on, start.started_on or start.referred_on
    return Enrolment(
        participant_id=start.participant.id,
        programme_id=programme.id,
        keyworker_id=start.keyworker.id if start.keyworker else None,
        referral_source=start.referral_source,
        referred_on=start.referred_on,
        started_on=start.started_on,
        status_at_start=start.status,
        age_at_start=age_on(born_on, first) if born_on else None,
        entered_by_id=entered_by.id,
    )


def _open(enrolment: Enrolment) -> None:
    """What is opened because of a new enrolment cannot have been opened before."""
    person, day = enrolment.participant_id, enrolment.referred_on
    readers: list[tuple[str, UUID | None, UUID | None]] = [("enrolment", None, enrolment.programme_id)]
    if enrolment.keyworker_id is not None:
        readers.append(("keyworker", enrolment.keyworker_id, None))
    for why, user_id, programme_id in readers:
        audit.note(audit.Entry("access opened", "participant_access", enrolment.id, person, why=why))
        db.session.add(
            ParticipantAccess(
                participant_id=person,
                user_id=user_id,
                programme_id=programme_id,
                scope=Scope.CASE,
                why=why,
                because_id=enrolment.id,
                from_on=day,
                written_at=clock.now(),
            )
        )
