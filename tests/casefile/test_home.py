"""Home says what is due; every count is the length of the list behind it."""

from collections.abc import Iterator

import pytest
from bs4 import Tag
from flask import Flask
from werkzeug.datastructures import MultiDict

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.drafts import keep_draft
from caseworker.enrolments.services import exit_enrolment
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.conftest import Given
from tests.support.builders import a_user, grant_role
from tests.support.client import PageClient
from tests.support.counting import statements
from tests.support.page import Page, attribute, words

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


def tile(page: Page, label: str) -> tuple[int, str]:
    """(number, address) of a tile."""
    for item in page.soup.select(".cw-tile"):
        link = item.select_one(".cw-tile__label")
        number = item.select_one(".cw-tile__number")
        if isinstance(link, Tag) and isinstance(number, Tag) and words(link) == label:
            return int(words(number).replace(",", "")), attribute(link, "href")
    raise AssertionError(f"no tile {label!r}")


def listed(client: PageClient, path: str) -> list[str]:
    """The references of a list, page by page."""
    found: list[str] = []
    while path:
        page = client.page(path)
        found += [
            words(cell).split()[-1 if "·" not in words(cell) else words(cell).split().index("·") - 1]
            for cell in page.soup.select("tbody th[scope=row]")
        ]
        following = page.soup.select_one("a[rel=next]")
        path = attribute(following, "href") if isinstance(following, Tag) else ""
    return found


def a_mixed_caseload(team: Team) -> None:
    started(team, days_ago=60)  # plan and contact overdue, and out of touch
    started(team, days_ago=28)  # contact due today
    spoke(team, started(team, days_ago=50), days_ago=2)
    started(team, days_ago=25)  # contact due in three days
    started(team, days_ago=None)
    spoke(team, started(team, days_ago=90), days_ago=1, result="no_answer")
    exit_enrolment(started(team, days_ago=90), exited_on=TODAY, exit_reason="health", today=TODAY)
    started(team, days_ago=60, keyworker=team.colleague)


def test_every_count_is_its_list(client: PageClient, given: Given, team: Team) -> None:
    with given():
        a_mixed_caseload(team)
    client.sign_in(team.keyworker)
    home = client.page("/")
    expected = {
        "overdue": 7,  # contact and plan of two, plans of three more
        "due today": 1,
        "due in the next 7 days": 1,
        "not spoken with for 28 days": 2,
    }
    for label, count in expected.items():
        number, address = tile(home, label)
        assert number == count, label
        assert len(listed(client, address)) == count, label


def test_an_attempt_is_not_contact(client: PageClient, given: Given, team: Team) -> None:
    with given():
        enrolment = started(team, days_ago=40)
        spoke(team, enrolment, days_ago=1, result="left_message")
    client.sign_in(team.keyworker)
    assert tile(client.page("/"), "not spoken with for 28 days")[0] == 1
    with given():
        spoke(team, enrolment, days_ago=28)
    assert tile(client.page("/"), "not spoken with for 28 days")[0] == 0


def test_a_draft_waits_and_leads_back_into_its_form(client: PageClient, given: Given, team: Team) -> None:
    with given():
        enrolment = started(team)
        path = f"/enrolments/{enrolment.id}/contacts/new"
        keep_draft(team.keyworker.id, path, MultiDict({"note": "half", "channel": "video"}))
        keep_draft(team.keyworker.id, "/nowhere", MultiDict({"note": "a form that is gone"}))
        keep_draft(team.colleague.id, path, MultiDict({"note": "somebody else's"}))
    client.sign_in(team.keyworker)
    home = client.page("/")
    assert tile(home, "drafts waiting") == (1, "#drafts")
    assert attribute(home.soup.select_one("#drafts a") or Tag(name="a"), "href") == path


def test_somebody_with_nobody_is_told_the_next_step(client: PageClient, team: Team) -> None:
    client.sign_in(team.keyworker)
    page = client.page("/")
    assert "Nobody is on your caseload yet" in page.text
    assert page.link("Find a participant") == "/find"


def test_somebody_up_to_date_is_told_so(client: PageClient, given: Given, team: Team) -> None:
    with given():
        started(team, days_ago=0)
    client.sign_in(team.keyworker)
    assert "Nothing is due in the next 7 days" in client.page("/").text


def test_others_begin_where_their_work_is(client: PageClient, given: Given, team: Team) -> None:
    with given():
        verifier, administrator, safeguarding, officer, settings = (
            a_user(Role.VERIFIER, team.programme),
            a_user(Role.PROGRAMME_ADMINISTRATOR, team.programme),
            a_user(Role.SAFEGUARDING_LEAD, team.programme),
            a_user(Role.DATA_PROTECTION, team.programme),
            a_user(Role.ADMINISTRATOR, team.programme),
        )
    starts = (
        (team.tutor, "/classes"),
        (verifier, "/programmes"),
        (administrator, "/people"),
        (safeguarding, "/concerns"),
        (officer, "/requests"),
        (settings, "/rules"),
    )
    for user, start in starts:
        client.sign_in(user)
        response = client.get("/")
        assert (response.status_code, response.headers["Location"]) == (303, start)
    client.sign_in(team.lead)
    assert client.page("/").h1 == "What is due", "who decides over cases sees what waits for a decision"


def test_a_lead_with_people_of_their_own_sees_what_is_due(
    client: PageClient, given: Given, team: Team
) -> None:
    with given():
        started(team, days_ago=60, keyworker=team.lead)
        started(team, days_ago=60)
    client.sign_in(team.lead)
    home = client.page("/")
    number, address = tile(home, "not spoken with for 28 days")
    assert (number, len(listed(client, address))) == (1, 1)
    assert len(listed(client, tile(home, "overdue")[1])) == tile(home, "overdue")[0] == 2


def test_what_is_due_can_be_narrowed_by_kind(client: PageClient, given: Given, team: Team) -> None:
    with given():
        a_mixed_caseload(team)
    client.sign_in(team.keyworker)
    for kind, count in (("contact", 2), ("plan", 5), ("review", 0)):
        assert len(listed(client, f"/due?show=overdue&kind={kind}")) == count
    assert client.page("/due?show=nonsense&kind=nonsense&page=99x").h1 == "What is due"


def test_a_long_list_has_pages(client: PageClient, given: Given, team: Team) -> None:
    with given():
        for _ in range(30):
            started(team, days_ago=60)
    client.sign_in(team.keyworker)
    assert tile(client.page("/"), "overdue")[0] == 60
    assert len(listed(client, "/due?show=overdue")) == 60


def test_home_asks_the_same_few_questions_however_long_the_list(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    sent = []
    for more in (1, 30):
        with given():
            for number in range(more):
                spoke(team, started(team, days_ago=20 + number), days_ago=1)
        client.sign_in(team.keyworker)
        client.page("/")
        with statements(app) as found:
            client.page("/")
        sent.append(len(found))
    assert sent[0] == sent[1]
    assert sent[1] < 14


def test_a_keyworker_s_role_elsewhere_shows_nothing_here(
    client: PageClient, given: Given, team: Team
) -> None:
    with given():
        other = a_team()
        started(other, days_ago=60)
        grant_role(db.session.merge(team.keyworker), Role.KEYWORKER, other.programme)
    client.sign_in(team.keyworker)
    assert tile(client.page("/"), "overdue")[0] == 0
