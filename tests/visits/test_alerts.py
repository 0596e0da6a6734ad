"""Who is told by e-mail that somebody is not back, when, and how often."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from caseworker.accounts.models import User
from caseworker.core.db import db, transaction
from caseworker.visits.alerts import late_alerts, note_told
from caseworker.visits.models import Visit
from caseworker.visits.rules import VisitDetails, is_late, is_to_be_told
from caseworker.visits.services import answer_alert, come_back, set_out, stay_longer
from tests.casefile.situations import NOW, Team, a_team
from tests.conftest import Given

MINUTE = timedelta(minutes=1)
DUE = NOW + 60 * MINUTE


@pytest.mark.parametrize(
    ("minutes", "alerted", "answered", "told"),
    [
        (0, None, False, False),
        (1, None, False, True),
        (4, 1, False, False),
        (6, 1, False, True),
        (90, 1, True, False),
    ],
)
def test_the_first_time_at_once_then_every_five_minutes_until_answered(
    minutes: int, alerted: int | None, answered: bool, told: bool
) -> None:
    at = DUE + minutes * MINUTE
    last = DUE + alerted * MINUTE if alerted is not None else None
    assert is_to_be_told(DUE, last, DUE if answered else None, at) is told
    assert is_late(DUE, None, at) is (minutes > 0)
    assert not is_late(DUE, at, at)


def told(app: Flask, at: datetime) -> list[str]:
    """Who is written to at a moment, as the job does it."""
    with app.app_context(), transaction():
        alerts = late_alerts(at)
        note_told({alert.visit_id for alert in alerts}, at)
        return [alert.name for alert in alerts]


@pytest.mark.both_databases
def test_the_buddy_then_the_leads_and_nobody_once_answered(app: Flask, given: Given) -> None:
    with given():
        team = a_team()
        a_team()
        visit = set_out(
            team.keyworker,
            VisitDetails("Somewhere", DUE, team.colleague.id),
            enrolment=None,
            appointment_id=None,
            now=NOW,
        )
        db.session.flush()
    assert told(app, DUE) == []
    assert told(app, DUE + MINUTE) == ["Tom Evans"]
    assert told(app, DUE + 3 * MINUTE) == []
    assert told(app, DUE + 6 * MINUTE) == ["Tom Evans"]
    assert sorted(told(app, DUE + 31 * MINUTE)) == ["Morgan Bell", "Tom Evans"]
    with given():
        answer_alert(db.session.get_one(Visit, visit.id), now=DUE + 32 * MINUTE)
    assert told(app, DUE + 60 * MINUTE) == []
    with given():
        stay_longer(db.session.get_one(Visit, visit.id), now=DUE + 60 * MINUTE)
    assert told(app, DUE + 89 * MINUTE) == []
    assert told(app, DUE + 91 * MINUTE) == ["Tom Evans"]
    with given():
        come_back(db.session.get_one(Visit, visit.id), at=DUE, now=DUE + 92 * MINUTE)
    assert told(app, DUE + 100 * MINUTE) == []


@pytest.mark.both_databases
def test_somebody_who_no_longer_signs_in_is_not_written_to_and_the_leads_are(
    app: Flask, given: Given
) -> None:
    with given():
        team: Team = a_team()
        set_out(
            team.keyworker,
            VisitDetails("Somewhere", DUE, team.colleague.id),
            enrolment=None,
            appointment_id=None,
            now=NOW,
        )
        db.session.get_one(User, team.colleague.id).active = False
    assert told(app, DUE + MINUTE) == ["Morgan Bell"]
