"""A new referral as a browser without script sends it."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from caseworker.accounts.models import Role, User
from caseworker.barriers.models import BarrierAssessment
from caseworker.core.db import Base, db
from caseworker.core.drafts import Draft
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.participants.models import Agreement, NameKey, Participant, ParticipantAccess, StatusHistory
from tests.casefile.situations import TODAY, Team, started
from tests.conftest import Given
from tests.support.builders import a_participant, a_programme, a_user, grant_role, kept
from tests.support.client import PageClient, form_on, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import row, rows

AMARA = {"given_name": "Amara", "family_name": "Osei"}
BORN = {"born_on-day": "4", "born_on-month": "3", "born_on-year": "1985"}


@pytest.fixture
def team(team: Team, client: PageClient) -> Team:
    client.sign_in(team.keyworker)
    return team


@pytest.fixture
def office(given: Given, team: Team) -> User:
    with given():
        return a_user(Role.PROGRAMME_ADMINISTRATOR, db.session.merge(team.programme))


def first_page(client: PageClient, **typed: Any) -> str:
    """Send the first page; the address of the second."""
    response = client.send("/referrals/new", **(AMARA | BORN | typed))
    assert response.status_code == 303, read(response, 422).problems
    return response.headers["Location"]


def second_page(client: PageClient, path: str, **typed: Any) -> TestResponse:
    return client.send(path, **({"referral_source": "jobcentre"} | typed))


def known(given: Given, team: Team, **changes: Any) -> Enrolment:
    with given():
        person = a_participant(
            organisation_id=team.programme.organisation_id,
            given_name="Amara", family_name="Osei", born_on=date(1985, 3, 4),
        )  # fmt: skip
        for name, value in changes.pop("person", {}).items():
            setattr(person, name, value)
        return started(team, person=person, **changes)


@pytest.mark.both_databases
def test_five_answers_on_two_pages(app: Flask, client: PageClient, team: Team) -> None:
    path = first_page(client)
    response = second_page(client, path)
    person, enrolment = row(app, Participant), row(app, Enrolment)
    assert response.headers["Location"] == f"/enrolments/{enrolment.id}"
    assert (person.given_name, person.family_name, person.born_on) == ("Amara", "Osei", date(1985, 3, 4))
    assert person.reference.startswith("CW-")
    assert (person.postcode, person.phone, person.email, person.ni_number) == (None,) * 4
    assert (enrolment.referral_source, enrolment.referred_on) == ("jobcentre", TODAY)
    assert (enrolment.started_on, enrolment.status_at_start, enrolment.age_at_start) == (None, "98", 41)
    assert enrolment.keyworker_id == team.keyworker.id
    assert rows(app, StatusHistory) == rows(app, Draft) == []
    assert "Amara Osei" in client.page(response.headers["Location"]).text
    assert {each.word for each in rows(app, NameKey)} == {"amara", "osei"}


def test_all_there_is_to_say_is_kept(app: Flask, client: PageClient, team: Team) -> None:
    path = first_page(
        client, preferred_name="Ama", phone="07700 900123", email="ama@Example.org", postcode="m11ae",
        address="1 High Street\nLeeds", ni_number="ab 12 34 56 c",
    )  # fmt: skip
    second_page(
        client, path, referred_on="1 11 2026", started_on="9 11 2026", economic_status="11",
        required_to_look="yes", benefit="universal_credit", keyworker_id=str(team.colleague.id),
    )  # fmt: skip
    person, enrolment, status = row(app, Participant), row(app, Enrolment), row(app, StatusHistory)
    assert (person.preferred_name, person.phone, person.email) == ("Ama", "07700900123", "ama@example.org")
    assert (person.postcode, person.address, person.ni_number) == (
        "M1 1AE",
        "1 High Street\nLeeds",
        "AB123456C",
    )
    assert person.ni_number_mark
    assert (enrolment.status_at_start, enrolment.benefit_at_start) == ("11", "universal_credit")
    assert enrolment.required_to_look_at_start is True
    assert (status.from_on, status.economic_status) == (date(2026, 11, 9), "11")
    assert enrolment.keyworker_id == team.colleague.id
    assert {item.kind for item in rows(app, DueItem)} == {"contact", "plan"}


def test_a_birth_may_be_not_known(app: Flask, client: PageClient, team: Team) -> None:
    response = client.send("/referrals/new", **AMARA, **{"born_on-not_known": "yes"})
    second_page(client, response.headers["Location"])
    person = row(app, Participant)
    assert (person.born_on, person.birth_not_known) == (None, True)
    assert row(app, Enrolment).age_at_start is None


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"given_name": ""}, "given_name", "Enter their first names"),
        ({"family_name": "  "}, "family_name", "Enter their surname"),
        ({"born_on-day": "", "born_on-month": "", "born_on-year": ""}, "born_on", "or tick “not known”"),
        ({"born_on-month": "13"}, "born_on", "month"),
        ({"postcode": "nowhere"}, "postcode", "full UK postcode"),
        ({"ni_number": "12"}, "ni_number", "2 letters"),
    ],
)
def test_what_is_wrong_on_the_first_page_is_said_at_its_field(
    app: Flask, client: PageClient, team: Team, typed: dict[str, str], field: str, said: str
) -> None:
    page = read(client.send("/referrals/new", **(AMARA | BORN | typed)), 422)
    assert said in str(page.problems), page.problems
    assert rows(app, Draft) == rows(app, Participant) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"referral_source": ""}, "referral_source"),
        ({"referred_on": "tomorrow"}, "referred_on"),
        ({"started_on": "1 1 2020"}, "started_on"),
        ({"started_on": "31 2 2026"}, "started_on"),
    ],
)
def test_what_is_wrong_on_the_second_page_leaves_nothing_behind(
    app: Flask, client: PageClient, team: Team, typed: dict[str, str], field: str
) -> None:
    path = first_page(client)
    typed = {"referred_on": "1 11 2026"} | typed
    page = read(second_page(client, path, **typed), 422)
    assert list(page.problems) == [field]
    assert rows(app, Participant) == rows(app, Enrolment) == rows(app, NameKey) == []
    assert second_page(client, path, referred_on="today").status_code == 303


def test_no_typed_word_is_in_an_address_and_the_first_page_can_be_mended(
    app: Flask, client: PageClient, team: Team
) -> None:
    path = first_page(client, ni_number="ab123456c")
    assert not any(part in path.lower() for part in ("amara", "osei", "1985", "ab123456c"))
    form = client.get_form(f"{path}/who")
    assert form.data["given_name"] == ["Amara"]
    response = client.submit(form, family_name="Mensah")
    assert response.headers["Location"] == path
    second_page(client, path)
    assert row(app, Participant).family_name == "Mensah"


def test_a_first_page_left_alone_waits_on_the_home_page(client: PageClient, team: Team) -> None:
    path = first_page(client)
    assert f"{path}/who" in [link["href"] for link in client.page("/").soup.select("#drafts a")]


def test_sent_twice_there_is_one(app: Flask, client: PageClient, team: Team) -> None:
    form = client.get_form("/referrals/new").fill(**AMARA, **BORN)
    places = {client.submit(form).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    form = client.get_form(places.pop()).fill(referral_source="self")
    assert len({client.submit(form).headers["Location"] for _ in range(2)}) == 1
    assert len(rows(app, Participant)) == len(rows(app, Enrolment)) == 1


@pytest.mark.both_databases
def test_the_same_person_gets_a_second_enrolment(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    first = known(given, team, person={"phone": "07700900999"})
    with given():
        other = a_programme(db.session.merge(team.programme).organisation)
        grant_role(db.session.merge(team.keyworker), Role.KEYWORKER, other)
    client.sign_in(team.keyworker)
    path = first_page(client, phone="07700 900123", email="amara@example.org")
    page = client.page(path)
    person = row(app, Participant)
    assert "They may be known here already" in page.text
    assert f"({person.reference}): same name, same date of birth" in page.text
    refused = read(second_page(client, path, programme_id=str(other.id)), 422)
    assert list(refused.problems) == ["same_as"]
    assert len(rows(app, Enrolment)) == 1
    response = second_page(client, path, programme_id=str(other.id), same_as=str(person.id))
    again = row(app, Participant)
    assert {each.participant_id for each in rows(app, Enrolment)} == {person.id}
    assert len(rows(app, Enrolment)) == 2
    assert "the details typed on the first page are not saved" in refused.text
    assert (again.phone, again.email) == ("07700900999", None)
    assert str(first.id) in client.page(response.headers["Location"]).html


def test_already_on_this_programme_is_said(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    known(given, team)
    path = first_page(client)
    person = row(app, Participant)
    page = read(second_page(client, path, same_as=str(person.id)), 422)
    assert "They are already on this programme" in page.text
    assert len(rows(app, Enrolment)) == 1


def test_a_different_person_of_the_same_name(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    known(given, team)
    assert second_page(client, first_page(client), same_as="new").status_code == 303
    assert len(rows(app, Participant)) == 2


def test_nothing_is_told_of_somebody_one_may_not_open(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    known(given, team, person={"phone": "07700900999", "preferred_name": "Canary"})
    with given():
        elsewhere = a_programme(organisation_id=team.programme.organisation_id)
        outsider = a_user(Role.KEYWORKER, elsewhere)
    client.sign_in(outsider)
    page = client.page(first_page(client))
    person = row(app, Participant)
    assert "Somebody you do not work with shares: same name, same date of birth" in page.text
    assert form_on(page).choices["same_as"] == ["new"]
    for secret in (person.reference, "Canary", "07700900999", str(person.id)):
        assert secret not in page.html
    forged = form_on(page).data | {"same_as": [str(person.id)], "referral_source": ["self"]}
    assert list(read(client.post(page.path, data=forged), 422).problems) == ["same_as"]


def test_a_colleague_s_participant_can_be_asked_for(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    known(given, team, person={"phone": "07700900999"})
    client.sign_in(team.colleague)
    page = client.page(first_page(client))
    person = row(app, Participant)
    assert page.link(f"Ask for their case {person.reference}") == f"/find/{person.id}/ask"
    assert "07700900999" not in page.html


def test_a_colleague_s_case_is_not_opened_by_a_referral(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    first = known(given, team)
    with given():
        other = a_programme(db.session.merge(team.programme).organisation)
        grant_role(db.session.merge(team.colleague), Role.KEYWORKER, other)
    client.sign_in(team.colleague)
    path = first_page(client, email="planted@example.org")
    page, person = client.page(path), row(app, Participant)
    assert "ask to open their case first" in page.text
    assert form_on(page).choices["same_as"] == ["new"]
    answers = {"programme_id": str(other.id), "same_as": str(person.id)}
    forged = form_on(page).data | {name: [value] for name, value in answers.items()}
    forged |= {"referral_source": ["self"], "keyworker_id": [str(team.colleague.id)]}
    assert list(read(client.post(page.path, data=forged), 422).problems) == ["same_as"]
    assert len(rows(app, Enrolment)) == 1
    assert row(app, Participant).email is None
    assert client.get(f"/enrolments/{first.id}").status_code == 404
    client.send(f"/find/{person.id}/ask", "reason", reason="covering")
    assert second_page(client, path, **answers).status_code == 303
    assert len(rows(app, Enrolment)) == 2


def test_a_restricted_record_is_not_warned_of(client: PageClient, given: Given, team: Team) -> None:
    known(given, team, person={"restricted": True})
    assert "They may be known here" in client.page(first_page(client)).text
    for user in (team.colleague, team.lead):
        client.sign_in(user)
        assert "known here" not in client.page(first_page(client)).text


def test_two_at_once_are_warned_of_each_other(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    mine = first_page(client)
    form = client.get_form(mine).fill(referral_source="self")
    second_page(client, first_page(client))
    page = read(client.submit(form), 422)
    assert list(page.problems) == ["same_as"]
    assert len(rows(app, Participant)) == 1


def test_an_administrator_enters_referrals_and_sees_no_case(
    app: Flask, client: PageClient, team: Team, office: User
) -> None:
    client.sign_in(office)
    assert client.page("/people").link("New referral") == "/referrals/new"
    form = client.get_form(first_page(client))
    assert form.data["keyworker_id"] == [""]
    response = client.submit(form, referral_source="gp", keyworker_id=str(team.keyworker.id))
    assert response.headers["Location"] == "/people?show=waiting"
    assert "Amara Osei" in client.page("/people?show=waiting").text
    enrolment = row(app, Enrolment)
    assert client.get(f"/enrolments/{enrolment.id}").status_code == 404
    client.sign_in(team.keyworker)
    assert "Amara Osei" in client.page(f"/enrolments/{enrolment.id}").text


def undo(client: PageClient, page: Page) -> TestResponse:
    form = page.soup.select_one("form[action$='/take-back']")
    assert form is not None
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    return client.post(str(form["action"]), data=data)


@pytest.mark.both_databases
def test_undo_takes_back_the_person_with_the_referral(app: Flask, client: PageClient, team: Team) -> None:
    page = client.page(second_page(client, first_page(client)).headers["Location"])
    assert undo(client, page).status_code == 303
    assert row(app, Enrolment).voided_at is not None
    assert row(app, Participant).voided_at is not None
    assert rows(app, DueItem) == []
    assert "known here" not in client.page(first_page(client)).text


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ["barrier", "agreement"])
def test_undo_leaves_what_a_colleague_recorded(
    app: Flask, client: PageClient, given: Given, team: Team, kind: str
) -> None:
    page = client.page(second_page(client, first_page(client)).headers["Location"])
    enrolment = row(app, Enrolment)
    with given():
        if kind == "barrier":
            made: Base = BarrierAssessment(
                enrolment_id=enrolment.id, theme="housing", state="nothing", assessed_on=TODAY
            )
        else:
            made = Agreement(
                participant_id=enrolment.participant_id,
                purpose="take_part", answer="given", given_on=TODAY, notice_version="1",
            )  # fmt: skip
        kept(made)
    assert "Something has been recorded on this case since" in read(undo(client, page), 422).text
    assert row(app, Enrolment).voided_at is None
    assert row(app, Participant).voided_at is None


def test_undo_leaves_somebody_who_was_known(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    first = known(given, team)
    with given():
        enrolment = db.session.merge(first)
        enrolment.exited_on, enrolment.exit_reason = TODAY, "other"
    person = row(app, Participant)
    page = client.page(second_page(client, first_page(client), same_as=str(person.id)).headers["Location"])
    undo(client, page)
    assert row(app, Participant).voided_at is None
    assert [each.voided_at is None for each in rows(app, Enrolment)] == [True, False]
    undone = next(each for each in rows(app, Enrolment) if each.voided_at is not None)
    opened = [each for each in rows(app, ParticipantAccess) if each.because_id == undone.id]
    assert [each for each in opened if each.until_on is None or each.until_on >= TODAY] == []


def test_another_s_referral_is_not_there(client: PageClient, team: Team, office: User) -> None:
    path = first_page(client)
    key = path.rsplit("/", 1)[-1]
    for user in (team.colleague, team.tutor):
        client.sign_in(user)
        assert client.get(path).status_code == client.get(f"{path}/who").status_code == 404
    assert key


def test_a_role_without_a_programme_is_told_the_next_step(
    client: PageClient, given: Given, noon: None
) -> None:
    with given():
        user = a_user(Role.KEYWORKER, a_programme(ends_on=TODAY - timedelta(days=1)))
    client.sign_in(user)
    assert "No programme of yours is running" in client.page("/referrals/new").text


@pytest.mark.both_databases
def test_few_statements_however_many_are_alike(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    path = first_page(client)
    known(given, team)
    lengths = []
    for _ in range(2):
        client.page(path)
        with statements(app) as sent:
            client.page(path)
        lengths.append(len(sent))
        for _each in range(4):
            known(given, team)
    assert lengths[0] == lengths[1] < 15, lengths
