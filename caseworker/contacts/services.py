"""Recording contacts. Entries are added and never changed; a correction names the one it mends."""

from datetime import date, datetime
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.contacts.models import CaseWork, Contact, ContactPart, ContactTheme
from caseworker.contacts.queries import LADDER, heard_of, is_corrected
from caseworker.contacts.rules import ContactDetails, asks_why, is_two_way
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import rules_by_kind
from caseworker.enrolments.services import CLOCK, LEAST, settle_contact_due

CORRECTED = "This entry was corrected already. Correct the newer one"

NOT_MISSED = "Leave this empty unless they did not attend"


def record_contact(
    enrolment: Enrolment, details: ContactDetails, *, recorded_by: User, now: datetime
) -> Contact:
    """Add a contact or an attempt; a two-way one moves the day the next is due.

    Raises RuleBroken for one that has not happened yet, or a reason for not coming where they came.
    """
    contact = _entry(enrolment, details, recorded_by, now)
    db.session.add(contact)
    _touch(contact, details)
    settle_contacts(enrolment)
    return contact


def correct_contact(
    contact: Contact, details: ContactDetails, *, reason: str, recorded_by: User, now: datetime
) -> Contact:
    """Add the right entry beside the wrong one, which stays readable and no longer counts.

    `reason` is a code of correction_reason. Raises RuleBroken when it was corrected already.
    """
    if is_corrected(contact):
        raise RuleBroken(CORRECTED)
    better = _entry(contact.enrolment, details, recorded_by, now)
    better.corrects_id, better.correction_reason = contact.id, reason
    with refused_as(uq_contact_corrected_once=RuleBroken(CORRECTED)):
        db.session.add(better)
    _touch(better, details)
    settle_contacts(contact.enrolment)
    return better


def take_back_contact(contact: Contact, *, by: User, now: datetime) -> None:
    """Undo an entry within 30 days, by whoever made it; afterwards it is corrected instead.

    Raises RuleBroken for somebody else's, an older one, or one that was corrected.
    """
    if is_corrected(contact):
        raise RuleBroken(CORRECTED)
    take_back(contact, by.id, now)
    settle_contacts(contact.enrolment)


def record_work(
    enrolment: Enrolment,
    *,
    kind: str,
    minutes: int,
    done_on: date,
    note: str | None,
    recorded_by: User,
    today: date,
) -> CaseWork:
    """Add work that was not a contact: `kind` of case_work_kind, `minutes` 1-1440.

    Raises RuleBroken for a day ahead or before they were referred.
    """
    if done_on > today:
        raise RuleBroken("The day must be today or earlier", "done_on")
    if done_on < enrolment.referred_on:
        raise RuleBroken("The day must be on or after the day they were referred", "done_on")
    work = CaseWork(
        enrolment=enrolment,
        kind=kind,
        minutes=minutes,
        done_on=done_on,
        note=note,
        entered_by_id=recorded_by.id,
    )
    db.session.add(work)
    return work


def take_back_work(work: CaseWork, *, by: User, now: datetime) -> None:
    """Undo of adding. Raises RuleBroken as `take_back`."""
    take_back(work, by.id, now)


def keep_part(contact: Contact, kind: str, about_id: UUID) -> None:
    """Remember what was saved in one go with a contact, for its Undo."""
    db.session.add(ContactPart(contact_id=contact.id, kind=kind, about_id=about_id))


def _entry(enrolment: Enrolment, details: ContactDetails, by: User, now: datetime) -> Contact:
    if details.happened_at > now:
        raise RuleBroken("The time must be now or earlier", "happened_time")
    if details.not_attended_reason is not None and not asks_why(details.result):
        raise RuleBroken(NOT_MISSED, "not_attended_reason")
    return Contact(
        enrolment=enrolment,
        happened_at=details.happened_at,
        channel=details.channel,
        direction=details.direction,
        result=details.result,
        two_way=is_two_way(details.result),
        minutes=details.minutes,
        note=details.note,
        sensitive=details.sensitive,
        not_attended_reason=details.not_attended_reason,
        message_kind=details.message_kind,
        entered_by_id=by.id,
    )


def _touch(contact: Contact, details: ContactDetails) -> None:
    db.session.flush()
    db.session.add_all(ContactTheme(contact_id=contact.id, theme=theme) for theme in details.themes)


def settle_contacts(enrolment: Enrolment) -> None:
    """Store when they must be spoken with next, from all contacts and attempts there are."""
    db.session.flush()
    rules = rules_by_kind(enrolment.programme_id, LADDER, CLOCK, LEAST)
    settle_contact_due(enrolment, heard_of(enrolment, rules[LADDER]), rules)
