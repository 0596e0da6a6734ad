"""What the builders make is what the application accepts and lets the right people see."""

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.queries import get_enrolment
from tests.conftest import Given
from tests.support.builders import a_programme, a_user, an_enrolment

pytestmark = pytest.mark.both_databases


def test_an_enrolment_opens_the_person_to_keyworker_and_lead_only(given: Given, app: Flask) -> None:
    with given():
        programme = a_programme()
        keyworker = a_user(Role.KEYWORKER, programme)
        lead = a_user(Role.LEAD, programme)
        another = a_user(Role.KEYWORKER, programme)
        enrolment = an_enrolment(programme, keyworker=keyworker)
    with app.app_context():
        for user in (keyworker, lead):
            found = get_enrolment(db.session.merge(user), enrolment.id)
            assert found.participant_id == enrolment.participant_id
        with pytest.raises(NotVisible):
            get_enrolment(db.session.merge(another), enrolment.id)
