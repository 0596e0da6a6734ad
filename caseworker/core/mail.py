"""E-mail to colleagues, over one connection. It names no participant: it lies in inboxes we do not guard."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from caseworker.core.errors import SettingsWrong

TIMEOUT_SECONDS = 20


@dataclass(frozen=True)
class Letter:
    """What goes to one colleague."""

    to: str
    subject: str
    words: str


@contextmanager
def post_office(url: str) -> Iterator[smtplib.SMTP]:
    """A connection to the server of `CASEWORKER_SMTP_URL`: smtps:// is encrypted from the start, smtp://
    as soon as the server offers it, and with a password always. Raises SettingsWrong in one line."""
    place = urlsplit(url)
    if place.scheme not in ("smtp", "smtps") or not place.hostname:
        raise SettingsWrong("CASEWORKER_SMTP_URL must be like smtp://name:password@mail.example.org:587")
    try:
        with _connected(place.scheme, place.hostname, place.port or 0, bool(place.username)) as server:
            if place.username:
                server.login(unquote(place.username), unquote(place.password or ""))
            yield server
    except (OSError, smtplib.SMTPException) as refused:
        raise SettingsWrong(f"The e-mail server {place.hostname} did not take it: {refused}") from None


def _connected(scheme: str, host: str, port: int, with_password: bool) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
    elif with_password:
        server.close()
        raise SettingsWrong(f"The e-mail server {host} offers no encryption: no password is sent to it")
    return server


def send(server: smtplib.SMTP, sender: str, letter: Letter) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"], message["Message-ID"] = formatdate(localtime=False), make_msgid(domain="caseworker")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.words)
    server.send_message(message)
