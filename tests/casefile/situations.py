"""Situations that tests of cases start from: a programme with its clock, its people, and a person on it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from caseworker.accounts.models import Role, User
from caseworker.contacts.models import Contact
from caseworker.contacts.rules import ContactDetails
from caseworker.contacts.services import record_contact
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import AtStart, start_enrolment
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme, ProgrammeRule
from tests.support.builders import LONG_AGO, a_participant, a_programme, a_user, kept

TODAY = date(2026, 11, 20)  # a Friday
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CLOCK = {"contact_days": 28, "plan_working_days": 10, "review_days": 28}


def a_clock(programme: Programme, **changes: Any) -> ProgrammeRule:
    values = {
        "programme_id": programme.id,
        "kind": "review_clock",
        "code": "review_clock",
        "label": "Review clock",
        "settings": CLOCK,
        "source": "Made up for a test",
        "from_on": LONG_AGO,
    }
    return kept(ProgrammeRule(**values | changes))


@dataclass(frozen=True)
class Team:
    """A programme with a review clock and the people who work on it."""

    programme: Programme
    keyworker: User
    colleague: User
    lead: User
    tutor: User


def a_team(**changes: Any) -> Team:
    programme = a_programme(**changes)
    a_clock(programme)
    return Team(
        programme,
        a_user(Role.KEYWORKER, programme, name="Priya Shah"),
        a_user(Role.KEYWORKER, programme, name="Tom Evans"),
        a_user(Role.LEAD, programme, name="Morgan Bell"),
        a_user(Role.TUTOR, programme, name="Ruth Olu"),
    )


def started(
    team: Team, days_ago: int | None = 10, person: Participant | None = None, **changes: Any
) -> Enrolment:
    """Somebody with the team's keyworker who started so many days ago; None: referred and not started."""
    on = TODAY - timedelta(days=days_ago or 0)
    values: dict[str, Any] = {
        "keyworker": team.keyworker,
        "referral_source": "self",
        "referred_on": on - timedelta(days=1),
        "started_on": None if days_ago is None else on,
        "at_start": AtStart("11"),
        "entered_by": team.lead,
        "today": TODAY,
    }
    person = person or a_participant(organisation_id=team.programme.organisation_id)
    enrolment = start_enrolment(person, team.programme, **values | changes)
    db.session.flush()
    # So that a test can read them once the session is gone.
    db.session.refresh(enrolment, ["participant", "programme"])
    return enrolment


def spoke(team: Team, enrolment: Enrolment, days_ago: int = 0, **changes: Any) -> Contact:
    """A contact by telephone at 9 in the morning, so many days ago."""
    happened_at = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC) - timedelta(days=days_ago)
    values: dict[str, Any] = {
        "happened_at": happened_at,
        "channel": "telephone",
        "direction": "out",
        "result": "spoke",
    }
    contact = record_contact(
        enrolment, ContactDetails(**values | changes), recorded_by=team.keyworker, now=NOW
    )
    db.session.flush()
    return contact
