"""A person's own facts, safety, work and benefits: asked once, changed in one place, nothing overwritten."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from caseworker.core import values
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.participants.marks import ni_mark
from caseworker.participants.models import NameKey, Participant, StatusHistory
from tests.casefile.situations import TODAY, Team, started
from tests.conftest import Given
from tests.core.counting import writes
from tests.core.hostile import HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.support.client import PageClient, form_on, read
from tests.support.page import Page
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw
from tests.support.unseen import looks_missing


def at(case: Enrolment, rest: str) -> str:
    return f"/enrolments/{case.id}/{rest}"


def tap(client: PageClient, page: Page, ending: str) -> Any:
    form = page.soup.select_one(f"form[action$='{ending}']")
    assert form is not None, f"no form to …{ending}"
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    return client.post(str(form["action"]), data=data)


@pytest.mark.both_databases
def test_details_are_changed_and_found_by_the_new_name(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    form = client.get_form(at(case, "details"))
    assert form.data["born_on-day"] == ["17"]
    response = client.submit(
        form, given_name="Zoë", family_name="Müller", phone="07700 900123", email="zoe@example.org",
        postcode="m1 1ae", address="1 High Street\nLeeds", ni_number="ab123456c",
    )  # fmt: skip
    assert (response.status_code, response.headers["Location"]) == (303, at(case, "later"))
    person = row(app, Participant)
    assert (person.given_name, person.postcode, person.ni_number) == ("Zoë", "M1 1AE", "AB123456C")
    with app.app_context():
        assert person.ni_number_mark == ni_mark("AB123456C")
        words = set(db.session.scalars(sa.select(NameKey.word)))
    assert words == {"zoe", "muller"}
    page = client.page(at(case, "later"))
    assert "Details saved" in page.text
    assert "1 High Street" in page.text
    assert "AB123456C" not in page.html


def test_a_birth_becomes_not_known_and_back(app: Flask, client: PageClient, case: Enrolment) -> None:
    gone = {"born_on-day": "", "born_on-month": "", "born_on-year": "", "born_on-not_known": "yes"}
    client.send(at(case, "details"), **gone)
    assert (row(app, Participant).born_on, row(app, Participant).birth_not_known) == (None, True)
    form = client.get_form(at(case, "details"))
    assert form.data["born_on-not_known"] == ["yes"]
    client.submit(
        form,
        **{"born_on-not_known": None, "born_on-day": "4", "born_on-month": "3", "born_on-year": "85"}
        | {"born_on-year": "1985"},
    )
    assert (row(app, Participant).born_on, row(app, Participant).birth_not_known) == (date(1985, 3, 4), False)


def test_a_form_opened_before_another_saved_is_a_conflict(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    stale = client.get_form(at(case, "details")).fill(phone="07700 900123")
    safety = client.get_form(at(case, "safety")).fill(never=["no_texts"])
    client.send(at(case, "details"), email="first@example.org")
    page = read(client.submit(stale), 409)
    assert "07700 900123" in page.html
    assert "first@example.org" in page.html
    read(client.submit(safety), 409)
    assert row(app, Participant).phone is None
    assert row(app, Participant).no_texts is False


@pytest.mark.both_databases
def test_safety_is_asked_and_shown(app: Flask, client: PageClient, case: Enrolment) -> None:
    client.send(at(case, "safety"), never=["no_voicemail", "no_emails"], safe_times="Mon, 10 to 2")
    person = row(app, Participant)
    assert [person.no_voicemail, person.no_texts, person.no_letters, person.no_emails] == [
        True,
        False,
        False,
        True,
    ]
    assert (person.safe_times, person.safety_asked_on) == ("Mon, 10 to 2", TODAY)
    form = client.get_form(at(case, "safety"))
    assert form.data["never"] == ["no_voicemail", "no_emails"]
    client.submit(form, never=None, safe_times="")
    person = row(app, Participant)
    assert [person.no_voicemail, person.no_emails, person.safe_times] == [False, False, None]
    assert "Nothing noted" in client.page(at(case, "later")).text


@pytest.mark.both_databases
def test_work_and_benefits_are_dated_and_reach_the_start_only_when_it_was_not_known(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    from caseworker.enrolments.services import AtStart

    with given():
        unknown = started(team, at_start=AtStart("98"))
    begun = unknown.started_on
    assert begun is not None
    client.send(at(unknown, "status"), economic_status="10", benefit="universal_credit")
    with app.app_context():
        found = db.session.get(Enrolment, unknown.id)
        assert found is not None
        assert found.status_at_start == "98"
    first = f"{begun.day} {begun.month} {begun.year}"
    client.send(at(unknown, "status"), from_on=first, economic_status="12", required_to_look="no")
    with app.app_context():
        found = db.session.get(Enrolment, unknown.id)
        assert found is not None
        assert (found.status_at_start, found.required_to_look_at_start) == ("12", False)
    client.send(at(case, "status"), from_on=first, economic_status="12")
    with app.app_context():
        kept = db.session.get(Enrolment, case.id)
        assert kept is not None
        assert kept.status_at_start == "11"
    assert len(rows(app, StatusHistory)) == 3


def test_an_entry_of_work_is_taken_back(app: Flask, client: PageClient, case: Enrolment) -> None:
    page = client.page(client.send(at(case, "status"), economic_status="10").headers["Location"])
    assert tap(client, page, "/take-back").status_code == 303
    assert row(app, StatusHistory).voided_at is not None
    assert list(read(client.send(at(case, "status"), from_on="tomorrow"), 422).problems) == [
        "from_on",
        "economic_status",
    ]


def kept_as(check: Any, typed: str, *limits: Any) -> Any:
    if values.is_blank(typed):
        return None
    found = verdict(check, typed, *limits)
    return REFUSED if found is None else found


def test_hostile_text_in_every_box_of_the_details(app: Flask, client: PageClient, case: Enrolment) -> None:
    cases = []
    for typed in HOSTILE_TEXT[::3]:
        name = kept_as(values.text, typed, 100)
        expected: dict[str, Any] = {
            "given_name": REFUSED if name is None else name,
            "family_name": REFUSED if name is None else name,
            "preferred_name": name,
            "address": kept_as(values.note, typed, 500),
            "phone": kept_as(values.phone, typed),
            "email": kept_as(values.email, typed),
            "postcode": kept_as(values.postcode, typed),
            "ni_number": kept_as(values.ni_number, typed),
        }
        if typed.isprintable():  # a refused page with code points that stand for nothing is no page of ours
            cases.append((dict.fromkeys(expected, typed), expected))
        some = {key: expected[key] for key in ("given_name", "preferred_name", "address")}
        cases.append((dict.fromkeys(some, typed), some))

    def form() -> Any:
        return form_on(shows_all(client, at(case, "details")))

    saved, refused = throw(client, form, cases, lambda: newest(app, Participant))
    assert saved > 60
    assert refused > 60
    shows_all(client, at(case, "later"))


def test_hostile_text_in_the_safe_times(app: Flask, client: PageClient, case: Enrolment) -> None:
    cases = [
        ({"safe_times": typed}, {"safe_times": kept_as(values.text, typed, 200)})
        for typed in HOSTILE_TEXT[::9]
    ]
    saved, _refused = throw(
        client,
        lambda: form_on(shows_all(client, at(case, "safety"))),
        cases,
        lambda: newest(app, Participant),
    )
    assert saved > 30
    shows_all(client, at(case, "later"))


PATHS = (
    "later", "details", "safety", "status", "agreements", "agreements/new", "eligibility",
    "eligibility/lives_here", "eligibility/lives_here/copy", "equality", "non-start", "non-start/take-back",
)  # fmt: skip


def test_another_s_case_is_not_there(client: PageClient, team: Team, case: Enrolment) -> None:
    paths = [at(case, each) for each in PATHS]
    paths += [at(case, f"agreements/{case.id}/{each}") for each in ("withdraw", "put-back", "take-back")]
    paths.append(at(case, f"status/{case.id}/take-back"))
    for user in (team.colleague, team.tutor):
        assert looks_missing(client, user, case.id, paths) == len(paths)


def test_looking_writes_the_look_and_nothing_else(app: Flask, client: PageClient, case: Enrolment) -> None:
    for path in PATHS:
        with writes(app) as seen:
            client.get(at(case, path))
        assert {statement.split()[2].strip('"') for statement in seen} <= {"audit_event"}, path
