"""Migrations and models say the same, on both databases, going up, down a step and up again with data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine

from caseworker.app import create_app
from caseworker.core import migrate
from caseworker.core.db import db, transaction
from caseworker.models import metadata
from tests.support import postgres
from tests.support.builders import a_programme, a_user, an_enrolment
from tests.support.databases import settings, url_text

REVISIONS = [
    script.revision for script in ScriptDirectory.from_config(migrate.alembic_config()).walk_revisions()
]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def fresh(request: pytest.FixtureRequest, tmp_path: Path, worker: str) -> Iterator[Flask]:
    """An application on a database without tables, signed in as its owner."""
    if request.param == "sqlite":
        yield create_app(settings(tmp_path, f"sqlite:///{tmp_path / 'fresh.db'}"))
        return
    name = f"caseworker_fresh_{worker}"
    postgres.drop_database(name)
    app = create_app(settings(tmp_path, url_text(postgres.create_database(name))))
    yield app
    with app.app_context():
        db.engine.dispose()
    postgres.drop_database(name)


@pytest.fixture
def engine(fresh: Flask) -> Iterator[Engine]:
    with fresh.app_context():
        yield db.engine
        db.engine.dispose()


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, metadata))


def test_there_is_one_line_of_migrations() -> None:
    directory = ScriptDirectory.from_config(migrate.alembic_config())
    assert len(directory.get_heads()) == 1
    assert len(directory.get_bases()) == 1


def test_migrations_equal_models(engine: Engine) -> None:
    migrate.upgrade(engine)
    assert differences(engine) == []
    assert migrate.current(engine) == migrate.head()


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_step_goes_down_and_up_again(engine: Engine, revision: str) -> None:
    migrate.upgrade(engine, revision)
    migrate.downgrade(engine, "-1")
    migrate.upgrade(engine)
    assert differences(engine) == []


def test_the_last_step_goes_down_and_up_again_with_data(fresh: Flask) -> None:
    with fresh.app_context():
        migrate.upgrade(db.engine)
        with transaction():
            programme = a_programme()
            an_enrolment(programme, keyworker=a_user())
        before = counts(db.engine)
        assert before["enrolment"] == 1
        migrate.downgrade(db.engine, "-1")
        migrate.upgrade(db.engine)
        assert differences(db.engine) == []
        db.engine.dispose()


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }
