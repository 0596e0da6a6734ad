"""The people behind a percentage: named to those who read that programme's records, counted for all."""

from flask import Flask

from caseworker.accounts.models import Role
from caseworker.accounts.services import Place, give_role
from caseworker.core import clock
from caseworker.lawful.services import end_limit, limit
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


def test_who_objected_to_reporting_or_is_restricted_is_counted_and_named_to_nobody(
    app: Flask, given: Given
) -> None:
    for kind, reason, purpose in (
        ("objection", "own_situation", "reporting"),
        ("objection", "own_situation", None),
        ("restriction", "accuracy", None),
    ):
        with clock.at(NOW), given() as session:
            team = a_team()
            enrolment = started(team)
            spoke(team, enrolment)
            row = limit(
                enrolment.participant, kind=kind, reason=reason, purpose=purpose, from_on=TODAY, by=team.lead,
                today=TODAY,
            )  # fmt: skip
            session.flush()
            subject = of_programme(team.programme, TODAY)
            named = people_behind(team.lead, subject, "engaged", "counted")
            assert (named.total, named.visible, named.rows) == (1, 0, ()), kind
            end_limit(row, until_on=TODAY, today=TODAY)
            assert people_behind(team.lead, subject, "engaged", "counted").visible == 1
