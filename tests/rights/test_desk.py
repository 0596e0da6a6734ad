"""A request is taken down from the case, its clock kept and answered, as a browser without script does it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.core import clock, values
from caseworker.core.db import db
from caseworker.merging.services import merge_people
from caseworker.participants.models import Participant
from caseworker.rights.models import RequestPause, RightsRequest
from caseworker.rights.services import Asked, record_request
from tests.casefile.situations import started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.rights.situations import NOON, TODAY, Desk, a_desk, asked
from tests.support.builders import a_participant, a_user, an_organisation
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, throw
from tests.support.unseen import looks_missing


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def desk(given: Given) -> Desk:
    with given():
        return a_desk()


def at(case_id: object) -> str:
    return f"/enrolments/{case_id}/request"


@pytest.mark.both_databases
def test_a_request_is_taken_down_and_answered(app: Flask, client: PageClient, desk: Desk) -> None:
    client.sign_in(desk.team.keyworker)
    assert at(desk.case.id) in str(client.page(f"/enrolments/{desk.case.id}").soup)
    assert client.send(at(desk.case.id), kind="restriction").status_code == 303
    made = row(app, RightsRequest)
    assert (made.received_on, made.identity_on, made.due_on) == (TODAY, TODAY, date(2026, 12, 21))
    assert "answered by 21 December 2026" in client.page(f"/enrolments/{desk.case.id}").text
    assert client.get("/requests").status_code == 403
    client.sign_in(desk.officer)
    page = client.page("/requests")
    assert desk.case.participant.reference in page.text and "21 Dec 2026" in page.text
    here = f"/requests/{made.id}"
    assert desk.case.participant.full_name not in client.page(here).title
    refused = read(client.send(f"{here}/answer", outcome="grounds"), 422)
    assert list(refused.problems) == ["words"]
    client.send(f"{here}/answer", outcome="grounds", words="A court asked for it.")
    now = row(app, RightsRequest)
    assert (now.outcome, now.answered_on, now.answer) == ("grounds", TODAY, "A court asked for it.")
    assert "Nothing to answer" in client.page("/requests").text
    assert desk.case.participant.reference in client.page("/requests/answered").text


def test_the_month_begins_when_we_are_sure_who_asks(app: Flask, client: PageClient, desk: Desk) -> None:
    client.sign_in(desk.team.keyworker)
    refused = read(client.send(at(desk.case.id), kind="access", known="no", asked_by="acting"), 422)
    assert list(refused.problems) == ["asker"]
    client.send(at(desk.case.id), kind="access", known="no", asked_by="acting", asker="Kay Law LLP",
                received_on="2/11/26")  # fmt: skip
    made = row(app, RightsRequest)
    assert (made.identity_on, made.due_on, made.asker) == (None, None, "Kay Law LLP")
    client.sign_in(desk.officer)
    assert "Not running" in client.page("/requests").text
    here = f"/requests/{made.id}"
    early = read(client.send(f"{here}/answer", outcome="partly"), 422)
    assert list(early.problems) == ["outcome"]
    client.send(f"{here}/identity", on="9/11/26")
    assert row(app, RightsRequest).due_on == date(2026, 12, 9)


def test_the_clock_stands_still_while_they_say_what_they_mean(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    with given():
        made = asked(desk, received_on=date(2026, 11, 2), sure=date(2026, 11, 2))
    client.sign_in(desk.officer)
    here = f"/requests/{made.id}"
    client.send(f"{here}/asked", on="4/11/26")
    assert "The clock stands still" in client.page(here).text
    again = read(client.send(f"{here}/asked", on="5/11/26"), 422)
    assert "We wait for their answer already" in again.text
    before = read(client.send(f"{here}/heard", on="3/11/26"), 422)
    assert list(before.problems) == ["on"]
    client.send(f"{here}/heard", on="6/11/26")
    # 2 December, and the three days from the 4th to the 6th; the 5th is a Saturday.
    assert row(app, RightsRequest).due_on == date(2026, 12, 7)
    assert row(app, RequestPause).until_on == date(2026, 11, 6)
    client.send(f"{here}/more-time", reason="complex")
    assert row(app, RightsRequest).due_on == date(2027, 2, 5)
    twice = read(client.send(f"{here}/more-time", reason="complex"), 422)
    assert "taken already" in twice.text


def test_more_time_is_not_taken_once_the_month_is_over(client: PageClient, given: Given, desk: Desk) -> None:
    with given():
        made = asked(desk, received_on=date(2026, 9, 1), sure=date(2026, 9, 1))
        other = asked(desk, "erasure", received_on=date(2026, 11, 19), sure=date(2026, 11, 19))
    client.sign_in(desk.officer)
    late = read(client.send(f"/requests/{made.id}/more-time", reason="complex"), 422)
    assert "The first month is over" in late.text
    page = client.page("/requests").text
    assert "1 overdue" in page
    assert page.index("Overdue") < page.index("They want it erased")
    # The clock of other kinds never stands still.
    assert "/asked" not in str(client.page(f"/requests/{other.id}").soup)
    assert "only for a request for a copy" in read(client.send(f"/requests/{other.id}/asked"), 422).text


def test_a_copy_is_not_answered_as_given_without_a_pack(client: PageClient, given: Given, desk: Desk) -> None:
    with given():
        made = asked(desk)
    client.sign_in(desk.officer)
    page = read(client.send(f"/requests/{made.id}/answer", outcome="given"), 422)
    assert "Make the pack" in page.text


def test_taking_it_down_is_undone_until_something_was_done(
    app: Flask, client: PageClient, desk: Desk
) -> None:
    client.sign_in(desk.team.keyworker)
    client.send(at(desk.case.id), kind="objection")
    page = client.page(f"/enrolments/{desk.case.id}")
    form = page.soup.select_one("form[action$='/take-back']")
    assert form is not None
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    assert client.post(str(form["action"]), data=data).status_code == 303
    assert row(app, RightsRequest).voided_at is not None


def test_an_answer_is_undone(app: Flask, client: PageClient, given: Given, desk: Desk) -> None:
    with given():
        made = asked(desk, "objection")
    client.sign_in(desk.officer)
    client.send(f"/requests/{made.id}/answer", outcome="withdrawn")
    page = client.page(f"/requests/{made.id}")
    form = page.soup.select_one("form[action$='/reopen']")
    assert form is not None
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    client.post(str(form["action"]), data=data)
    assert row(app, RightsRequest).answered_on is None


def test_the_desk_takes_one_down_by_reference(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    client.sign_in(desk.officer)
    nobody = read(client.send("/requests/new", kind="access", reference="CW-00000"), 422)
    assert list(nobody.problems) == ["reference"]
    client.send("/requests/new", kind="access", reference=desk.case.participant.reference.lower())
    assert row(app, RightsRequest).participant_id == desk.case.participant_id


def test_a_reference_that_went_into_another_takes_it_down_for_the_record_there_is(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    """On the record that is gone it would wait unseen, and that one be erased with the other."""
    with given():
        old = a_participant(organisation_id=desk.case.participant.organisation_id)
        gone, whose = old.reference, desk.case.participant_id
        merge_people(
            db.session.get_one(Participant, whose), old, {}, by=desk.team.lead, today=TODAY, now=NOON
        )
    client.sign_in(desk.officer)
    client.send("/requests/new", reference=gone.lower(), kind="access")
    assert row(app, RightsRequest).participant_id == whose


def test_an_officer_of_another_organisation_sees_nothing(
    client: PageClient, given: Given, desk: Desk
) -> None:
    with given():
        made = asked(desk)
        outsider = a_user(Role.DATA_PROTECTION, organisation=an_organisation())
    client.sign_in(outsider)
    assert "Nothing to answer" in client.page("/requests").text
    assert client.page(f"/requests/{made.id}", 404).text == client.page(f"/requests/{desk.case.id}", 404).text
    unknown = read(
        client.send("/requests/new", kind="access", reference=desk.case.participant.reference), 422
    )
    assert list(unknown.problems) == ["reference"]


def test_an_outsider_and_a_tutor_find_no_form(client: PageClient, given: Given, desk: Desk) -> None:
    with given():
        outsider = a_user(Role.KEYWORKER)
    for user in (desk.team.tutor, outsider):
        looks_missing(client, user, desk.case.id, [at(desk.case.id)])


def test_a_programme_s_office_takes_one_down(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    with given():
        office = a_user(Role.PROGRAMME_ADMINISTRATOR, desk.team.programme)
    client.sign_in(office)
    client.send(at(desk.case.id), kind="access")
    assert row(app, RightsRequest).kind == "access"


def test_the_desk_asks_the_same_few_questions_for_many_requests(
    app: Flask, client: PageClient, given: Given, desk: Desk
) -> None:
    counts = []
    client.sign_in(desk.officer)
    for many in (1, 12):
        with given():
            for _ in range(many):
                record_request(
                    started(desk.team).participant, Asked("access", TODAY, "email", sure=TODAY),
                    by=desk.team.keyworker, today=TODAY,
                )  # fmt: skip
        with statements(app) as asked_now:
            client.page("/requests")
        counts.append(len(asked_now))
    assert counts[0] == counts[1] < 15


def test_hostile_words_are_kept_or_refused(app: Flask, client: PageClient, desk: Desk) -> None:
    client.sign_in(desk.team.keyworker)
    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed in HOSTILE_TEXT[::6]:
        kept = verdict(values.note, typed, 4000, "the note")
        blank = values.is_blank(values.showable(typed))
        cases.append(({"words": typed}, {"words": None if blank else kept if kept is not None else REFUSED}))

    def stored() -> dict[str, object]:
        return {"words": newest(app, RightsRequest)["words"]}

    throw(client, lambda: client.get_form(at(desk.case.id)).fill(kind="access"), cases, stored)
    assert rows(app, RightsRequest)
