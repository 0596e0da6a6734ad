"""The second step: set up by proving the app, asked for at sign-in, each code good once."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask

from caseworker.accounts import second_step
from caseworker.accounts.models import User
from caseworker.core import clock
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
from tests.core.over_http import OverHttp, all_at_once
from tests.support.client import PageClient, read
from tests.support.live import served

pytestmark = pytest.mark.both_databases

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def with_second_step(given: Given) -> tuple[User, pyotp.TOTP]:
    user = somebody(given)
    with given() as session:
        found = session.get_one(User, user.id)
        second_step.begin_setting_up(found)
        found.second_step_counter = 1
        secret = found.second_step
    assert secret is not None
    return user, pyotp.TOTP(secret)


def test_it_is_set_up_by_scanning_and_one_right_code(client: PageClient, given: Given) -> None:
    user = somebody(given)
    client.sign_in(user)
    assert client.get("/account/second-step").headers["Location"] == "/account"
    assert client.get("/account/second-step/picture.svg").status_code == 404
    assert client.post("/account/second-step/begin", data=tokens(client)).status_code == 303
    page = client.page("/account/second-step")
    square = client.get("/account/second-step/picture.svg")
    assert square.mimetype == "image/svg+xml"
    assert square.headers["Cache-Control"] == "no-store"
    assert b"<svg" in square.data
    assert b"style" not in square.data
    code_tag = page.soup.find("code")
    assert code_tag is not None
    totp = pyotp.TOTP(code_tag.get_text().replace(" ", ""))
    assert "Enter the 6 digits" in read(client.send("/account/second-step", one_time_code="12345"), 422).text
    with clock.at(NOON):
        client.sign_in(user)
        wrong = f"{(int(totp.at(NOON)) + 1) % 1_000_000:06}"
        assert "not right" in read(client.send("/account/second-step", one_time_code=wrong), 422).text
        answer = client.send("/account/second-step", one_time_code=f"{totp.at(NOON)[:3]} {totp.at(NOON)[3:]}")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
        assert "The second step is on" in client.page("/account").text
        assert client.get("/account/second-step/picture.svg").status_code == 404
        assert ("second step on", "") in audited(client)


def test_the_secret_is_sealed_in_the_database(client: PageClient, given: Given) -> None:
    user, totp = with_second_step(given)
    with given() as session:
        sealed = session.get_one(User, user.id).second_step_sealed
    assert sealed is not None
    assert totp.secret.encode() not in sealed


def test_the_password_alone_opens_nothing(client: PageClient, given: Given) -> None:
    user, totp = with_second_step(given)
    with clock.at(NOON):
        answer = try_to_sign_in(client, user.email, PASSWORD, to="?next=/account/password")
        assert answer.headers["Location"] == "/sign-in/code"
        assert not signed_in(client)
        answer = client.send("/sign-in/code", one_time_code=totp.at(NOON))
        assert (answer.status_code, answer.headers["Location"]) == (303, "/account/password")
        assert signed_in(client)


def test_a_code_works_once_and_older_ones_not_at_all(client: PageClient, given: Given) -> None:
    user, totp = with_second_step(given)
    with clock.at(NOON):
        for code, status in (
            (totp.at(NOON), 303),
            (totp.at(NOON), 422),
            (totp.at(NOON - timedelta(seconds=30)), 422),
        ):
            forget_cookies(client)
            try_to_sign_in(client, user.email, PASSWORD)
            assert client.send("/sign-in/code", one_time_code=code).status_code == status
    with clock.at(NOON + timedelta(seconds=30)):
        forget_cookies(client)
        try_to_sign_in(client, user.email, PASSWORD)
        assert (
            client.send("/sign-in/code", one_time_code=totp.at(NOON + timedelta(seconds=30))).status_code
            == 303
        )


def test_a_code_sent_ten_times_at_once_works_once(app: Flask, given: Given) -> None:
    user, totp = with_second_step(given)
    with served(app) as address:
        browsers = [OverHttp(address) for _ in range(5)]
        for browser in browsers:
            form = browser.form("/sign-in")
            assert browser.send(form, email=user.email, password=PASSWORD).location == "/sign-in/code"
        forms = [browser.form("/sign-in/code").fill(one_time_code=totp.now()) for browser in browsers]
        answers = all_at_once(
            [lambda b=b, f=f: b.send(f).status for b, f in zip(browsers, forms, strict=True)]  # type: ignore[misc]
        )
    assert Counter(answers) == {303: 1, 422: 4}


def test_the_code_is_asked_for_within_five_minutes_only(client: PageClient, given: Given) -> None:
    user, _totp = with_second_step(given)
    with clock.at(NOON):
        try_to_sign_in(client, user.email, PASSWORD)
    with clock.at(NOON + timedelta(minutes=6)):
        assert client.get("/sign-in/code").headers["Location"] == "/sign-in"
    assert client.get("/sign-in/code").headers["Location"] == "/sign-in"


def test_codes_cannot_be_guessed_at_speed(client: PageClient, given: Given) -> None:
    user, totp = with_second_step(given)
    with clock.at(NOON):
        try_to_sign_in(client, user.email, PASSWORD)
        right = totp.at(NOON)
        wrong = f"{(int(right) + 5) % 1_000_000:06}"
        assert [client.send("/sign-in/code", one_time_code=wrong).status_code for _ in range(5)] == [422] * 5
        assert client.send("/sign-in/code", one_time_code=right).status_code == 429
        assert audited(client).count(("sign-in refused", "second step")) == 5


def test_turning_it_off_asks_for_the_password(client: PageClient, given: Given) -> None:
    user, _totp = with_second_step(given)
    client.sign_in(user)
    page = read(client.send("/account/second-step/off", current_password="wrong"), 422)
    assert page.problems == {"current_password": "That is not your password"}
    assert client.send("/account/second-step/off", current_password=PASSWORD).status_code == 303
    with given() as session:
        found = session.get_one(User, user.id)
        assert (found.second_step_sealed, found.second_step_counter) == (None, None)
