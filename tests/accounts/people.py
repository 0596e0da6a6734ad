"""Somebody who can sign in, and signing in as a person does: through the page."""

from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from caseworker.accounts.models import Role, User
from caseworker.accounts.passwords import hash_password
from caseworker.core.audit import AuditEvent
from caseworker.core.db import begin, db
from tests.conftest import Given
from tests.support.builders import a_user
from tests.support.client import PageClient

PASSWORD = "kettle anchor monday 7"


def somebody(given: Given, role: Role | None = None, **changes: Any) -> User:
    with given():
        return a_user(role, password_hash=hash_password(PASSWORD), **changes)


def try_to_sign_in(client: PageClient, email: str, password: str, to: str = "") -> TestResponse:
    return client.send(f"/sign-in{to}", email=email, password=password)


def signed_in(client: PageClient) -> bool:
    """Whether this browser's own account opens."""
    return client.get("/account").status_code == 200


def tokens(client: PageClient) -> dict[str, str]:
    """The hidden fields of a form, for somebody who is signed in."""
    hidden = client.get_form("/account/password").data
    return {name: values[0] for name, values in hidden.items() if values[0]}


def audited(client: PageClient) -> list[tuple[str, str]]:
    """(action, why) of every row of the audit, in order."""
    with client.application.app_context():
        begin("read")
        rows = db.session.execute(select(AuditEvent.action, AuditEvent.why).order_by(AuditEvent.number))
        return [(row.action, row.why) for row in rows]


def forget_cookies(client: PageClient) -> None:
    """Be a browser that was never here."""
    assert client._cookies is not None
    client._cookies.clear()
