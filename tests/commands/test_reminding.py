"""`caseworker remind` to a real mail server on loopback: the home page's counts, and nobody's name."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from click.testing import CliRunner, Result
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.casefile.due import VIEWS, count_due
from caseworker.commands.reminding import remind
from caseworker.core import clock
from caseworker.core.db import begin
from caseworker.core.errors import SettingsWrong
from caseworker.core.mail import post_office
from caseworker.enrolments.models import DueItem
from tests.conftest import Given
from tests.support.builders import a_participant, a_programme, a_user, an_enrolment, kept

pytestmark = pytest.mark.both_databases


class Inbox:
    """What a mail server was handed."""

    def __init__(self) -> None:
        self.letters: list[Message] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def post(inbox: Inbox) -> Iterator[str]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}"
    controller.stop()


def run(app: Flask, *typed: str, smtp_url: str | None = None) -> Result:
    settings = app.extensions["caseworker.settings"]
    object.__setattr__(settings, "smtp_url", smtp_url)
    with app.app_context():
        return CliRunner().invoke(remind, list(typed), obj=None, standalone_mode=False)


def something_due(given: Given, days: tuple[int, ...]) -> Any:
    with given():
        programme = a_programme()
        worker = a_user(Role.KEYWORKER, programme, name="Wendy Worker")
        for back in days:
            person = a_participant(organisation_id=programme.organisation_id, family_name="Canarysurname")
            case = an_enrolment(programme, person, worker)
            day = clock.today() - timedelta(days=back)
            kept(DueItem(enrolment_id=case.id, kind="review", about_id=case.id, due_on=day, rule="clock"))
        a_user(Role.KEYWORKER, programme, name="Nothing To Do")
        a_user(Role.TUTOR, programme)
    return worker


def test_a_reminder_says_the_home_pages_counts_and_nobodys_name(
    app: Flask, given: Given, inbox: Inbox, post: str
) -> None:
    worker = something_due(given, (3, 2, 0, -2))
    found = run(app, smtp_url=post)
    assert found.exception is None, found.exception
    assert "1 reminder sent" in found.output
    (letter,) = inbox.letters
    words = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert letter["To"] == worker.email and letter["Auto-Submitted"] == "auto-generated"
    with app.app_context():
        begin("read")
        counts = count_due(worker, clock.today())
    assert counts.of(VIEWS["overdue"]) == 2 and counts.of(VIEWS["today"]) == 1
    assert "2 things overdue" in words and "1 thing due today" in words
    assert "Canarysurname" not in letter.as_string()


def test_nobody_with_nothing_to_do_is_written_to(app: Flask, given: Given, inbox: Inbox, post: str) -> None:
    something_due(given, (-20,))
    assert "0 reminders sent" in run(app, smtp_url=post).output
    assert inbox.letters == []


def test_showing_sends_nothing(app: Flask, given: Given, inbox: Inbox, post: str) -> None:
    something_due(given, (1,))
    shown = run(app, "--show", smtp_url=post).output
    assert "1 thing overdue" in shown and inbox.letters == []


def test_without_a_mail_server_it_says_which_setting(app: Flask, given: Given) -> None:
    something_due(given, (1,))
    found = run(app)
    assert isinstance(found.exception, SettingsWrong) and "CASEWORKER_SMTP_URL" in str(found.exception)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mail.example.org", "must be like"),
        ("ftp://mail.example.org", "must be like"),
        ("smtp://127.0.0.1:9", "did not take it"),
    ],
)
def test_a_wrong_mail_server_is_one_line(url: str, words: str) -> None:
    with pytest.raises(SettingsWrong, match=words), post_office(url):
        pass


def test_no_password_travels_in_the_open(post: str) -> None:
    with_password = post.replace("smtp://", "smtp://name:secret@")
    with pytest.raises(SettingsWrong, match="no encryption"), post_office(with_password):
        pass
