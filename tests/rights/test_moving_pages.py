"""The pages of moving an entry, its four taps, and what a data protection officer reads of it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.barriers.services import Finding, record_findings
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment, MovedEntry
from caseworker.rights.moving import move_entry
from tests.casefile.situations import spoke, started
from tests.conftest import Given
from tests.rights.situations import NOON, TODAY, Desk, a_desk, asked
from tests.support.builders import a_user
from tests.support.client import PageClient, read
from tests.support.stored import row, rows

WORDS = "Her eviction is on Friday."


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def here_again(desk: Desk) -> Enrolment:
    """The case in this session, which is another than the one it was made in."""
    return db.session.get_one(Enrolment, desk.case.id)


@pytest.fixture
def desk(given: Given) -> Desk:
    with given():
        return a_desk()


def test_four_interactions_and_the_old_place_says_only_that(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    with given():
        entry = spoke(desk.team, here_again(desk), 1, note=WORDS)
        right = started(desk.team, 40)
    client.sign_in(desk.team.keyworker)
    here = f"/enrolments/{desk.case.id}"
    page = client.page(f"{here}/timeline")
    link = page.soup.find("a", href=f"{here}/move/contact/{entry.id}")
    assert link is not None and "Wrong person" in link.get_text()
    form = client.get_form(f"{here}/move/contact/{entry.id}", holding="whose")
    found = read(client.submit(form, whose=right.participant.reference))
    to = f"{here}/move/contact/{entry.id}/to/{right.id}"
    assert found.soup.find("a", href=to) is not None
    response = client.send(to)
    assert response.headers["Location"] == f"/enrolments/{right.id}/timeline"
    old = client.page(f"{here}/timeline").text
    assert "Entry moved, 20 November 2026" in old and WORDS not in old
    assert "Entry moved, 20 November 2026" in client.page(f"{here}/chronology").text
    assert WORDS in client.page(f"/enrolments/{right.id}/timeline").text
    done = row(app, MovedEntry)
    for user in (desk.team.keyworker, desk.team.lead):
        client.sign_in(user)
        assert client.get(f"/moved-entries/{done.id}").status_code in (403, 404)
    assert f"/moved/{done.id}/back" not in str(client.page(f"{here}/timeline").soup)
    client.sign_in(desk.officer)
    assert WORDS in client.page(f"/moved-entries/{done.id}").text
    assert desk.case.participant.reference in client.page("/moved-entries").text
    client.sign_in(desk.team.keyworker)
    undo = client.page(f"{here}/timeline").soup.select_one(f"form[action$='/moved/{done.id}/back']")
    assert undo is not None
    tokens = {str(tag["name"]): str(tag["value"]) for tag in undo.find_all("input")}
    assert client.post(f"{here}/moved/{done.id}/back", data=tokens).status_code == 303
    assert WORDS in client.page(f"{here}/timeline").text


def test_only_to_somebody_whom_the_user_may_see(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    with given():
        entry = spoke(desk.team, here_again(desk), 1, note=WORDS)
        stranger = a_desk()
        outsider = a_user(Role.KEYWORKER)
    client.sign_in(desk.team.keyworker)
    here = f"/enrolments/{desk.case.id}/move/contact/{entry.id}"
    found = read(
        client.submit(client.get_form(here, holding="whose"), whose=stranger.case.participant.reference)
    )
    assert "Ask Morgan Bell" in found.text and "It is theirs" not in found.text
    client.page(f"{here}/to/{stranger.case.id}", 404)
    client.page(f"/enrolments/{desk.case.id}/move/nonsense/{entry.id}", 404)
    client.page(f"/enrolments/{desk.case.id}/move/support/{entry.id}", 404)
    client.sign_in(outsider)
    client.page(here, 404)
    client.page(f"{here}/to/{desk.case.id}", 404)
    assert rows(app, MovedEntry) == []


def test_a_barrier_moves_from_the_list_of_barriers(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    with given():
        case = here_again(desk)
        right = started(desk.team, 40)
        record_findings(
            case, [Finding("housing", "something", "homeless", 3, WORDS)], assessed_on=TODAY,
            recorded_by=desk.team.keyworker, today=TODAY,
        )  # fmt: skip
    client.sign_in(desk.team.keyworker)
    page = client.page(f"/enrolments/{desk.case.id}/barriers")
    (link,) = [
        str(tag["href"]) for tag in page.soup.find_all("a") if "/move/barrier/" in str(tag.get("href"))
    ]
    client.send(f"{link}/to/{right.id}")
    assert WORDS not in client.page(f"/enrolments/{desk.case.id}/barriers").text
    assert WORDS in client.page(f"/enrolments/{right.id}/barriers").text


def test_an_officer_elsewhere_reads_no_moved_entry(client: PageClient, given: Given, desk: Desk) -> None:
    with given():
        entry = spoke(desk.team, here_again(desk), 1, note=WORDS)
        done = move_entry("contact", entry, started(desk.team, 40), by=desk.team.lead, now=NOON, today=TODAY)
        elsewhere = a_desk()
        asked(elsewhere)
    client.sign_in(elsewhere.officer)
    assert "None moved" in client.page("/moved-entries").text
    client.page(f"/moved-entries/{done.id}", 404)
