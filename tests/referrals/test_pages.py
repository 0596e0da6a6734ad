"""Onward referrals as a keyworker sends, follows, chases and takes them back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from caseworker.casefile.unfinished import count_unfinished, list_unfinished
from caseworker.core import clock, values
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.participants.agreed import record_agreement, withdraw_agreement
from caseworker.participants.models import Agreement, Participant
from caseworker.referrals.models import Agency, OnwardReferral
from caseworker.referrals.queries import open_resting_on
from caseworker.referrals.rules import standing
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.support.client import Form, PageClient, form_on, read
from tests.support.counting import statements
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw
from tests.support.unseen import looks_missing

AGENCY = "Harbour Advice"


@pytest.fixture
def team(given: Given) -> Iterator[Team]:
    with clock.at(NOW):
        with given():
            made = a_team()
        yield made


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        enrolment = started(team, 300)
        agree(enrolment.participant, team)
    client.sign_in(team.keyworker)
    return enrolment


def agree(person: Participant, team: Team, agency: str = AGENCY) -> Agreement:
    return record_agreement(
        person, purpose="share", answer="given", given_on=date(2026, 2, 1), notice_version="1", how=None,
        agency=agency, recorded_by=team.keyworker, today=TODAY,
    )  # fmt: skip


def at(case: Enrolment, rest: str = "") -> str:
    return f"/enrolments/{case.id}/referrals{rest}"


def refer(client: PageClient, case: Enrolment, **typed: Any) -> Any:
    return client.send(at(case, "/new"), **{"new_agency": AGENCY, "reason": "debt_benefits"} | typed)


@pytest.mark.parametrize(
    ("signposted", "accepted", "attended", "result", "expected"),
    [
        (True, None, None, None, "signposted"),
        (False, None, None, None, "sent"),
        (False, TODAY, None, None, "accepted"),
        (False, None, TODAY, None, "attended"),
        (False, TODAY, TODAY, "helped", "closed"),
    ],
)
def test_how_far_it_has_come(
    signposted: bool, accepted: date | None, attended: date | None, result: str | None, expected: str
) -> None:
    assert standing(signposted, accepted, attended, result) == expected


@pytest.mark.both_databases
def test_sent_followed_and_closed(app: Flask, client: PageClient, case: Enrolment) -> None:
    assert "No referrals yet" in client.page(at(case)).text
    assert refer(client, case, words="Asked about a debt plan").status_code == 303
    made = row(app, OnwardReferral)
    assert (made.sent_on, made.chase_on, made.shared) == (
        TODAY,
        date(2026, 12, 4),
        ["name_contact", "reason"],
    )
    assert made.agreement_id == row(app, Agreement).id
    page = client.page(at(case))
    for said in (
        AGENCY,
        "Debt or benefits advice",
        "they had said yes to this agency",
        "4 Dec 2026",
        "debt plan",
    ):
        assert said in page.text, said
    client.send(at(case, f"/{made.id}"), accepted_on="20/11/26", attended_on="20/11/26")
    assert "Goes there" in client.page(at(case)).text
    client.send(at(case, f"/{made.id}"), result="helped")
    closed = row(app, OnwardReferral)
    assert (closed.result, closed.closed_on, closed.chase_on) == ("helped", TODAY, None)
    timeline = client.page(f"/enrolments/{case.id}/timeline?kind=paper").text
    for said in ("Referred on", "What came of a referral", "sent on 20 Nov 2026"):
        assert said in timeline, said


def test_nothing_is_shared_without_their_yes_by_name(app: Flask, client: PageClient, case: Enrolment) -> None:
    page = read(refer(client, case, new_agency="Another Agency"), 422)
    assert "They have not said yes to sharing with Another Agency" in page.problems["agency"]
    assert form_on(page).data["new_agency"] == ["Another Agency"]
    assert rows(app, OnwardReferral) == []
    assert rows(app, Agency) == []
    refer(client, case, new_agency="Another Agency", how="told")
    made = row(app, OnwardReferral)
    assert (made.signposted_only, made.shared, made.sent_on, made.agreement_id) == (True, [], None, None)
    assert "nothing was shared" in client.page(at(case)).text


def test_a_withdrawn_yes_is_none(app: Flask, client: PageClient, given: Given, case: Enrolment) -> None:
    refer(client, case)
    with given():
        agreement = db.session.get_one(Agreement, row(app, Agreement).id)
        assert [each.agency.name for each in open_resting_on(agreement.id)] == [AGENCY]
        withdraw_agreement(agreement, withdrawn_on=TODAY, today=TODAY)
    page = read(refer(client, case), 422)
    assert list(page.problems) == ["agency"]
    assert len(rows(app, OnwardReferral)) == 1


def test_a_yes_says_nothing_of_what_was_sent_before_it(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    page = read(refer(client, case, sent_on="31 January 2026"), 422)
    assert "They said yes on 1 February 2026" in page.problems["sent_on"]
    assert rows(app, OnwardReferral) == []
    refer(client, case, sent_on="1 February 2026")
    assert row(app, OnwardReferral).sent_on == date(2026, 2, 1)


def test_an_agency_is_kept_once_whatever_the_letters(app: Flask, client: PageClient, case: Enrolment) -> None:
    for name in (AGENCY, AGENCY.upper()):
        assert refer(client, case, new_agency=name).status_code == 303
    agency = row(app, Agency)
    assert refer(client, case, new_agency="", agency=agency.id).status_code == 303
    assert {each.agency_id for each in rows(app, OnwardReferral)} == {agency.id}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"new_agency": ""}, "agency"),
        ({"sent_on": ""}, "sent_on"),
        ({"sent_on": "21/11/26"}, "sent_on"),
        ({"shared": []}, "shared"),
        ({"chase_on": "19/11/26"}, "chase_on"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_is_refused_says_which_field(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, Any], field: str
) -> None:
    assert list(read(refer(client, case, **typed), 422).problems) == [field]
    assert rows(app, OnwardReferral) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"accepted_on": "19/11/26"}, "accepted_on"),
        ({"accepted_on": "20/11/26", "attended_on": "21/11/26"}, "attended_on"),
        ({"result": "helped"}, "attended_on"),
        ({"attended_on": "20/11/26", "result": "did_not_go"}, "result"),
    ],
)
def test_steps_are_in_order(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, str], field: str
) -> None:
    refer(client, case)
    key = row(app, OnwardReferral).id
    assert list(read(client.send(at(case, f"/{key}"), **typed), 422).problems) == [field]
    assert row(app, OnwardReferral).version == 1


@pytest.mark.both_databases
def test_the_agency_is_chased_from_home(app: Flask, client: PageClient, team: Team, case: Enrolment) -> None:
    def waiting() -> int:
        with app.app_context():
            keyworker = db.session.merge(team.keyworker)
            listed = list_unfinished(keyworker, "referral")
            assert count_unfinished(keyworker)["referral"] == len(listed)
            return len(listed)

    refer(client, case)
    assert waiting() == 0
    refer(client, case, chase_on="20/11/26")
    assert waiting() == 1
    assert "Agencies to ask about a referral" in client.page("/").text
    assert "Debt or benefits advice" in client.page("/unfinished?show=referral").text
    page = client.page(at(case))
    key = rows(app, OnwardReferral)[1].id
    form = page.soup.select_one(f"form[action$='{key}/asked']")
    assert form is not None
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    assert client.post(str(form["action"]), data=data).status_code == 303
    assert waiting() == 0


def test_stale_and_twice(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(at(case, "/new")).fill(new_agency=AGENCY, reason="housing")
    assert [client.submit(form).status_code for _ in range(3)] == [303] * 3
    key = row(app, OnwardReferral).id
    first, second = (client.get_form(at(case, f"/{key}")) for _ in range(2))
    assert client.submit(first, accepted_on="20/11/26").status_code == 303
    assert client.submit(second, result="no_space").status_code == 409
    assert row(app, OnwardReferral).result is None


def test_hostile_text(app: Flask, client: PageClient, case: Enrolment) -> None:
    def form() -> Form:
        return client.get_form(at(case, "/new")).fill(new_agency=AGENCY, reason="other")

    cases = []
    for typed in HOSTILE_TEXT[::8]:
        note = verdict(values.note, typed, values.NOTE, "the note")
        blank = values.is_blank(values.showable(typed))
        cases.append(({"words": typed}, {"words": None if blank else note if note is not None else REFUSED}))
    saved, _refused = throw(client, form, cases, lambda: newest(app, OnwardReferral))
    assert saved > 20
    shows_all(client, at(case))


def test_others_see_nothing(
    client: PageClient, app: Flask, given: Given, team: Team, case: Enrolment
) -> None:
    refer(client, case)
    key = row(app, OnwardReferral).id
    with given():
        outsider = a_team(code="elsewhere")
    paths = [at(case), at(case, "/new"), at(case, f"/{key}"), at(case, f"/{key}/asked")]
    for user in (outsider.keyworker, team.tutor):
        assert looks_missing(client, user, case.id, paths) == len(paths)


@pytest.mark.both_databases
def test_statements_do_not_grow(app: Flask, client: PageClient, case: Enrolment) -> None:
    found = set()
    for _ in range(2):
        for _ in range(4):
            refer(client, case)
        client.page(at(case))
        with statements(app) as sent:
            client.page(at(case))
        found.add(len(sent))
    assert len(found) == 1, found
    assert max(found) < 15
