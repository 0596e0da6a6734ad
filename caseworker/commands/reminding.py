"""`caseworker remind`: what is due, told to each colleague by e-mail, in counts."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.accounts.permissions import Permission, may
from caseworker.casefile.due import VIEWS, count_due
from caseworker.casefile.home import has_casework
from caseworker.commands.late_visits import remind_of_visits
from caseworker.config import Settings
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.db import begin, db, transaction
from caseworker.core.errors import SettingsWrong
from caseworker.core.formatting import date_weekday, plural
from caseworker.core.mail import Letter, post_office, send
from caseworker.safeguarding.alerts import Alert, alerts_due, note_alert

WORDS = """\
Hello {name},

On {day} you have in Caseworker:

{lines}

{url}

This message names nobody, because e-mail can be read by others. Nobody reads replies to it.
"""
CONCERN = """\
Hello {name},

{words}

{url}

This message says nothing more, because e-mail can be read by others. It is repeated until that is done.
"""
WAITS = "A safeguarding concern waits to be read in Caseworker. Please sign in, read it and take it."
NO_READER = (
    "In Caseworker a safeguarding concern waits that nobody may read yet. Please see to it today that"
    " somebody who may read it is made safeguarding lead there."
)


@click.command()
@click.option("--show", is_flag=True, help="Print what would be sent, and send nothing.")
@click.option("--concerns", is_flag=True, help="Only the alerts of unread concerns.")
@click.option("--visits", is_flag=True, help="Only that somebody is not back from a visit.")
@with_appcontext
def remind(show: bool, concerns: bool, visits: bool) -> None:
    """Tell each colleague by e-mail how much is overdue and due today: counts, and no names.

    Run it once a day, for example at seven from cron. Nobody with nothing to do is written to. With
    --concerns it only tells safeguarding leads that a concern waits, again every four hours until one of
    them has taken it: run that every quarter of an hour. With --visits it only tells the buddies of
    colleagues who are not back from a visit: run that every five minutes.
    """
    settings: Settings = current_app.extensions["caseworker.settings"]
    if visits:
        remind_of_visits(settings, show=show)
        return
    begin("read")
    alerts = alerts_due(today(), now())
    letters = [] if concerns else [each for each in map(_letter, _colleagues()) if each is not None]
    if show:
        for letter in [*letters, *map(_alert_letter, alerts)]:
            click.echo(f"To: {letter.to}\n{letter.subject}\n\n{letter.words}")
        return
    if settings.smtp_url is None:
        raise SettingsWrong("No e-mail is sent: set CASEWORKER_SMTP_URL, or look with --show")
    with post_office(settings.smtp_url) as server:
        for alert in alerts:
            send(server, settings.mail_from, _alert_letter(alert))
            with transaction():
                note_alert(alert, now())
        for letter in letters:
            send(server, settings.mail_from, letter)
    with transaction():
        audit.note(audit.Entry("reminded", "user", fields=str(len(letters) + len(alerts))))
    if alerts:
        click.echo(plural(len(alerts), "alert sent", "alerts sent"))
    if not concerns:
        click.echo(plural(len(letters), "reminder sent", "reminders sent"))


def _colleagues() -> list[User]:
    """Everybody who signs in and works cases."""
    every = db.session.scalars(select(User).where(User.active, User.voided_at.is_(None)).order_by(User.email))
    return [user for user in every if may(user, Permission.CASELOAD_READ) and has_casework(user)]


def _alert_letter(alert: Alert) -> Letter:
    """The same words for every concern there can be."""
    subject = (
        "Caseworker needs a safeguarding lead" if alert.unreadable else "Something to read in Caseworker"
    )
    url = current_app.extensions["caseworker.settings"].public_url
    words = NO_READER if alert.unreadable else WAITS
    return Letter(alert.email, subject, CONCERN.format(name=alert.name, words=words, url=url))


def _letter(user: User) -> Letter | None:
    """The same counts as the home page; None where there is nothing to do."""
    counts = count_due(user, today())
    said = [
        (counts.of(VIEWS["overdue"]), "overdue"),
        (counts.of(VIEWS["today"]), "due today"),
    ]
    lines = [f"  {plural(count, 'thing', 'things')} {words}" for count, words in said if count]
    if not lines:
        return None
    url = current_app.extensions["caseworker.settings"].public_url
    words = WORDS.format(name=user.name, day=date_weekday(today()), lines="\n".join(lines), url=url)
    return Letter(user.email, "What is due in Caseworker", words)
