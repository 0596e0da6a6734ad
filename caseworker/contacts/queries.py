"""Contacts of an enrolment, and which of them count."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, select
from sqlalchemy.orm import aliased

from caseworker.contacts.models import Contact, ContactPart, ContactTheme
from caseworker.core.calendar import uk_time
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment

FIRST_CHANNEL = "face_to_face"
# Made once: an alias copies every column of its table.
_LATER = aliased(Contact)


def counts() -> ColumnElement[bool]:
    """Whether an entry stands: neither taken back nor corrected by a later one."""
    corrected = exists().where(_LATER.corrects_id == Contact.id, _LATER.voided_at.is_(None))
    return and_(Contact.voided_at.is_(None), ~corrected)


def last_contact_at(*, two_way: bool) -> ScalarSelect[datetime]:
    """For a select over enrolments: the last time they were spoken with, or else the last attempt."""
    return (
        select(func.max(Contact.happened_at))
        .where(Contact.enrolment_id == Enrolment.id, Contact.two_way == two_way, counts())
        .correlate(Enrolment)
        .scalar_subquery()
    )


def last_two_way_on(enrolment_id: UUID) -> date | None:
    """The last day, on the UK calendar, on which they were spoken with."""
    found = db.session.scalar(
        select(func.max(Contact.happened_at)).where(
            Contact.enrolment_id == enrolment_id, Contact.two_way, counts()
        )
    )
    return uk_time(found).date() if found else None


def usual_channel(enrolment_id: UUID) -> str:
    """How they were contacted last: the likeliest way of the next contact. A first one is face to face."""
    found = db.session.scalar(
        select(Contact.channel)
        .where(Contact.enrolment_id == enrolment_id, Contact.voided_at.is_(None))
        .order_by(Contact.happened_at.desc(), Contact.id.desc())
        .limit(1)
    )
    return found or FIRST_CHANNEL


def get_contact(enrolment: Enrolment, contact_id: UUID) -> Contact:
    """An entry of an enrolment that is this user's to read. Raises NotVisible."""
    contact = db.session.scalar(
        select(Contact).where(
            Contact.id == contact_id, Contact.enrolment_id == enrolment.id, Contact.voided_at.is_(None)
        )
    )
    if contact is None:
        raise NotVisible
    return contact


def is_corrected(contact: Contact) -> bool:
    return bool(
        db.session.scalar(
            select(exists().where(Contact.corrects_id == contact.id, Contact.voided_at.is_(None)))
        )
    )


def parts_of(contact: Contact) -> list[tuple[str, UUID]]:
    """(kind, key) of all that was saved in one go with it."""
    rows = db.session.execute(
        select(ContactPart.kind, ContactPart.about_id)
        .where(ContactPart.contact_id == contact.id)
        .order_by(ContactPart.id)
    )
    return [(kind, about_id) for kind, about_id in rows]


def themes_of(contact: Contact) -> list[str]:
    """The barrier themes it touched."""
    return list(
        db.session.scalars(
            select(ContactTheme.theme)
            .where(ContactTheme.contact_id == contact.id)
            .order_by(ContactTheme.theme)
        )
    )
