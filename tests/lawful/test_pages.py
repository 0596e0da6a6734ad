"""The lawful basis of a programme: written by the officer, read by leads and administrators, never edited."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from caseworker.accounts.models import Role, User
from caseworker.core import clock, values
from caseworker.lawful.models import CollectedField, LawfulBasis
from tests.casefile.situations import NOW, TODAY, Team, a_team
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.intake.test_person import tap
from tests.support.builders import a_user
from tests.support.client import Form, PageClient, form_on, read
from tests.support.counting import statements
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw
from tests.support.unseen import looks_missing

DAY = timedelta(days=1)
BASIS: dict[str, Any] = {
    "purpose": "support",
    "article_6": "public_task",
    "article_9": "health_social_care",
    "offence_condition": "consent",
    "keep_from": "exit",
    "keep_months": "72",
    "source": "Board paper 12",
}


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team(fields=())


@pytest.fixture
def officer(given: Given, client: PageClient, team: Team) -> User:
    with given():
        user = a_user(Role.DATA_PROTECTION, team.programme)
    client.sign_in(user)
    return user


def page_of(team: Team) -> str:
    return f"/lawful/{team.programme.id}"


@pytest.mark.both_databases
def test_a_basis_is_written_replaced_and_taken_back(
    app: Flask, client: PageClient, team: Team, officer: User
) -> None:
    assert "0 of 7" in client.page("/lawful").text
    page = client.page(client.page(page_of(team)).link("Write it down : Helping them"))
    page = client.page(client.submit(form_on(page), **BASIS).headers["Location"])
    assert "Board paper 12" in page.text and "72 months" in page.text
    form = client.get_form(f"{page_of(team)}/basis?purpose=support")
    assert form.data["article_9"] == ["health_social_care"], "it begins with what the one before says"
    same_day = read(client.submit(form, keep_months="36", source="Again"), 422)
    assert list(same_day.problems) == ["from_on"]
    client.send(
        f"{page_of(team)}/basis?purpose=support", keep_months="36", from_on="tomorrow", source="Again"
    )
    first, second = rows(app, LawfulBasis)
    assert (first.until_on, first.keep_months) == (TODAY, 72)
    assert (second.from_on, second.until_on, second.keep_months) == (TODAY + DAY, None, 36)
    tap(client, client.page(page_of(team)), "/take-back")
    first, second = rows(app, LawfulBasis)
    assert first.until_on is None and second.voided_at is not None
    assert "1 of 7" in client.page("/lawful").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": "equality", "article_9": ""}, "article_9"),
        ({"purpose": "safeguarding", "article_9": ""}, "article_9"),
        ({"keep_months": "-1"}, "keep_months"),
        ({"keep_months": "1201"}, "keep_months"),
        ({"keep_months": "1_0"}, "keep_months"),
        ({"source": ""}, "source"),
        ({"source": "x" * 301}, "source"),
        ({"article_6": ""}, "article_6"),
        ({"from_on": "never"}, "from_on"),
    ],
)
def test_what_is_wrong_is_said(
    app: Flask, client: PageClient, team: Team, officer: User, changes: dict[str, Any], field: str
) -> None:
    page = read(client.send(f"{page_of(team)}/basis", **BASIS | changes), 422)
    assert list(page.problems) == [field]
    assert rows(app, LawfulBasis) == []


@pytest.mark.both_databases
def test_a_field_is_switched_on_where_its_basis_carries_it_and_off_again(
    app: Flask, client: PageClient, given: Given, team: Team, officer: User
) -> None:
    path = f"{page_of(team)}/fields"
    assert (
        "Write the lawful basis of its purpose first"
        in read(client.send(f"{path}/health", why="x"), 422).text
    )
    client.send(f"{page_of(team)}/basis", **BASIS | {"article_9": "", "offence_condition": ""})
    assert "no Article 9 condition" in read(client.send(f"{path}/health", why="x"), 422).text
    assert "no condition for offences" in read(client.send(f"{path}/offending", why="x"), 422).text
    assert client.send(f"{path}/immigration", why="Right to work").status_code == 303
    client.send(f"{page_of(team)}/basis", **BASIS | {"from_on": "tomorrow"})
    assert client.send(f"{path}/offending", why="Jobs with checks", from_on="tomorrow").status_code == 303
    again = read(client.send(f"{path}/immigration", why="x"), 422)
    assert "switched on already" in again.text
    with clock.at(NOW + 5 * DAY):
        client.sign_in(officer)
        page = client.page(page_of(team))
        assert "Jobs with checks" in page.text
        weaker = read(
            client.send(
                f"{page_of(team)}/basis?purpose=support", offence_condition="", source="x", from_on="tomorrow"
            ),
            422,
        )
        assert list(weaker.problems) == ["offence_condition"], "it is asked, so the basis must carry it"
        tap(client, page, f"/{rows(app, CollectedField)[0].id}/off")
        off = rows(app, CollectedField)[0]
        assert (off.field, off.until_on) == ("immigration", TODAY + 4 * DAY)
    assert client.get(f"{path}/shoe_size").status_code == 404


def test_who_reads_and_who_writes(
    app: Flask, client: PageClient, given: Given, team: Team, officer: User
) -> None:
    client.send(f"{page_of(team)}/basis", **BASIS)
    basis = row(app, LawfulBasis)
    with given():
        readers = [team.lead, a_user(Role.ADMINISTRATOR)]
        strangers = [
            team.keyworker,
            team.tutor,
            a_team().lead,
            a_user(Role.DATA_PROTECTION, a_team().programme),
        ]
    rest = ("basis", f"basis/{basis.id}/take-back", "fields/health")
    writing = [f"{page_of(team)}/{each}" for each in rest]
    programme: UUID = team.programme.id
    for reader in readers:
        client.sign_in(reader)
        page = client.page(page_of(team))
        assert "Board paper 12" in page.text and "New version" not in page.text
        assert looks_missing(client, reader, programme, writing) == 3
    for stranger in strangers:
        assert looks_missing(client, stranger, programme, [page_of(team), *writing]) == 4
    assert len(rows(app, LawfulBasis)) == 1


def test_hostile_words_are_kept_as_text_or_refused(
    app: Flask, client: PageClient, team: Team, officer: User
) -> None:
    cases = []
    for number, typed in enumerate(HOSTILE_TEXT[::9]):
        if typed.isprintable() and not values.is_blank(typed):
            source = verdict(values.text, typed, 300)
            day = TODAY + number * DAY
            filled = {"source": typed, "from_on": day.strftime("%d/%m/%Y")}
            cases.append((filled, {"source": REFUSED if source is None else source}))

    def form() -> Form:
        known = {name: value for name, value in BASIS.items() if name != "source"}
        return client.get_form(f"{page_of(team)}/basis").fill(**known)

    saved, _refused = throw(client, form, cases, lambda: newest(app, LawfulBasis))
    assert saved > 5
    shows_all(client, page_of(team))


@pytest.mark.both_databases
def test_few_questions_whatever_there_is(app: Flask, client: PageClient, team: Team, officer: User) -> None:
    client.send(f"{page_of(team)}/basis", **BASIS)
    for path in ("/lawful", page_of(team), f"{page_of(team)}/basis"):
        client.get(path)
        with statements(app) as sent:
            client.get(path)
        assert len(sent) < 15, (path, len(sent))
