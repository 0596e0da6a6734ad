"""Finding a person by what somebody remembers of them; no name is ever in an address."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.core.ids import read_reference
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import exit_enrolment
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.support.builders import a_participant
from tests.support.client import PageClient, read
from tests.support.page import words

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def people(given: Given, team: Team, client: PageClient) -> dict[str, Enrolment]:
    """Three people of the keyworker who is signed in, and one of somebody else."""
    named: dict[str, dict[str, Any]] = {
        "sean": {"given_name": "Seán", "family_name": "O’Neill", "postcode": "M1 1AE"},
        "sian": {
            "given_name": "Siân",
            "family_name": "O’Neill-Müller",
            "postcode": "CF14 5DX",
            "born_on": date(1988, 4, 2),
        },
        "lukasz": {"given_name": "Łukasz", "family_name": "Kowalski", "preferred_name": "Luke"},
        "another": {"given_name": "Sean", "family_name": "Oneill"},
    }
    with given():
        found = {}
        for name, values in named.items():
            keyworker = team.colleague if name == "another" else team.keyworker
            found[name] = started(team, person=a_participant(**values), keyworker=keyworker)
    client.sign_in(team.keyworker)
    return found


def find(client: PageClient, typed: str) -> list[str] | str:
    """Who is listed, or where a single hit leads."""
    response = client.send("/find", holding="find", find=typed)
    if response.status_code == 303:
        return str(response.headers["Location"])
    return [words(cell) for cell in read(response).soup.select("tbody th a")]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("sean", "sean"),
        ("SEAN ONEILL", "sean"),
        ("o'neill sean", "sean"),
        ("o’neill, seán", "sean"),
        ("lukasz", "lukasz"),
        ("Łukasz", "lukasz"),
        ("luke", "lukasz"),
        ("muller", "sian"),
        ("cf145dx", "sian"),
        ("CF14 5DX", "sian"),
        ("  kow  ", "lukasz"),
        ("2/4/1988", "sian"),
        ("2 April 88", "sian"),
        ("1988-04-02", "sian"),
        ("siân 2.4.88", "sian"),
        ("2nd april 1988 mul", "sian"),
        ("oneill M1 1AE", "sean"),
        ("m11ae sea", "sean"),
    ],
)
def test_one_hit_opens_the_case(
    client: PageClient, people: dict[str, Enrolment], typed: str, who: str
) -> None:
    assert find(client, typed) == f"/enrolments/{people[who].id}"


def test_a_reference_opens_the_case_however_it_is_typed(
    client: PageClient, people: dict[str, Enrolment]
) -> None:
    reference = people["sean"].participant.reference
    for typed in (reference, reference.lower(), reference.removeprefix("CW-"), f" {reference} "):
        assert find(client, typed) == f"/enrolments/{people['sean'].id}"


def test_several_hits_are_a_list_of_one_s_own(client: PageClient, people: dict[str, Enrolment]) -> None:
    assert find(client, "oneill") == ["Seán O’Neill", "Siân O’Neill-Müller"]


def sections(client: PageClient, typed: str, **more: str) -> dict[str, list[str]]:
    """Who is listed under which heading."""
    page = read(client.send("/find", holding="find", find=typed, **more))
    found = {}
    for section in page.soup.select("main section"):
        rows = section.select("tbody th > :first-child")
        found[str(section["aria-label"])] = [words(cell) for cell in rows]
    return found


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("kowalksi", "Luke Kowalski"),
        ("kowlski", "Luke Kowalski"),
        ("kowalsky luke", "Luke Kowalski"),
        ("lukas", "Luke Kowalski"),
        ("luks kow", "Luke Kowalski"),
        ("mulelr", "Siân O’Neill-Müller"),
    ],
)
def test_a_typing_mistake_finds_them_and_says_so(
    client: PageClient, people: dict[str, Enrolment], typed: str, who: str
) -> None:
    if typed != "lukas":
        assert sections(client, typed) == {"Sounds or looks like it, yours to open": [who]}
    else:
        assert find(client, typed) == f"/enrolments/{people['lukasz'].id}"


def test_what_begins_so_comes_before_what_is_like_it(
    client: PageClient, people: dict[str, Enrolment]
) -> None:
    assert sections(client, "sean", everybody="yes") == {
        "Yours to open": ["Seán O’Neill"],
        "Others on your programmes": ["Sean Oneill"],
        "Sounds or looks like it, yours to open": ["Siân O’Neill-Müller"],
    }


def test_every_word_must_fit(client: PageClient, people: dict[str, Enrolment]) -> None:
    for typed in ("sean kowalski", "luke 2/4/1988", "kowalski M1 1AE", "xx oneill"):
        assert find(client, typed) == [], typed


def test_a_surname_that_could_be_a_reference_is_still_a_surname(
    client: PageClient, given: Given, team: Team
) -> None:
    """One word of seven letters in 37 passes the check of a reference."""
    assert read_reference("Jackson") == "CW-JACKS0N"
    with given():
        case = started(team, person=a_participant(family_name="Jackson"))
    client.sign_in(team.keyworker)
    assert find(client, "jackson") == f"/enrolments/{case.id}"


def test_the_search_at_the_top_of_every_page_is_the_same(
    client: PageClient, people: dict[str, Enrolment]
) -> None:
    form = client.page("/").soup.select_one("header form[role=search]")
    assert form is not None
    assert str(form["action"]) == "/find"
    assert str(form["method"]) == "post"
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    response = client.post("/find", data=data | {"find": "sean"})
    assert response.headers["Location"] == f"/enrolments/{people['sean'].id}"


@pytest.mark.parametrize("typed", ["zzz", "of another caseload", "CW-0000000", "%", "_", "' or 1=1"])
def test_nobody_found_says_what_to_try(client: PageClient, people: dict[str, Enrolment], typed: str) -> None:
    response = client.send("/find", holding="find", find=typed)
    page = read(response)
    assert "Nobody found" in page.text
    assert "surname" in page.text


def test_somebody_else_s_person_is_not_found(client: PageClient, people: dict[str, Enrolment]) -> None:
    reference = people["another"].participant.reference
    assert find(client, reference) == []


def test_an_open_time_with_us_comes_before_a_finished_one(
    client: PageClient, given: Given, people: dict[str, Enrolment], team: Team
) -> None:
    with given():
        old = db.session.merge(people["sean"])
        exit_enrolment(old, exited_on=TODAY, exit_reason="health", today=TODAY)
        again = started(team, days_ago=0, person=old.participant)
    assert find(client, "sean") == f"/enrolments/{again.id}"


def test_nothing_typed_finds_nothing_and_hostile_text_does_no_harm(
    client: PageClient, people: dict[str, Enrolment]
) -> None:
    form = client.get_form("/find", holding="find")
    for typed in ("", "   ", *HOSTILE_TEXT[::16]):
        if typed.encode("utf-8", "ignore").decode() == typed:
            assert client.submit(form, find=typed).status_code in {200, 303}


def test_a_search_is_one_line_of_the_audit_and_holds_no_word_of_it(
    app: Flask, client: PageClient, people: dict[str, Enrolment]
) -> None:
    find(client, "oneill")
    with app.app_context():
        rows = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "listed")).all()
        assert [(row.record_kind, row.fields, row.participant_id) for row in rows] == [("search", "", None)]


def test_a_tutor_has_no_search(client: PageClient, team: Team, people: dict[str, Enrolment]) -> None:
    client.sign_in(team.tutor)
    assert client.get("/find").status_code == 403
    assert client.page("/classes").soup.select_one("form[role=search]") is None


def test_beginnings_are_found_whatever_language_the_database_sorts_in(db_session: Session) -> None:
    """In a language's own order the mark that ends the range of a beginning counts for nothing."""
    if db_session.get_bind().dialect.name == "postgresql":
        column = text(
            "SELECT collation_name FROM information_schema.columns"
            " WHERE table_name = 'name_key' AND column_name = 'word'"
        )
    else:
        column = text("SELECT 'C' WHERE 'seanan' < 'sean' || char(65535)")
    assert db_session.execute(column).scalar_one() == "C"
