"""Whose data a data protection officer answers for."""

from sqlalchemy import ColumnElement, false, or_, select, true

from caseworker.accounts.models import Role, User
from caseworker.core.clock import today
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant
from caseworker.programmes.queries import organisations_below, programmes_of

PROTECTION = frozenset({Role.DATA_PROTECTION})


def is_protected_by(user: User) -> ColumnElement[bool]:
    """Whether a participant is of the organisations, or on a programme, whose data this user protects.

    Restricted, merged and voided records too: they have rights all the same.
    """
    day = today()
    grants = [grant for grant in user.grants if grant.role in PROTECTION and grant.holds_on(day)]
    if not grants:
        return false()
    if any(grant.programme_id is None and grant.organisation_id is None for grant in grants):
        return true()
    on = select(Enrolment.participant_id).where(Enrolment.programme_id.in_(programmes_of(user, PROTECTION)))
    roots = [grant.organisation_id for grant in grants if grant.organisation_id]
    below = Participant.organisation_id.in_(organisations_below(roots)) if roots else false()
    return or_(below, Participant.id.in_(on))
