"""Two records of one person, with a row in every table that says whose it is."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from caseworker.accounts.models import Role
from caseworker.core.db import Base, db
from caseworker.core.files import store_file
from caseworker.enrolments.models import Enrolment
from caseworker.events.models import Event, EventAttendance
from caseworker.intake.models import EqualityAnswer
from caseworker.merging.tables import moving, rows_of
from caseworker.participants.models import (
    Agreement,
    Participant,
    PersonLink,
    StatedReason,
    StatusHistory,
)
from tests.casefile.situations import TODAY, Team, a_team, spoke, started
from tests.support.builders import a_participant, a_programme, grant_role, kept
from tests.support.everything import a_row_in_every_table


@dataclass(frozen=True)
class Two:
    team: Team
    kept: Participant
    absorbed: Participant
    kept_case: Enrolment
    absorbed_case: Enrolment


def two_records(**changes: Any) -> Two:
    """One on the team's programme, one on another of the organisation; the team's lead leads both."""
    team = a_team()
    other = a_programme(organisation_id=team.programme.organisation_id)
    lead = db.session.merge(team.lead)
    grant_role(lead, Role.LEAD, other)
    whose: dict[str, Any] = {"organisation_id": team.programme.organisation_id}
    stays = a_participant(**whose, given_name="Amara", family_name="Osei", phone="07700900123")
    goes = a_participant(
        **whose | {"given_name": "Amarah", "family_name": "Osei-Mensah", "postcode": "M1 1AE",
                   "phone": "07700900456", "no_voicemail": True, "safe_times": "Not after 5"} | changes
    )  # fmt: skip
    first = started(team, 40, stays)
    elsewhere = Team(other, team.keyworker, team.colleague, team.lead, team.tutor)
    second = started(elsewhere, 30, goes)
    spoke(team, first)
    spoke(team, second)
    return Two(team, stays, goes, first, second)


def fill(two: Two) -> None:
    """A row of the absorbed person in every table that moves; some of the kept one's in their way."""
    goes, lead = two.absorbed, two.team.lead
    event = kept(
        Event(
            programme_id=two.team.programme.id, kind="job_club", title="Job club", held_on=TODAY, head_count=1
        )
    )
    for person in (goes, two.kept):
        kept(EqualityAnswer(participant_id=person.id, question="sex", state="declined", asked_on=TODAY))
        kept(PersonLink(participant_id=person.id, human_id=uuid4()))
    kept(EqualityAnswer(participant_id=goes.id, question="religion", state="not_asked", asked_on=TODAY))
    kept(EventAttendance(event_id=event.id, participant_id=goes.id))
    kept(StatusHistory(participant_id=goes.id, from_on=TODAY, economic_status="11"))
    kept(
        Agreement(participant_id=goes.id, purpose="photo", answer="given", given_on=TODAY, notice_version="1")
    )
    kept(
        StatedReason(
            participant_id=goes.id, user_id=lead.id, reason="cover", from_on=TODAY,
            until_on=TODAY + timedelta(days=1),
        )
    )  # fmt: skip
    store_file(goes.id, "payslip.pdf", "application/pdf", b"%PDF", lead.id)
    db.session.flush()
    empty = {table.name for table, column in moving() if not rows_of(table, column, goes.id)}
    third = a_participant(organisation_id=goes.organisation_id)
    # A row about two people has the absorbed one once on either side.
    a_row_in_every_table(goes, third, empty)
    a_row_in_every_table(third, goes, {"keep_apart", "moved_entry"})


def everything() -> dict[str, dict[Any, tuple[Any, ...]]]:
    """Every row of every table by its key, but for its version; the audit and the merges are apart."""
    db.session.flush()
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name in {"audit_event", "merge"}:
            continue
        names = [column.name for column in table.columns if column.name != "version"]
        keys = [column.name for column in table.primary_key]
        rows = db.session.execute(select(table)).mappings()
        found[table.name] = {tuple(row[k] for k in keys): tuple(row[n] for n in names) for row in rows}
    return found
