"""Pairs listed, compared, made one and taken apart, as a browser without script does it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.merging.models import Merge, NotTheSame
from caseworker.merging.services import tell_apart
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme
from tests.casefile.situations import NOW, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.merging.pairs import Two, two_records
from tests.support.builders import a_participant, a_programme, a_user, grant_role
from tests.support.client import PageClient, form_on, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def two(given: Given, client: PageClient) -> Two:
    with given():
        two = two_records()
    client.sign_in(two.team.lead)
    return two


def compare(two: Two) -> str:
    return f"/merging/{two.kept.id}/with/{two.absorbed.id}"


def tap(client: PageClient, page: Page, ending: str = "/undo") -> Any:
    form = page.soup.select_one(f"form[action$='{ending}']")
    assert form is not None, f"no form to …{ending}"
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    return client.post(str(form["action"]), data=data)


@pytest.mark.both_databases
def test_a_pair_is_listed_compared_made_one_and_taken_apart(app: Flask, client: PageClient, two: Two) -> None:
    page = client.page("/merging")
    pair = page.rows("Likely pairs")[1]
    assert pair[2] == "a name like it, same date of birth"
    assert page.link(f"Compare {two.kept.reference}, {two.absorbed.reference}") == compare(two)
    page = client.page(compare(two))
    assert ["No voicemail", "–", "Yes"] in page.rows(
        "What protects them: what holds for either holds afterwards"
    )
    assert ["Contacts", "1", "1"] in page.rows("What each holds: everything of the other record moves")
    response = client.submit(form_on(page, "absorbed_version"), keep_phone="absorbed")
    done = row(app, Merge)
    assert response.headers["Location"] == f"/merging/{done.id}"
    page = client.page(f"/merging/{done.id}")
    assert ["Times on a programme", "1"] in page.rows("What moved")
    assert {each.participant_id for each in rows(app, Enrolment)} == {two.kept.id}
    people = {each.id: each for each in rows(app, Participant)}
    assert people[two.kept.id].phone == "07700900456"
    assert people[two.absorbed.id].voided_at is not None
    assert b"Osei" not in (done.before_sealed or b"")
    assert tap(client, page).status_code == 303
    assert "Taken apart again" in client.page(f"/merging/{done.id}").text
    people = {each.id: each for each in rows(app, Participant)}
    assert people[two.kept.id].phone == "07700900123"
    assert people[two.absorbed.id].voided_at is None
    assert len({each.participant_id for each in rows(app, Enrolment)}) == 2


@pytest.mark.both_databases
def test_the_old_reference_finds_the_kept_case(client: PageClient, two: Two) -> None:
    client.submit(client.get_form(compare(two), "absorbed_version"))
    found = client.send("/find", "find", find=two.absorbed.reference)
    page = read(found, 200) if found.status_code == 200 else client.page(found.headers["Location"])
    assert two.kept.reference in page.text
    assert two.kept.reference in client.page(f"/enrolments/{two.absorbed_case.id}").text


@pytest.mark.both_databases
def test_from_the_case_by_the_other_s_reference(client: PageClient, two: Two) -> None:
    path = f"/enrolments/{two.kept_case.id}/same-person"
    assert path in client.page(f"/enrolments/{two.kept_case.id}").html
    said = {
        "": "Enter the reference",
        "CW-0000000": "No record of yours",
        "nonsense": "No record of yours",
        two.kept.reference: "This is one record",
    }
    for typed, words in said.items():
        assert words in read(client.send(path, reference=typed), 422).problems["reference"]
    response = client.send(path, reference=two.absorbed.reference.lower())
    assert response.headers["Location"] == compare(two)


def test_hostile_references(client: PageClient, two: Two) -> None:
    path = f"/enrolments/{two.kept_case.id}/same-person"
    form = client.get_form(path)
    for typed in HOSTILE_TEXT[::9]:
        if not any("\ud800" <= letter <= "\udfff" for letter in typed):
            data = form.data | {"reference": [typed]}
            assert FlaskClient.open(client, path, method="POST", data=data).status_code == 422


def test_two_open_on_one_programme_are_refused_with_what_to_do(
    app: Flask, client: PageClient, given: Given, two: Two
) -> None:
    form = client.get_form(compare(two), "absorbed_version")
    with given():
        started(two.team, 5, db.session.get_one(Participant, two.absorbed.id))
    page = client.page(compare(two))
    assert "Record that one of them has left, with the reason Duplicate" in page.text
    assert not page.soup.select("main [name=absorbed_version]")
    assert client.submit(form).status_code in (200, 422)
    assert rows(app, Merge) == []


def test_a_second_send_merges_once_and_an_old_page_is_a_conflict(
    app: Flask, client: PageClient, given: Given, two: Two
) -> None:
    form = client.get_form(compare(two), "absorbed_version")
    with given():
        db.session.get_one(Participant, two.absorbed.id).phone = "07700900789"
    page = read(client.submit(form), 422)
    assert "Somebody changed the other record since" in page.text
    with given():
        db.session.get_one(Participant, two.kept.id).phone = "07700900780"
    assert client.submit(form_on(page, "absorbed_version")).status_code == 409
    form = client.get_form(compare(two), "absorbed_version")
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    assert len(rows(app, Merge)) == 1
    key = row(app, Merge).id
    first, second = (client.page(f"/merging/{key}") for _ in range(2))
    assert [tap(client, page).status_code for page in (first, second)] == [303, 303]
    assert "apart already" in client.page(f"/merging/{key}").text


def test_only_what_differs_is_asked_and_only_what_is_offered_taken(client: PageClient, two: Two) -> None:
    form = client.get_form(compare(two), "absorbed_version")
    assert {name for name in form.choices if name.startswith("keep_")} == {
        "keep_given_name", "keep_family_name", "keep_phone",
    }  # fmt: skip
    form.data["keep_phone"] = ["<script>"]
    assert list(read(client.post(form.action, data=form.data), 422).problems) == ["keep_phone"]


@pytest.mark.both_databases
def test_a_restricted_record_is_there_for_those_it_names(client: PageClient, given: Given, two: Two) -> None:
    with given():
        db.session.get_one(Participant, two.absorbed.id).restricted = True
    assert "No two records look like one person" in client.page("/merging").text
    assert client.get(compare(two)).status_code == 404
    page = read(
        client.send(f"/enrolments/{two.kept_case.id}/same-person", reference=two.absorbed.reference), 422
    )
    assert "No record of yours" in page.text


def test_somebody_else_s_pairs_are_not_there(app: Flask, client: PageClient, given: Given, two: Two) -> None:
    client.submit(client.get_form(compare(two), "absorbed_version"))
    key = row(app, Merge).id
    with given():
        outsider = a_team().lead
    for user in (outsider, two.team.tutor, two.team.keyworker):
        assert looks_missing(client, user, key, [f"/merging/{key}", f"/merging/{key}/undo"]) == 2
    for user in (outsider, two.team.tutor, two.team.keyworker):
        assert looks_missing(client, user, two.kept.id, [compare(two)]) == 1
        case = two.kept_case.id
        assert looks_missing(client, user, case, [f"/enrolments/{case}/same-person"]) == 1


def test_a_lead_of_one_of_two_programmes_sees_no_pair(client: PageClient, given: Given, two: Two) -> None:
    with given():
        one_sided = a_user(Role.LEAD, db.session.merge(two.team.programme))
    client.sign_in(one_sided)
    assert client.get(compare(two)).status_code == 404
    assert "No two records look like one person" in client.page("/merging").text


@pytest.mark.both_databases
def test_the_pages_ask_little(app: Flask, client: PageClient, given: Given, two: Two) -> None:
    asked = []
    for more in (1, 30):
        with given():
            for number in range(more):
                name = chr(97 + number % 26) * 3 + "on"
                for _ in range(2):
                    person = a_participant(
                        organisation_id=two.kept.organisation_id, given_name=name, family_name="Twice"
                    )
                    started(two.team, 5, person)
        with statements(app) as sent:
            client.page("/merging")
        asked.append(len(sent))
    assert asked[0] == asked[1] < 15
    with statements(app) as sent:
        client.page(compare(two))
    assert len(sent) < 15


@pytest.mark.both_databases
def test_two_people_are_not_offered_again_until_it_is_taken_back(
    app: Flask, client: PageClient, given: Given, two: Two
) -> None:
    page = client.page("/merging")
    answer = tap(client, page, "/two-people")
    assert answer.headers["Location"] == "/merging"
    page = client.page("/merging")
    assert "No two records look like one person" in page.text
    said = row(app, NotTheSame)
    assert {said.one_id, said.other_id} == {two.kept.id, two.absorbed.id}
    again = tap(client, client.page(compare(two)), "/two-people")
    assert again.status_code == 422
    assert tap(client, page, "/take-back").status_code == 303
    assert len(client.page("/merging").rows("Likely pairs")) == 2
    with given():
        stranger = a_user(Role.LEAD, a_team().programme)
        apart = tell_apart(two.kept, two.absorbed, by=two.team.lead)
    assert looks_missing(client, stranger, two.kept.id, [f"{compare(two)}/two-people"]) == 1
    assert looks_missing(client, stranger, apart.id, [f"/merging/two-people/{apart.id}/take-back"]) == 1


def test_what_holds_a_merge_back_is_a_link_and_never_another_s_programme(
    app: Flask, client: PageClient, given: Given, two: Two
) -> None:
    with given():
        again = started(two.team, 5, db.session.get_one(Participant, two.absorbed.id))
        hidden = a_programme(organisation_id=two.team.programme.organisation_id, name="Secret Steps")
        away = Team(hidden, two.team.keyworker, two.team.colleague, two.team.lead, two.team.tutor)
        for person in (two.kept, two.absorbed):
            started(away, 5, db.session.get_one(Participant, person.id))
    response = client.send(f"/enrolments/{two.kept_case.id}/same-person", reference=two.absorbed.reference)
    page = client.page(response.headers["Location"])
    assert f"Both records are on {two.team.programme.name} and another programme now" in page.text
    for case in (two.kept_case, again):
        assert page.soup.select_one(f"main a[href='/enrolments/{case.id}/leave']") is not None
    assert "Another programme: its lead has to record it." in page.text
    assert "Secret Steps" not in page.html


def test_only_who_made_it_or_leads_both_sides_parts_a_merge(
    app: Flask, client: PageClient, given: Given, two: Two
) -> None:
    with given():
        half = a_user(Role.LEAD, db.session.get_one(Programme, two.team.programme.id))
        whole = a_user(Role.LEAD, db.session.get_one(Programme, two.team.programme.id))
        grant_role(whole, Role.LEAD, db.session.get_one(Programme, two.absorbed_case.programme_id))
    client.submit(client.get_form(compare(two), "absorbed_version"))
    done = row(app, Merge)
    mine = client.page(f"/merging/{done.id}")
    client.sign_in(half)
    page = client.page(f"/merging/{done.id}")
    assert "Only whoever made them one" in page.text
    assert page.soup.select("main form[action$='/undo']") == []
    token = client.get_form("/find", "find").data
    data = {name: token[name] for name in ("csrf_token", "post_token")}
    assert client.post(f"/merging/{done.id}/undo", data=data).status_code == 303
    assert row(app, Merge).voided_at is None
    client.sign_in(whole)
    assert tap(client, client.page(f"/merging/{done.id}")).status_code == 303
    assert row(app, Merge).voided_at is not None
    assert mine.soup.select("main form[action$='/undo']") != []
