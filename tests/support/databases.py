"""Databases for tests: migrated once for a run, copied for each worker, put back when a test wrote."""

import base64
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from caseworker.app import create_app
from caseworker.config import Settings
from caseworker.core.db import db
from caseworker.core.engine import engine_options
from caseworker.core.setup import bring_up_to_date
from tests.support import postgres
from tests.support.client import PageClient

KEY = "1:" + base64.b64encode(bytes(range(32))).decode()
Kind = Literal["sqlite", "postgres"]
Contents = Literal["empty", "demonstration"]


def settings(data: Path, url: str, **changes: Any) -> Settings:
    """Settings of an installation for tests: known key, everything in `data`."""
    environment = {
        "CASEWORKER_DATA": str(data),
        "CASEWORKER_DATABASE_URL": url,
        "CASEWORKER_KEY": KEY,
        **changes,
    }
    return Settings.from_environment(environment)


def url_text(url: sa.URL) -> str:
    return url.render_as_string(hide_password=False)


def sqlite_template() -> Path:
    with postgres.locked("sqlite-template") as folder:
        finished = folder / "template.db"
        if not finished.exists():
            making = folder / "making.db"
            bring_up_to_date(f"sqlite:///{making}", f"sqlite:///{making}")
            making.rename(finished)
    return finished


def postgres_template() -> str:
    name = f"caseworker_template_{postgres.run_name()}"
    with postgres.locked("postgres-template") as folder:
        if not (folder / "template.made").exists():
            postgres.create_application_role()
            owner = postgres.create_database(name)
            bring_up_to_date(url_text(owner), url_text(postgres.as_application(owner)))
            (folder / "template.made").touch()
    return name


def load_demonstration(folder: Path, url: str, owner: str) -> None:
    """What `make demo` does, without serving; the data folder is `folder`."""
    failed = folder / "demonstration.failed"
    assert not failed.exists(), "caseworker demo failed earlier in this run"
    program = Path(sys.executable).with_name("caseworker")
    environment = os.environ | {
        "CASEWORKER_DATA": str(folder),
        "CASEWORKER_KEY": KEY,
        "CASEWORKER_DATABASE_URL": url,
        "CASEWORKER_MIGRATION_URL": owner,
    }
    done = subprocess.run(
        [program, "demo", "--no-serve"], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        failed.touch()
        raise AssertionError(f"caseworker demo failed: {done.stdout[-1000:]}{done.stderr[-3000:]}")


def sqlite_demonstration() -> Path:
    with postgres.locked("sqlite-demonstration") as folder:
        finished = folder / "demonstration.db"
        if not finished.exists():
            making = folder / "demonstration"
            making.mkdir(exist_ok=True)
            url = f"sqlite:///{making / 'caseworker.db'}"
            load_demonstration(making, url, url)
            engine = sa.create_engine(**engine_options(url))
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
            (making / "caseworker.db").rename(finished)
    return finished


def postgres_demonstration() -> str:
    name = f"caseworker_demonstration_{postgres.run_name()}"
    template = postgres_template()
    with postgres.locked("postgres-demonstration") as folder:
        if not (folder / "demonstration.made").exists():
            postgres.drop_database(name)
            owner = postgres.create_database(name, template)
            restricted = url_text(postgres.as_application(owner))
            load_demonstration(folder, restricted, url_text(owner))
            (folder / "demonstration.made").touch()
    return name


def copy_sqlite(template: Path, target: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    shutil.copyfile(template, target)


@dataclass
class Database:
    """A migrated database with an application on it. `dirty` once anything was committed."""

    kind: Kind
    contents: Contents
    settings: Settings
    dirty: bool = False
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.fill()
        self.app = create_app(self.settings)
        self.app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True)
        self.app.test_client_class = PageClient
        with self.app.app_context():
            event.listen(db.engine, "commit", self._committed)

    def _committed(self, _connection: sa.Connection) -> None:
        self.dirty = True

    @property
    def name(self) -> str:
        """The file of an SQLite database, or the name of a PostgreSQL one."""
        return sa.make_url(self.settings.database_url).database or ""

    def close(self) -> None:
        with self.app.app_context():
            db.engine.dispose()

    def put_back(self) -> None:
        """Make it as it was at first, when a test has changed it."""
        if self.dirty:
            self.close()
            self.fill()
            self.dirty = False

    def fill(self) -> None:
        """Copy the template over it."""
        if self.kind == "sqlite":
            template = sqlite_template() if self.contents == "empty" else sqlite_demonstration()
            copy_sqlite(template, Path(self.name))
            return
        copied = postgres_template() if self.contents == "empty" else postgres_demonstration()
        postgres.drop_database(self.name)
        postgres.create_database(self.name, copied)

    def remove(self) -> None:
        self.close()
        if self.kind == "postgres":
            postgres.drop_database(self.name)


def make_database(kind: Kind, contents: Contents, folder: Path, worker: str) -> Database:
    """One worker's database. On PostgreSQL the application signs in with the restricted role."""
    if kind == "sqlite":
        return Database(kind, contents, settings(folder, f"sqlite:///{folder / 'caseworker.db'}"))
    owner = postgres.server_url().set(database=f"caseworker_{contents}_{postgres.run_name()}_{worker}")
    restricted = url_text(postgres.as_application(owner))
    return Database(kind, contents, settings(folder, restricted, CASEWORKER_MIGRATION_URL=url_text(owner)))
