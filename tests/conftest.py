"""Fixtures every test folder may ask for. What they stand on is in tests/support."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from caseworker.core.db import begin, db, transaction
from tests.support import postgres
from tests.support.client import PageClient
from tests.support.databases import Contents, Database, Kind, make_database

pytest_plugins = ["tests.support.browser"]

hypothesis.settings.register_profile(
    "ci",
    derandomize=True,
    max_examples=100,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("search", max_examples=2000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

Given = Callable[[], AbstractContextManager[Session]]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.make_run_folder()
        # A run that is told to stop leaves no server behind.
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.remove_run_folder()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test of both databases runs on each; a test marked postgres on that one only."""
    if "database" not in metafunc.fixturenames:
        return
    on_postgres = pytest.param("postgres", marks=pytest.mark.postgres)
    if metafunc.definition.get_closest_marker("postgres"):
        metafunc.parametrize("database", [on_postgres], indirect=True)
    elif metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database", ["sqlite", on_postgres], indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    return str(getattr(request.config, "workerinput", {}).get("workerid", "only"))


Databases = Callable[[Kind, Contents], Database]


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Iterator[Databases]:
    """This worker's databases, made when first asked for."""
    made: dict[tuple[Kind, Contents], Database] = {}

    def of_kind(kind: Kind, contents: Contents) -> Database:
        if (kind, contents) not in made:
            folder = tmp_path_factory.mktemp(f"{kind}-{contents}")
            made[kind, contents] = make_database(kind, contents, folder, worker)
        return made[kind, contents]

    yield of_kind
    for database in made.values():
        database.remove()


@pytest.fixture
def database(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Database]:
    """A migrated, empty database, or the loaded one for a test marked `demonstration`.

    Mark the test `both_databases` to run it on SQLite and on PostgreSQL.
    """
    contents: Contents = "demonstration" if request.node.get_closest_marker("demonstration") else "empty"
    found = databases(getattr(request, "param", "sqlite"), contents)
    found.put_back()
    config = dict(found.app.config)
    yield found
    found.app.config.clear()
    found.app.config.update(config)


@pytest.fixture
def app(database: Database) -> Flask:
    return database.app


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser without JavaScript that checks every page it gets."""
    made = app.test_client()
    assert isinstance(made, PageClient)
    return made


@pytest.fixture
def given(app: Flask) -> Given:
    """`with given() as session:` commits what the block adds, and leaves no app context open.

    What was built can still be read after the block.
    """

    @contextmanager
    def committed() -> Iterator[Session]:
        with app.app_context(), transaction() as session:
            yield session
            session.flush()
            session.expunge_all()

    return committed


@pytest.fixture
def db_session(app: Flask) -> Iterator[Session]:
    """The session of services, in a transaction that is rolled back. Not for tests that use `client`."""
    with app.app_context():
        begin("write")
        yield db.session
        db.session.rollback()


@pytest.fixture
def checkout() -> Path:
    """The folder the project lives in."""
    return Path(__file__).resolve().parents[1]
