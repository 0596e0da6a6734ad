"""`caseworker remind --visits` to a real mail server: one letter to each, colleagues' names alone."""

from datetime import timedelta

import pytest
from flask import Flask

from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.visits.models import Visit
from caseworker.visits.rules import VisitDetails
from caseworker.visits.services import set_out
from tests.casefile.situations import NOW, a_team, started
from tests.commands.test_reminding import Inbox, inbox, post, run
from tests.conftest import Given
from tests.support.stored import row

__all__ = ["inbox", "post"]

pytestmark = pytest.mark.both_databases
MINUTE = timedelta(minutes=1)


def test_the_buddy_is_told_in_a_letter_of_their_own(
    app: Flask, given: Given, inbox: Inbox, post: str
) -> None:
    with given():
        team = a_team()
        case = started(team)
        set_out(
            team.keyworker,
            VisitDetails("CANARY-PLACE", NOW + 60 * MINUTE, team.colleague.id, "07700 900123"),
            enrolment=db.session.get_one(Enrolment, case.id),
            appointment_id=None,
            now=NOW,
        )
        names = [case.participant.family_name, case.participant.reference, "CANARY-PLACE", "900123"]
    with clock.at(NOW + 40 * MINUTE):
        run(app, "--visits", smtp_url=post)
    assert inbox.letters == []
    with clock.at(NOW + 95 * MINUTE):
        assert run(app, "--visits", "--show", smtp_url=None).exception is None
        assert row(app, Visit).alerted_at is None
        assert "2 alerts sent" in run(app, "--visits", smtp_url=post).output
        run(app, "--visits", smtp_url=post)
    assert sorted(str(each["To"]) for each in inbox.letters) == sorted(
        [team.colleague.email, team.lead.email]
    )
    for letter in inbox.letters:
        words = f"{letter['Subject']}\n{letter.get_payload()}"
        assert "Priya Shah is not back from a visit: open Caseworker" in words
        assert not any(name in words for name in names)
    assert row(app, Visit).alerted_at == NOW + 95 * MINUTE
