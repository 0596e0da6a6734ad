"""Programmes with journeys on them, small enough to know by heart."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from caseworker.accounts.models import Role, User
from caseworker.core.ids import new_id
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import PersonLink
from caseworker.programmes.models import Investment, Organisation, Programme
from caseworker.progressions.models import OutcomeState, Progression
from caseworker.wellbeing.models import WellbeingAssessment
from tests.support.builders import (
    a_participant,
    a_programme,
    a_user,
    an_enrolment,
    an_organisation,
    grant_role,
    kept,
)

FIRST, LAST, REPORT = date(2024, 4, 1), date(2025, 3, 31), date(2025, 9, 30)
BEGAN = date(2024, 5, 1)
JOB = date(2024, 7, 1)


@dataclass
class Place:
    """A programme, whose it is, and who leads it."""

    organisation: Organisation
    programme: Programme
    lead: User


def a_place(organisation: Organisation | None = None, **changes: Any) -> Place:
    organisation = organisation or an_organisation()
    values = {"starts_on": FIRST, "ends_on": LAST, "report_on": REPORT}
    programme = a_programme(organisation, **values | changes)
    return Place(organisation, programme, a_user(Role.LEAD, programme))


def a_start(place: Place, *, human: UUID | None = None, **changes: Any) -> Enrolment:
    person = changes.pop("participant", None) or a_participant(place.organisation)
    if human is not None:
        kept(PersonLink(human_id=human, participant_id=person.id))
    values: dict[str, Any] = {
        "referred_on": FIRST,
        "started_on": BEGAN,
        "status_at_start": "11",
        "age_at_start": 35,
    }
    return an_enrolment(place.programme, person, **values | changes)


def a_job(
    enrolment: Enrolment, *, lasted: bool = True, hours: int | None = 35, evidence: str = "official",
    started_on: date = JOB,
) -> Progression:  # fmt: skip
    """A job with what the rules would store for it."""
    job = kept(
        Progression(
            enrolment_id=enrolment.id, kind="paid_work", started_on=started_on,
            weekly_minutes=None if hours is None else hours * 60, evidence_level=evidence,
            ended_on=None if lasted else started_on + timedelta(days=30),
        )
    )  # fmt: skip
    kept(
        OutcomeState(
            enrolment_id=enrolment.id, rule="into_work", achieved_on=started_on, matures_on=BEGAN,
            evidence_level=evidence, progression_id=job.id,
        )
    )  # fmt: skip
    weeks = started_on + timedelta(weeks=26)
    kept(
        OutcomeState(
            enrolment_id=enrolment.id, rule="sustained_26_weeks", achieved_on=weeks if lasted else None,
            matures_on=weeks, evidence_level=evidence, progression_id=job.id if lasted else None,
        )
    )  # fmt: skip
    return job


def scores(enrolment: Enrolment, *life_satisfaction: int, **more: Any) -> None:
    """One sitting a month, from the first day of support on."""
    for number, score in enumerate(life_satisfaction):
        kept(
            WellbeingAssessment(
                enrolment_id=enrolment.id, instrument="ons4", stage="review", completed_how="alone",
                assessed_on=BEGAN + timedelta(days=30 * number), life_satisfaction=score, **more,
            )
        )  # fmt: skip


def put_in(place: Place, pounds: int, **changes: Any) -> Investment:
    values = {"spent_on": FIRST, "from_whom": "A fund", "what_for": "Advisers"}
    return kept(Investment(programme_id=place.programme.id, amount_pence=pounds * 100, **values | changes))


def a_group() -> tuple[Organisation, Place, Place, User]:
    """An organisation with two below it, a programme each, and somebody who leads the group."""
    top = an_organisation(code="group")
    one = a_place(an_organisation(parent_id=top.id), code="one", name="One")
    two = a_place(an_organisation(parent_id=top.id), code="two", name="Two")
    return top, one, two, a_user(Role.GROUP_LEAD, organisation=top)


def known_to_both(one: Place, two: Place) -> tuple[Enrolment, Enrolment]:
    """One human being, known to two controllers."""
    human = new_id()
    return a_start(one, human=human), a_start(two, human=human)


def also_lead(user: User, place: Place) -> None:
    grant_role(user, Role.LEAD, place.programme)
