"""Reviewing, proposing, deciding, and what stands in the place of an erased record, as a browser does it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from caseworker.core import clock
from caseworker.lawful.models import LawfulBasis
from caseworker.retention import services
from caseworker.retention.models import Erasure, LegalHold
from tests.casefile.situations import NOW
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.retention.people import Desk, a_desk, gone, propose
from tests.support.client import PageClient, form_on, read
from tests.support.counting import statements
from tests.support.stored import row, rows


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def desk(given: Given) -> Desk:
    with given():
        return a_desk()


@pytest.mark.both_databases
def test_from_the_list_to_the_certificate(app: Flask, client: PageClient, given: Given, desk: Desk) -> None:
    with given():
        people = [gone(desk, given_name="Amara", family_name="Osei") for _ in range(2)]
    client.sign_in(desk.administrator)
    page = client.page("/retention")
    assert page.rows("Past their day: 2 people")[1][1:] == [
        people[0].reference, "Step Forward", "31 Mar 2021", "31 Mar 2023",
        "Helping them: 24 months from the day they left",
    ]  # fmt: skip
    assert "Osei" not in page.text
    proposal = propose(client, desk, *people)
    page = client.page(proposal)
    assert "You proposed this" in page.text
    assert "No record is past its day" in client.page("/retention").text
    client.sign_in(desk.officer)
    page = client.page("/retention/waiting")
    assert page.rows("Proposals")[1] == [
        "20 Nov 2026 2 people",
        "Alex Admin",
        "The time to keep it is over",
        "2",
    ]
    page = client.page(proposal)
    dry_run = page.rows("What would go of 2 people")
    assert ["Words of the name, for search", "4", "Removed", "search words are names"] in dry_run
    refused = read(client.send(proposal, holding="sure"), 422)
    assert list(refused.problems) == ["sure"]


def test_the_proposer_cannot_decide_even_by_hand(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    with given():
        person = gone(desk)
    client.sign_in(desk.officer)
    response = client.send(f"/retention/propose?person={person.id}")
    proposal = str(response.headers["Location"])
    page = client.page(proposal)
    assert "Somebody else with the role" in page.text
    answer = client.submit(form_on(client.page(proposal)), button="Take the proposal back")
    assert answer.status_code == 303
    assert row(app, Erasure).state == "withdrawn"
    # Open in another browser all the while.
    proposal = str(client.send(f"/retention/propose?person={person.id}").headers["Location"])
    client.sign_in(desk.other_officer)
    form = form_on(client.page(proposal), "sure")
    with given():
        services.withdraw(UUID(proposal[-36:]), by=desk.officer, today=clock.today())
    page = read(client.submit(form, sure="yes"), 422)
    assert "decided already" in page.text


def test_kept_and_held_ones_are_listed_with_their_reason(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    with given():
        kept, held = gone(desk), gone(desk)
    proposal = propose(client, desk, kept)
    client.sign_in(desk.officer)
    response = client.send(f"{proposal}/keep", reason="claim", look_again_on="1/2/27")
    assert response.status_code == 303
    for words in HOSTILE_TEXT[:3]:
        path = f"/retention/people/{held.id}"
        client.send(f"{path}/hold", reason="police", words=words)
        client.page(path)
    page = client.page("/retention/holds")
    assert page.rows("Kept for now: they come back to the list on their day")[1][1:3] == [
        "1 Feb 2027", "A complaint or legal claim",
    ]  # fmt: skip
    assert len(page.rows("On legal hold: nobody can propose or erase them")) == 4
    page = read(client.send(f"/retention/people/{held.id}", holding="because", because="unlawful"), 422)
    assert "It is on legal hold" in page.text
    hold = rows(app, LegalHold)[0]
    token = form_on(client.page("/retention/find"), "reference").data
    ended = client.post(f"/retention/holds/{hold.id}/end", data=token)
    assert ended.status_code == 303
    assert rows(app, LegalHold)[0].until_on == date(2026, 11, 20)


def test_everybody_of_a_programme_is_proposed_at_once_and_a_list_that_grew_is_shown_again(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    with given():
        for _ in range(3):
            gone(desk)
    client.sign_in(desk.administrator)
    path = f"/retention/propose?everyone=yes&programme={desk.programme.code}"
    form = client.get_form(path)
    with given():
        gone(desk)
    page = read(client.submit(form), 422)
    assert page.h1 == "Propose erasing 4 people"
    assert "The list changed since you looked" in page.text
    response = client.submit(form_on(page))
    assert response.status_code == 303
    assert len(rows(app, Erasure)) == 4
    # The same form again answers with where it went, and proposes nothing twice.
    assert client.submit(form_on(page)).headers["Location"] != ""
    assert len(rows(app, Erasure)) == 4
    assert client.get("/retention/propose?everyone=yes&programme=nowhere").status_code == 404


def test_a_record_is_looked_up_by_its_reference(client: PageClient, given: Given, desk: Desk) -> None:
    with given():
        person = gone(desk, None, given_name="Amara", family_name="Osei")
    client.sign_in(desk.officer)
    response = client.send("/retention", holding="reference", reference=person.reference.lower())
    page = client.page(str(response.headers["Location"]))
    assert "They are on a programme now" in page.text and "Amara Osei" in page.text
    for typed in ("CW-0000000", "Osei", "'; drop table participant"):
        assert read(client.send("/retention/find", reference=typed), 422).problems
    client.sign_in(desk.administrator)
    assert "Osei" not in client.page(f"/retention/people/{person.id}").text


@pytest.mark.both_databases
def test_pages_ask_the_database_little_however_many_there_are(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    asked: dict[str, list[int]] = {}
    for _ in range(2):
        with given():
            people = [gone(desk) for _ in range(6)]
        proposal = propose(client, desk, *people[:3])
        client.sign_in(desk.officer)
        paths = {
            "list": "/retention",
            "waiting": "/retention/waiting",
            "holds": "/retention/holds",
            "erased": "/retention/erased",
            "proposal": proposal,
            "person": f"/retention/people/{people[0].id}",
            "propose": "/retention/propose?" + "&".join(f"person={each.id}" for each in people[3:]),
        }
        for name, path in paths.items():
            client.page(path)
            with statements(app) as sent:
                client.page(path)
            asked.setdefault(name, []).append(len(sent))
    assert {name: each for name, each in asked.items() if not each[0] == each[1] < 15} == {}


def test_a_programme_without_a_rule_never_comes_up(given: Given, client: PageClient, desk: Desk) -> None:
    with given() as session:
        person = gone(desk)
        session.query(LawfulBasis).one().voided_at = clock.now()
    client.sign_in(desk.officer)
    assert "No record is past its day" in client.page("/retention").text
    page = client.page(f"/retention/people/{person.id}")
    assert "No rule says how long" in page.text
