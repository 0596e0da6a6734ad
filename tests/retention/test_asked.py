"""Erasing because somebody asked, and what was written about them elsewhere by mistake."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseworker.contacts.models import Contact
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import MovedEntry
from caseworker.participants.models import Participant
from caseworker.retention import services
from caseworker.retention.models import Erasure
from caseworker.retention.queries import asked_for, request_for
from caseworker.retention.rules import ASKED
from caseworker.rights.models import RightsRequest
from tests.retention.people import Desk, a_desk, gone
from tests.retention.test_services import NOW, TODAY, decide
from tests.support.builders import kept
from tests.support.everything import a_row_in_every_table


def a_request(person: Participant, **changes: object) -> RightsRequest:
    values = {"kind": "erasure", "received_on": date(2026, 11, 2), "how": "email", "asked_by": "self"}
    values |= {"identity_on": date(2026, 11, 3), "due_on": date(2026, 12, 3)}
    made = RightsRequest(participant_id=person.id, **values | changes)
    made.words = "canary: please forget me"
    return kept(made)


def propose(desk: Desk, person: Participant, request: RightsRequest | None) -> object:
    return services.propose(
        [person.id],
        because=ASKED,
        by=desk.administrator,
        today=TODAY,
        request_id=request.id if request else None,
    )


def test_an_erasure_that_was_asked_for_answers_the_request(db_session: Session) -> None:
    desk = a_desk()
    person, other = gone(desk, date(2026, 10, 30)), gone(desk)
    with pytest.raises(RuleBroken, match="no open request"):
        propose(desk, person, None)
    request = a_request(person, identity_on=None)
    assert [each.is_sure for each in asked_for(desk.officer)] == [False]
    with pytest.raises(RuleBroken, match="sure who asks"):
        propose(desk, person, request)
    with pytest.raises(RuleBroken, match="no open request"):
        propose(desk, other, request)
    request.identity_on = date(2026, 11, 3)
    access = a_request(person, kind="access")
    with pytest.raises(RuleBroken, match="not answered yet"):
        propose(desk, person, request)
    access.outcome, access.answered_on = "given", TODAY
    db.session.flush()
    assert request_for(person.id) == request.id
    propose(desk, person, request)
    db.session.flush()
    assert asked_for(desk.officer) == []
    erasure = db.session.scalars(sa.select(Erasure)).one()
    assert decide(erasure.together_id, desk.officer) == 1
    db.session.refresh(request)
    assert (request.outcome, request.answered_on, request.words) == ("erased", TODAY, None)


def test_what_was_written_elsewhere_by_mistake_goes_too(db_session: Session) -> None:
    desk = a_desk()
    person, somebody = gone(desk), gone(desk)
    made = a_row_in_every_table(somebody, only={"enrolment", "contact"})
    old = db.session.get_one(Contact, made.keys["contact"])
    kept(
        MovedEntry(
            from_participant_id=somebody.id,
            to_participant_id=person.id,
            record_kind="contact",
            record_id=old.id,
            happened_on=TODAY,
            moved_on=TODAY,
        )
    )
    together = services.propose([person.id], because="time", by=desk.administrator, today=TODAY)
    db.session.flush()
    decide(together, desk.officer)
    db.session.refresh(old)
    assert old.note is None
    assert db.session.get_one(Participant, somebody.id).voided_at is None
    assert NOW.date() == TODAY
