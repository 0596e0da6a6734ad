"""Databases for tests: migrated once for a run, copied for each worker, put back when a test wrote."""

import base64
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from caseworker.app import create_app
from caseworker.config import Settings
from caseworker.core import migrate
from caseworker.core.db import db
from caseworker.core.engine import engine_options, prepare
from tests.support import postgres
from tests.support.client import PageClient

KEY = "1:" + base64.b64encode(bytes(range(32))).decode()
Kind = Literal["sqlite", "postgres"]


def settings(data: Path, url: str, **changes: Any) -> Settings:
    """Settings of an installation for tests: known key, everything in `data`."""
    environment = {
        "CASEWORKER_DATA": str(data),
        "CASEWORKER_DATABASE_URL": url,
        "CASEWORKER_KEY": KEY,
        **changes,
    }
    return Settings.from_environment(environment)


def migrated(url: str) -> None:
    """Bring an empty database to the head of the migrations."""
    engine = sa.create_engine(**engine_options(url))
    prepare(engine)
    try:
        migrate.upgrade(engine)
    finally:
        engine.dispose()


def url_text(url: sa.URL) -> str:
    return url.render_as_string(hide_password=False)


def sqlite_template() -> Path:
    with postgres.locked("sqlite-template") as folder:
        finished = folder / "template.db"
        if not finished.exists():
            making = folder / "making.db"
            migrated(f"sqlite:///{making}")
            making.rename(finished)
    return finished


def postgres_template() -> str:
    name = f"caseworker_template_{run_name()}"
    with postgres.locked("postgres-template") as folder:
        if not (folder / "template.made").exists():
            postgres.create_application_role()
            owner = postgres.create_database(name)
            migrated(url_text(owner))
            postgres.restrict(name)
            (folder / "template.made").touch()
    return name


def run_name() -> str:
    return Path(os.environ[postgres.RUN_FOLDER]).name.rpartition("-")[2].lower()


def copy_sqlite(template: Path, target: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    shutil.copyfile(template, target)


@dataclass
class Database:
    """A migrated, empty database with an application on it. `dirty` once anything was committed."""

    kind: Kind
    settings: Settings
    dirty: bool = False
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.app = create_app(self.settings)
        self.app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True)
        self.app.test_client_class = PageClient
        with self.app.app_context():
            event.listen(db.engine, "commit", self._committed)

    def _committed(self, _connection: sa.Connection) -> None:
        self.dirty = True

    def close(self) -> None:
        with self.app.app_context():
            db.engine.dispose()

    def put_back(self) -> None:
        """Make it as it was after migration, when a test has changed it."""
        if not self.dirty:
            return
        self.close()
        self.fill()
        self.dirty = False

    def fill(self) -> None:
        """Copy the migrated template over it."""
        if self.kind == "sqlite":
            copy_sqlite(sqlite_template(), Path(sa.make_url(self.settings.database_url).database or ""))
            return
        name = sa.make_url(self.settings.database_url).database or ""
        postgres.drop_database(name)
        postgres.create_database(name, postgres_template())

    def remove(self) -> None:
        self.close()
        if self.kind == "postgres":
            postgres.drop_database(sa.make_url(self.settings.database_url).database or "")


def make_database(kind: Kind, folder: Path, worker: str) -> Database:
    """One worker's database of a kind. On PostgreSQL the application signs in with the restricted role."""
    if kind == "sqlite":
        file = folder / "caseworker.db"
        copy_sqlite(sqlite_template(), file)
        return Database(kind, settings(folder, f"sqlite:///{file}"))
    name = f"caseworker_{run_name()}_{worker}"
    owner = postgres.create_database(name, postgres_template())
    restricted = postgres.as_application(owner)
    return Database(kind, settings(folder, url_text(restricted), CASEWORKER_MIGRATION_URL=url_text(owner)))
