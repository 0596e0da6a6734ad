"""Several leads at one concern at the same moment: one takes it, one action is done once, nothing is lost."""

from functools import partial

import pytest
from flask import Flask

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.safeguarding import services
from caseworker.safeguarding.models import Concern, ConcernStep
from tests.casefile.situations import NOW, TODAY
from tests.conftest import Given
from tests.core.over_http import all_at_once
from tests.safeguarding.situations import Worry, a_concern, a_worry
from tests.safeguarding.test_desk import button
from tests.support.builders import a_user
from tests.support.client import Form, PageClient, read
from tests.support.stored import row, rows

LEADS = 4


@pytest.fixture
def worry(given: Given) -> Worry:
    with given():
        return a_worry()


def browsers(app: Flask, given: Given, worry: Worry) -> list[PageClient]:
    """One for each of several leads, each signed in."""
    found = []
    for _ in range(LEADS):
        with given():
            user: User = a_user(Role.SAFEGUARDING_LEAD)
        client = app.test_client()
        assert isinstance(client, PageClient)
        client.sign_in(user)
        found.append(client)
    return found


@pytest.mark.both_databases
def test_one_of_several_takes_it(app: Flask, given: Given, worry: Worry) -> None:
    with given():
        concern = a_concern(worry)
    clients = browsers(app, given, worry)
    sent = [(client, button(client, f"/concerns/{concern.id}", "/take")) for client in clients]
    answers = all_at_once([partial(client.post, data["at"], data=data) for client, data in sent])
    assert {answer.status_code for answer in answers} == {303}
    kept = row(app, Concern)
    taken = [step for step in rows(app, ConcernStep) if step.kind == "taken"]
    assert [step.entered_by_id for step in taken] == [kept.acknowledged_by_id]


@pytest.mark.both_databases
def test_of_several_steps_at_once_one_is_kept_and_the_others_are_shown_it(
    app: Flask, given: Given, worry: Worry
) -> None:
    with given():
        concern = a_concern(worry)
        action = services.add_step(concern, "action", words="x", due_on=TODAY, by=worry.lead, now=NOW)
    clients = browsers(app, given, worry)
    at = f"/concerns/{concern.id}/actions/{action.id}/done"
    forms: list[tuple[PageClient, Form]] = [
        (client, client.get_form(at, "words").fill(words=f"Mine {number}"))
        for number, client in enumerate(clients)
    ]
    answers = all_at_once([partial(client.submit, form) for client, form in forms])
    assert sorted(answer.status_code for answer in answers) == [303, *[409] * (LEADS - 1)]
    assert len([step for step in rows(app, ConcernStep) if step.kind == "done"]) == 1
    for number, answer in enumerate(answers):
        if answer.status_code == 409:
            assert f"Mine {number}" in answer.get_data(as_text=True)


def test_every_form_on_an_old_page_is_a_conflict(
    app: Flask, client: PageClient, given: Given, worry: Worry
) -> None:
    with given():
        concern = a_concern(worry, worry.person)
    client.sign_in(worry.lead)
    at = f"/concerns/{concern.id}"
    forms = [
        client.get_form(f"{at}/steps/action").fill(words="x", due_on="today"),
        client.get_form(f"{at}/steps/referral").fill(words="x", agency="y"),
        client.get_form(f"{at}/close").fill(outcome="safe"),
        client.get_form(f"{at}/readers").fill(reader=str(worry.team.lead.id)),
        client.get_form(f"{at}/about").fill(about_user_id=str(worry.other_lead.id)),
    ]
    with given():
        services.take(db.session.merge(concern), by=worry.other_lead, now=NOW)
    for form in forms:
        page = read(client.submit(form), 409)
        assert "Somebody else saved this first" in page.text
    assert [step.kind for step in rows(app, ConcernStep)] == ["taken"]
    assert row(app, Concern).about_user_id is None
