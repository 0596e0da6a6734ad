"""A server killed outright while contacts are being written: what was answered is there, whole, once."""

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from caseworker.accounts.models import Role
from caseworker.accounts.services import set_password
from caseworker.contacts.models import Contact
from caseworker.core import audit
from caseworker.core.audit import AuditEvent
from caseworker.core.db import begin, db, transaction
from caseworker.core.forms import PostToken
from caseworker.core.installation import LIVE
from caseworker.core.sealing import keyring
from caseworker.core.setup import record_installation
from tests.core.over_http import OverHttp
from tests.support.builders import a_programme, a_user, an_enrolment
from tests.support.databases import KEY, Database

# `make faults` asks for 200; every run of the tests does a few.
KILLS = int(os.environ.get("CASEWORKER_KILLS", "3"))
WRITERS = 6
POSTS_A_ROUND = 50
PASSWORD = "correct horse battery staple"
START_WITHIN_SECONDS = 20


@dataclass
class Written:
    """What clients were told was saved, and everything they tried."""

    answered: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)


@contextmanager
def server(database: Database, port: int) -> Iterator[subprocess.Popen[bytes]]:
    settings = database.settings
    environment = os.environ | {
        "CASEWORKER_DATA": str(settings.data),
        "CASEWORKER_DATABASE_URL": settings.database_url,
        "CASEWORKER_KEY": KEY,
        "CASEWORKER_PORT": str(port),
    }
    program = Path(sys.executable).with_name("caseworker")
    process = subprocess.Popen(
        [program, "serve"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, f"the server ended with status {process.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start in time")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_contacts(browser: OverHttp, path: str, name: str, written: Written) -> None:
    """Post contacts until they are all sent or the server is gone."""
    for number in range(POSTS_A_ROUND // WRITERS + 1):
        note = f"{name} number {number}"
        try:
            form = browser.form(path)
            written.tried.add(note)
            answer = browser.send(form, channel="telephone", result="spoke", note=note)
        except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError):
            return
        assert answer.status == 303, answer.status
        written.answered.add(note)


def one_round(
    database: Database, number: int, path: str, browsers: list[OverHttp], written: Written
) -> float:
    """Start, write from all sides, kill somewhere in the middle. Returns seconds to start."""
    port = free_port()
    began, before = time.monotonic(), len(written.answered)
    with server(database, port) as process:
        took = time.monotonic() - began
        threads = []
        for i, browser in enumerate(browsers):
            browser.address = f"http://127.0.0.1:{port}"
            name = f"round {number} writer {i}"
            threads.append(threading.Thread(target=write_contacts, args=(browser, path, name, written)))
        for thread in threads:
            thread.start()
        enough, until = random.randint(2, POSTS_A_ROUND - WRITERS), time.monotonic() + 10
        while len(written.answered) - before < enough and time.monotonic() < until:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        for thread in threads:
            thread.join(60)
    return took


@pytest.mark.both_databases
def test_nothing_answered_is_lost(database: Database) -> None:
    email, enrolment_id = _people(database)
    path = f"/enrolments/{enrolment_id}/contacts/new"
    written = Written()
    browsers = _signed_in(database, email)
    slowest = max(one_round(database, number, path, browsers, written) for number in range(KILLS))
    notes = _notes(database, enrolment_id)
    lost, twice = written.answered - set(notes), len(notes) - len(set(notes))
    print(  # noqa: T201 - the figure is the point of the campaign
        f"\n{database.kind}: {KILLS} kills, {len(written.answered)} answered, {len(notes)} stored, "
        f"{len(lost)} lost, {twice} twice, slowest start {slowest:.1f} s"
    )
    assert len(written.answered) >= 2 * KILLS
    assert (lost, twice) == (set(), 0)
    assert set(notes) <= written.tried
    _whole(database, len(notes))


def _people(database: Database) -> tuple[str, UUID]:
    with database.app.app_context(), transaction():
        record_installation(LIVE, keyring())
        programme = a_programme()
        keyworker = a_user(Role.KEYWORKER, programme)
        set_password(keyworker, PASSWORD)
        return keyworker.email, an_enrolment(programme, keyworker=keyworker).id


def _signed_in(database: Database, email: str) -> list[OverHttp]:
    """Browsers whose sessions outlive the server, as they do in real use."""
    port = free_port()
    browsers = [OverHttp(f"http://127.0.0.1:{port}") for _ in range(WRITERS)]
    with server(database, port):
        for browser in browsers:
            browser.sign_in(email, PASSWORD)
    return browsers


def _notes(database: Database, enrolment_id: UUID) -> list[str]:
    with database.app.app_context():
        begin("read")
        rows = db.session.scalars(select(Contact).where(Contact.enrolment_id == enrolment_id))
        return [str(row.note) for row in rows]


def _whole(database: Database, contacts: int) -> None:
    """Every contact has its audit row and its spent token, and the chain holds."""
    with database.app.app_context():
        begin("read")
        created = select(func.count()).where(
            AuditEvent.action == "created", AuditEvent.record_kind == "contact"
        )
        spent = select(func.count()).where(PostToken.location.like("/enrolments/%"))
        assert db.session.scalar(created) == contacts
        assert db.session.scalar(spent) == contacts
        assert audit.verify().fault is None
