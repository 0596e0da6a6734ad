"""Choosing a sheet and bringing it in, for tests of what comes of it."""

from io import BytesIO
from typing import Any

from flask import Flask

from caseworker.accounts.models import User
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant, Scope
from caseworker.participants.services import open_access
from tests.support.builders import LONG_AGO
from tests.support.client import PageClient, read
from tests.support.page import Page
from tests.support.stored import rows


def opened_to(user: User, person: Participant) -> Participant:
    """This user works with the person already, elsewhere."""
    open_access(
        person.id, scope=Scope.CASE, why="keyworker", because_id=person.id, from_on=LONG_AGO, user_id=user.id
    )
    return person


def people(app: Flask) -> dict[str, Any]:
    return {each.given_name: each for each in rows(app, Participant)}


def cases(app: Flask) -> dict[str, Any]:
    """Enrolments by the first name of their person."""
    names = {each.id: each.given_name for each in rows(app, Participant)}
    return {names[each.participant_id]: each for each in rows(app, Enrolment)}


def choose(client: PageClient, content: bytes, name: str = "people.csv") -> Any:
    form = client.get_form("/imports/new")
    form.files["sheet"] = (BytesIO(content), name)
    return client.submit(form)


def chosen(client: PageClient, content: bytes, name: str = "people.csv") -> str:
    """The address of the preview."""
    response = choose(client, content, name)
    assert response.status_code == 303, read(response, 422).problems
    return str(response.headers["Location"])


def tap(client: PageClient, page: Page, ending: str) -> Any:
    form = page.soup.select_one(f"main form[action$='{ending}']")
    assert form is not None, f"no form to …{ending}"
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    return client.post(str(form["action"]), data=data)


def bring_in(client: PageClient, content: bytes, how: str = "all") -> str:
    path = chosen(client, content)
    response = client.submit(client.get_form(path, "how"), how=how)
    assert response.status_code == 303
    return path
