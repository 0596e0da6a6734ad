"""Employers and vacancies as a browser without script uses them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask, url_for

from caseworker.accounts.models import Role, User
from caseworker.core import clock, values
from caseworker.employers import applications, services
from caseworker.employers.applications import Going
from caseworker.employers.models import Employer, Vacancy
from caseworker.employers.rules import name_key
from caseworker.employers.services import EmployerDetails, VacancyDetails
from caseworker.enrolments.models import Enrolment
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_NUMBERS, HOSTILE_TEXT, TODAY
from tests.core.verdicts import verdict
from tests.progressions.test_pages import tap, text
from tests.support.builders import a_programme, a_user, grant_role
from tests.support.client import Form, PageClient, read
from tests.support.counting import statements
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def known(given: Given, team: Team, client: PageClient) -> Employer:
    client.sign_in(team.keyworker)
    return an_employer(given, team)


def an_employer(given: Given, team: Team, name: str = "Brook Bakery", **changes: Any) -> Employer:
    with given():
        return services.add_employer(
            team.programme.organisation_id, EmployerDetails(name, **changes), added_by=team.keyworker
        )


def a_vacancy(given: Given, team: Team, employer: Employer, title: str = "Baker", **changes: Any) -> Vacancy:
    details: dict[str, Any] = {
        "kind": "paid_work",
        "weekly_minutes": 960,
        "pay_pence": 1271,
        "pay_period": "hour",
    }
    with given() as session:
        return services.add_vacancy(
            session.merge(employer), VacancyDetails(title, **details | changes), added_by=team.keyworker
        )


def an_application(given: Given, by: User, case: Enrolment, vacancy: Vacancy) -> None:
    with given() as session:
        going = Going("applied", TODAY, session.merge(vacancy))
        applications.apply(session.merge(case), going, recorded_by=by, today=TODAY)


@pytest.mark.both_databases
def test_an_employer_is_added_changed_and_taken_back(app: Flask, client: PageClient, team: Team) -> None:
    client.sign_in(team.keyworker)
    assert "No employer yet" in client.page("/employers").text
    form = client.get_form("/employers/new").fill(
        name="Brook Bakery", town="Cardiff", sector="manufacturing", contact="Mia, 029 2018 0000",
        good_to_know="Shifts fit around school",
    )  # fmt: skip
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    kept = row(app, Employer)
    assert (kept.contact, kept.town) == ("Mia, 029 2018 0000", "Cardiff")
    page = client.page(f"/employers/{kept.id}")
    assert "Mia, 029 2018 0000" in page.text
    stale = client.get_form(f"/employers/{kept.id}/edit").fill(town="Newport")
    assert client.send(f"/employers/{kept.id}/edit", town="Barry").status_code == 303
    assert client.submit(stale).status_code == 409
    assert row(app, Employer).town == "Barry"
    assert tap(client, page, "/take-back").status_code == 303
    assert "No employer yet" in client.page("/employers").text
    again = client.send("/employers/new", name="Brook Bakery")
    assert again.status_code == 303


@pytest.mark.parametrize("name", ["brook bakery", "BROOK  BAKERY", "Brook Bakery ", "Bröok Bakery"])
def test_one_employer_has_one_entry(app: Flask, client: PageClient, known: Employer, name: str) -> None:
    problems = read(client.send("/employers/new", name=name), 422).problems
    assert problems == {"name": "There is an employer of that name already. Open it from the list"}
    assert len(rows(app, Employer)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Marks & Co", "Marks and Co"), ("O’Neill’s", "ONeills"), ("CAFÉ  Ffwrnes", "Cafe ffwrnes")],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.both_databases
def test_employers_are_their_organisation_s(
    app: Flask, client: PageClient, given: Given, team: Team, known: Employer
) -> None:
    vacancy = a_vacancy(given, team, known)
    with given():
        outsider = a_user(Role.KEYWORKER, a_programme())
        clerk = a_user(Role.PROGRAMME_ADMINISTRATOR, team.programme)
        tutor = team.tutor
    keys: dict[str, Any] = {"employer_id": known.id, "vacancy_id": vacancy.id}
    with app.test_request_context():
        paths = [
            url_for(rule.endpoint, **{name: keys[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith("employers.") and rule.arguments
        ]
    assert len(paths) >= 9
    for user, told in ((outsider, 404), (tutor, 404), (clerk, 200)):
        client.sign_in(user)
        for path in paths:
            assert client.get(path, follow_redirects=told == 200).status_code == told, path
    client.sign_in(outsider)
    assert "No employer yet" in client.page("/employers").text
    assert "No vacancy to show" in client.page("/employers/vacancies").text
    client.sign_in(tutor)
    assert client.get("/employers").status_code == 403


def test_whoever_works_for_two_organisations_says_for_which(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        both = a_user(Role.LEAD)
        other = a_programme()
        grant_role(both, Role.LEAD, team.programme)
        grant_role(both, Role.LEAD, other)
    client.sign_in(both)
    problems = read(client.send("/employers/new", name="Brook Bakery"), 422).problems
    assert list(problems) == ["organisation_id"]
    client.send("/employers/new", name="Brook Bakery", organisation_id=str(other.organisation_id))
    assert row(app, Employer).organisation_id == other.organisation_id


@pytest.mark.both_databases
def test_a_vacancy_is_added_filtered_filled_and_opened_again(
    app: Flask, client: PageClient, given: Given, team: Team, known: Employer
) -> None:
    path = f"/employers/{known.id}/vacancies/new"
    wrong = read(client.send(path, title="Baker", places="0", pay="12"), 422)
    assert list(wrong.problems) == ["places"]
    assert list(read(client.send(path, title="Baker", pay="12"), 422).problems) == ["pay"]
    form = client.get_form(path).fill(
        title="Baker", places="3", closes_on="30 11 2026", hours="16", pay="12.71", pay_period="hour"
    )
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    vacancy = row(app, Vacancy)
    page = client.page("/employers/vacancies")
    assert "1 vacancy" in page.text
    assert "30 Nov 2026" in page.text
    assert "£12.71 an hour" in page.text
    assert "No vacancy to show" in client.page("/employers/vacancies?kind=volunteering").text
    stale = client.get_form(f"/employers/vacancies/{vacancy.id}/edit").fill(title="Pastry cook")
    assert tap(client, client.page(f"/employers/{known.id}"), "/filled").status_code == 303
    assert client.submit(stale).status_code == 409
    assert "No vacancy to show" in client.page("/employers/vacancies").text
    assert "Filled 22 Nov 2026" in client.page("/employers/vacancies?show=all").text
    assert tap(client, client.page(f"/employers/{known.id}"), "/open").status_code == 303
    assert row(app, Vacancy).filled_on is None


@pytest.mark.parametrize(
    "asked", ["?page=0", "?page=-1", "?page=9999999999999", "?page=x", "?sector=x", "?kind=%00", "?q=%27%25_"]
)
def test_any_address_of_a_list_is_answered(client: PageClient, known: Employer, asked: str) -> None:
    for path in ("/employers", "/employers/vacancies"):
        client.page(path + asked)


@pytest.mark.both_databases
def test_names_only_of_those_one_works_with(
    client: PageClient, given: Given, team: Team, known: Employer
) -> None:
    vacancy = a_vacancy(given, team, known)
    with given():
        mine = started(team, 30)
        theirs = started(team, 30, keyworker=team.colleague)
    for case in (mine, theirs):
        an_application(given, team.lead, case, vacancy)
    page = client.page(f"/employers/{known.id}")
    assert "2 people applied here" in page.text
    assert mine.participant.family_name in page.text
    assert theirs.participant.family_name not in page.text
    with given():
        clerk = a_user(Role.PROGRAMME_ADMINISTRATOR, team.programme)
    client.sign_in(clerk)
    page = client.page(f"/employers/{known.id}")
    assert "2 people applied here" in page.text
    assert mine.participant.family_name not in page.text


@pytest.mark.both_databases
def test_few_statements_however_many_employers(
    app: Flask, client: PageClient, given: Given, team: Team, known: Employer
) -> None:
    lengths: dict[str, list[int]] = {}
    for batch in range(2):
        for number in range(60 * batch):
            made = an_employer(given, team, f"Shop {number}")
        if batch:
            for number in range(6):
                a_vacancy(given, team, known, f"Job {number}")
            a_vacancy(given, team, made)
        for path in ("/employers", "/employers/vacancies", f"/employers/{known.id}"):
            client.page(path)
            with statements(app) as sent:
                client.page(path)
            lengths.setdefault(path, []).append(len(sent))
    for path, (few, many) in lengths.items():
        assert many < 15, (path, many)
        assert many <= few + 1, (path, few, many)
    page = client.page("/employers")
    assert "61 employers" in page.text
    assert "1 to 50 of 61" in page.text
    assert "51 to 61 of 61" in client.page("/employers?page=2").text
    assert "1 employer" in client.page("/employers?q=BAKE").text


def test_hostile_text(app: Flask, client: PageClient, given: Given, known: Employer) -> None:
    def form() -> Form:
        return client.get_form(f"/employers/{known.id}/edit")

    limits = {"town": 80, "contact": 300}
    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed in HOSTILE_TEXT[::6]:
        expected = {name: text(typed, most) for name, most in limits.items()}
        cases.append((dict.fromkeys(limits, typed), expected))
    saved, _refused = throw(client, form, cases, lambda: newest(app, Employer))
    assert saved > 50
    alike: dict[str, str] = {}
    for typed in HOSTILE_TEXT[::9]:
        alike.setdefault(name_key(values.showable(typed)), typed)
    names: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed in alike.values():
        kept = verdict(values.text, typed, 160)
        names.append(({"name": typed}, {"name": REFUSED if kept is None else kept}))
    saved, _refused = throw(
        client, lambda: client.get_form("/employers/new"), names, lambda: newest(app, Employer)
    )
    assert saved > 20
    shows_all(client, f"/employers/{known.id}")
    shows_all(client, "/employers")


def test_hostile_numbers_and_words_of_a_vacancy(
    app: Flask, client: PageClient, given: Given, team: Team, known: Employer
) -> None:
    def form() -> Form:
        return client.get_form(f"/employers/{known.id}/vacancies/new").fill(title="Baker")

    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed, whole, _number, _pence in HOSTILE_NUMBERS[::3]:
        good = whole is not None and 1 <= whole <= 500
        cases.append(({"places": typed}, {"places": whole if good else REFUSED}))
    throw(client, form, cases, lambda: newest(app, Vacancy))
    titles: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed in HOSTILE_TEXT[::9]:
        kept = verdict(values.text, typed, 120)
        titles.append(({"title": typed}, {"title": REFUSED if kept is None else kept}))
    saved, _refused = throw(client, form, titles, lambda: newest(app, Vacancy))
    assert saved > 30
    shows_all(client, f"/employers/{known.id}")
    shows_all(client, "/employers/vacancies")


def test_an_employer_with_a_vacancy_is_not_taken_back(
    app: Flask, client: PageClient, given: Given, team: Team, known: Employer
) -> None:
    a_vacancy(given, team, known, closes_on=TODAY + timedelta(days=9))
    form = client.get_form(f"/employers/{known.id}", holding="post_token")
    data = {name: value for name, value in form.data.items() if name in ("csrf_token", "post_token")}
    response = client.post(f"/employers/{known.id}/take-back", data=data)
    assert response.status_code in (303, 409, 422)
    assert row(app, Employer).voided_at is None
