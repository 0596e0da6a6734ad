"""Who asks, who answers."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.programmes.models import Organisation
from caseworker.rights.models import RightsRequest
from caseworker.rights.services import Asked, record_request
from tests.casefile.situations import Team, a_team, started
from tests.support.builders import a_user

TODAY = date(2026, 11, 20)  # a Friday
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Desk:
    """A team, a person of theirs, and the data protection officer of the organisation."""

    team: Team
    case: Enrolment
    officer: User


def a_desk(**changes: Any) -> Desk:
    team = a_team()
    organisation = db.session.get_one(Organisation, team.programme.organisation_id)
    officer = a_user(Role.DATA_PROTECTION, organisation=organisation, name="Dana Okafor")
    return Desk(team, started(team, 40, **changes), officer)


def asked(desk: Desk, kind: str = "access", **changes: Any) -> RightsRequest:
    values: dict[str, Any] = {"kind": kind, "received_on": TODAY, "how": "in_person", "sure": TODAY}
    return record_request(
        desk.case.participant, Asked(**values | changes), by=desk.team.keyworker, today=TODAY
    )
