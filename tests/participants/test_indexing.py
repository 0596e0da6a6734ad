"""Names indexed again: who was entered before an update is found like everybody else."""

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from caseworker.core.db import transaction
from caseworker.participants.indexing import mend_names
from caseworker.participants.models import NameKey, NameSpelling
from tests.conftest import Given
from tests.support.builders import a_participant

pytestmark = pytest.mark.both_databases


def test_people_entered_before_an_update_are_made_findable(given: Given, app: Flask) -> None:
    with given() as session:
        person = a_participant(given_name="Mohammed", family_name="Jackson")
        session.execute(update(NameKey).values(sound=None))
        session.execute(delete(NameSpelling))
    with app.app_context(), transaction() as session:
        assert mend_names() == 1
        assert mend_names() == 0
        words = session.scalars(select(NameKey.word).where(NameKey.participant_id == person.id))
        assert set(words) == {"mohammed", "jackson"}
        assert session.scalars(select(NameKey.sound).where(NameKey.sound.is_(None))).all() == []
        assert "mohamed" in set(session.scalars(select(NameSpelling.less)))
