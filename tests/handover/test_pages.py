"""Handing over as a lead does it: chosen on the caseload, sent once, undone; and the story to read first."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.core.ids import new_id
from caseworker.enrolments.models import Enrolment, HandedCase, Handover
from caseworker.handover.queries import chosen_cases
from caseworker.handover.rules import FOR_GOOD, Terms
from caseworker.handover.services import hand_over
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.support.builders import a_participant, a_programme, a_user
from tests.support.client import Form, PageClient, form_on, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import row, rows
from tests.support.unseen import FORGERY, looks_missing

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


def choose(
    client: PageClient, path: str, cases: Sequence[Enrolment] | Sequence[str], **more: str
) -> TestResponse:
    """Send what was ticked, as the caseload does."""
    forgery = FORGERY.search(client.get("/account").data)
    assert forgery is not None
    keys = [each if isinstance(each, str) else str(each.id) for each in cases]
    return client.post(path, data={"csrf_token": forgery[1].decode(), "enrolment": keys, **more})


def opened(client: PageClient, cases: Sequence[Enrolment]) -> Form:
    return form_on(read(choose(client, "/handover/new", cases)), "reason")


@pytest.mark.both_databases
def test_chosen_people_are_handed_over_and_it_is_undone(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        cases = [started(team) for _ in range(3)]
    client.sign_in(team.lead)
    form = opened(client, cases)
    assert form.data["enrolment"] == [str(case.id) for case in cases]
    form.data["enrolment"].remove(str(cases[2].id))
    response = client.submit(form, to_id=team.colleague.id, reason="caseload")
    assert response.status_code == 303
    stored = {each.id: each.keyworker_id for each in rows(app, Enrolment)}
    assert [stored[case.id] for case in cases] == [team.colleague.id, team.colleague.id, team.keyworker.id]
    done = read(client.get(response.headers["Location"]))
    assert "2 people handed over" in done.text
    again = client.submit(form)
    assert again.status_code == 303
    assert len(rows(app, Handover)) == 1
    undone = client.submit(_button(done, "Undo"))
    assert undone.status_code == 303
    assert {each.keyworker_id for each in rows(app, Enrolment)} == {team.keyworker.id}
    assert row(app, Handover).void_reason == "undone"


def _button(page: Page, words: str) -> Form:
    """The first form with such a button, the one in the banner before all others."""
    for tag in page.soup.find_all("form"):
        if any(words in button.get_text() for button in tag.find_all("button")):
            data = {each["name"]: [each.get("value", "")] for each in tag.find_all("input", {"name": True})}
            return Form(str(tag["action"]), "post", data)  # type: ignore[arg-type]
    raise AssertionError(f"no button {words!r}")


def test_everybody_of_a_keyworker(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    with given():
        started(team), started(team), started(team, keyworker=None)
    client.sign_in(team.lead)
    page = client.page("/handover/new")
    assert page.rows("Keyworkers")[1:] == [["Nobody yet", "1"], ["Priya Shah", "2"]]
    form = client.get_form(page.link("Priya Shah"), "reason")
    assert len(form.data["enrolment"]) == 2
    unassigned = client.get_form(page.link("Nobody yet"), "reason")
    response = client.submit(unassigned, to_id=team.lead.id, reason="new_referral")
    assert response.status_code == 303
    assert sorted(str(each.keyworker_id) for each in rows(app, Enrolment)) == sorted(
        [str(team.lead.id), str(team.keyworker.id), str(team.keyworker.id)]
    )


def test_for_a_while_and_to_a_team(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    with given():
        case = started(team)
        third = a_user(Role.KEYWORKER, team.programme, name="Kim Lee")
    client.sign_in(team.lead)
    form = opened(client, [case])
    page = read(client.submit(form, to_id=team.colleague.id, reason="leave", kind="for_a_while"), 422)
    assert page.problems == {"until_on": "Enter the last day: the cases return by themselves after it"}
    form = form_on(page, "reason")
    assert client.submit(form, until_on="27 11 2026").status_code == 303
    form = opened(client, [case]).fill(kind="team_cover", until_on="1 12 2026", reason="team_work")
    page = read(client.submit(form), 422)
    assert page.problems == {"team": "Choose who takes them"}
    form = form_on(page, "reason").fill(team=[team.colleague.id, third.id])
    assert client.submit(form).status_code == 303
    assert {(each.to_id, each.was_with_id) for each in rows(app, HandedCase)} == {
        (team.colleague.id, team.keyworker.id),
        (third.id, team.keyworker.id),
    }
    assert row(app, Enrolment).keyworker_id == team.keyworker.id
    listed = client.page("/handover")
    assert "End now" in listed.text
    client.sign_in(third)
    mine = client.page("/handover")
    assert case.participant.reference in mine.text
    assert "Until 1 Dec 2026" in mine.text
    assert "On your programmes" not in mine.text
    assert client.page(f"/enrolments/{case.id}").status == 200


def test_what_is_refused_keeps_everything_typed_and_moves_nothing(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        cases = [started(team), started(team)]
        gone = a_user(Role.KEYWORKER, team.programme, name="Kim Lee", active=False)
    client.sign_in(team.lead)
    form = opened(client, cases)
    page = read(client.submit(form), 422)
    assert set(page.problems) == {"reason", "to_id"}
    page = read(client.submit(form_on(page, "reason"), reason="leave"), 422)
    assert page.problems == {"to_id": "Select who takes them"}
    form = form_on(page, "reason")
    assert form.data["enrolment"] == [str(case.id) for case in cases]
    form.data["to_id"] = [str(gone.id)]
    page = read(client.submit(form), 422)
    assert "no longer signs in" in page.problems["to_id"]
    form = form_on(page, "reason").fill(to_id=team.colleague.id)
    form.data["enrolment"] = []
    page = read(client.submit(form), 422)
    assert set(page.problems) == {"enrolment"}
    for wrong in ("nonsense", str(new_id()), "'; drop table enrolment", "\x00", "🙂" * 50):
        form = form_on(page, "reason").fill(enrolment=[str(cases[0].id)])
        form.data["to_id"] = [wrong]
        page = read(client.submit(form), 422)
        assert set(page.problems) == {"to_id"}
    assert rows(app, Handover) == []


def test_somebody_who_was_handed_over_meanwhile_stops_the_whole(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        cases = [started(team), started(team)]
        third = a_user(Role.KEYWORKER, team.programme)
    client.sign_in(team.lead)
    form = opened(client, cases)
    with given():
        found = chosen_cases(team.lead, [cases[0].id])
        hand_over(found, [third], Terms(FOR_GOOD, "leave", TODAY), by=team.lead, today=TODAY)
    page = read(client.submit(form, to_id=team.colleague.id, reason="caseload"), 422)
    assert cases[0].participant.reference in page.problems[""]
    assert {each.keyworker_id for each in rows(app, Enrolment)} == {third.id, team.keyworker.id}
    assert client.submit(form_on(page, "reason")).status_code == 303
    assert {each.keyworker_id for each in rows(app, Enrolment)} == {team.colleague.id}


def test_cases_that_are_not_ones_own_stay_out(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        other = a_team()
        mine, foreign = started(team), started(other)
        hidden = started(
            team, person=a_participant(organisation_id=team.programme.organisation_id, restricted=True)
        )
    client.sign_in(team.lead)
    page = read(choose(client, "/handover/new", [mine, foreign, hidden]))
    assert form_on(page, "reason").data["enrolment"] == [str(mine.id)]
    assert "2 of those chosen cannot be handed over by you" in page.text
    for key in (foreign, hidden):
        assert key.participant.reference not in page.text
    form = form_on(page, "reason").fill(to_id=team.colleague.id, reason="leave")
    form.data["enrolment"].append(str(foreign.id))
    assert client.submit(form).status_code == 422
    nobody = read(choose(client, "/handover/new", ["x", "", str(new_id()), "🙂"]))
    assert "None of the people chosen" in nobody.text
    assert rows(app, Handover) == []


def test_only_leads_hand_over_and_nobody_ends_what_they_do_not_lead(
    client: PageClient, given: Given, team: Team
) -> None:
    with given():
        other = a_user(Role.LEAD, a_programme())
        case = started(team)
        found = chosen_cases(team.lead, [case.id])
        handover = hand_over(
            found, [team.colleague], Terms(FOR_GOOD, "leave", TODAY), by=team.lead, today=TODAY
        )
    client.sign_in(team.keyworker)
    assert client.get("/handover/new").status_code == 403
    paths = [f"/handover/{handover.id}/{what}" for what in ("undo", "end")]
    for user in (other, team.keyworker, team.tutor):
        assert looks_missing(client, user, handover.id, paths) == 2
    story = [f"/enrolments/{case.id}/story", f"/enrolments/{case.id}/story.pdf"]
    for user in (other, team.tutor):
        assert looks_missing(client, user, case.id, story) == 2


def test_forty_people_cost_few_queries_however_many(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        cases = [started(team) for _ in range(12)]
    client.sign_in(team.lead)
    counts = []
    for some in (cases[:2], cases):
        choose(client, "/handover/new", some)
        with statements(app) as sent:
            choose(client, "/handover/new", some)
        counts.append(len(sent))
    with statements(app) as sent:
        client.page("/handover")
    counts.append(len(sent))
    assert counts[0] == counts[1]
    # Two pages each: the one with the forgery token, and the one that is asked.
    assert counts[0] < 25, counts
    assert counts[2] < 15
