"""`caseworker remind`: what is due, told to each colleague by e-mail, in counts."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.accounts.permissions import Permission, may
from caseworker.casefile.due import VIEWS, count_due
from caseworker.casefile.home import has_casework
from caseworker.config import Settings
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.db import begin, db, transaction
from caseworker.core.errors import SettingsWrong
from caseworker.core.formatting import date_weekday, plural
from caseworker.core.mail import Letter, post_office, send

WORDS = """\
Hello {name},

On {day} you have in Caseworker:

{lines}

{url}

This message names nobody, because e-mail can be read by others. Nobody reads replies to it.
"""


@click.command()
@click.option("--show", is_flag=True, help="Print what would be sent, and send nothing.")
@with_appcontext
def remind(show: bool) -> None:
    """Tell each colleague by e-mail how much is overdue and due today: counts, and no names.

    Run it once a day, for example at seven from cron. Nobody with nothing to do is written to.
    """
    settings: Settings = current_app.extensions["caseworker.settings"]
    begin("read")
    letters = [letter for letter in map(_letter, _colleagues()) if letter is not None]
    if show:
        for letter in letters:
            click.echo(f"To: {letter.to}\n{letter.subject}\n\n{letter.words}")
        return
    if settings.smtp_url is None:
        raise SettingsWrong("No e-mail is sent: set CASEWORKER_SMTP_URL, or look with --show")
    with post_office(settings.smtp_url) as server:
        for letter in letters:
            send(server, settings.mail_from, letter)
    with transaction():
        audit.note(audit.Entry("reminded", "user", fields=str(len(letters))))
    click.echo(plural(len(letters), "reminder sent", "reminders sent"))


def _colleagues() -> list[User]:
    """Everybody who signs in and works cases."""
    every = db.session.scalars(select(User).where(User.active, User.voided_at.is_(None)).order_by(User.email))
    return [user for user in every if may(user, Permission.CASELOAD_READ) and has_casework(user)]


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
