"""Lists somebody keeps of their caseload: named, found again, deleted and put back."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.casefile.models import SavedFilter
from caseworker.casefile.saved_filters import MOST
from caseworker.core import clock
from caseworker.core.db import db
from tests.casefile.situations import NOW, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.support.client import PageClient, read
from tests.support.page import Page, words

pytestmark = pytest.mark.both_databases
QUIET = "/caseload/lists/new?contact=quiet&sort=last"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given, client: PageClient) -> Team:
    with given():
        made = a_team()
        started(made, days_ago=40)
        started(made, days_ago=1)
    client.sign_in(made.keyworker)
    return made


def stored(app: Flask) -> list[tuple[str, str, bool]]:
    with app.app_context():
        rows = db.session.scalars(select(SavedFilter).order_by(SavedFilter.id))
        return [(row.name, row.filters, row.voided_at is not None) for row in rows]


def mine(page: Page) -> dict[str, str]:
    return {words(link): str(link["href"]) for link in page.soup.select(".cw-lists li > a")}


def tap(client: PageClient, page: Page, action: str) -> None:
    form = page.soup.select_one(f"form[action*='{action}']")
    assert form is not None
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    assert client.post(str(form["action"]), data=data).status_code == 303


def test_a_list_is_kept_from_the_page_that_shows_it(app: Flask, client: PageClient, team: Team) -> None:
    assert "Keep this list" not in client.page("/caseload").text
    page = client.page("/caseload?contact=quiet&sort=last")
    assert page.link("Keep this list") == QUIET
    answer = client.send(QUIET, name="Ring these")
    assert answer.headers["Location"] == "/caseload?contact=quiet&sort=last"
    page = client.page(answer.headers["Location"])
    assert "List kept" in page.text
    assert mine(page) == {"Ring these": "/caseload?contact=quiet&sort=last"}
    assert "Keep this list" not in page.text
    assert page.soup.select_one(".cw-lists a[aria-current=page]") is not None
    assert words(page.soup.select_one("caption") or page.soup) == "1 of 2 participants"
    assert stored(app) == [("Ring these", "contact=quiet&sort=last", False)]


def test_deleted_it_can_be_put_back(app: Flask, client: PageClient, team: Team) -> None:
    client.send(QUIET, name="Ring these")
    tap(client, client.page("/caseload"), "/delete")
    page = client.page("/caseload")
    assert "List deleted" in page.text and mine(page) == {}
    tap(client, page, "/restore")
    assert list(mine(client.page("/caseload"))) == ["Ring these"]


def test_a_deleted_list_gives_its_name_back(app: Flask, client: PageClient, team: Team) -> None:
    client.send(QUIET, name="Ring these")
    tap(client, client.page("/caseload"), "/delete")
    client.send("/caseload/lists/new?due=overdue", name="Ring these")
    assert mine(client.page("/caseload")) == {"Ring these": "/caseload?due=overdue"}
    assert len(stored(app)) == 1


def test_what_cannot_be_kept_is_said(app: Flask, client: PageClient, team: Team) -> None:
    client.send(QUIET, name="Ring these")
    for path, name, said in (
        (QUIET, "ring THESE", "You have a list of this name. Choose another"),
        (QUIET, "", "Enter a name for the list"),
        ("/caseload/lists/new", "All", "Choose a filter or an order first"),
        ("/caseload/lists/new?status=nothing", "All", "Choose a filter or an order first"),
        (f"/caseload/lists/new?programme={'&programme='.join(map(str, range(90)))}", "Many", "Too much"),
    ):
        page = read(client.send(path, name=name), 422)
        assert said in page.text, path
    assert len(stored(app)) == 1


def test_there_is_an_end_to_lists(app: Flask, client: PageClient, team: Team) -> None:
    for number in range(MOST):
        assert client.send(QUIET, name=f"List {number}").status_code == 303
    assert "Delete one first" in read(client.send(QUIET, name="One more"), 422).text


def test_sent_twice_it_is_one_list(app: Flask, client: PageClient, team: Team) -> None:
    form = client.get_form(QUIET)
    for _ in range(2):
        assert client.submit(form, name="Twice").status_code == 303
    assert len(stored(app)) == 1


def test_a_list_is_its_owner_s_alone(app: Flask, client: PageClient, team: Team) -> None:
    client.send(QUIET, name="Ring these")
    form = client.page("/caseload").soup.select_one("form[action*='/delete']")
    assert form is not None
    client.sign_in(team.colleague)
    assert mine(client.page("/caseload")) == {}
    for path in (str(form["action"]), str(form["action"]).replace("delete", "restore")):
        assert client.get(path).status_code == 404
    client.sign_in(team.tutor)
    assert client.get("/caseload/lists/new").status_code == 403
    assert stored(app)[0][2] is False


def test_hostile_names_are_kept_as_text(app: Flask, client: PageClient, team: Team) -> None:
    for typed in HOSTILE_TEXT[::30]:
        if typed.encode("utf-8", "ignore").decode() == typed:
            assert client.send(QUIET, name=typed[:60]).status_code in {303, 422}
    page = client.page("/caseload")
    assert len(mine(page)) >= 3
    for form in page.soup.select("form[action*='/delete']")[:1]:
        assert form is not None
