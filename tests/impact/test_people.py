"""The people behind a line of value: named to those who read that programme's records, counted for all."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from caseworker.accounts.models import Role
from caseworker.impact.people import people_of_line
from caseworker.impact.valued import value_subject
from caseworker.outcomes.subjects import of_programme
from caseworker.participants.models import Scope
from caseworker.participants.services import open_access
from tests.outcomes.situations import FIRST, a_job, a_place, a_start
from tests.support.builders import grant_role

TODAY = date(2026, 1, 5)
pytestmark = pytest.mark.both_databases


def test_who_knows_somebody_through_another_programme_is_not_told_what_this_one_recorded(
    db_session: Session,
) -> None:
    theirs = a_place()
    ours = a_place(theirs.organisation)
    paid = a_start(theirs, benefit_at_start="none")
    a_job(paid)
    for place, start in ((theirs, paid), (ours, a_start(ours, participant=paid.participant))):
        open_access(
            start.participant_id, scope=Scope.CASE, why="enrolment", because_id=start.id, from_on=FIRST,
            programme_id=place.programme.id,
        )  # fmt: skip
    grant_role(ours.lead, Role.VERIFIER, theirs.programme)
    db_session.flush()
    subject = of_programme(theirs.programme, TODAY)
    lines = value_subject(subject).outcome_map
    outsider = people_of_line(ours.lead, subject, lines, "earnings-no-benefit")
    assert (outsider.total, outsider.visible, outsider.rows) == (1, 0, ())
    own = people_of_line(theirs.lead, subject, lines, "earnings-no-benefit")
    assert [row.enrolment_id for row in own.rows] == [paid.id]
