"""What is true of every address: no forged post, no writing by reading, no odd methods, no other origin."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from caseworker.accounts.models import Role
from tests.accounts.people import somebody, tokens
from tests.architecture.test_routes import addresses
from tests.conftest import Given
from tests.core.counting import writes
from tests.support.client import PageClient

# What a page may write while it is read: who looked, and that the browser is in use.
WRITTEN_BY_READING = {"audit_event", "user_session"}
ANY_KEY = "00000000-0000-7000-8000-000000000000"


def posting(app: Flask) -> list[str]:
    """An address of every rule that takes a POST."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "POST" in (rule.methods or ()):
                built = rule.build({name: _any(rule, name) for name in rule.arguments})
                assert built is not None
                found.append(built[1])
    return found


def _any(rule: Rule, name: str) -> object:
    kind = type(rule._converters[name]).__name__
    values = {"UUIDConverter": ANY_KEY, "IntegerConverter": 1, "DateConverter": "2026-01-05"}
    return values.get(kind, "nothing")


@pytest.mark.parametrize("role", [Role.KEYWORKER, Role.TUTOR, Role.ADMINISTRATOR])
def test_a_post_without_its_own_token_is_refused_everywhere(
    app: Flask, client: PageClient, given: Given, role: Role
) -> None:
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    user, other = somebody(given, role), somebody(given, role)
    theirs = app.test_client()
    assert isinstance(theirs, PageClient)
    theirs.sign_in(other)
    forged = tokens(theirs)
    client.sign_in(user)
    paths = posting(app)
    assert len(paths) >= 12
    with writes(app) as seen:
        for path in paths:
            assert client.post(path, data={}).status_code == 400, path
            assert client.post(path, data=forged).status_code == 400, path
            assert client.post(path, data={"csrf_token": "x" * 100}).status_code == 400, path
    assert [statement for statement in seen if statement.split()[:2] != ["UPDATE", "user_session"]] == []


@pytest.mark.parametrize("role", list(Role))
def test_reading_writes_only_who_looked(app: Flask, client: PageClient, given: Given, role: Role) -> None:
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    client.sign_in(somebody(given, role))
    with writes(app) as seen:
        for name, path in addresses(app):
            assert client.get(path).status_code < 500 or name.startswith("health"), path
    tables = {statement.split()[2 if statement.startswith("INSERT") else 1] for statement in seen}
    assert tables <= WRITTEN_BY_READING, tables


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "FOO"])
def test_methods_that_mean_nothing_here_are_not_taken(app: Flask, method: str) -> None:
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    client = FlaskClient(app)
    for _name, path in addresses(app):
        assert client.open(path, method=method).status_code == 405, path


def test_no_origin_is_let_in(app: Flask) -> None:
    client = FlaskClient(app)
    for _name, path in addresses(app):
        answer = client.get(path, headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in answer.headers
