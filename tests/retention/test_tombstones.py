"""What stands in the place of an erased record, and who is told."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from caseworker.accounts.models import Role, User
from caseworker.core import audit, clock
from caseworker.core.db import db
from caseworker.participants.finding import find_people
from caseworker.participants.models import Participant
from caseworker.participants.services import index_names
from caseworker.retention.models import Erasure
from tests.casefile.situations import NOW
from tests.conftest import Given
from tests.imports.choosing import bring_in
from tests.imports.sheets import AMARA, separated
from tests.retention.people import Desk, a_desk, case_of, erase, gone, propose
from tests.support.builders import a_programme, a_user, an_organisation
from tests.support.client import PageClient, read
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def desk(given: Given) -> Desk:
    with given():
        return a_desk()


@pytest.mark.both_databases
def test_a_tombstone_and_a_certificate_stay(app: Flask, client: PageClient, given: Given, desk: Desk) -> None:
    with given():
        people = [gone(desk, given_name="Amara", family_name="Osei") for _ in range(2)]
        case = case_of(people[0])
    proposal = propose(client, desk, *people)
    erase(client, desk, proposal)
    page = client.page(proposal)
    assert "2 records were erased" in page.text
    erasure = rows(app, Erasure)[0]
    page = client.page(f"/retention/erasures/{erasure.id}")
    assert "Checked just now" in page.text and "Dana Officer" in page.text
    told = client.get(f"/retention/erasures/{erasure.id}/certificate.pdf")
    pdf = PdfReader(BytesIO(told.data))
    text = "\n".join(part.extract_text() for part in pdf.pages)
    assert str(erasure.certificate) in re.sub(r"[\s\u00ad-]", "", text), text
    assert "Alex Admin" in text
    assert bool(pdf.root_object["/MarkInfo"]["/Marked"])  # type: ignore[index]
    assert people[0].reference in client.page("/retention/erased").text
    client.sign_in(desk.keyworker)
    response = client.get(f"/enrolments/{case}")
    assert response.status_code == 410
    assert "This record was erased on 20 Nov 2026" in read(response, 410).text
    with app.app_context():
        assert audit.verify().fault is None


def test_those_who_could_not_see_it_are_told_nothing(client: PageClient, given: Given, desk: Desk) -> None:
    with given():
        plain, restricted = gone(desk), gone(desk, restricted=True)
        cases = [case_of(plain), case_of(restricted)]
        outsider = a_user(Role.KEYWORKER, a_programme())
        tutor = a_user(Role.TUTOR, desk.programme)
        lead = a_user(Role.LEAD, desk.programme)
    client.sign_in(desk.administrator)
    assert client.get(f"/retention/people/{restricted.id}").status_code == 404
    erase(client, desk, propose(client, desk, plain, restricted, by=desk.other_officer))
    for case in cases:
        for user in (outsider, tutor):
            looks_missing(client, user, case, [f"/enrolments/{case}", f"/enrolments/{case}/plan"])
    client.sign_in(lead)
    assert [client.get(f"/enrolments/{case}").status_code for case in cases] == [410, 404]
    client.sign_in(desk.officer)
    assert client.get(f"/enrolments/{cases[1]}").status_code == 410
    # Nobody who has no desk reads the certificate.
    for user in (lead, outsider):
        client.sign_in(user)
        assert client.get("/retention").status_code == 403


def test_an_officer_of_another_organisation_sees_none_of_it(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    with given():
        person = gone(desk)
        other = a_programme()
        stranger = a_user(Role.DATA_PROTECTION, organisation=an_organisation())
        narrow = a_user(Role.DATA_PROTECTION, other)
    proposal = propose(client, desk, person)
    for user in (stranger, narrow):
        client.sign_in(user)
        assert "No record is past its day" in client.page("/retention").text
        paths = [f"/retention/people/{person.id}", f"/retention/people/{person.id}/hold"]
        looks_missing(client, user, person.id, paths[:1])
        assert client.get(proposal).status_code == 404
        assert client.get(f"/retention/propose?person={person.id}").status_code == 404
        assert client.get("/retention/propose?person=%00").status_code == 404
    assert row(app, Erasure).state == "proposed"


def test_the_same_row_of_a_sheet_makes_a_new_person(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    with given():
        lead = a_user(Role.LEAD, desk.programme)
        person = gone(desk, given_name="Amara", family_name="Osei")
        index_names(db.session.get_one(Participant, person.id))
    assert found_by(app, lead) == ["Osei"]
    erase(client, desk, propose(client, desk, person))
    assert found_by(app, lead) == []
    client.sign_in(lead)
    bring_in(client, separated(AMARA))
    people = rows(app, Participant)
    assert [(each.given_name, each.void_reason) for each in people] == [("Erased", "erased"), ("Amara", None)]
    assert found_by(app, lead) == ["Osei"]


def found_by(app: Flask, user: User) -> list[str]:
    """Surnames of those a search for a misspelt first name finds."""
    with app.app_context():
        hits = find_people(db.session.get_one(User, user.id), "amra", clock.today())
        return [db.session.get_one(Participant, hit.id).family_name for hit in hits]
