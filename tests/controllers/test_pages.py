"""Restricted records, links and agreements to share, as leads and officers use them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.accounts.models import Role, User
from caseworker.controllers.linking import link_people
from caseworker.controllers.models import RestrictedMark, SharingAgreement
from caseworker.controllers.sharing import agree_to_share, known_elsewhere
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.impact.facts import human_key
from caseworker.participants.models import Participant, PersonLink
from caseworker.participants.sameness import Details
from caseworker.programmes.models import Organisation
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.support.browser import Journey
from tests.support.builders import a_participant, a_user, an_organisation, grant_role
from tests.support.client import PageClient, form_on, read
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

SURE = "They are one person: link them"


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
    client.sign_in(team.lead)
    return enrolment


@pytest.fixture
def officer(given: Given, team: Team) -> User:
    with given():
        organisation = db.session.get_one(Organisation, team.programme.organisation_id)
        return a_user(Role.DATA_PROTECTION, organisation=organisation, name="Dee Protect")


def at(case: Enrolment, rest: str = "") -> str:
    return f"/enrolments/{case.id}/restricted{rest}"


def sees(client: PageClient, user: User, case: Enrolment) -> bool:
    client.sign_in(user)
    return bool(client.get(f"/enrolments/{case.id}").status_code == 200)


def tap(client: PageClient, path: str, ending: str) -> Any:
    page = client.page(path)
    form = page.soup.select_one(f"form[action$='{ending}']")
    assert form is not None, f"no form to …{ending}"
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    return client.post(str(form["action"]), data=data)


@pytest.mark.both_databases
def test_a_record_is_restricted_to_those_named_and_lifted(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        other_lead = a_user(Role.LEAD, db.session.merge(team.programme), name="Lin Other")
    assert sees(client, other_lead, case)
    client.sign_in(team.lead)
    response = client.send(at(case), reason="relative", named=[team.lead.id], words="Sister of a colleague")
    assert response.status_code == 303
    assert row(app, Participant).restricted
    assert sees(client, team.keyworker, case)
    assert sees(client, team.lead, case)
    assert not sees(client, other_lead, case)
    client.sign_in(other_lead)
    assert case.participant.reference not in client.page("/caseload").text
    client.sign_in(team.lead)
    client.send(at(case), "user_id", user_id=team.colleague.id)
    assert sees(client, team.colleague, case)
    client.sign_in(team.lead)
    assert tap(client, at(case), f"{team.colleague.id}/end").status_code == 303
    assert not sees(client, team.colleague, case)
    client.sign_in(team.lead)
    assert "Sister of a colleague" in client.page(at(case)).text
    assert tap(client, at(case), "/lift").status_code == 303
    assert not row(app, Participant).restricted
    assert sees(client, other_lead, case)
    assert not sees(client, team.colleague, case)


def test_a_lead_who_names_others_sees_it_no_more(
    app: Flask, client: PageClient, team: Team, case: Enrolment
) -> None:
    response = client.send(at(case), reason="at_risk", named=[])
    assert response.headers["Location"] == "/"
    assert not sees(client, team.lead, case)
    assert sees(client, team.keyworker, case)


def test_somebody_always_sees_it(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    with given():
        nobodys = started(team, 300, keyworker=None)
    client.sign_in(team.lead)
    page = read(client.send(at(nobodys), reason="asked", named=[]), 422)
    assert page.problems == {"named": "Choose at least one person who may see it"}
    client.send(at(nobodys), reason="asked", named=[team.lead.id])
    refused = tap(client, at(nobodys), f"{team.lead.id}/end")
    assert refused.status_code == 422
    assert sees(client, team.lead, nobodys)


def test_two_at_once_restrict_it_once(app: Flask, client: PageClient, team: Team, case: Enrolment) -> None:
    first, second = (client.get_form(at(case)).fill(reason="asked", named=[team.lead.id]) for _ in range(2))
    assert client.submit(first).status_code == 303
    assert client.submit(second).status_code in (422, 303)
    assert len(rows(app, RestrictedMark)) == 1


def test_an_officer_names_somebody_without_reading_the_name(
    app: Flask, client: PageClient, team: Team, case: Enrolment, officer: User
) -> None:
    client.send(at(case), reason="relative", named=[], words="canary of the reason")
    client.sign_in(officer)
    mark = row(app, RestrictedMark)
    for path in ("/restricted", f"/restricted/{mark.id}"):
        page = str(client.page(path).soup)
        assert case.participant.reference in page
        for hidden in (case.participant.family_name, "canary"):
            assert hidden not in page
    client.send(f"/restricted/{mark.id}", "user_id", user_id=team.colleague.id)
    assert sees(client, team.colleague, case)
    client.sign_in(officer)
    assert tap(client, f"/restricted/{mark.id}", "/lift").status_code == 303
    assert sees(client, team.lead, case)


def test_keyworkers_and_strangers_restrict_nothing(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        outsider = a_team(code="elsewhere")
    for user in (team.keyworker, team.tutor, outsider.lead):
        assert looks_missing(client, user, case.id, [at(case), at(case, "/lift")]) == 2


@pytest.fixture
def elsewhere(given: Given, team: Team, officer: User) -> Participant:
    """The same human under another controller, whose data the same officer answers for."""
    with given():
        organisation = an_organisation(name="Harbour Homes")
        grant_role(db.session.merge(officer), Role.DATA_PROTECTION, organisation=organisation)
        return a_participant(
            organisation, given_name="Amara", family_name="Osei", born_on=date(1985, 3, 4), postcode="AB1 2CD"
        )


def here(given: Given, team: Team) -> Participant:
    with given():
        return a_participant(
            organisation_id=team.programme.organisation_id, given_name="Amara", family_name="Osei",
            born_on=date(1985, 3, 4),
        )  # fmt: skip


@pytest.mark.both_databases
def test_a_link_joins_two_controllers_for_counting(
    app: Flask, client: PageClient, given: Given, team: Team, officer: User, elsewhere: Participant
) -> None:
    ours = here(given, team)
    client.sign_in(officer)
    form = client.get_form("/person-links/new").fill(one=ours.reference, other=elsewhere.reference.lower())
    page = read(client.submit(form), 200)
    assert "same name, same date of birth" in page.text
    assert rows(app, PersonLink) == []
    for hidden in ("Amara", "Osei", "1985", "AB1"):
        assert hidden not in page.text
    assert client.submit(form_on(page), SURE).status_code == 303
    assert len({link.human_id for link in rows(app, PersonLink)}) == 1
    listed = client.page("/person-links").text
    assert ours.reference in listed
    assert elsewhere.reference in listed
    assert tap(client, "/person-links", "/part").status_code == 303
    assert [link.voided_at is not None for link in rows(app, PersonLink)] == [True, True]
    form = client.get_form("/person-links/new").fill(one=ours.reference, other=elsewhere.reference)
    assert client.submit(form_on(read(client.submit(form), 200)), SURE).status_code == 303
    assert [link.voided_at for link in rows(app, PersonLink)] == [None, None]


def test_what_cannot_be_linked(
    app: Flask, client: PageClient, given: Given, team: Team, officer: User, elsewhere: Participant
) -> None:
    ours, twin = here(given, team), here(given, team)
    with given():
        unknown = a_participant(an_organisation(name="Nobody's"))
    client.sign_in(officer)
    for other, words in (
        (twin, "merge them instead"),
        (unknown, "There is no record with this reference"),
    ):
        form = client.get_form("/person-links/new").fill(one=ours.reference, other=other.reference)
        page = read(client.post(form.action, data=form.data | {"sure": ["yes"]}), 422)
        assert words in page.problems["other"]
    assert rows(app, PersonLink) == []


def test_three_controllers_are_one_human(app: Flask, given: Given, team: Team, officer: User) -> None:
    with given():
        people = [a_participant(an_organisation(name=f"Org {number}")) for number in range(4)]
        link_people(people[0], people[1], linked_by=officer)
        link_people(people[2], people[3], linked_by=officer)
        db.session.flush()
        link_people(people[1], people[2], linked_by=officer)
    assert len({link.human_id for link in rows(app, PersonLink)}) == 1
    with given(), pytest.raises(RuleBroken, match="linked already"):
        link_people(*(db.session.merge(people[number]) for number in (0, 3)), linked_by=officer)


AMARA = Details("Amara", "Osei", born_on=date(1985, 3, 4))


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("begins", "ends", "restricted", "told"),
    [
        (0, None, False, ["Harbour Homes"]),
        (0, 0, False, ["Harbour Homes"]),
        (1, None, False, []),
        (-9, -1, False, []),
        (0, None, True, []),
    ],
)
def test_what_crosses_is_a_name_of_an_organisation_and_only_by_agreement(
    given: Given,
    team: Team,
    officer: User,
    elsewhere: Participant,
    begins: int,
    ends: int | None,
    restricted: bool,
    told: list[str],
) -> None:
    with given():
        db.session.merge(elsewhere).restricted = restricted
        organisation_id = team.programme.organisation_id
        assert known_elsewhere(team.keyworker, organisation_id, AMARA, TODAY) == []
        agree_to_share(
            giver_id=elsewhere.organisation_id, receiver_id=organisation_id, covers="duplicate_warning",
            reference="Shelf 3", from_on=TODAY + timedelta(days=begins),
            until_on=None if ends is None else TODAY + timedelta(days=ends), recorded_by=officer,
        )  # fmt: skip
        db.session.flush()
        assert known_elsewhere(team.keyworker, organisation_id, AMARA, TODAY) == told
        assert known_elsewhere(team.keyworker, elsewhere.organisation_id, AMARA, TODAY) == []


def test_a_referral_is_warned_by_agreement_alone(
    client: PageClient, given: Given, team: Team, officer: User, elsewhere: Participant
) -> None:
    def second_page() -> str:
        typed = {"given_name": "Amara", "family_name": "Osei", "born_on-day": "4", "born_on-month": "3"}
        response = client.send("/referrals/new", **typed | {"born_on-year": "1985"})
        return str(client.page(response.headers["Location"]).soup)

    client.sign_in(team.keyworker)
    assert "Harbour Homes" not in second_page()
    client.sign_in(officer)
    form = client.get_form("/sharing/new")
    client.submit(
        form,
        giver_id=elsewhere.organisation_id,
        receiver_id=team.programme.organisation_id,
        reference="Shelf 3",
    )
    client.sign_in(team.keyworker)
    page = second_page()
    assert "may be known to Harbour Homes" in page
    assert elsewhere.reference not in page
    client.sign_in(officer)
    assert tap(client, "/sharing", "/end").status_code == 303
    client.sign_in(team.keyworker)
    with clock.at(NOW + timedelta(days=1)):
        client.sign_in(team.keyworker)
        assert "Harbour Homes" not in second_page()


def test_agreements_that_make_no_sense(
    app: Flask, client: PageClient, team: Team, officer: User, elsewhere: Participant
) -> None:
    client.sign_in(officer)
    ours = team.programme.organisation_id
    for typed, field in (
        ({"receiver_id": elsewhere.organisation_id}, "receiver_id"),
        ({"receiver_id": ours, "until_on": "1/11/26"}, "until_on"),
    ):
        filled: dict[str, Any] = {"giver_id": elsewhere.organisation_id, "reference": "Shelf 3"} | typed
        page = read(client.submit(client.get_form("/sharing/new"), **filled), 422)
        assert list(page.problems) == [field]
    assert rows(app, SharingAgreement) == []


def test_the_pages_are_the_officers(client: PageClient, team: Team, case: Enrolment) -> None:
    for user in (team.keyworker, team.lead, team.tutor):
        client.sign_in(user)
        for path in ("/restricted", "/person-links", "/person-links/new", "/sharing", "/sharing/new"):
            assert client.get(path).status_code == 403


def test_counted_once_through_a_link(given: Given, team: Team, officer: User, elsewhere: Participant) -> None:
    """The expression that totals count people by."""
    with given():
        ours = a_participant(organisation_id=team.programme.organisation_id)
        started(team, 20, person=ours)
        link_people(ours, db.session.merge(elsewhere), linked_by=officer)
        db.session.flush()
        links = (PersonLink.participant_id == Enrolment.participant_id) & PersonLink.voided_at.is_(None)
        found = db.session.scalars(
            select(human_key()).select_from(Enrolment).outerjoin(PersonLink, links)
        ).all()
        assert found == [db.session.scalars(select(PersonLink.human_id)).first()]


def test_every_page_is_in_order(client: PageClient, given: Given, journey: Journey) -> None:
    with given():
        team = a_team()
        case = started(team)
        two = started(team)
        officer = a_user(Role.DATA_PROTECTION, team.programme)
    journey.sign_in(client, team.lead)
    journey.visit(at(case))
    client.sign_in(team.lead)
    for each in (case, two):
        client.send(at(each), reason="asked", named=[team.lead.id])
    journey.visit(at(case))
    journey.sign_in(client, officer)
    for path in ("/restricted", "/person-links", "/person-links/new", "/sharing", "/sharing/new"):
        journey.visit(path)
    journey.visit("/restricted")
    journey.click(case.participant.reference)
    journey.check()
