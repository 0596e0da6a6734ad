"""Every page that a link leads to opens, and passes the checks; for each role, on the demonstration."""

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core.db import db
from tests.support.browser import Journey
from tests.support.client import PageClient
from tests.support.crawl import walk

pytestmark = pytest.mark.demonstration

# The endpoints a role must at least reach by links alone from its first page.
LEAST = {Role.KEYWORKER: 8, Role.TUTOR: 3, Role.LEAD: 10}


def somebody(app: Flask, role: Role) -> User:
    with app.app_context():
        held = select(RoleGrant.user_id).where(RoleGrant.role == role)
        user = db.session.scalars(select(User).where(User.id.in_(held)).order_by(User.email)).first()
        assert user is not None, f"nobody in the demonstration is a {role}"
        db.session.expunge_all()
        return user


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
    visited = 0
    for paths in seen.opened.values():
        if app.test_client().get(paths[0]).mimetype == "text/html":
            journey.visit(paths[0])
            visited += 1
    assert visited >= LEAST[role]
