"""Every page that a link leads to opens, and passes the checks; for each role, on the demonstration."""

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from tests.support.browser import Journey
from tests.support.client import PageClient
from tests.support.crawl import somebody, walk

pytestmark = pytest.mark.demonstration

# The endpoints a role must at least reach by links alone from its first page.
LEAST = {Role.KEYWORKER: 8, Role.TUTOR: 3, Role.LEAD: 10}


@pytest.mark.parametrize("role", LEAST)
def test_every_link_opens(app: Flask, client: PageClient, role: Role) -> None:
    client.sign_in(somebody(app, role))
    seen = walk(app, client)
    assert seen.broken == []
    assert len(seen.opened) >= LEAST[role], sorted(seen.opened)


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
