"""A test client that looks at every page it is given, and fills in forms as a browser would."""

from dataclasses import dataclass, field
from typing import Any

from bs4 import Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseworker.accounts.models import User
from caseworker.accounts.sessions import begin_session
from caseworker.core.db import db, transaction
from tests.support.page import Page, attribute, faults, words

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NEVER = ("Server", "X-Powered-By", "Access-Control-Allow-Origin")


@dataclass
class Form:
    """A form on a page with what is in it. `files` holds (bytes, name) for uploads."""

    action: str
    method: str
    data: dict[str, list[str]]
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)

    def fill(self, **changes: Any) -> "Form":
        """Type into fields. A name that the form does not have, or a choice it does not offer, fails."""
        for name, value in changes.items():
            known = name in self.data or name in self.choices or name in self.files
            assert known, (
                f"the form to {self.action} has no field {name!r}: {sorted(self.data | self.choices)}"
            )
            if name in self.files:
                self.files[name] = value
                continue
            values = (
                [] if value is None else [str(v) for v in (value if isinstance(value, list) else [value])]
            )
            for one in values:
                offered = self.choices.get(name)
                assert offered is None or one in offered, f"{name} offers {offered}, not {one!r}"
            self.data[name] = values
        return self


class PageClient(FlaskClient):
    """Every HTML answer is checked; every answer carries the exact headers."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        path = response.request.path
        _check_headers(response, path)
        if response.mimetype == "text/html" and response.data and response.status_code not in range(300, 400):
            wrong = faults(Page(response.get_data(as_text=True), path, response.status_code))
            assert not wrong, f"{path} ({response.status_code}): " + "; ".join(wrong)
        return response

    def sign_in(self, user: User) -> None:
        """Be this user from here on: a session begun as the sign-in page does, without the password."""
        with self.application.app_context(), transaction():
            found = db.session.get(User, user.id)
            assert found is not None
            token = begin_session(found)
        with self.session_transaction() as kept:
            kept.clear()
            kept["token"] = token

    def page(self, path: str, status: int = 200, **kwargs: Any) -> Page:
        """Open a page, following redirects; the status is part of the question."""
        response = self.get(path, follow_redirects=True, **kwargs)
        return read(response, status)

    def get_form(self, path: str, holding: str | None = None) -> Form:
        """The form on a page: the only one that posts in `main`, or the one that holds a field."""
        return form_on(self.page(path), holding)

    def submit(self, form: Form, button: str | None = None, **changes: Any) -> TestResponse:
        """Send a form as it is now, with changes. Redirects are not followed."""
        form.fill(**changes)
        data: dict[str, Any] = dict(form.data)
        if button is not None:
            assert button in form.buttons, (
                f"the form to {form.action} has no button {button!r}: {form.buttons}"
            )
            name, _, value = form.buttons[button].partition("=")
            if name:
                data[name] = value
        if form.method == "get":
            return self.get(form.action, query_string=data)
        data.update({name: value for name, value in form.files.items() if value})
        return self.post(form.action, data=data)

    def send(self, path: str, holding: str | None = None, **changes: Any) -> TestResponse:
        """Open a form's page, fill the form in and send it."""
        return self.submit(self.get_form(path, holding), **changes)


def read(response: TestResponse, status: int = 200) -> Page:
    assert response.status_code == status, (
        f"{response.request.path} answered {response.status_code}, not {status}: {_said(response)}"
    )
    return Page(response.get_data(as_text=True), response.request.path, response.status_code)


def form_on(page: Page, holding: str | None = None) -> Form:
    main = page.soup.find("main")
    assert isinstance(main, Tag)
    found = [tag for tag in main.find_all("form") if holding is None or tag.find(True, {"name": holding})]
    if holding is None:
        found = [tag for tag in found if attribute(tag, "method").lower() == "post"] or found
    assert len(found) == 1, f"{page.path} has {len(found)} such forms: say which with holding="
    return _read_form(found[0], page.path)


def _read_form(tag: Tag, path: str) -> Form:
    form = Form(attribute(tag, "action") or path, attribute(tag, "method").lower() or "get", {})
    for control in tag.find_all(["input", "select", "textarea", "button"]):
        name, kind = attribute(control, "name"), attribute(control, "type")
        if control.name == "button" or kind == "submit":
            form.buttons[words(control) or attribute(control, "value")] = (
                f"{name}={attribute(control, 'value')}"
            )
        elif not name or control.has_attr("disabled"):
            continue
        elif control.name == "select":
            options = control.find_all("option")
            form.choices[name] = [_value(option) for option in options]
            chosen = [_value(option) for option in options if option.has_attr("selected")]
            form.data[name] = chosen or form.choices[name][:1]
        elif kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(_value(control))
            form.data.setdefault(name, [])
            if control.has_attr("checked"):
                form.data[name].append(_value(control))
        elif kind == "file":
            form.files[name] = None
        else:
            typed = control.get_text() if control.name == "textarea" else attribute(control, "value")
            form.data.setdefault(name, []).append(typed)
    return form


def _value(tag: Tag) -> str:
    value = tag.get("value")
    if value is None:
        return words(tag) if tag.name == "option" else "on"
    return str(value)


def _check_headers(response: TestResponse, path: str) -> None:
    for name, value in HEADERS.items():
        assert response.headers.get(name) == value, f"{path}: {name} is {response.headers.get(name)!r}"
    for name in NEVER:
        assert name not in response.headers, f"{path} sends {name}"
    if not path.startswith("/static/"):
        stored = response.headers.get("Cache-Control", "")
        assert "no-store" in stored, f"{path}: Cache-Control is {stored!r}"
    for cookie in response.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie, f"{path}: a cookie that scripts can read"
        assert "SameSite=Lax" in cookie or "SameSite=Strict" in cookie, f"{path}: a cookie without SameSite"


def _said(response: TestResponse) -> str:
    if response.mimetype != "text/html":
        return response.get_data(as_text=True)[:400]
    page = Page(response.get_data(as_text=True), response.request.path, response.status_code)
    return f"{page.h1}; {page.problems}" if page.problems else page.text[:400]
