"""The database cannot be reached or written: a clear page, the typing kept, and then work goes on."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from psycopg import sql

from caseworker.core.db import db
from tests.core.trial import codes_in, trial_of
from tests.support import postgres
from tests.support.client import PageClient, read
from tests.support.databases import Database


def browser(app: Flask, cookie: str) -> PageClient:
    made = app.test_client()
    assert isinstance(made, PageClient)
    made.set_cookie("caseworker", cookie)
    return made


@pytest.mark.both_databases
def test_while_the_database_is_gone_nothing_typed_is_lost(
    trial: Flask, browser_of: PageClient, database: Database, tmp_path: Path
) -> None:
    fields = browser_of.get_form("/trial/new").fill(code="c", name="typed\nin vain?").data
    cookie = browser_of.get_cookie("caseworker")
    assert cookie is not None
    nowhere = {
        "sqlite": f"sqlite:///{tmp_path}/a-file/caseworker.db",
        "postgres": "postgresql+psycopg://nobody@127.0.0.1:1/nothing",
    }[database.kind]
    (tmp_path / "a-file").write_text("not a folder")
    with trial_of(replace(database.settings, database_url=nowhere)) as app:
        cut_off = browser(app, cookie.value)
        page = read(cut_off.post("/trial/new", data=fields), 503)
        assert page.h1 == "Busy just now"
        assert "typed\nin vain?" in page.html
        assert read(cut_off.get("/trial/new"), 503).h1 == "Busy just now"
        assert cut_off.get("/health/ready").status_code == 503
        assert cut_off.get("/health/live").status_code == 200
        assert app.test_client().get("/sign-in").status_code == 200
    assert browser_of.post("/trial/new", data=fields).status_code == 303
    assert codes_in(trial) == {"c"}


@pytest.mark.postgres
def test_after_a_restart_of_postgresql_the_next_request_is_answered(
    browser_of: PageClient, database: Database
) -> None:
    assert browser_of.get("/account").status_code == 200
    name = sa.make_url(database.settings.database_url).database or ""
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}"
    postgres.run_as_owner("postgres", sql.SQL(ended).format(sql.Literal(name)))
    assert browser_of.get("/account").status_code == 200


def test_a_full_disk_is_said_and_nothing_is_half_written(trial: Flask, browser_of: PageClient) -> None:
    fields = browser_of.get_form("/trial/new").fill(code="big", name="x" * 19_000).data
    with trial.app_context():
        connection = db.engine.raw_connection()
        pages = connection.cursor().execute("PRAGMA page_count").fetchone()[0]
        connection.cursor().execute(f"PRAGMA max_page_count={pages}")
        connection.close()
    page = read(browser_of.post("/trial/new", data=fields), 503)
    assert "x" * 19_000 in page.html
    assert codes_in(trial) == set()
    with trial.app_context():
        db.engine.dispose()
    assert browser_of.post("/trial/new", data=fields).status_code == 303
    assert codes_in(trial) == {"big"}
