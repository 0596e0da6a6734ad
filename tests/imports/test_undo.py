"""An import is taken back where nobody has worked on it; sheets nobody confirms go by themselves."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.imports.models import CaseloadImport, ImportedRow
from caseworker.participants.models import Participant, ParticipantAccess
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke
from tests.conftest import Given
from tests.imports.choosing import bring_in, cases, chosen, opened_to, people, tap
from tests.imports.sheets import AMARA, SEAN, separated
from tests.support.builders import a_participant, a_user
from tests.support.client import PageClient
from tests.support.stored import row, rows


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
def test_undo_leaves_what_was_worked_on(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    with given():
        organisation = team.programme.organisation_id
        here = opened_to(
            team.lead, a_participant(organisation_id=organisation, given_name="Jo", family_name="Bo")
        )
    path = bring_in(client, separated(AMARA, SEAN, ("Jo", "Bo", "17/5/1990", "2/11/2026", "")))
    case = cases(app)["Amara"]
    with given():
        found = db.session.get(Enrolment, case.id)
        assert found is not None
        spoke(team, found)
    page = client.page(path)
    stay = page.rows("Worked on since: these stay when the sheet is undone")
    assert stay[1:] == [["2", people(app)["Amara"].reference, "a contact is recorded"]]
    assert tap(client, page, "/undo").status_code == 303
    assert {name: each.voided_at is None for name, each in people(app).items()} == {
        "Amara": True, "Seán": False, "Jo": True,
    }  # fmt: skip
    assert {name: each.voided_at is None for name, each in cases(app).items()} == {
        "Amara": True, "Seán": False, "Jo": False,
    }  # fmt: skip
    opened = [each for each in rows(app, ParticipantAccess) if each.because_id == cases(app)["Jo"].id]
    assert [each for each in opened if each.until_on is None or each.until_on >= TODAY] == []
    assert here.id in {each.participant_id for each in rows(app, ParticipantAccess)}
    page = client.page(path)
    assert "These stayed" in page.text
    assert row(app, CaseloadImport).state == "undone"
    bring_in(client, separated(AMARA, SEAN))
    assert len(rows(app, ImportedRow)) == 4


def test_an_administrator_is_told_no_casework_and_nobody_restricted(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    path = bring_in(client, separated(AMARA, SEAN))
    amara, sean = people(app)["Amara"], people(app)["Seán"]
    with given():
        for case in db.session.scalars(select(Enrolment)):
            spoke(team, case)
        hidden = db.session.get_one(Participant, sean.id)
        hidden.restricted = True
        office = a_user(Role.PROGRAMME_ADMINISTRATOR, db.session.merge(team.programme))
    table = "Worked on since: these stay when the sheet is undone"
    for user, why in ((team.lead, "a contact is recorded"), (office, "worked on since")):
        client.sign_in(user)
        page = client.page(path)
        assert page.rows(table)[1:] == [["2", amara.reference, why]]
        assert sean.reference not in page.html


def test_undo_writes_down_whose_access_ended(app: Flask, client: PageClient, team: Team) -> None:
    path = bring_in(client, separated(AMARA))
    assert tap(client, client.page(path), "/undo").status_code == 303
    closed = [each for each in rows(app, AuditEvent) if each.action == "access closed"]
    assert [each.participant_id for each in closed] == [people(app)["Amara"].id]
    assert all(each.until_on is not None for each in rows(app, ParticipantAccess))


def test_an_undone_import_is_undone_once(client: PageClient, team: Team) -> None:
    path = bring_in(client, separated(AMARA))
    first, second = client.page(path), client.page(path)
    assert tap(client, first, "/undo").status_code == 303
    assert "1 row taken back" in client.page(path).text
    assert tap(client, second, "/undo").status_code == 303
    assert "is not there to be undone" in client.page(path).text


def test_a_sheet_is_thrown_away_or_forgotten(app: Flask, client: PageClient, team: Team) -> None:
    first = chosen(client, separated(AMARA))
    assert tap(client, client.page(first), "/drop").status_code == 303
    assert [(each.state, each.sheet_sealed) for each in rows(app, CaseloadImport)] == [("dropped", None)]
    assert "The sheet was thrown away" in client.page(first).text
    kept = chosen(client, separated(SEAN))
    with clock.at(NOW + timedelta(days=8)):
        client.sign_in(team.lead)
        chosen(client, separated(AMARA))
    client.sign_in(team.lead)
    assert "The sheet was thrown away" in client.page(kept).text
