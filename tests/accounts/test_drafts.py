"""Nothing typed is lost: kept while typing, kept when the session ran out, given back at the same form."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from caseworker.accounts.models import User
from caseworker.core import clock
from caseworker.core.db import begin, db, transaction
from caseworker.core.drafts import Draft, drop_old_drafts, find_draft, typed_in
from tests.accounts.people import PASSWORD, somebody
from tests.conftest import Given
from tests.core.over_http import OverHttp, all_at_once
from tests.core.trial import codes_in
from tests.support.client import PageClient, read
from tests.support.live import served

pytestmark = pytest.mark.both_databases

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOTE = "Long note\nwith two lines, an umlaut ü and 😀, and a 'quote'"


@pytest.fixture
def person(given: Given) -> User:
    return somebody(given)


@pytest.fixture
def browser(trial: Flask, person: User) -> PageClient:
    made = trial.test_client()
    assert isinstance(made, PageClient)
    made.sign_in(person)
    return made


def kept_for(app: Flask, user: User, path: str = "/trial/new") -> dict[str, list[str]] | None:
    with app.app_context():
        begin("read")
        draft = find_draft(user.id, path)
        return dict(typed_in(draft).lists()) if draft else None


def keep(browser: PageClient, **fields: str) -> int:
    token = browser.get("/account").get_data(as_text=True).split('csrf-token" content="')[1].split('"')[0]
    return browser.post("/drafts", data=fields, headers={"X-CSRFToken": token}).status_code


def test_what_is_typed_is_kept_and_put_back_until_saved(
    trial: Flask, browser: PageClient, person: User
) -> None:
    assert keep(browser, draft_path="/trial/new", code="c", name=NOTE) == 204
    assert kept_for(trial, person) == {"code": ["c"], "name": [NOTE]}
    page = browser.page("/trial/new")
    assert "Your unsaved text is back." in page.text
    form = browser.get_form("/trial/new")
    assert form.data["code"] == ["c"]
    assert form.data["name"] == [NOTE.replace("\n", "\n")]
    assert browser.submit(form).status_code == 303
    assert kept_for(trial, person) is None
    assert "unsaved text" not in browser.page("/trial/new").text


def test_keeping_again_replaces_and_emptying_forgets(trial: Flask, browser: PageClient, person: User) -> None:
    for name in ("first", "second"):
        assert keep(browser, draft_path="/trial/new", code="", name=name) == 204
    assert kept_for(trial, person) == {"code": [""], "name": ["second"]}
    assert keep(browser, draft_path="/trial/new", code="", name="  ") == 204
    assert kept_for(trial, person) is None


def test_a_draft_is_thrown_away_on_request(trial: Flask, browser: PageClient, person: User) -> None:
    keep(browser, draft_path="/trial/new", code="c", name="x")
    page = browser.page("/trial/new")
    discard = page.soup.find("form", action="/drafts/discard")
    assert discard is not None
    fields = {str(tag["name"]): str(tag["value"]) for tag in discard.find_all("input")}
    answer = browser.post("/drafts/discard", data=fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/trial/new")
    assert kept_for(trial, person) is None


def test_what_was_sent_after_the_session_ended_is_there_after_signing_in(
    trial: Flask, browser: PageClient, person: User
) -> None:
    with clock.at(NOON):
        browser.sign_in(person)
        form = browser.get_form("/trial/new").fill(code="late", name=NOTE)
    with clock.at(NOON + timedelta(minutes=31)):
        answer = browser.submit(form)
        assert answer.headers["Location"] == "/sign-in?next=/trial/new"
        assert codes_in(trial) == set()
        page = read(browser.get(answer.headers["Location"]))
        assert "What you were typing is kept for you" in page.text
        answer = browser.send(answer.headers["Location"], email=person.email, password=PASSWORD)
        assert answer.headers["Location"] == "/trial/new"
        page = browser.page("/trial/new")
        assert "Your unsaved text is back." in page.text
        again = browser.get_form("/trial/new")
        assert (again.data["code"], again.data["name"]) == (["late"], [NOTE])
        assert browser.submit(again).status_code == 303
    assert codes_in(trial) == {"late"}


def test_typing_kept_by_the_script_after_the_session_ended_waits_too(
    trial: Flask, browser: PageClient, person: User
) -> None:
    with clock.at(NOON):
        browser.sign_in(person)
        token = browser.get("/account").get_data(as_text=True).split('csrf-token" content="')[1].split('"')[0]
    with clock.at(NOON + timedelta(minutes=31)):
        fields = {"draft_path": "/trial/new", "code": "c", "name": "x"}
        assert browser.post("/drafts", data=fields, headers={"X-CSRFToken": token}).status_code == 303
        assert kept_for(trial, person) == {"code": ["c"], "name": ["x"]}


def test_passwords_and_codes_are_never_kept(trial: Flask, browser: PageClient, person: User) -> None:
    keep(browser, draft_path="/trial/new", name="x", password="p", new_password="p", one_time_code="1")
    assert kept_for(trial, person) == {"name": ["x"]}
    with clock.at(NOON):
        browser.sign_in(person)
        form = browser.get_form("/account/password")
    with clock.at(NOON + timedelta(minutes=31)):
        browser.submit(form, current_password=PASSWORD, new_password="canary", new_password_again="canary")
        assert kept_for(trial, person, "/account/password") is None


def test_a_draft_is_sealed_and_its_owners_alone(
    trial: Flask, browser: PageClient, person: User, given: Given
) -> None:
    keep(browser, draft_path="/trial/new", code="c", name="canary")
    with trial.app_context():
        sealed = db.session.scalars(select(Draft.typed_sealed)).one()
    assert b"canary" not in bytes(sealed)
    other = trial.test_client()
    assert isinstance(other, PageClient)
    other.sign_in(somebody(given))
    assert "canary" not in other.page("/trial/new").html


def test_hidden_fields_alone_bring_no_draft_back(trial: Flask, browser: PageClient) -> None:
    keep(browser, draft_path="/trial/new", carried="x")
    form = browser.get_form("/trial/new")
    assert form.data["carried"] == [""]
    assert "unsaved text" not in browser.page("/trial/new").text


def test_a_draft_is_forgotten_after_seven_days(trial: Flask, browser: PageClient, person: User) -> None:
    with clock.at(NOON):
        browser.sign_in(person)
        keep(browser, draft_path="/trial/new", code="c", name="x")
    with clock.at(NOON + timedelta(days=8)):
        assert kept_for(trial, person) is None
        browser.sign_in(person)
        assert keep(browser, draft_path="/trial/new", code="new", name="y") == 204
        assert kept_for(trial, person) == {"code": ["new"], "name": ["y"]}
    with clock.at(NOON + timedelta(days=16)), trial.app_context(), transaction() as session:
        assert drop_old_drafts() == 1
        assert session.scalar(select(func.count()).select_from(Draft)) == 0


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example/x", "/nothing", "", "/sign-in"])
def test_a_draft_belongs_to_an_own_page(trial: Flask, browser: PageClient, person: User, path: str) -> None:
    assert keep(browser, draft_path=path, code="c") == 400
    assert kept_for(trial, person, path) is None


def test_too_much_is_said_to_be_too_much(trial: Flask, browser: PageClient, person: User) -> None:
    assert keep(browser, draft_path="/trial/new", name="a" * 600_000) == 413
    assert keep(browser, draft_path="/trial/new", name="😀" * 50_000) == 204


def test_many_keepings_at_once_leave_one_draft(trial: Flask, person: User) -> None:
    with served(trial) as address:
        browser = OverHttp(address)
        browser.sign_in(person.email, PASSWORD)
        token = browser.ask("/account").body.decode().split('csrf-token" content="')[1].split('"')[0]

        def keep_one(number: int) -> int:
            fields = {"draft_path": "/trial/new", "name": f"text {number}"}
            return browser.ask("/drafts", fields, **{"X-CSRFToken": token}).status

        statuses = all_at_once([lambda n=number: keep_one(n) for number in range(12)])  # type: ignore[misc]
    assert set(statuses) == {204}
    with trial.app_context():
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 1
