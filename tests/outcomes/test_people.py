"""The people behind a percentage: named to those who read that programme's records, counted for all."""

from flask import Flask

from caseworker.accounts.models import Role
from caseworker.accounts.services import Place, give_role
from caseworker.core import clock
from caseworker.outcomes.people import people_behind
from caseworker.outcomes.subjects import of_programme
from tests.casefile.situations import NOW, TODAY, a_team, spoke, started
from tests.conftest import Given


def test_who_knows_somebody_through_another_programme_is_not_told_what_this_one_recorded(
    app: Flask, given: Given
) -> None:
    with clock.at(NOW), given():
        theirs, ours = a_team(), a_team()
        enrolment = started(theirs)
        spoke(theirs, enrolment)
        started(ours, person=enrolment.participant)
        give_role(ours.lead, Place(Role.VERIFIER, programme_id=theirs.programme.id), TODAY)
    with clock.at(NOW), given():
        subject = of_programme(theirs.programme, TODAY)
        outsider = people_behind(ours.lead, subject, "engaged", "counted")
        assert (outsider.total, outsider.visible, outsider.rows) == (1, 0, ())
        own = people_behind(theirs.lead, subject, "engaged", "counted")
        assert [row.enrolment_id for row in own.rows] == [enrolment.id]
