"""Finding the cases of a person by name, reference or postcode."""

from datetime import date

from sqlalchemy import func

from caseworker.accounts.models import User
from caseworker.casefile.queries import Case, cases
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant
from caseworker.participants.queries import find_participants


def find_cases(user: User, typed: str, today: date) -> list[Case]:
    """The enrolments of the people found, by name; of one person's, the open and newest first."""
    people = find_participants(user, typed)
    if not people:
        return []
    rows = (
        cases(user, today)
        .where(Enrolment.participant_id.in_([person.id for person in people]))
        .order_by(
            func.lower(Participant.family_name),
            func.lower(Participant.given_name),
            Participant.id,
            Enrolment.exited_on.is_not(None),
            Enrolment.referred_on.desc(),
            Enrolment.id,
        )
    )
    return [Case(*row) for row in db.session.execute(rows)]
