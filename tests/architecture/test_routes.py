"""Every address names the permission that opens it, or is in the short public list."""

import ast
import inspect

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.accounts.permissions import ROLE_PERMISSIONS, Permission
from tests.architecture.sources import dotted, in_code
from tests.conftest import Given
from tests.support.builders import a_user
from tests.support.client import PageClient

# Pages that need nobody signed in. Adding one is a decision, made here.
PUBLIC = {
    "static",
    "health.live",
    "health.ready",
    "accounts.sign_in",
    "accounts.enter_code",
    "accounts.sign_out",
    "accounts.accessibility",
    "accounts.privacy",
    "appointments.calendar_of",
}
ANY_KEY = "00000000-0000-7000-8000-000000000000"


def test_every_view_names_a_permission_or_is_public(app: Flask) -> None:
    assert len(app.view_functions) >= 15
    unguarded = {
        name
        for name, view in app.view_functions.items()
        if not isinstance(getattr(view, "permission", None), Permission)
    }
    assert unguarded <= PUBLIC
    for name in unguarded - {"static"}:
        assert getattr(app.view_functions[name], "public", False), name


def test_the_guard_is_the_outermost_decorator(app: Flask) -> None:
    for name, view in app.view_functions.items():
        if name not in PUBLIC:
            assert view.__code__.co_name == "guarded", f"{name}: another decorator hides the guard"
            assert inspect.unwrap(view).__module__.startswith("caseworker.")


def test_every_permission_opens_a_page_or_a_part_of_one() -> None:
    asked = {
        node.attr
        for tree in in_code("caseworker/accounts/permissions.py").values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and dotted(node.value) in {"Permission", "P"}
    }
    assert {permission.name for permission in Permission} - asked == set()


def test_every_role_is_in_the_map() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)


def addresses(app: Flask) -> list[tuple[str, str]]:
    """(endpoint, an address of it) for every view that answers GET."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()):
                values = {name: _any_value(rule, name) for name in rule.arguments}
                built = rule.build(values)
                assert built is not None
                found.append((rule.endpoint, built[1]))
    return found


def _any_value(rule: object, name: str) -> object:
    converter = rule._converters[name]  # type: ignore[attr-defined]
    kind = type(converter).__name__
    if kind == "UUIDConverter":
        return ANY_KEY
    return {"IntegerConverter": 1, "DateConverter": "2026-01-05"}.get(kind, "nothing")


def test_without_signing_in_only_public_pages_open(app: Flask, client: PageClient) -> None:
    asked = [(name, path) for name, path in addresses(app) if name not in PUBLIC]
    assert len(asked) >= 10
    for name, path in asked:
        response = client.get(path)
        assert response.status_code == 303, f"{name} answered {response.status_code}"
        assert response.headers["Location"].startswith("/sign-in"), name


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_the_map_says(app: Flask, client: PageClient, given: Given, role: Role) -> None:
    """With a role everywhere and no record: 403 or 404 without the permission, never 403 or 500 with it."""
    with given():
        user = a_user(role)
    client.sign_in(user)
    held = ROLE_PERMISSIONS[role]
    for name, path in addresses(app):
        if name in PUBLIC:
            continue
        status = client.get(path).status_code
        if getattr(app.view_functions[name], "permission", None) in held:
            assert status in {200, 302, 303, 404}, f"{role} {name} answered {status}"
        else:
            assert status in {403, 404}, f"{role} {name} answered {status}"
