"""Guessing is slowed down by account, by address and by browser, and nobody can lock the owner out."""

import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given as any_of
from hypothesis import strategies as st

from caseworker.accounts import passwords
from caseworker.accounts.rules import wait_after
from caseworker.accounts.throttle import address_counter
from caseworker.app import create_app
from caseworker.core import clock
from caseworker.core.db import db
from tests.accounts.people import PASSWORD, audited, forget_cookies, somebody, try_to_sign_in
from tests.conftest import Given
from tests.core.over_http import OverHttp, all_at_once
from tests.support.builders import a_user
from tests.support.client import PageClient, read
from tests.support.databases import Database
from tests.support.live import served

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def guess(client: PageClient, email: str, times: int) -> list[int]:
    return [try_to_sign_in(client, email, f"guess {turn}").status_code for turn in range(times)]


@pytest.mark.both_databases
def test_the_sixth_guess_must_wait_and_the_wait_grows(client: PageClient, given: Given) -> None:
    user = somebody(given)
    with clock.at(NOON):
        assert guess(client, user.email, 5) == [422] * 5
        answer = try_to_sign_in(client, user.email, PASSWORD)
        assert "Wait 15 seconds, then try again." in read(answer, 429).text
        assert answer.headers["Retry-After"] == "15"
        assert audited(client).count(("sign-in refused", "password")) == 5
    with clock.at(NOON + timedelta(seconds=16)):
        assert guess(client, user.email, 2) == [422, 429]
        assert try_to_sign_in(client, user.email, PASSWORD).headers["Retry-After"] == "30"
    with clock.at(NOON + timedelta(seconds=50)):
        assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303


@pytest.mark.both_databases
def test_a_browser_known_to_the_account_is_not_locked_out_by_guesses_from_elsewhere(
    client: PageClient, given: Given
) -> None:
    user = somebody(given)
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303
    known = client.get_cookie("caseworker-browser")
    assert known is not None
    forget_cookies(client)
    assert guess(client, user.email, 7)[5:] == [429, 429]
    client.set_cookie("caseworker-browser", known.value)
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303
    forget_cookies(client)
    client.set_cookie("caseworker-browser", known.value[:-1] + ("0" if known.value[-1] != "0" else "1"))
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 429


def test_the_mark_of_a_browser_helps_its_own_account_only(client: PageClient, given: Given) -> None:
    user, victim = somebody(given), somebody(given)
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303
    known = client.get_cookie("caseworker-browser")
    assert known is not None
    forget_cookies(client)
    client.set_cookie("caseworker-browser", known.value)
    assert guess(client, victim.email, 6) == [422] * 5 + [429]


def test_an_address_that_tries_many_accounts_must_wait(client: PageClient, given: Given) -> None:
    guesses = [try_to_sign_in(client, f"u{turn}@example.org", "guess").status_code for turn in range(11)]
    assert guesses == [422] * 10 + [429]
    elsewhere = try_from(client, "198.51.100.7", "u99@example.org")
    assert elsewhere == 422


def try_from(client: PageClient, address: str, email: str) -> int:
    form = client.get_form("/sign-in").fill(email=email, password="guess")
    return client.post(form.action, data=form.data, environ_base={"REMOTE_ADDR": address}).status_code


def test_what_was_counted_outlives_a_restart(database: Database, client: PageClient, given: Given) -> None:
    user = somebody(given)
    guess(client, user.email, 5)
    again = create_app(database.settings)
    again.config.update(TESTING=True)
    again.test_client_class = PageClient
    other = again.test_client()
    assert isinstance(other, PageClient)
    assert try_to_sign_in(other, user.email, PASSWORD).status_code == 429
    with again.app_context():
        db.engine.dispose()


@pytest.mark.both_databases
def test_guesses_in_parallel_count_too(app: Flask, given: Given) -> None:
    user = somebody(given)
    with served(app) as address:
        browsers = [OverHttp(address) for _ in range(20)]
        forms = [browser.form("/sign-in").fill(email=user.email, password="guess") for browser in browsers]
        answers = all_at_once(
            [lambda b=b, f=f: b.send(f).status for b, f in zip(browsers, forms, strict=True)]  # type: ignore[misc]
        )
    assert Counter(answers) == {422: 5, 429: 15}


def test_waiting_for_a_hash_holds_no_lock_on_the_database(
    app: Flask, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody signing in must not stop everybody else from saving."""
    user = somebody(given)
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 2)
    for _ in range(passwords.AT_ONCE):
        passwords._places.acquire()
    try:
        with served(app) as address:
            browser = OverHttp(address)
            form = browser.form("/sign-in").fill(email=user.email, password=PASSWORD)

            def save_meanwhile() -> float:
                time.sleep(0.5)
                began = time.monotonic()
                with given():
                    a_user()
                return time.monotonic() - began

            answered, took = all_at_once([lambda: browser.send(form).status, save_meanwhile])
    finally:
        for _ in range(passwords.AT_ONCE):
            passwords._places.release()
    assert answered == 503
    assert took < 2


@any_of(st.integers(0, 60), st.integers(0, 4000))
def test_the_wait_never_shrinks_with_more_tries_and_never_passes_a_quarter_of_an_hour(
    beyond: int, seconds: int
) -> None:
    now = NOON + timedelta(seconds=seconds)
    wait = wait_after(beyond, NOON, now)
    assert 0 <= wait <= 900
    assert wait_after(beyond + 1, NOON, now) >= wait
    assert wait_after(-1, NOON, now) == 0


def test_a_household_of_ipv6_is_one_address() -> None:
    assert address_counter("2001:db8:1:2::1") == address_counter("2001:db8:1:2:ffff::9")
    assert address_counter("2001:db8:1:2::1") != address_counter("2001:db8:1:3::1")
    assert address_counter("192.0.2.1") != address_counter("192.0.2.2")
    assert address_counter("") == address_counter("")
