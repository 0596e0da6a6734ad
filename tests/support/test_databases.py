"""Each test begins on a migrated, empty database, and the application's role is held to its place."""

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from caseworker.core.db import db
from caseworker.programmes.models import Organisation
from tests.conftest import Given
from tests.support.client import PageClient

pytestmark = pytest.mark.both_databases


def names(session: Session) -> list[str]:
    return list(session.scalars(sa.select(Organisation.name)))


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_commits_is_gone_for_the_next(given: Given, app: Flask, turn: int) -> None:
    with app.app_context():
        assert names(db.session) == []
    with given() as session:
        session.add(Organisation(code="north", name=f"North {turn}"))
    with app.app_context():
        assert names(db.session) == [f"North {turn}"]


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_service_test_adds_is_rolled_back(db_session: Session, turn: int) -> None:
    assert names(db_session) == []
    db_session.add(Organisation(code="south", name=f"South {turn}"))
    db_session.flush()
    assert names(db_session) == [f"South {turn}"]


def test_the_server_says_it_is_ready(client: PageClient) -> None:
    assert client.get("/health/ready").status_code == 200
    assert client.get("/health/live").status_code == 200


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM audit_event", "UPDATE audit_event SET why = ''", "CREATE TABLE x (y integer)",
     "DROP TABLE audit_event", "UPDATE alembic_version SET version_num = ''"],
)  # fmt: skip
def test_the_application_may_not(db_session: Session, statement: str) -> None:
    with pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"):
        db_session.execute(sa.text(statement))
