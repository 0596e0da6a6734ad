"""Who somebody is and how they are reached: written down once, changed in one place."""

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.ids import new_reference
from caseworker.participants.marks import ni_mark, ni_marks
from caseworker.participants.models import Participant
from caseworker.participants.sameness import Details
from caseworker.participants.services import index_names


@dataclass(frozen=True)
class PersonDetails:
    """The person's own facts in plain values; None is not known. Born on no day: not known, and asked."""

    given_name: str
    family_name: str
    born_on: date | None = None
    preferred_name: str | None = None
    postcode: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    ni_number: str | None = None
    own_reference: str | None = None

    def compared(self) -> Details:
        """As the search for the same person takes them."""
        return Details(
            self.given_name,
            self.family_name,
            self.preferred_name,
            self.born_on,
            self.postcode,
            ni_marks(self.ni_number),
        )


def add_person(organisation_id: UUID, details: PersonDetails, *, entered_by: User) -> Participant:
    """Somebody new to a controller, findable at once by name."""
    person = Participant(
        organisation_id=organisation_id, reference=new_reference(), entered_by_id=entered_by.id
    )
    _write(person, details)
    db.session.add(person)
    db.session.flush()
    index_names(person)
    return person


def change_person(person: Participant, details: PersonDetails) -> None:
    """Make a person's facts these; new names are found at once and old ones no longer."""
    before = _names(person)
    _write(person, details)
    if _names(person) != before:
        db.session.flush()
        index_names(person)


def _names(person: Participant) -> tuple[str | None, ...]:
    return person.given_name, person.family_name, person.preferred_name


def _write(person: Participant, details: PersonDetails) -> None:
    for each in fields(details):
        setattr(person, each.name, getattr(details, each.name))
    person.birth_not_known = details.born_on is None
    person.ni_number_mark = ni_mark(details.ni_number) if details.ni_number else None
