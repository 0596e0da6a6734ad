"""A sheet is chosen, looked at, brought in once, and taken back, as a browser without script does it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.imports.models import CaseloadImport
from caseworker.participants.models import Participant, ParticipantAccess
from tests.casefile.situations import NOW, Team, a_team
from tests.conftest import Given
from tests.imports.choosing import bring_in, cases, chosen, opened_to, people
from tests.imports.sheets import AMARA, SEAN, separated
from tests.support.builders import a_participant, a_user
from tests.support.client import PageClient, form_on, read
from tests.support.counting import statements
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given, client: PageClient) -> Team:
    with given():
        team = a_team()
    client.sign_in(team.lead)
    return team


@pytest.mark.both_databases
def test_two_people_come_in_with_start_and_keyworker(app: Flask, client: PageClient, team: Team) -> None:
    path = chosen(client, separated(AMARA, SEAN))
    page = client.page(path)
    assert "2 rows" in page.text
    assert rows(app, Participant) == []
    kept = row(app, CaseloadImport)
    assert kept.state == "preview"
    assert b"Amara" not in (kept.sheet_sealed or b"")
    response = client.submit(form_on(page, "how"), how="all")
    assert response.headers["Location"] == path
    amara, sean = people(app)["Amara"], people(app)["Seán"]
    assert (amara.given_name, amara.family_name, str(amara.born_on)) == ("Amara", "Osei", "1990-05-17")
    assert (sean.given_name, sean.family_name) == ("Seán", "O’Neill")
    first, second = cases(app)["Amara"], cases(app)["Seán"]
    assert (first.keyworker_id, second.keyworker_id) == (team.keyworker.id, None)
    assert [str(each.started_on) for each in (first, second)] == ["2026-11-02", "2026-11-03"]
    assert (first.referral_source, first.status_at_start, first.age_at_start) == ("not_known", "98", 36)
    assert len(rows(app, DueItem)) == 4
    assert len(rows(app, ParticipantAccess)) == 3
    kept = row(app, CaseloadImport)
    assert (kept.state, kept.made, kept.sheet_sealed) == ("done", 2, None)
    client.sign_in(team.keyworker)
    assert "Amara Osei" in client.page("/caseload").text
    client.sign_in(team.lead)
    found = client.send("/find", "find", find="sean oneill")
    assert found.headers["Location"].endswith(f"/enrolments/{second.id}")


@pytest.mark.both_databases
def test_the_same_sheet_again_changes_nothing(app: Flask, client: PageClient, team: Team) -> None:
    bring_in(client, separated(AMARA, SEAN))
    path = chosen(client, separated(("AMARA", "osei", "17 May 1990", "02/11/2026", ""), SEAN))
    page = client.page(path)
    assert "There is nobody to bring in" in page.text
    assert page.text.count("Here already, unchanged") >= 2
    assert len(rows(app, Participant)) == 2


def test_without_a_date_of_birth_too(app: Flask, client: PageClient, team: Team) -> None:
    sheet = separated(("Kim", "Lee", "", "02/11/2026", ""), ("Jo", "Bo", "not known", "02/11/2026", ""))
    bring_in(client, sheet)
    births = {name: (each.born_on, each.birth_not_known) for name, each in people(app).items()}
    assert births == {"Kim": (None, False), "Jo": (None, True)}
    assert "There is nobody to bring in" in client.page(chosen(client, sheet)).text


@pytest.mark.both_databases
def test_wrong_rows_are_shown_and_left_out_or_stop_all(app: Flask, client: PageClient, team: Team) -> None:
    bad = ("", "Osei", "31/2/1990", "32/1/2026", "Nobody Here")
    path = chosen(client, separated(bad, AMARA, AMARA))
    page = client.page(path)
    found = page.rows("To be mended")
    assert [cells[:2] for cells in found[1:]] == [
        ["2", "First name"], ["2", "Date of birth"], ["2", "Start date"], ["2", "Keyworker"],
        ["4", "First name"],
    ]  # fmt: skip
    assert "There is no 31 February 1990" in page.text
    assert "This is the same person as line 3" in page.text
    page = read(client.submit(form_on(page, "how"), how="all"), 422)
    assert list(page.problems) == ["how"]
    assert "2 rows are wrong" in page.problems["how"]
    assert rows(app, Participant) == []
    assert client.submit(form_on(page, "how"), how="skip").status_code == 303
    kept = row(app, CaseloadImport)
    assert (kept.made, kept.unchanged, kept.skipped) == (1, 0, 2)
    assert len(rows(app, Participant)) == 1


def amara(team: Team, **changes: Any) -> Participant:
    return a_participant(
        organisation_id=team.programme.organisation_id, given_name="Amara", family_name="Osei", **changes
    )


def test_somebody_on_another_programme_is_one_person(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        person = opened_to(team.lead, amara(team))
    path = chosen(client, separated(AMARA))
    assert "Here already: joins the programme" in client.page(path).text
    client.submit(client.get_form(path, "how"), how="all")
    assert [each.participant_id for each in rows(app, Enrolment)] == [person.id]


def test_somebody_alike_is_warned_of_and_can_be_left_out(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        organisation = team.programme.organisation_id
        alike = a_participant(organisation_id=organisation, given_name="Amarah", family_name="Osey")
        opened_to(team.lead, alike)
        a_participant(organisation_id=organisation, given_name="Zoe", family_name="Quill")
        a_participant(given_name="Amara", family_name="Osei")
        a_participant(organisation_id=organisation, given_name="Amara", family_name="Osei", restricted=True)
    path = chosen(client, separated(AMARA, SEAN))
    page = client.page(path)
    assert page.rows("May be here already")[1:] == [["2", "Amara Osei", alike.reference]]
    client.submit(form_on(page, "how"), how="skip_doubtful")
    assert [each.given_name for each in rows(app, Participant)][4:] == ["Seán"]


def test_a_second_send_and_a_second_person_bring_in_once(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        other = a_user(Role.PROGRAMME_ADMINISTRATOR, db.session.merge(team.programme))
    mine = chosen(client, separated(AMARA))
    client.sign_in(other)
    theirs = chosen(client, separated(AMARA))
    late = client.get_form(theirs, "how").fill(how="all")
    client.sign_in(team.lead)
    form = client.get_form(mine, "how").fill(how="all")
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    client.sign_in(other)
    late.data["csrf_token"] = client.get_form("/imports/new").data["csrf_token"]
    assert "There is nobody in this sheet to bring in" in read(client.submit(late), 422).text
    assert len(rows(app, Enrolment)) == len(rows(app, Participant)) == 1


def paths(app: Flask, import_id: UUID) -> list[str]:
    found = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("imports.")]
    return [path.replace("<uuid:import_id>", str(import_id)) for path in found if "import_id" in path]


def test_an_import_of_another_programme_is_not_there(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    bring_in(client, separated(AMARA))
    with given():
        outsider = a_team().lead
    key = row(app, CaseloadImport).id
    every = paths(app, key)
    assert len(every) == 3
    for user in (outsider, team.tutor, team.keyworker):
        assert looks_missing(client, user, key, every) == len(every)
    client.sign_in(outsider)
    assert "No sheet yet" in client.page("/imports").text


def test_a_keyworker_may_not_bring_in(client: PageClient, team: Team) -> None:
    client.sign_in(team.keyworker)
    assert client.get("/imports/new").status_code == 403


@pytest.mark.both_databases
def test_the_pages_ask_little_however_many_rows(app: Flask, client: PageClient, team: Team) -> None:
    asked = []
    for count in (10, 110):
        many = [
            (f"Name{n}", "Person", f"{n % 28 + 1}/3/{1960 + n % 40}", "2/11/2026", "") for n in range(count)
        ]
        path = chosen(client, separated(*many))
        with statements(app) as sent:
            client.page(path)
        asked.append(len(sent))
    assert asked[0] == asked[1] < 15


@pytest.mark.both_databases
def test_our_own_number_comes_in_and_finds_them(app: Flask, client: PageClient, team: Team) -> None:
    heads = ("First name", "Last name", "DOB", "Start date", "Client number")
    rows_in = (
        ("Amara", "Osei", "17/05/1990", "02/11/2026", " ab/0123 x "),
        ("Bo", "Lo", "", "02/11/2026", ""),
    )
    bring_in(client, separated(*rows_in, heads=heads))
    assert {name: each.own_reference for name, each in people(app).items()} == {
        "Amara": "AB/0123 X",
        "Bo": None,
    }
    case = cases(app)["Amara"]
    for typed in ("AB/0123 X", "ab/0123  x"):
        found = client.send("/find", "find", find=typed)
        assert found.headers["Location"] == f"/enrolments/{case.id}"
    assert "0123" not in found.headers["Location"]
    assert "Your number AB/0123 X" in client.page(f"/enrolments/{case.id}").text
    for typed in ("AB/0124 X", "0123", "%0%", "1" * 300):
        assert client.send("/find", "find", find=typed).status_code == 200
    client.send(f"/enrolments/{case.id}/details", own_reference="zz 9")
    assert people(app)["Amara"].own_reference == "ZZ 9"
    client.send(f"/enrolments/{case.id}/details", own_reference="")
    assert people(app)["Amara"].own_reference is None
