"""Signing in: one answer for everybody who may not, a fresh session for those who may."""

import re
import statistics
import time

import argon2
import pytest
from sqlalchemy import delete

from caseworker.accounts.models import SignInAttempt, User
from caseworker.accounts.passwords import hash_password
from tests.accounts.people import (
    PASSWORD,
    audited,
    forget_cookies,
    signed_in,
    somebody,
    tokens,
    try_to_sign_in,
)
from tests.conftest import Given
from tests.support.builders import a_user
from tests.support.client import PageClient, read

pytestmark = pytest.mark.both_databases


def test_the_right_password_opens_the_page_asked_for(client: PageClient, given: Given) -> None:
    user = somebody(given)
    first = client.get("/account/password")
    assert first.headers["Location"] == "/sign-in?next=/account/password"
    answer = client.send(first.headers["Location"], email=user.email.upper(), password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/password")
    assert client.page("/account/password").h1 == "Change your password"
    assert ("signed in", "") in audited(client)


def test_unknown_wrong_and_switched_off_get_the_same_answer(client: PageClient, given: Given) -> None:
    user, gone = somebody(given), somebody(given, active=False)
    bodies = set()
    for email, password in [
        (user.email, "not the password"),
        ("nobody@example.org", PASSWORD),
        (gone.email, PASSWORD),
    ]:
        answer = try_to_sign_in(client, email, password)
        page = read(answer, 422)
        assert page.problems == {"": "The e-mail address or the password is not right"}
        assert password not in page.html
        bodies.add(re.sub(r'value="[^"]*"', "", page.html))
    assert len(bodies) == 1
    assert audited(client)[-3:] == [
        ("sign-in refused", "password"),
        ("sign-in refused", "unknown"),
        ("sign-in refused", "unknown"),
    ]


def test_an_unknown_address_takes_as_long_as_a_known_one(client: PageClient, given: Given) -> None:
    user = somebody(given)
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    for turn in range(9):
        for which, email in (("known", user.email), ("unknown", "nobody@example.org")):
            form = client.get_form("/sign-in")
            with given() as session:
                session.execute(delete(SignInAttempt))
            began = time.thread_time()
            client.submit(form, email=email, password=f"wrong {turn}")
            took[which].append(time.thread_time() - began)
    ratio = statistics.median(took["known"]) / statistics.median(took["unknown"])
    assert 0.6 < ratio < 1.7, took


def test_a_session_is_fresh_and_the_old_cookie_dead(client: PageClient, given: Given) -> None:
    user = somebody(given)
    client.get("/sign-in")
    with client.session_transaction() as kept:
        kept["token"] = "planted by somebody else"
        kept["planted"] = "x"
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303
    with client.session_transaction() as kept:
        first = kept["token"]
        assert first != "planted by somebody else"
        assert "planted" not in kept
    assert client.post("/sign-out", data=tokens(client)).status_code == 303
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303
    with client.session_transaction() as kept:
        assert kept["token"] != first
        kept["token"] = first
    assert not signed_in(client)


def test_signing_in_again_ends_the_session_before(client: PageClient, given: Given) -> None:
    user, other = somebody(given), somebody(given)
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303
    with client.session_transaction() as kept:
        first = kept["token"]
    # A second tab still shows the sign-in page, and somebody else signs in there.
    fields = tokens(client)
    assert (
        client.post("/sign-in", data=fields | {"email": other.email, "password": PASSWORD}).status_code == 303
    )
    with client.session_transaction() as kept:
        assert kept["token"] != first
        kept["token"] = first
    assert not signed_in(client)


NOT_OURS = [
    "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/%09/evil.example/x",
    "//account", "javascript:alert(1)", "https:evil.example", "/nothing-of-ours", "/sign-in", "/sign-out",
    "/account/shortcuts", "/static/theme.css", "data:text/html,x",
]  # fmt: skip


@pytest.mark.parametrize("wanted", [*NOT_OURS, "", "/\tevil", "/account\r\nSet-Cookie: a=b", "/" + "a" * 500])
def test_next_leads_only_to_own_pages(client: PageClient, given: Given, wanted: str) -> None:
    user = somebody(given)
    form = client.get_form("/sign-in")
    form.action = "/sign-in"
    answer = client.post(
        "/sign-in", query_string={"next": wanted}, data=form.fill(email=user.email, password=PASSWORD).data
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")


def test_signing_out_ends_the_session_on_the_server(client: PageClient, given: Given) -> None:
    user = somebody(given)
    client.sign_in(user)
    assert signed_in(client)
    with client.session_transaction() as kept:
        token = kept["token"]
    answer = client.post("/sign-out", data=tokens(client), follow_redirects=True)
    assert "You have signed out" in read(answer).text
    with client.session_transaction() as kept:
        assert "token" not in kept
        kept["token"] = token
    for path in ("/account", "/account/password", "/account/second-step"):
        assert client.get(path).status_code == 303
    assert audited(client)[-1] == ("signed out", "")


def test_a_weak_hash_is_renewed_at_sign_in(client: PageClient, given: Given) -> None:
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    with given():
        user = a_user(password_hash=weak)
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303
    with given() as session:
        renewed = session.get_one(User, user.id).password_hash
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    forget_cookies(client)
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303


def test_the_password_is_compared_exactly_and_in_any_normal_form(client: PageClient, given: Given) -> None:
    long = "é" + "kettle anchor monday " * 6
    with given():
        user = a_user(password_hash=hash_password(long))
    for wrong in (long.upper(), long + " ", long[:79] + "x" + long[80:], long[:-1]):
        assert try_to_sign_in(client, user.email, wrong).status_code == 422
    assert try_to_sign_in(client, user.email, "e\u0301" + long[1:]).status_code == 303


def test_half_a_megabyte_of_password_is_refused_quickly(client: PageClient, given: Given) -> None:
    user = somebody(given)
    began = time.monotonic()
    assert try_to_sign_in(client, user.email, "a" * 500_000).status_code == 422
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("email", ["", "not an address", "a" * 5000, "<script>@x.y", "\x00@example.org"])
def test_what_is_no_address_is_a_field_error(client: PageClient, email: str) -> None:
    page = read(client.send("/sign-in", email=email, password=""), 422)
    assert set(page.problems) == {"email", "password"}
