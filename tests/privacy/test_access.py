"""Who has access: every grant with when it was last used; kept or ended, and the review kept."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.accounts.services import sign_in
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.core.ids import new_id
from caseworker.privacy.models import AccessDecision, AccessReview
from tests.casefile.situations import NOW, TODAY, Team, a_team
from tests.conftest import Given
from tests.support.builders import a_programme, a_user, an_enrolment, grant_role, kept
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

ACCESS = "/data-protection/access"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def officer(given: Given, team: Team) -> User:
    with given():
        return a_user(Role.ADMINISTRATOR, name="Sam Winter")


def grant_of(app: Flask, user: User) -> RoleGrant:
    found = [grant for grant in rows(app, RoleGrant) if grant.user_id == user.id]
    return found[0]  # type: ignore[return-value]


@pytest.mark.both_databases
def test_each_is_looked_at_and_one_is_ended(
    app: Flask, client: PageClient, given: Given, team: Team, officer: User
) -> None:
    with clock.at(NOW - timedelta(days=100)), given():
        sign_in(db.session.merge(team.tutor), None)
    with given():
        an_enrolment(db.session.merge(team.programme), None, db.session.merge(team.keyworker))
        db.session.merge(team.colleague).active = False
    client.sign_in(team.keyworker)
    client.page("/")
    client.sign_in(officer)
    text = client.page(ACCESS).text
    assert "Priya Shah" in text and "1 open case: hand it over first" in text
    order = ["Morgan Bell", "Ruth Olu", "Tom Evans", "Priya Shah"]
    assert [text.index(name) for name in order] == sorted(text.index(name) for name in order)
    for name, words in (("Tom Evans", "Has left"), ("Ruth Olu", "Not for 90 days"), ("Morgan Bell", "Never")):
        assert words in text.split(name, 1)[1][:200]

    ends = grant_of(app, team.colleague)
    response = client.send(ACCESS, "words", ended=[str(ends.id)], words="Tom left in August")
    assert response.status_code == 303
    review = row(app, AccessReview)
    assert (review.reviewed_on, review.words) == (TODAY, "Tom left in August")
    decided = {each.grant_id: each.ended for each in rows(app, AccessDecision)}
    assert len(decided) == 5
    assert [key for key, ended in decided.items() if ended] == [ends.id]
    assert grant_of(app, team.colleague).until_on == TODAY - timedelta(days=1)
    assert "Tom Evans" not in client.page(ACCESS).text
    lines = [line for line in rows(app, AuditEvent) if line.record_id == ends.id]
    assert [(line.action, line.fields, line.user_id) for line in lines][-1] == (
        "changed",
        "until_on",
        officer.id,
    )

    page = client.page(response.headers["Location"])
    assert "5 roles looked at, 1 ended" in page.text
    form = page.soup.select_one("form[action$='/give-back']")
    assert form is not None
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    assert client.post(str(form["action"]), data=data).status_code == 303
    assert grant_of(app, team.colleague).until_on is None
    assert "given back" in client.page(response.headers["Location"]).text


def test_an_ended_role_opens_nothing_from_that_moment(
    app: Flask, client: PageClient, team: Team, officer: User
) -> None:
    client.sign_in(team.lead)
    assert client.get("/caseload").status_code == 200
    with client.session_transaction() as session:
        token = session["token"]
    client.sign_in(officer)
    client.send(ACCESS, "words", ended=[str(grant_of(app, team.lead).id)])
    with client.session_transaction() as session:
        session["token"] = token
    assert client.get("/caseload").status_code == 403


def test_one_that_began_today_is_void_and_comes_back(
    app: Flask, client: PageClient, given: Given, officer: User
) -> None:
    with given():
        user = a_user()
        kept(RoleGrant(user_id=user.id, role=Role.VERIFIER, from_on=TODAY))
    client.sign_in(officer)
    response = client.send(ACCESS, "words", ended=[str(grant_of(app, user).id)])
    assert grant_of(app, user).voided_at == NOW
    decision = next(each for each in rows(app, AccessDecision) if each.ended)
    page = client.page(response.headers["Location"])
    data = {"csrf_token": page.soup.select_one("meta[name=csrf-token]")["content"]}  # type: ignore[index]
    form = page.soup.select_one("form[action$='/give-back']")
    assert form is not None
    data |= {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
    client.post(f"/data-protection/access/decisions/{decision.id}/give-back", data=data)
    assert grant_of(app, user).voided_at is None


def test_nobody_ends_their_own_or_one_they_did_not_see(
    app: Flask, client: PageClient, given: Given, team: Team, officer: User
) -> None:
    client.sign_in(officer)
    form = client.get_form(ACCESS, "words")
    own = str(grant_of(app, officer).id)
    assert own not in form.choices["ended"]
    form.data["ended"] = [own]
    assert "role of your own" in read(client.submit(form), 422).text
    form = client.get_form(ACCESS, "words")
    with given():
        late = a_user(Role.TUTOR, db.session.merge(team.programme))
    form.data["ended"] = [str(grant_of(app, late).id), str(new_id()), "nonsense"]
    assert client.submit(form).status_code == 303
    assert grant_of(app, late).until_on is None
    assert late.id not in {each.grant_id for each in rows(app, AccessDecision)}


def test_an_officer_of_one_organisation_reviews_its_own(
    app: Flask, client: PageClient, given: Given, team: Team, officer: User
) -> None:
    with given():
        elsewhere = a_user(Role.LEAD, a_programme(), name="Far Away")
        programme = db.session.merge(team.programme)
        local = a_user(Role.DATA_PROTECTION, organisation=programme.organisation, name="Lena Local")
    client.sign_in(local)
    text = client.page(ACCESS).text
    assert "Priya Shah" in text
    for name in ("Far Away", "Sam Winter"):
        assert name not in text
    form = client.get_form(ACCESS, "words")
    far = str(grant_of(app, elsewhere).id)
    form.data["seen"], form.data["ended"] = [*form.data["seen"], far], [far]
    assert client.submit(form).status_code == 303
    assert grant_of(app, elsewhere).until_on is None

    client.sign_in(officer)
    client.send(ACCESS, "words", ended=[far])
    whole = max(rows(app, AccessReview), key=lambda review: review.id)
    client.sign_in(local)
    page = client.page(f"{ACCESS}/reviews/{whole.id}")
    assert "Far Away" not in page.text
    with given():
        other = a_user(Role.DATA_PROTECTION, organisation=a_programme().organisation)
    looks_missing(client, other, whole.id, [f"{ACCESS}/reviews/{whole.id}"])


def test_a_missing_reader_of_concerns_is_said(
    client: PageClient, given: Given, team: Team, officer: User
) -> None:
    client.sign_in(officer)
    assert "Nobody reads a safeguarding concern" in client.page(ACCESS).text
    with given():
        a_user(Role.SAFEGUARDING_LEAD)
    assert "Nobody reads a safeguarding concern" not in client.page(ACCESS).text


def test_sent_twice_it_is_one_review(app: Flask, client: PageClient, officer: User) -> None:
    client.sign_in(officer)
    form = client.get_form(ACCESS, "words").fill(words="Fine")
    assert client.submit(form).headers["Location"] == client.submit(form).headers["Location"]
    row(app, AccessReview)


@pytest.mark.both_databases
def test_the_list_asks_little_however_long(
    app: Flask, client: PageClient, given: Given, team: Team, officer: User
) -> None:
    client.sign_in(officer)
    counted = []
    for _ in range(2):
        with statements(app) as sent:
            client.page(ACCESS)
        counted.append(len(sent))
        with given():
            for _ in range(15):
                user = a_user(Role.KEYWORKER, db.session.merge(team.programme), active=False)
                grant_role(user, Role.TUTOR, db.session.merge(team.programme))
    assert counted[0] == counted[1]
    assert counted[0] < 15, "\n".join(sent)


def test_a_grant_that_is_over_is_not_asked_about(client: PageClient, given: Given, officer: User) -> None:
    with given():
        user = a_user(name="Long Gone")
        kept(
            RoleGrant(
                user_id=user.id, role=Role.LEAD, from_on=date(2020, 1, 1), until_on=TODAY - timedelta(days=1)
            )
        )
    client.sign_in(officer)
    assert "Long Gone" not in client.page(ACCESS).text
