"""Who of a sheet is here already: told only of people the user knows, and no safety flag is lost."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.merging.models import Merge
from caseworker.participants.models import Participant
from caseworker.participants.services import close_access
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.imports.choosing import bring_in, chosen, opened_to
from tests.imports.sheets import AMARA, HEADS, SEAN, separated
from tests.support.builders import a_participant, kept
from tests.support.client import PageClient, form_on
from tests.support.stored import rows

DAY = timedelta(days=1)
SAFETY = ("No texts", "No voicemail", "Safe times to call")
ELSEWHERE = "somebody like them is known elsewhere: speak to your programme lead"


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


def amara(team: Team, **changes: Any) -> Participant:
    return a_participant(
        organisation_id=team.programme.organisation_id, given_name="Amara", family_name="Osei", **changes
    )


def safety(*said: str, name: str = "Amara") -> bytes:
    return separated((name, *AMARA[1:], *said), heads=HEADS + SAFETY)


@pytest.mark.both_databases
def test_nobody_whom_the_user_may_not_see_is_told_of_or_joined(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        others = a_team(organisation_id=team.programme.organisation_id)
        person = amara(team)
        started(others, person=person)
        alike = a_participant(
            organisation_id=team.programme.organisation_id, given_name="Shaun", family_name="O’Neill"
        )
        alike.born_on = date(1988, 2, 1)
    client.sign_in(team.lead)
    page = client.page(chosen(client, separated(AMARA, SEAN)))
    doubted = page.rows("May be here already")[1:]
    assert doubted == [["2", "Amara Osei", ELSEWHERE], ["3", "Seán O’Neill", ELSEWHERE]]
    assert person.reference not in page.html
    assert alike.reference not in page.html
    assert "joins the programme" not in page.text
    client.submit(form_on(page, "how"), how="all")
    mine = [each for each in rows(app, Enrolment) if each.programme_id == team.programme.id]
    assert len(mine) == 2
    assert person.id not in {each.participant_id for each in mine}


def test_whoever_left_the_programme_is_still_known_to_it(
    app: Flask, client: PageClient, team: Team, given: Given
) -> None:
    bring_in(client, separated(AMARA))
    with given():
        case = db.session.scalars(select(Enrolment)).one()
        case.exited_on, case.exit_reason = TODAY, "other"
        close_access(case.id, TODAY - DAY)
    assert "There is nobody to bring in" in client.page(chosen(client, separated(AMARA))).text


def merged(team: Team, **changes: Any) -> tuple[Participant, Participant]:
    """A record of Amara, and the one on the programme that it went into."""
    gone, stays = amara(team), a_participant(organisation_id=team.programme.organisation_id, **changes)
    gone.voided_at, gone.void_reason = NOW, "merged"
    kept(Merge(kept_id=stays.id, absorbed_id=gone.id, merged_on=TODAY, moved={}))
    started(team, person=stays)
    return gone, stays


@pytest.mark.both_databases
def test_a_row_whose_record_was_merged_since_is_here_already(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        first, middle = merged(team)
        middle.voided_at, middle.void_reason = NOW, "merged"
        last = opened_to(team.lead, a_participant(organisation_id=team.programme.organisation_id))
        kept(Merge(kept_id=last.id, absorbed_id=middle.id, merged_on=TODAY, moved={}))
    client.sign_in(team.lead)
    assert "There is nobody to bring in" in client.page(chosen(client, separated(AMARA))).text
    bring_in(client, safety("yes", "", ""))
    texts = {each.id: each.no_texts for each in rows(app, Participant)}
    assert texts == {first.id: False, middle.id: False, last.id: True}


@pytest.mark.both_databases
def test_a_restricted_person_does_not_show_through_a_merged_record(
    client: PageClient, given: Given, team: Team
) -> None:
    with given():
        merged(team, restricted=True)
    client.sign_in(team.lead)
    page = client.page(chosen(client, separated(AMARA)))
    assert "New person" in page.text
    assert "May be here already" not in page.text


@pytest.mark.both_databases
@pytest.mark.parametrize("place", ["joins", "unchanged"])
def test_no_safety_flag_of_a_sheet_is_lost(
    app: Flask, client: PageClient, given: Given, team: Team, place: str
) -> None:
    with given():
        person = opened_to(team.lead, amara(team, no_letters=True))
        person.safe_times = "Mornings"
        if place == "unchanged":
            started(team, person=person)
    client.sign_in(team.lead)
    sheet = safety("yes", "no", "After 5")
    page = client.page(chosen(client, sheet))
    assert "For 1 person here already, the sheet says more of how to reach them safely" in page.text
    bring_in(client, sheet)
    with given():
        held = db.session.get_one(Participant, person.id)
        flags = (held.no_texts, held.no_voicemail, held.no_letters, held.no_emails)
        assert flags == (True, False, True, False)
        assert held.safe_times == "Mornings; After 5"
    assert len(rows(app, Enrolment)) == 1
    again = client.page(chosen(client, safety("no", "no", "After 5")))
    assert "There is nobody to bring in" in again.text
