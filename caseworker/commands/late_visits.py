"""`caseworker remind --visits`: a colleague is not back from a visit, told until somebody answers."""

from collections import defaultdict
from uuid import UUID

import click

from caseworker.config import Settings
from caseworker.core import audit
from caseworker.core.clock import now
from caseworker.core.db import begin, transaction
from caseworker.core.errors import SettingsWrong
from caseworker.core.formatting import plural
from caseworker.core.mail import Letter, post_office, send
from caseworker.visits.alerts import LateAlert, late_alerts, note_told

WORDS = """\
Hello {name},

{late} is not back from a visit: open Caseworker.

{url}

You are told again every few minutes until somebody answers there. This message names nobody who is visited.
"""


def remind_of_visits(settings: Settings, *, show: bool) -> None:
    """One letter to each buddy of somebody who is late, and to the leads after half an hour.

    A letter that cannot be sent stops no other; then it fails in the end (SettingsWrong), and those who were
    not told are due again at once.
    """
    begin("read")
    alerts = late_alerts(now())
    if show:
        for alert in alerts:
            letter = _letter(alert, settings.public_url)
            click.echo(f"To: {letter.to}\n{letter.subject}\n\n{letter.words}")
        return
    if settings.smtp_url is None:
        raise SettingsWrong("No e-mail is sent: set CASEWORKER_SMTP_URL, or look with --show")
    told, failed = _send_all(alerts, settings, settings.smtp_url)
    with transaction():
        note_told(told, now())
        audit.note(audit.Entry("reminded", "visit", fields=str(len(alerts) - len(failed))))
    click.echo(plural(len(alerts) - len(failed), "alert sent", "alerts sent"))
    if failed:
        raise failed[0]


def _send_all(
    alerts: list[LateAlert], settings: Settings, smtp_url: str
) -> tuple[set[UUID], list[SettingsWrong]]:
    """(visits of which everybody was told, what went wrong)."""
    failed: list[SettingsWrong] = []
    missed: dict[UUID, int] = defaultdict(int)
    for alert in alerts:
        try:
            with post_office(smtp_url) as server:
                send(server, settings.mail_from, _letter(alert, settings.public_url))
        except SettingsWrong as wrong:
            failed.append(wrong)
            missed[alert.visit_id] += 1
    return {alert.visit_id for alert in alerts if not missed[alert.visit_id]}, failed


def _letter(alert: LateAlert, url: str) -> Letter:
    words = WORDS.format(name=alert.name, late=alert.late, url=url)
    return Letter(alert.email, f"{alert.late} is not back from a visit", words)
