"""Every page that a link leads to opens, and passes the checks; for each role, on the demonstration."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from caseworker.accounts.models import Role
from caseworker.core.db import db
from caseworker.models import metadata
from tests.support.browser import Journey
from tests.support.client import PageClient
from tests.support.crawl import somebody, walk

pytestmark = pytest.mark.demonstration

# The endpoints a role must at least reach by links alone from its first page.
LEAST = {Role.KEYWORKER: 8, Role.TUTOR: 3, Role.LEAD: 10, Role.PROGRAMME_ADMINISTRATOR: 5}


def counts(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


# Roles whose pages are looked at in a browser by their own tests.
DESKS = {Role.SAFEGUARDING_LEAD: 10, Role.DATA_PROTECTION: 15}


@pytest.mark.parametrize("role", [*LEAST, *DESKS])
def test_every_link_opens(app: Flask, client: PageClient, role: Role) -> None:
    client.sign_in(somebody(app, role))
    seen = walk(app, client, each=3 if role in LEAST else 1)
    assert seen.broken == []
    assert len(seen.opened) >= (LEAST | DESKS)[role], sorted(seen.opened)


@pytest.mark.both_databases
@pytest.mark.parametrize("role", LEAST)
def test_looking_writes_nothing_but_the_look(app: Flask, client: PageClient, role: Role) -> None:
    client.sign_in(somebody(app, role))
    before = counts(app)
    seen = walk(app, client, each=1)
    after = counts(app)
    written = {name for name in after if after[name] != before[name]}
    assert written <= {"audit_event"}
    assert len(seen.opened) >= LEAST[role]


@pytest.mark.parametrize("role", LEAST)
def test_every_kind_of_page_in_a_browser(
    app: Flask, client: PageClient, journey: Journey, role: Role
) -> None:
    """One address of each view: axe, content policy, console, width at 1280 and 360 px."""
    user = somebody(app, role)
    client.sign_in(user)
    seen = walk(app, client, each=1)
    journey.sign_in(client, user)
    for path in seen.pages.values():
        journey.visit(path)
    assert len(seen.pages) >= LEAST[role]
