"""One place commits: below 400 all of it, from 400 nothing, and what was left aside in any case."""

import threading
import time
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from caseworker.accounts.models import User
from caseworker.core import db as database_module
from caseworker.core.audit import AuditEvent
from caseworker.core.db import begin, db, transaction
from caseworker.core.forms import PostToken
from caseworker.programmes.models import Organisation
from tests.accounts.people import PASSWORD, somebody, tokens
from tests.conftest import Given
from tests.core.over_http import OverHttp, all_at_once
from tests.core.trial import codes_in
from tests.support.builders import an_organisation
from tests.support.client import PageClient, form_on, read
from tests.support.databases import Database
from tests.support.live import served

pytestmark = pytest.mark.both_databases


def test_below_400_the_work_is_kept(trial: Flask, browser_of: PageClient) -> None:
    for code in (200, 204, 303):
        assert browser_of.post(f"/trial/fail/{code}", data=tokens(browser_of)).status_code == code
    assert codes_in(trial) == {f"{kind}-{code}" for kind in ("with", "aside") for code in (200, 204, 303)}


@pytest.mark.parametrize("code", [400, 404, 409, 422, 429, 500])
def test_from_400_only_what_was_left_aside_is_kept(trial: Flask, browser_of: PageClient, code: int) -> None:
    assert browser_of.post(f"/trial/fail/{code}", data=tokens(browser_of)).status_code == code
    assert codes_in(trial) == {f"aside-{code}"}


def test_a_refused_form_leaves_no_row_no_token_and_no_audit(trial: Flask, browser_of: PageClient) -> None:
    answer = browser_of.send("/trial/new", code="a", name="refused after writing")
    assert read(answer, 422).problems == {"name": "Refused after writing"}
    assert codes_in(trial) == set()
    with trial.app_context():
        assert db.session.scalar(select(func.count()).select_from(PostToken)) == 0
        kinds = set(db.session.scalars(select(AuditEvent.record_kind)))
    assert "organisation" not in kinds


def test_a_get_cannot_write(trial: Flask, browser_of: PageClient) -> None:
    assert browser_of.get("/trial/write-on-get").status_code in (500, 503)
    assert codes_in(trial) == set()


def test_reading_does_not_wait_for_a_writer(trial: Flask, browser_of: PageClient) -> None:
    with trial.app_context(), transaction() as session:
        session.add(Organisation(code="not yet", name="x"))
        session.flush()
        began = time.monotonic()
        assert browser_of.get("/trial/new").status_code == 200
        assert time.monotonic() - began < 2


def test_a_savepoint_refused_leaves_one_row_and_one_line(trial: Flask, browser_of: PageClient) -> None:
    assert browser_of.post("/trial/twice/same", data=tokens(browser_of)).data == b"one of two"
    with trial.app_context():
        rows = db.session.scalars(select(Organisation.name).where(Organisation.code == "same")).all()
        lines = db.session.scalars(
            select(AuditEvent.action).where(AuditEvent.record_kind == "organisation")
        ).all()
    assert (rows, lines) == (["first"], ["created"])


def test_a_view_is_run_again_when_the_database_was_busy(
    trial: Flask, browser_of: PageClient, database: Database
) -> None:
    """Another writer holds what this one needs for a while; the answer is as if nothing had been."""
    fields = browser_of.get_form("/trial/new").fill(code="late", name="x").data
    let_go = threading.Event()
    holder = threading.Thread(target=_hold, args=(trial, let_go, database.kind))
    holder.start()
    time.sleep(0.3)
    threading.Timer(0.7, let_go.set).start()
    assert browser_of.post("/trial/new", data=fields).status_code == 303
    holder.join()
    page = browser_of.page("/trial/new")
    assert page.text.count("Organisation saved") == 1
    assert codes_in(trial) == {"late"}


