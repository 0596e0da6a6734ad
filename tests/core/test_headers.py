"""Every answer carries the same exact headers: pages, redirects, refusals, faults, files, non-requests."""

import socket
import tempfile
from dataclasses import replace

import pytest
from flask import Flask

from caseworker.accounts.models import User
from caseworker.app import create_app
from caseworker.core.db import db
from caseworker.core.serve import LARGEST_BODY
from tests.accounts.people import PASSWORD, somebody, tokens
from tests.conftest import Given
from tests.core.over_http import Answer, OverHttp
from tests.core.serving import served_for_real
from tests.support.client import HEADERS, NEVER, PageClient, form_on, read
from tests.support.databases import Database
from tests.support.page import Page

HTTPS = "https://cases.example.org"


def check(answer: Answer, cached: bool = False) -> None:
    for name, value in HEADERS.items():
        assert answer.headers.get_all(name) == [value], name
    for name in NEVER:
        assert name not in answer.headers
    if not cached:
        assert answer.headers["Cache-Control"] == "no-store"


def test_every_kind_of_answer_has_the_exact_headers(trial: Flask, browser_of: PageClient, user: User) -> None:
    asset = str(browser_of.page("/sign-in").soup.find("link", rel="stylesheet")["href"])  # type: ignore[index]
    fields = tokens(browser_of)
    cookie = browser_of.get_cookie("caseworker")
    assert cookie is not None
    with served_for_real(trial) as address:
        browser = OverHttp(address)
        signed_in = {"Cookie": f"caseworker={cookie.value}"}
        seen = {
            200: browser.ask("/sign-in"),
            303: browser.ask("/account"),
            404: browser.ask("/nothing/at/all"),
            405: browser.ask("/sign-in", method="DELETE"),
            400: browser.ask("/sign-in", {"email": "x"}),
            413: browser.ask("/sign-in", b"a" * (13 * 1024 * 1024)),
            500: browser.ask("/trial/fail/500", fields, **signed_in),
            422: browser.ask("/trial/fail/422", fields, **signed_in),
        }
        for status, answer in seen.items():
            assert answer.status == status
            check(answer)
        check(browser.ask(asset), cached=True)
        check(browser.ask("/static/missing.css"))
        check(browser.ask("/health/live"))
        check(browser.ask("/health/ready"))
        check(browser.ask("/account/second-step/picture.svg", **signed_in))
        check(browser.ask("/trial/file"))
        assert browser.ask("/sign-in", method="HEAD").body == b""
    for status in (404, 405, 400, 413, 500):
        page = Page(seen[status].body.decode(), "", status)
        assert page.h1, status
    assert b"07700 900123" not in seen[500].body
    assert b"Traceback" not in seen[500].body


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /sign-in HTTP/1.1\r\nHost x\r\n\r\n", 400),
        (b"GET /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        (b"GET /sign-in HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 262_144, 431),
        (f"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: {LARGEST_BODY + 1}\r\n\r\n".encode(), 413),
    ],
)
def test_what_is_no_request_is_refused_in_our_words(app: Flask, sent: bytes, status: int) -> None:
    with served_for_real(app) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(sent)
            answer = b""
            while part := connection.recv(65536):
                answer += part
    head, _, body = answer.decode().partition("\r\n\r\n")
    assert head.split()[1] == str(status)
    for name, value in HEADERS.items():
        assert f"{name}: {value}".lower() in head.lower()
    assert "waitress" not in answer.decode().lower()
    assert Page(body, "", status).h1


def test_cookies_are_host_bound_and_secure_behind_https(app: Flask) -> None:
    settings = app.extensions["caseworker.settings"]
    secure = create_app(replace(settings, public_url="https://cases.example.org", trusted_proxy=1))
    answer = secure.test_client().get(
        "/sign-in", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "cases.example.org"}
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-caseworker=")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts
    assert not any(part.startswith("Domain") for part in parts)
    with secure.app_context():
        db.engine.dispose()


def test_signing_in_works_behind_a_proxy_that_ends_tls(database: Database, given: Given) -> None:
    """What nginx sends, at the public address: Secure cookies, and the check of where a post came from."""
    person = somebody(given)
    secure = create_app(replace(database.settings, public_url="https://cases.example.org", trusted_proxy=1))
    secure.test_client_class = PageClient
    client = secure.test_client()
    assert isinstance(client, PageClient)
    client.environ_base.update(
        HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_FOR="198.51.100.7",
        HTTP_X_FORWARDED_HOST="cases.example.org", HTTP_REFERER="https://cases.example.org/sign-in",
    )  # fmt: skip
    form = form_on(read(client.get("/sign-in", base_url=HTTPS))).fill(email=person.email, password=PASSWORD)
    foreign = {"Referer": "https://evil.example/"}
    assert client.post("/sign-in", data=form.data, headers=foreign, base_url=HTTPS).status_code == 400
    answer = client.post("/sign-in", data=form.data, base_url=HTTPS)
    assert answer.status_code == 303
    names = {cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")}
    assert names == {"__Host-caseworker", "__Host-caseworker-browser"}
    assert all("; Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert client.get("/account", base_url=HTTPS).status_code == 200
    with secure.app_context():
        db.engine.dispose()


def test_nothing_sent_or_answered_is_written_to_a_temporary_file(
    trial: Flask, browser_of: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = tokens(browser_of)
    cookie = browser_of.get_cookie("caseworker")
    assert cookie is not None
    border = "a-border-between-parts"
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    file = f'--{border}\r\nContent-Disposition: form-data; name="f"; filename="f.txt"\r\n\r\n'
    body = "".join([*parts, file, "case note " * 900_000, f"\r\n--{border}--\r\n"]).encode()
    monkeypatch.setattr(tempfile, "tempdir", "/no/such/folder")
    with served_for_real(trial) as address:
        answer = OverHttp(address).ask(
            "/trial/fail/422",
            body,
            Cookie=f"caseworker={cookie.value}",
            **{"Content-Type": f"multipart/form-data; boundary={border}"},
        )
    assert (answer.status, answer.body) == (422, b"said")
