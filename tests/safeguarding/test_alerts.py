"""Alerts of unread concerns by e-mail: to each lead alone, until one has taken it, saying nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from caseworker.accounts.models import Role, User
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.safeguarding import services
from caseworker.safeguarding.models import Concern, ConcernAlert
from tests.casefile.situations import NOW
from tests.commands.test_reminding import Inbox, inbox, post, run
from tests.conftest import Given
from tests.safeguarding.situations import CANARIES, Worry, a_concern, a_worry
from tests.support.builders import a_user
from tests.support.stored import rows

__all__ = ["inbox", "post"]


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def worry(given: Given) -> Worry:
    with given():
        return a_worry()


def sent(app: Flask, inbox: Inbox, post: str) -> list[str]:
    """Run the command; whom it wrote to now."""
    inbox.letters.clear()
    assert run(app, "--concerns", smtp_url=post).exit_code == 0
    return [str(letter["To"]) for letter in inbox.letters]


def emails(*users: User) -> list[str]:
    return sorted(user.email for user in users)


@pytest.mark.both_databases
def test_every_lead_is_told_until_one_has_taken_it(
    app: Flask, given: Given, worry: Worry, inbox: Inbox, post: str
) -> None:
    with given():
        concern = a_concern(worry, worry.person)
    assert sent(app, inbox, post) == emails(worry.lead, worry.other_lead)
    for letter in inbox.letters:
        text = letter.as_string()
        assert "A safeguarding concern waits to be read" in text
        for word in (*CANARIES, "Amara", "Osei", worry.person.reference, str(concern.id), "Priya"):
            assert word not in text
    assert sent(app, inbox, post) == []
    with clock.at(NOW + timedelta(hours=4, minutes=1)):
        with given():
            a_concern(worry, now=clock.now())
        assert sent(app, inbox, post) == emails(worry.lead, worry.other_lead)
    assert len(rows(app, ConcernAlert)) == 6
    with given():
        for each in db.session.query(Concern):
            services.take(each, by=worry.lead, now=NOW)
    with clock.at(NOW + timedelta(days=1)):
        assert sent(app, inbox, post) == []


def test_a_lead_is_not_told_of_one_about_themselves(
    app: Flask, given: Given, worry: Worry, inbox: Inbox, post: str
) -> None:
    with given():
        a_concern(worry, about_user_id=worry.lead.id)
    assert sent(app, inbox, post) == emails(worry.other_lead)


def test_where_nobody_may_read_it_those_who_can_mend_that_are_told(
    app: Flask, given: Given, worry: Worry, inbox: Inbox, post: str
) -> None:
    with given() as session:
        session.merge(worry.other_lead).active = False
        admin = a_user(Role.ADMINISTRATOR)
        a_concern(worry, about_user_id=worry.lead.id)
    assert sent(app, inbox, post) == emails(admin)
    text = inbox.letters[0].as_string()
    assert "waits that nobody may read yet" in text
    assert "Kwame" not in text
    with given():
        a_user(Role.SAFEGUARDING_LEAD, name="New")
    with clock.at(NOW + timedelta(hours=5)):
        again = sent(app, inbox, post)
    assert len(again) == 1
    assert again != emails(admin)


def test_it_can_be_looked_at_first(app: Flask, given: Given, worry: Worry) -> None:
    with given():
        a_concern(worry)
    shown = run(app, "--show").output
    assert shown.count("A safeguarding concern waits to be read") == 2
    assert rows(app, ConcernAlert) == []