def _hold(app: Flask, let_go: threading.Event, kind: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        if kind == "postgres":
            connection.execute(text("LOCK TABLE organisation IN EXCLUSIVE MODE"))
        let_go.wait(20)


def test_when_the_database_stays_busy_the_typing_is_shown_again(
    trial: Flask, browser_of: PageClient, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    monkeypatch.setattr(database_module, "PATIENCE_SECONDS", 0.5)
    with trial.app_context():
        db.engine.dispose()
        _impatient(database.kind)
    fields = browser_of.get_form("/trial/new").fill(code="never", name="kept\nas typed").data
    let_go = threading.Event()
    holder = threading.Thread(target=_hold, args=(trial, let_go, database.kind))
    holder.start()
    time.sleep(0.3)
    try:
        page = read(browser_of.post("/trial/new", data=fields), 503)
    finally:
        let_go.set()
        holder.join()
    assert page.h1 == "Busy just now"
    assert "kept\nas typed" in page.html
    assert codes_in(trial) == set()
    again = browser_of.get("/trial/new")
    assert "Organisation saved" not in again.get_data(as_text=True)


def _impatient(kind: str) -> None:
    """Wait half a second for a lock, not half a minute."""
    from sqlalchemy import event

    statement = "PRAGMA busy_timeout=500" if kind == "sqlite" else "SET lock_timeout='500ms'"

    def hurry(connection: object, _record: object) -> None:
        connection.execute(statement)  # type: ignore[attr-defined]
        if kind == "postgres":
            connection.commit()  # type: ignore[attr-defined]

    event.listen(db.engine, "connect", hurry)


def test_a_commit_that_fails_says_nothing_of_saved(
    trial: Flask, browser_of: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last statement before the commit fails: the page must not say that it was saved."""

    def fail(_session: object) -> None:
        raise DBAPIError("COMMIT", {}, Exception("disk full"))

    fields = browser_of.get_form("/trial/new").fill(code="lost", name="x").data
    with monkeypatch.context() as patch:
        patch.setattr(database_module, "_before_commit", [fail])
        page = read(browser_of.post("/trial/new", data=fields), 500)
    assert "Organisation saved" not in page.html
    assert "Organisation saved" not in browser_of.page("/trial/new").text
    assert codes_in(trial) == set()
    assert browser_of.post("/trial/new", data=fields).status_code == 303


def test_twenty_sends_of_one_form_at_once_make_one_row_and_one_answer(trial: Flask, given: Given) -> None:
    person = somebody(given)
    with served(trial) as address:
        browser = OverHttp(address)
        browser.sign_in(person.email, PASSWORD)
        form = browser.form("/trial/new").fill(code="once", name="x")
        answers = all_at_once([lambda: browser.send(form)] * 20)
    assert {answer.status for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert codes_in(trial) == {"once"}


def test_a_stale_version_is_told_with_both_texts_and_nothing_overwritten(
    trial: Flask, browser_of: PageClient, given: Given
) -> None:
    with given():
        key = an_organisation(code="c", name="as it was").id
    mine = browser_of.get_form(f"/trial/{key}")
    theirs = browser_of.get_form(f"/trial/{key}")
    assert browser_of.submit(theirs, name="what they wrote").status_code == 303
    page = read(browser_of.submit(mine, name="what I wrote"), 409)
    assert "what they wrote" in page.text
    assert "what I wrote" in page.html
    with trial.app_context():
        assert db.session.get_one(Organisation, key).name == "what they wrote"
    merged = form_on(page).fill(name="what we both meant")
    read(browser_of.submit(merged), 303)
    with trial.app_context():
        assert db.session.get_one(Organisation, key).name == "what we both meant"


def test_of_racing_edits_one_is_kept_and_the_others_are_told(trial: Flask, given: Given) -> None:
    person = somebody(given)
    with given():
        key = an_organisation(code="c", name="as it was").id
    with served(trial) as address:
        browser = OverHttp(address)
        browser.sign_in(person.email, PASSWORD)
        forms = [browser.form(f"/trial/{key}").fill(name=f"text {n}") for n in range(10)]
        answers = all_at_once([lambda f=form: browser.send(f).status for form in forms])  # type: ignore[misc]
    assert Counter(answers) == {303: 1, 409: 9}


def test_begin_forgets_what_came_before(trial: Flask, user: User) -> None:
    with trial.app_context():
        begin("write")
        db.session.add(Organisation(code="never", name="x"))
        begin("read")
        assert db.session.scalars(select(Organisation)).all() == []
