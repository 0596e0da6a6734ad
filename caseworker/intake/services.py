"""A referral: somebody new, or somebody known who comes again. One person, however many enrolments."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.hanging import is_known_by_more, is_worked_on
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.services import AtStart, start_enrolment
from caseworker.intake.queries import has_other_enrolment
from caseworker.participants.details import PersonDetails, add_person
from caseworker.participants.models import Participant, StatusHistory
from caseworker.participants.services import end_access
from caseworker.programmes.models import Cohort, Programme

NOT_KNOWN = "98"


@dataclass(frozen=True)
class ReferralDetails:
    """How they came, and how things stand: codes of referral_source, economic_status and benefit.

    No day of referral is today; no start: support has not begun.
    """

    referral_source: str
    referred_on: date | None = None
    started_on: date | None = None
    economic_status: str = NOT_KNOWN
    required_to_look: bool | None = None
    benefit: str | None = None


def record_referral(
    who: PersonDetails,
    details: ReferralDetails,
    *,
    known: Participant | None,
    programme: Programme,
    keyworker: User | None,
    recorded_by: User,
    today: date,
) -> Enrolment:
    """Refer somebody to a programme. `known` is the person met again, whose own facts stay as they are.

    Raises RuleBroken as `start_enrolment`, and for somebody known to another controller.
    """
    if known is not None and known.organisation_id != programme.organisation_id:
        raise RuleBroken(
            "They are known to another organisation. Choose one of its programmes", "programme_id"
        )
    person = known or add_person(programme.organisation_id, who, entered_by=recorded_by)
    referred_on = details.referred_on or min(details.started_on or today, today)
    enrolment = start_enrolment(
        person,
        programme,
        keyworker=keyworker,
        referral_source=details.referral_source,
        referred_on=referred_on,
        started_on=details.started_on,
        at_start=AtStart(details.economic_status, details.required_to_look, details.benefit),
        entered_by=recorded_by,
        today=today,
        cohort=_cohort_on(programme, details.started_on or referred_on),
    )
    if details.economic_status != NOT_KNOWN:
        _note_status(person, details, enrolment.started_on or referred_on, recorded_by)
    return enrolment


def _note_status(person: Participant, details: ReferralDetails, from_on: date, by: User) -> None:
    db.session.add(
        StatusHistory(
            participant_id=person.id,
            from_on=from_on,
            economic_status=details.economic_status,
            required_to_look=details.required_to_look,
            benefit=details.benefit,
            entered_by_id=by.id,
        )
    )


def _cohort_on(programme: Programme, day: date) -> Cohort | None:
    """The group that starts then; None where there is none, or more than one."""
    found = [
        each for each in programme.cohorts if each.starts_on <= day <= each.ends_on and not each.voided_at
    ]
    return found[0] if len(found) == 1 else None


def take_back_referral(enrolment: Enrolment, *, by: User, now: datetime, today: date) -> None:
    """Undo of a referral: the enrolment goes, and with it a person who came by no other.

    Raises RuleBroken as `take_back`, and once something was recorded on the case.
    """
    if enrolment.voided_at is not None:
        return
    person = enrolment.participant
    goes_too = person.entered_by_id == by.id and not has_other_enrolment(enrolment)
    if is_worked_on(enrolment.id) or (goes_too and is_known_by_more(person.id)):
        raise RuleBroken(
            "Something has been recorded on this case since. Record that they did not start instead"
        )
    take_back(enrolment, by.id, now)
    end_access(enrolment.id, today - timedelta(days=1))
    for item in db.session.scalars(select(DueItem).where(DueItem.enrolment_id == enrolment.id)):
        db.session.delete(item)
    if goes_too:
        take_back(person, by.id, now)


def in_keyworkers(offered: dict[UUID, str], keyworker_id: UUID | None) -> UUID | None:
    """Raises RuleBroken for somebody who does no casework on the programme."""
    if keyworker_id is not None and keyworker_id not in offered:
        raise RuleBroken("Choose somebody who works on this programme", "keyworker_id")
    return keyworker_id
