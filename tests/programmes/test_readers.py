"""A statement built for a kind of reader gives each reader what is theirs, and never another's."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core.clock import today
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import open_to, visible_enrolments, worked_by
from caseworker.programmes.readers import as_reader, built, kind_of
from tests.support.builders import (
    LONG_AGO,
    a_programme,
    a_user,
    an_enrolment,
    an_organisation,
    grant_role,
    kept,
)

pytestmark = pytest.mark.both_databases


def every_sort_of_reader() -> list[User]:
    """On a programme, on two, below an organisation, everywhere, no longer, and in two roles at once."""
    top = an_organisation()
    below = an_organisation(parent_id=top.id)
    one, two = a_programme(below), a_programme(top)
    elsewhere = a_programme()
    readers = [
        a_user(Role.KEYWORKER, one),
        a_user(Role.KEYWORKER, two),
        a_user(Role.KEYWORKER, elsewhere),
        a_user(Role.LEAD, one),
        a_user(Role.LEAD, elsewhere),
        a_user(Role.LEAD, organisation=top),
        a_user(Role.LEAD, organisation=below),
        a_user(Role.LEAD),
        a_user(Role.TUTOR, one),
        a_user(),
    ]
    both = a_user(Role.KEYWORKER, one)
    grant_role(both, Role.KEYWORKER, two)
    grant_role(both, Role.LEAD, elsewhere)
    gone = a_user()
    yesterday = today() - timedelta(days=1)
    kept(
        RoleGrant(user_id=gone.id, role=Role.LEAD, programme_id=one.id, from_on=LONG_AGO, until_on=yesterday)
    )
    for programme in (one, two, elsewhere):
        for worker in (*readers[:3], both, None):
            an_enrolment(programme, keyworker=worker)
    an_enrolment(one, keyworker=readers[0]).participant.restricted = True
    return [*readers, both, gone]


def of_kind(reader: Any) -> Any:
    return select(Enrolment.id).where(open_to(reader)).order_by(Enrolment.id)


def worked(reader: Any, day: Any) -> Any:
    return select(Enrolment.id).where(worked_by(reader, day)).order_by(Enrolment.id)


def test_each_reader_gets_what_a_statement_of_their_own_gives(db_session: Session) -> None:
    readers = every_sort_of_reader()
    db_session.flush()
    for user in readers:
        db_session.refresh(user, ["grants"])
    seen = {}
    # Twice, and in both orders: whoever came first must not decide what the next one sees.
    for user in (*readers, *reversed(readers)):
        own = list(db_session.scalars(of_kind(user)))
        assert list(db_session.scalars(built(of_kind, user), as_reader(user))) == own
        mine = list(db_session.scalars(worked(user, today())))
        assert list(db_session.scalars(built(worked, user, today()), as_reader(user))) == mine
        assert {row.id for row in db_session.scalars(visible_enrolments(user))} == set(own)
        seen[user.id] = own
    assert len({tuple(found) for found in seen.values()}) >= 8
    assert seen[readers[-1].id] == [], "a role that has ended opens nothing"


def test_a_kind_names_no_person_and_no_place(db_session: Session) -> None:
    one, two = (a_user(Role.KEYWORKER, a_programme()) for _ in range(2))
    assert kind_of(one) == kind_of(two)
    assert built(of_kind, one) is built(of_kind, two)
    text = str(built(of_kind, one).compile())
    assert "reader_id" in text and one.id.hex not in text
