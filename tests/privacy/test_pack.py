"""The privacy pack says what the configuration says: every table, role, agency, agreement and purpose."""

import csv
from collections.abc import Iterator
from io import StringIO

import pytest
from flask import Flask

from caseworker.accounts.models import Role, User
from caseworker.accounts.permissions import ROLE_LABELS
from caseworker.controllers.models import SharingAgreement
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.codes import codes
from caseworker.core.db import Base, db
from caseworker.lawful.models import CollectedField, LawfulBasis
from caseworker.participants.belonging import personal_columns
from caseworker.participants.models import Agreement
from caseworker.privacy.pack import data_map
from caseworker.privacy.pack_tables import PARTS
from caseworker.privacy.words import CLASSES
from caseworker.referrals.models import Agency
from tests.casefile.situations import NOW, TODAY, Team, a_team
from tests.conftest import Given
from tests.core.pdf.reading import read as read_pdf
from tests.support.builders import a_programme, a_user, an_enrolment, kept
from tests.support.client import PageClient
from tests.support.counting import statements
from tests.support.stored import rows

PACK = "/data-protection/pack"
HOSTILE = "=cmd|' /C calc'!A0"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        team = a_team(name="Step Forward")
        configured(team)
        return team


@pytest.fixture
def officer(given: Given, team: Team) -> User:
    with given():
        return a_user(Role.DATA_PROTECTION, name="Dee Officer")


def configured(team: Team) -> None:
    """A basis, a field, an agency somebody agreed to, and an agreement with another organisation."""
    programme = team.programme
    kept(
        LawfulBasis(
            programme_id=programme.id,
            purpose="support",
            article_6=codes("article_6_basis")[0].code,
            article_9=codes("article_9_condition")[0].code,
            keep_from="exit",
            keep_months=72,
            source=HOSTILE,
            from_on=TODAY,
        )
    )
    field = codes("sensitive_field")[0].code
    kept(
        CollectedField(programme_id=programme.id, field=field, why="The funder counts carers", from_on=TODAY)
    )
    kept(Agency(organisation_id=programme.organisation_id, name="Shelter"))
    case = an_enrolment(programme)
    kept(
        Agreement(
            participant_id=case.participant_id,
            purpose="share",
            answer="given",
            given_on=TODAY,
            notice_version="1",
            agency="Citizens Advice",
        )
    )
    other = a_programme(name="Far Programme")
    kept(
        SharingAgreement(
            giver_id=programme.organisation_id,
            receiver_id=other.organisation_id,
            covers="duplicate_warning",
            reference="Cabinet 7",
            from_on=TODAY,
        )
    )


def test_no_table_and_no_kind_of_personal_data_is_missing() -> None:
    rows_of = {row.table: row for row in data_map()}
    personal = {table.name for table in Base.metadata.sorted_tables if personal_columns(table)}
    assert personal <= set(rows_of)
    assert len(personal) >= 40
    used = {kind for table in Base.metadata.sorted_tables for kind in personal_columns(table).values()}
    assert used <= set(CLASSES)
    assert all(row.whose for row in rows_of.values())
    assert rows_of["contact"].sealed == ["note"]


@pytest.mark.both_databases
def test_the_page_the_print_and_the_sheets_say_the_same(
    app: Flask, client: PageClient, team: Team, officer: User
) -> None:
    client.sign_in(officer)
    with statements(app) as sent:
        page = client.page(PACK)
    assert len(sent) < 15, "\n".join(sent)
    for words in (
        "Step Forward",
        "72 months from the day they left",
        "The funder counts carers",
        "Shelter",
        "Citizens Advice",
        "Cabinet 7",
        *ROLE_LABELS.values(),
    ):
        assert words in page.text, words
    purposes = len(codes("processing_purpose", TODAY))
    assert f"{2 * purposes - 1} purposes have no lawful basis" in page.text

    answer = client.get(f"{PACK}.pdf")
    assert b"/StructTreeRoot" in answer.data
    printed = " ".join(node.all_text for node in read_pdf(answer.data).root.walk())
    total = 0
    for part in PARTS:
        sheet = client.get(f"{PACK}/{part.key}.csv")
        read = list(csv.reader(StringIO(sheet.get_data(as_text=True))))
        assert read[0] == list(part.head)
        card = page.soup.select_one(f"#{part.key}")
        assert card is not None
        assert len(card.select("tbody tr")) == len(read) - 1
        assert part.title in printed
        total += len(read) - 1
    assert total > 60
    assert "'" + HOSTILE in client.get(f"{PACK}/keeping.csv").get_data(as_text=True)
    assert client.get(f"{PACK}/nothing.csv").status_code == 404
    handed = [line for line in rows(app, AuditEvent) if line.record_kind == "privacy pack"]
    assert len(handed) == len(PARTS) + 2


def test_it_is_of_what_the_officer_answers_for(client: PageClient, given: Given, team: Team) -> None:
    with given():
        programme = db.session.merge(team.programme)
        local = a_user(Role.DATA_PROTECTION, organisation=programme.organisation)
        far = a_user(Role.DATA_PROTECTION, organisation=a_programme(name="Third").organisation)
    client.sign_in(local)
    text = client.page(PACK).text
    assert "Step Forward" in text and "Shelter" in text
    assert "Far Programme" not in text
    client.sign_in(far)
    text = client.page(PACK).text
    for words in ("Step Forward", "Shelter", "Citizens Advice", "Cabinet 7"):
        assert words not in text
