"""A case, a safeguarding lead of its programme, and a concern with a canary in every text."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant
from caseworker.safeguarding import services
from caseworker.safeguarding.leads import Belongs
from caseworker.safeguarding.models import Concern
from tests.casefile.situations import NOW, TODAY, Team, a_team
from tests.support.builders import a_participant, a_user, an_enrolment

SAID, ABOUT, DONE, TOLD, STEP, AGENCY = (
    "canarysaid", "canaryabout", "canarydone", "canarytold", "canarystep", "canaryagency",
)  # fmt: skip
CANARIES = (SAID, ABOUT, DONE, TOLD, STEP, AGENCY)


@dataclass(frozen=True)
class Worry:
    """What the tests start from."""

    team: Team
    case: Enrolment
    person: Participant
    lead: User
    other_lead: User


def a_worry() -> Worry:
    team = a_team()
    person = a_participant(
        organisation_id=team.programme.organisation_id, given_name="Amara", family_name="Osei"
    )
    return Worry(
        team,
        an_enrolment(team.programme, person, team.keyworker),
        person,
        a_user(Role.SAFEGUARDING_LEAD, team.programme, name="Kwame Boateng"),
        a_user(Role.SAFEGUARDING_LEAD, organisation=team.programme.organisation, name="Olive Other"),
    )


def a_concern(worry: Worry, person: Participant | None = None, **changes: Any) -> Concern:
    """Raised by the keyworker; `person` is whom on record it is about."""
    raised_by = changes.pop("by", worry.team.keyworker)
    seen = services.Seen(
        said=changes.pop("said", SAID),
        happened_on=changes.pop("happened_on", TODAY),
        about=None if person else ABOUT,
        done_at_once=DONE,
        told=TOLD,
        category=changes.pop("category", "self_harm"),
        in_danger_now=changes.pop("in_danger_now", False),
    )
    belongs = {
        "organisation_id": worry.team.programme.organisation_id,
        "programme_id": None if person else worry.team.programme.id,
        "about_participant_id": person.id if person else None,
    }
    now = changes.pop("now", NOW)
    return services.raise_concern(seen, Belongs(**belongs | changes), by=raised_by, now=now)


def worked_on(concern: Concern, by: User, due_on: date) -> None:
    """A concern with a step of each kind that carries words."""
    with db.session.no_autoflush:
        services.add_step(concern, "action", words=STEP, due_on=due_on, by=by, now=NOW)
        services.add_step(concern, "referral", words=STEP, agency=AGENCY, by=by, now=NOW)
