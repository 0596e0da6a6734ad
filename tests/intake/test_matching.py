"""Who is warned of, on both databases: inside one controller, and nothing of a record one may not see."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.participants.marks import ni_mark, ni_marks
from caseworker.participants.matching import likely_same
from caseworker.participants.models import NameKey, Participant
from caseworker.participants.sameness import Details, Reason, sound
from tests.conftest import Given
from tests.support.builders import a_participant, a_programme, a_user, an_enrolment
from tests.support.counting import statements

pytestmark = pytest.mark.both_databases
BORN = date(1985, 3, 4)
AMARA = Details("Amara", "Osei", None, BORN)


def known(organisation_id: UUID, **changes: Any) -> Participant:
    values: dict[str, Any] = {"given_name": "Amara", "family_name": "Osei", "born_on": BORN}
    return a_participant(organisation_id=organisation_id, **values | changes)


Seen = tuple[UUID, bool, bool]


def asked(app: Flask, user: User, organisation_id: UUID, details: Details = AMARA) -> list[Seen]:
    with app.app_context():
        found = likely_same(db.session.merge(user), organisation_id, details)
        return [(match.participant.id, match.open_to_user, match.named_to_user) for match in found]


def test_each_way_of_being_found(given: Given, app: Flask) -> None:
    with given():
        programme = a_programme()
        home = programme.organisation_id
        user = a_user(Role.KEYWORKER, programme)
        by_name = known(home, born_on=None)
        by_birth = known(home, family_name="Kapoor")
        swapped = known(home, born_on=date(1985, 4, 3))
        by_postcode = known(home, given_name="Amarah", family_name="Osey", born_on=None, postcode="M1 1AE")
        by_number = known(home, given_name="Grace", family_name="Lee", born_on=date(1970, 1, 1))
        by_number.ni_number_mark = ni_mark("AB123456C")
        known(home, given_name="Kofi", postcode="M1 1AE")
        known(home, born_on=date(1971, 10, 30))
        gone = known(home)
        gone.voided_at = gone.entered_at
    with app.app_context():
        details = Details("Amara", "Osei", None, BORN, "M1 1AE", ni_marks("AB123456C"))
        found = likely_same(db.session.merge(user), home, details)
        assert {match.participant.id for match in found} == {
            person.id for person in (by_name, by_birth, swapped, by_postcode, by_number)
        }
        assert found[0].participant.id == by_number.id
        assert found[0].comparison.shared == (Reason.NI_NUMBER,)
        scores = [match.comparison.score for match in found]
        assert scores == sorted(scores, reverse=True)
        again = likely_same(db.session.merge(user), home, details, apart_from=[by_number.id], most=2)
        assert len(again) == 2
        assert by_number.id not in {match.participant.id for match in again}


def test_another_controller_s_people_are_never_there(given: Given, app: Flask) -> None:
    with given():
        here, there = a_programme(), a_programme()
        user = a_user(Role.LEAD, here)
        known(there.organisation_id)
    assert asked(app, user, here.organisation_id) == []
    assert len(asked(app, user, there.organisation_id)) == 1


def test_who_may_open_the_record_is_told_apart(given: Given, app: Flask) -> None:
    with given():
        programme = a_programme()
        person = known(programme.organisation_id)
        keyworker = a_user(Role.KEYWORKER, programme)
        lead, office = a_user(Role.LEAD, programme), a_user(Role.PROGRAMME_ADMINISTRATOR, programme)
        colleague = a_user(Role.KEYWORKER, programme)
        elsewhere = a_user(Role.KEYWORKER, a_programme(organisation_id=programme.organisation_id))
        an_enrolment(programme, person, keyworker)
    home = programme.organisation_id
    for user in (keyworker, lead, office):
        assert asked(app, user, home) == [(person.id, True, True)]
    assert asked(app, colleague, home) == [(person.id, False, True)]
    assert asked(app, elsewhere, home) == [(person.id, False, False)]


def test_a_restricted_record_is_there_for_the_users_it_names(given: Given, app: Flask) -> None:
    with given():
        programme = a_programme()
        person = known(programme.organisation_id, restricted=True)
        keyworker, lead = a_user(Role.KEYWORKER, programme), a_user(Role.LEAD, programme)
        an_enrolment(programme, person, keyworker)
    home = programme.organisation_id
    assert asked(app, keyworker, home) == [(person.id, True, True)]
    assert asked(app, lead, home) == []


def test_one_query_that_reads_only_by_index(given: Given, app: Flask) -> None:
    with given():
        programme = a_programme()
        user = a_user(Role.KEYWORKER, programme)
        known(programme.organisation_id)
    details = Details("Amara", "Osei", None, BORN, "M1 1AE", frozenset({b"1" * 32}))
    with app.app_context():
        user = db.session.merge(user)
        assert user.grants
        with statements(app) as sent:
            assert len(likely_same(user, programme.organisation_id, details)) == 1
        assert len(sent) == 1
        if db.engine.dialect.name == "sqlite":
            _reads_by_index(sent[0])


def _reads_by_index(statement: str) -> None:
    count = statement.count("?")
    plan = db.session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + statement, (None,) * count)
    scanned = [row[3] for row in plan if row[3].startswith("SCAN") and "SUBQUERY" not in row[3].upper()]
    named = [line for line in scanned if any(t in line for t in ("participant", "name_key"))]
    assert named == [], named


def test_the_names_of_the_demonstration_have_their_sounds() -> None:
    from caseworker.demo.derived import _names

    rows = list(_names([{"id": 1, "given_name": "Seán", "family_name": "O’Neill", "preferred_name": None}]))
    assert [(row["word"], row["sound"]) for row in rows] == [("sean", sound("sean")), ("oneill", "ONL")]


def test_the_key_on_top_marks_and_every_key_finds(app: Flask) -> None:
    with app.app_context():
        assert ni_mark("AB123456C") in ni_marks("AB123456C")
        assert ni_mark("AB123456D") not in ni_marks("AB123456C")
        assert ni_marks(None) == frozenset()


def test_words_are_stored_with_their_sounds(given: Given, app: Flask) -> None:
    with given():
        person = a_participant(given_name="Stephen", family_name="Smyth")
    with app.app_context():
        stored = db.session.execute(
            sa.select(NameKey.word, NameKey.sound).where(NameKey.participant_id == person.id)
        )
        assert set(map(tuple, stored)) == {("stephen", "STFN"), ("smyth", "SM0")}
